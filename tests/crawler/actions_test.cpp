#include "crawler/actions.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>

#include "store/database.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using namespace std::chrono_literals;

namespace {

// An archive that is being written, and what answers in its place.
class Answered {
 public:
  explicit Answered(std::function<Result<std::string>(const Action&)> carry_out)
      : database_(*store::Database::open(path(), store::Database::Access::kWrite)),
        box_(path()),
        thread_([this, carry_out = std::move(carry_out)](const std::stop_token& stop) {
          while (!stop.stop_requested()) box_.attend(carry_out);
        }) {}

  [[nodiscard]] std::string path() const { return directory_ / "archive"; }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_;
  ActionBox box_;
  std::jthread thread_;
};

// While it lives this process is a user of no privileges, to whom permissions apply; root alone can become one.
class AsNobody {
 public:
  AsNobody() : before_(::geteuid()), is_so_(before_ != 0 || ::seteuid(kNobody) == 0) {}
  ~AsNobody() {
    if (before_ == 0) REQUIRE(::seteuid(before_) == 0);
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

  [[nodiscard]] bool is_so() const { return is_so_; }
  static constexpr uid_t kNobody = 65534;

 private:
  uid_t before_;
  bool is_so_;
};

// The words that a crawl tells of files that it has no right to, when it attends twice; each action that it
// carries out is put behind `carried_out`.
std::vector<std::string> troubles_with(const std::string& archive, std::string& carried_out) {
  std::vector<std::string> troubles;
  ActionBox box(archive, [&](const std::string& trouble) { troubles.push_back(trouble); });
  for (int looks = 0; looks < 2; ++looks)
    box.attend([&](const Action& action) -> Result<std::string> {
      carried_out += std::string(to_string(action.kind)) + " ";
      return "";
    });
  return troubles;
}

// The same where the directory of actions has that mode; nullopt when it would not bind this process.
std::optional<std::vector<std::string>> troubles_as_nobody(const std::string& archive, mode_t mode,
                                                           std::string& carried_out) {
  const std::string actions = archive + "/actions";
  REQUIRE(::chmod(actions.c_str(), mode) == 0);
  std::optional<std::vector<std::string>> troubles;
  if (const AsNobody nobody; nobody.is_so()) troubles = troubles_with(archive, carried_out);
  REQUIRE(::chmod(actions.c_str(), 0755) == 0);
  return troubles;
}

}  // namespace

TEST_CASE("an action reaches the crawl with its arguments, and its answer the one who asked") {
  Answered crawl([](const Action& action) -> Result<std::string> {
    return std::string(to_string(action.kind)) + " " + action.arguments.at(0) + " " + action.arguments.at(1);
  });
  const auto answer =
      ask_crawl(crawl.path(), {Action::Kind::kSeed, {"http://a.example/ö", "http://b.example/"}}, 60s);
  REQUIRE(answer);
  CHECK(*answer == "seed http://a.example/ö http://b.example/");
}

TEST_CASE("a refused action is wrong usage, in the crawl's words") {
  Answered crawl([](const Action&) { return fail(ErrorKind::kUsage, "no such host"); });
  const auto answer = ask_crawl(crawl.path(), {Action::Kind::kPause, {}}, 60s);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kUsage);
  CHECK(answer.error().message == "no such host");
}

TEST_CASE("without a crawl nothing is asked, and the archive is named") {
  const TemporaryDirectory directory;
  for (const bool crawled : {false, true}) {
    const std::string path = directory / (crawled ? "crawled" : "absent");
    if (crawled) REQUIRE(store::Database::open(path, store::Database::Access::kWrite));
    const auto answer = ask_crawl(path, {Action::Kind::kPause, {}}, 60s);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().kind == ErrorKind::kNotFound);
    CHECK(answer.error().message == "no crawl runs on " + path + "; start one with boardwalk crawl");
    CHECK_FALSE(std::filesystem::exists(path + "/actions"));
  }
}

TEST_CASE("an action that no crawl takes is withdrawn") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive";
  const auto writer = store::Database::open(path, store::Database::Access::kWrite);
  REQUIRE(writer);
  const auto answer = ask_crawl(path, {Action::Kind::kPause, {}}, 0s);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message == "no crawl answers on " + path + "; start one with boardwalk crawl");
  CHECK(std::filesystem::is_empty(path + "/actions"));
}

TEST_CASE("what was asked of an earlier crawl is not carried out by a later one") {
  const TemporaryDirectory directory;
  std::filesystem::create_directories(directory / "archive/actions");
  std::ofstream(directory / "archive/actions/1.action") << "pause\n";
  ActionBox box(directory / "archive");
  int carried_out = 0;
  box.attend([&](const Action&) -> Result<std::string> {
    ++carried_out;
    return "";
  });
  CHECK(carried_out == 0);
}

TEST_CASE("what was left for the next crawl goes when it has been carried out or refused, not before") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive";
  REQUIRE(leave_for_next(path, {Action::Kind::kBlock, {"a.example"}}));
  REQUIRE(leave_for_next(path, {Action::Kind::kUnblock, {"b.example"}}));
  std::string carried_out;
  const auto attended_with = [&](ErrorKind trouble) {
    ActionBox(path).attend([&](const Action& action) -> Result<std::string> {
      CHECK_FALSE(std::filesystem::is_empty(path + "/actions"));
      carried_out += std::string(to_string(action.kind)) + " ";
      return fail(trouble, "no disk, or no such host");
    });
  };
  attended_with(ErrorKind::kIo);
  CHECK(carried_out == "block ");
  attended_with(ErrorKind::kUsage);
  CHECK(carried_out == "block block unblock ");
  CHECK(std::filesystem::is_empty(path + "/actions"));
  REQUIRE(leave_for_next(path, {Action::Kind::kBlock, {"a.example"}}));
  ActionBox(path).attend([](const Action&) -> Result<std::string> { return ""; });
  CHECK(std::filesystem::is_empty(path + "/actions"));
}

TEST_CASE("an action that cannot be written says why") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive", actions = path + "/actions";
  const auto refusal = [&] {
    const auto left = leave_for_next(path, {Action::Kind::kBlock, {"a.example"}});
    return left ? std::string() : left.error().message;
  };
  std::filesystem::create_directory(path);
  std::ofstream(actions) << "a file";
  CHECK(refusal() == "cannot create " + actions + ": Not a directory");
  std::filesystem::remove(actions);
  std::filesystem::create_directory_symlink("/proc", actions);  // where nothing can be made
  CHECK(refusal().starts_with("cannot write " + actions + "/"));
  CHECK(refusal().ends_with("-left.action: No such file or directory"));
}

TEST_CASE("what was asked since a crawl took the lock is carried out, though it could not yet answer") {
  namespace fs = std::filesystem;
  const TemporaryDirectory directory;
  const fs::path path = directory / "archive";
  const auto writer = store::Database::open(path.string(), store::Database::Access::kWrite);
  REQUIRE(writer);
  fs::create_directories(path / "actions");
  std::ofstream(path / "actions/1.action") << "pause\n";
  std::ofstream(path / "actions/2.action") << "stop\n";
  std::ofstream(path / "actions/3.action") << "resume\n";
  fs::last_write_time(path / "actions/1.action", fs::last_write_time(path / "lock") - 1h);
  ActionBox box(path);
  std::string carried_out;
  box.attend([&](const Action& action) -> Result<std::string> {
    carried_out += std::string(to_string(action.kind)) + " ";
    return "";
  });
  CHECK(carried_out == "stop resume ");
}

TEST_CASE("an action that was taken and is never answered is not waited for without end") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive";
  const auto writer = store::Database::open(path, store::Database::Access::kWrite);
  REQUIRE(writer);
  std::filesystem::create_directories(path + "/actions");
  const std::jthread taker([&path](const std::stop_token& stop) {
    while (!stop.stop_requested())
      for (const auto& file : std::filesystem::directory_iterator(path + "/actions"))
        if (file.path().extension() == ".action") std::filesystem::remove(file.path());
  });
  const auto answer = ask_crawl(path, {Action::Kind::kPause, {}}, 500ms);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().kind == ErrorKind::kNotFound);
  CHECK(answer.error().message ==
        "the crawl on " + path + " took the action and does not answer; see boardwalk status");
}

TEST_CASE("of an action that it may not remove the crawl tells, once in a run") {
  namespace fs = std::filesystem;
  const TemporaryDirectory directory;
  REQUIRE(::chmod(directory.path().c_str(), 0755) == 0);
  const std::string path = directory / "archive", actions = path + "/actions";
  fs::create_directories(actions);
  std::ofstream(actions + "/1-left.action") << "retry\nbbs.test thread 5 1\n";
  std::ofstream(actions + "/2.action") << "pause\n";
  std::string carried_out;
  const auto troubles = troubles_as_nobody(path, 0555, carried_out);
  if (!troubles) return;
  CHECK(troubles ==
        std::vector<std::string>{
            "cannot remove " + actions +
                "/1-left.action: Permission denied; each run carries it out again until it is removed",
            "cannot remove " + actions + "/2.action: Permission denied; it is not carried out"});
  CHECK(carried_out == "retry ");
  CHECK(troubles_as_nobody(path, 0111, carried_out) ==
        std::vector<std::string>{"cannot read " + actions +
                                 ": Permission denied; nothing in it is carried out"});
}

TEST_CASE("of an action that it cannot read the crawl tells, once in a run, and goes on with the others") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive", actions = path + "/actions";
  std::filesystem::create_directories(actions + "/1-left.action");
  std::ofstream(actions + "/2-left.action") << "stop\n";
  std::string carried_out;
  CHECK(troubles_with(path, carried_out) ==
        std::vector<std::string>{"cannot read " + actions +
                                 "/1-left.action: Is a directory; it is not carried out"});
  CHECK(carried_out == "stop ");
}

TEST_CASE("what root leaves for a crawl, the owner of the archive can remove") {
  if (::geteuid() != 0) return;  // nobody else can make a directory of another user
  const TemporaryDirectory directory;
  const std::string path = directory / "archive", actions = path + "/actions";
  std::filesystem::create_directory(path);
  REQUIRE(::chown(path.c_str(), AsNobody::kNobody, AsNobody::kNobody) == 0);
  REQUIRE(::chmod(path.c_str(), 0770) == 0);
  for (const bool is_there : {false, true}) {
    if (is_there) REQUIRE(::chown(actions.c_str(), 0, 0) == 0);
    REQUIRE(leave_for_next(path, {Action::Kind::kBlock, {"a.example"}}));
    struct stat made {};
    REQUIRE(::stat(actions.c_str(), &made) == 0);
    CHECK(made.st_uid == AsNobody::kNobody);
    CHECK(made.st_gid == AsNobody::kNobody);
    CHECK((made.st_mode & 07777) == 0770);
  }
}

TEST_CASE("a file that is no action is refused and does not stay") {
  const TemporaryDirectory directory;
  ActionBox box(directory / "archive");
  std::filesystem::create_directories(directory / "archive/actions");
  std::ofstream(directory / "archive/actions/1.action") << "dance\n";
  box.attend([](const Action&) -> Result<std::string> { return ""; });
  CHECK_FALSE(std::filesystem::exists(directory / "archive/actions/1.action"));
  CHECK(std::filesystem::exists(directory / "archive/actions/1.answer"));
}

TEST_CASE("a site that is withdrawn is in nothing that was left, and what was left of others stays") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive";
  REQUIRE(withdraw_left(path, "a.example"));  // nothing was left
  REQUIRE(leave_for_next(path, {Action::Kind::kUnblock, {"a.example"}}));
  REQUIRE(leave_for_next(path, {Action::Kind::kBlock, {"b.example", "a.example", "a.example:8080"}}));
  REQUIRE(leave_for_next(path, {Action::Kind::kRetry, {"a.example thread 1 1", "b.example thread 1 1"}}));
  REQUIRE(withdraw_left(path, "a.example"));
  std::string carried_out;
  ActionBox(path).attend([&](const Action& action) -> Result<std::string> {
    carried_out += to_string(action.kind);
    for (const auto& argument : action.arguments) carried_out += ' ' + argument;
    return carried_out += '\n';
  });
  CHECK(carried_out == "block b.example a.example:8080\nretry b.example thread 1 1\n");
  CHECK(std::filesystem::is_empty(path + "/actions"));
}

TEST_CASE("a command that changes the archive is no crawl, and is not asked for anything") {
  const TemporaryDirectory directory;
  const std::string path = directory / "archive";
  using Access = store::Database::Access;
  {
    const auto crawl = store::Database::open(path, Access::kWrite);
    CHECK(crawl_runs(path));
  }
  const auto care = store::Database::open(path, Access::kChange);
  REQUIRE(care);
  CHECK_FALSE(crawl_runs(path));
  const auto answer = ask_crawl(path, {Action::Kind::kPause, {}}, 60s);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message == "no crawl runs on " + path + "; start one with boardwalk crawl");
  const auto second = store::Database::open(path, Access::kWrite);
  REQUIRE_FALSE(second);
  CHECK(second.error().message.starts_with("archive " + path +
                                           " is in use by a command that changes it (pid "));
}
