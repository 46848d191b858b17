#include "crawler/run_account.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>

#include "store/database.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;

namespace {

struct Account {
  void fail(const std::string& page) { account.failed(page, of(page)); }
  static FailedPage of(const std::string& page) {
    return {"http://a.example/" + page, parsers::Outcome::kHttpError, "502"};
  }

  TemporaryDirectory directory;
  std::unique_ptr<store::Database> database =
      *store::Database::open(directory / "archive", store::Database::Access::kWrite, config::Sync::kOs);
  RunReport report;
  RunAccount account{*database, report};
};

}  // namespace

TEST_CASE("a page that failed at every try of a long run counts once, and not when it came in the end") {
  Account a;
  for (int hour = 0; hour < 3; ++hour) {
    a.fail("1");
    a.fail("2");
  }
  CHECK(a.report.failed == 2);
  CHECK(a.report.failures.size() == 2);
  CHECK(a.report.hosts["a.example"].failed == 2);
  a.account.answered_after_all("1");
  CHECK(a.report.failed == 1);
  CHECK(a.report.hosts["a.example"].failed == 1);
  REQUIRE(a.report.failures.size() == 1);
  CHECK(a.report.failures.front().url == "http://a.example/2");
}

TEST_CASE("what waits for another try when the run ends has failed") {
  Account a;
  a.account.will_retry("1", Account::of("1"));
  CHECK(a.report.failed == 0);
  a.account.end();
  CHECK(a.report.failed == 1);
}

TEST_CASE("of failed pages as many are named as are kept, also after some of them came") {
  Account a;
  for (int page = 10; page < 50; ++page) a.fail(std::to_string(page));
  CHECK(a.report.failed == 40);
  CHECK(a.report.failures.size() == RunReport::kFailuresKept);
  for (int page = 10; page < 30; ++page) a.account.answered_after_all(std::to_string(page));
  CHECK(a.report.failed == 20);
  CHECK(a.report.failures.size() == 20);
}
