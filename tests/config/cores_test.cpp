#include "config/cores.hpp"

#include <sched.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "tests/temporary_directory.hpp"

namespace fs = std::filesystem;
using namespace boardwalk;
using config::cores_of_group;
using config::usable_cores;

namespace {

// Control groups as Linux shows them.
class Groups {
 public:
  explicit Groups(const std::string& membership) { write(temp_.path() / "membership", membership); }

  void bound(const std::string& group, const std::string& cpu_max) const {
    write(temp_.path() / "mount" / group / "cpu.max", cpu_max);
  }
  [[nodiscard]] std::optional<int> cores() const {
    return cores_of_group(temp_.path() / "mount", temp_.path() / "membership");
  }

 private:
  static void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << text << '\n';
  }

  TemporaryDirectory temp_;
};

}  // namespace

TEST_CASE("only the processors of the thread's own set count") {
  cpu_set_t all;
  REQUIRE(sched_getaffinity(0, sizeof(all), &all) == 0);
  const auto share = cores_of_group("/sys/fs/cgroup", "/proc/self/cgroup");
  CHECK(usable_cores() == std::min(CPU_COUNT(&all), share.value_or(CPU_COUNT(&all))));

  int first = 0;
  while (!CPU_ISSET(first, &all)) ++first;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  REQUIRE(sched_setaffinity(0, sizeof(one), &one) == 0);
  CHECK(usable_cores() == 1);
  REQUIRE(sched_setaffinity(0, sizeof(all), &all) == 0);
}

TEST_CASE("a control group's share of time counts as cores, rounded up") {
  const auto [cpu_max, cores] =
      GENERATE(std::pair{"200000 100000", 2}, std::pair{"150000 100000", 2}, std::pair{"10000 100000", 1},
               std::pair{"50000 50000", 1}, std::pair{"9223372036854775807 1", CPU_SETSIZE});
  CAPTURE(cpu_max);
  const Groups groups("0::/system.slice/boardwalk.service");
  groups.bound("system.slice/boardwalk.service", cpu_max);
  CHECK(groups.cores() == cores);
}

TEST_CASE("of a control group and those above it the least share counts") {
  const Groups groups("4:memory:/elsewhere\n0::/a/b/c");
  CHECK_FALSE(groups.cores());
  groups.bound("", "800000 100000");
  groups.bound("a/b/c", "max 100000");
  CHECK(groups.cores() == 8);
  groups.bound("a", "300000 100000");
  CHECK(groups.cores() == 3);
  groups.bound("a/b/c", "400000 100000");
  CHECK(groups.cores() == 3);
  groups.bound("elsewhere", "100000 100000");
  CHECK(groups.cores() == 3);
}

TEST_CASE("a container sees its own control group at the root") {
  const Groups groups("0::/");
  groups.bound("", "250000 100000");
  CHECK(groups.cores() == 3);
}

TEST_CASE("what is no share of time bounds nothing") {
  const auto* cpu_max = GENERATE("max 100000", "", "x", "100000", "0 100000", "-1 100000", "100000 0",
                                 "99999999999999999999 1");
  CAPTURE(cpu_max);
  const Groups groups("0::/a");
  groups.bound("a", cpu_max);
  CHECK_FALSE(groups.cores());
}

TEST_CASE("a process of no control group that is seen is not bounded by those of others") {
  const auto* membership = GENERATE("9:cpu:/a", "", "0::", "0::/../a", "0::/..", "0:://a");
  CAPTURE(membership);
  const Groups groups(membership);
  groups.bound("", "100000 100000");
  groups.bound("a", "100000 100000");
  CHECK_FALSE(groups.cores());
}

TEST_CASE("without control groups nothing is bounded") {
  CHECK_FALSE(cores_of_group("/nowhere", "/nowhere/cgroup"));
}
