#include "store/file_limit.hpp"

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>

#include "store/database.hpp"
#include "store/rocks.hpp"
#include "tests/contents.hpp"
#include "tests/killed_process.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;
using boardwalk::tests::in_killed_process;
namespace fs = std::filesystem;

TEST_CASE("a process may hold as many files open as the system lets it, whatever it began with") {
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit low{std::min<rlim_t>(before.rlim_max, 256), before.rlim_max};
  REQUIRE(setrlimit(RLIMIT_NOFILE, &low) == 0);
  const auto most = std::min<rlim_t>(before.rlim_max, 65'536);
  CHECK(file_limit() == most);
  CHECK(file_limit() == most);
  rlimit now{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &now) == 0);
  CHECK(now.rlim_cur == most);
  CHECK(now.rlim_max == before.rlim_max);
  CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
}

TEST_CASE(
    "an archive of more tables than a process may have open is written, and one who reads is told why not") {
  const TemporaryDirectory temp;
  const fs::path directory = temp.path() / "archive";
  constexpr int kRounds = 8;  // in each a table of each family
  constexpr rlim_t kFiles = 120;
  static_assert(kRounds * kFamilies > kFiles);
  {
    const auto database = *Database::open(directory, Database::Access::kWrite, config::Sync::kOs);
    for (auto* family : database->rocks().families)
      REQUIRE(database->rocks().db->SetOptions(family, {{"disable_auto_compactions", "true"}}).ok());
    for (int round = 0; round < kRounds; ++round) {
      Batch batch(*database);
      for (int i = 0; i < kFamilies; ++i) batch.put(static_cast<Family>(i), std::to_string(round), "row");
      REQUIRE(database->commit(batch));
      REQUIRE(database->flush());
    }
  }
  in_killed_process([&] {
    const rlimit few{kFiles, kFiles};
    if (setrlimit(RLIMIT_NOFILE, &few) != 0) return;
    const auto reader = Database::open(directory, Database::Access::kRead);
    std::ofstream(temp.path() / "reader") << (reader ? "opened" : reader.error().message);
    const Database* const writer =
        Database::open(directory, Database::Access::kWrite, config::Sync::kOs).value().release();
    int rows = 0;
    for (int round = 0; round < kRounds; ++round)
      for (int i = 0; i < kFamilies; ++i)
        rows += writer->get(static_cast<Family>(i), std::to_string(round)).value() == "row" ? 1 : 0;
    std::ofstream(temp.path() / "writer") << rows;
  });
  CHECK(contents(temp.path() / "reader") ==
        fmt::format("archive {}: the 120 files that this process may hold open are too few for its tables; "
                    "allow more (ulimit -n, systemd's LimitNOFILE)",
                    directory.string()));
  CHECK(contents(temp.path() / "writer") == std::to_string(kRounds * kFamilies));
}
