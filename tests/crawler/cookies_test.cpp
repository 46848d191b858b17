#include "crawler/cookies.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using Lines = std::vector<std::string>;

namespace {

std::string cookie(const std::string& domain, const std::string& name, const std::string& value,
                   const std::string& path = "/") {
  const bool below = domain.starts_with('.');
  return domain + (below ? "\tTRUE\t" : "\tFALSE\t") + path + "\tFALSE\t0\t" + name + "\t" + value;
}

Result<Lines> read(const std::string& text) {
  const TemporaryDirectory directory;
  const std::string file = directory / "cookies.txt";
  std::ofstream(file) << text;
  auto lines = read_cookies(file);
  if (!lines) lines.error().message.erase(0, lines.error().message.find("cookies.txt"));
  return lines;
}

}  // namespace

TEST_CASE("what an answer changed of a jar is what was set and what is gone") {
  const Lines before{cookie("a.example", "kept", "1"), cookie("a.example", "new", "1"),
                     cookie("a.example", "old", "1")};
  const Lines after{cookie("a.example", "kept", "1"), cookie("a.example", "new", "2"),
                    cookie("a.example", "other", "1")};
  const CookieChanges changes = cookie_changes(before, after);
  CHECK(changes.set == Lines{cookie("a.example", "new", "2"), cookie("a.example", "other", "1")});
  CHECK(changes.gone == Lines{cookie("a.example", "old", "1")});
  Lines jar = before;
  apply_to_jar(changes, jar);
  CHECK(jar == after);
  CHECK(cookie_changes(after, after).empty());
}

TEST_CASE("answers that cross each other lose nothing of one another's cookies") {
  const Lines before{cookie("a.example", "sid", "1")};
  Lines jar = before;
  apply_to_jar(cookie_changes(before, {cookie("a.example", "sid", "1"), cookie("a.example", "first", "1")}),
               jar);
  apply_to_jar(cookie_changes(before, {cookie("a.example", "sid", "2")}), jar);
  CHECK(jar == Lines{cookie("a.example", "sid", "2"), cookie("a.example", "first", "1")});
}

TEST_CASE(
    "a site that names a new cookie on each page fills its jar no further than its bound, and old ones "
    "stay") {
  Lines jar{cookie("a.example", "login", "1")};
  for (int i = 0; i < 1000; ++i)
    apply_to_jar({{cookie("a.example", "seen_" + std::to_string(i), "1")}, {}}, jar);
  CHECK(jar.size() == 300);
  apply_to_jar({{cookie("a.example", "login", "2")}, {}}, jar);
  CHECK(jar.front() == cookie("a.example", "login", "2"));
  CHECK(jar.size() == 300);
}

TEST_CASE("cookies of one name live side by side under other paths and domains") {
  Lines jar{cookie("a.example", "sid", "1")};
  apply_to_jar({{cookie("a.example", "sid", "2", "/forum/"), cookie(".a.example", "sid", "3")}, {}}, jar);
  CHECK(jar.size() == 3);
}

TEST_CASE("a host gets its own cookies of a file, and those of the domains that it belongs to") {
  const Lines file{cookie("bbs.a.example", "own", "1"), cookie(".a.example", "domain", "1"),
                   cookie("a.example", "parent alone", "1"), cookie(".b.example", "other", "1"),
                   "#HttpOnly_" + cookie(".a.example", "script", "1")};
  CHECK(cookies_for(file, "bbs.a.example") == Lines{file[0], file[1], file[4]});
  CHECK(cookies_for(file, "a.example") == Lines{file[1], file[2], file[4]});
  CHECK(cookies_for(file, "evila.example").empty());
  CHECK(cookies_for(file, "example").empty());
}

TEST_CASE("a cookie ends at its expiry: one without lasts as long as its session") {
  const std::string dated = "a.example\tFALSE\t/\tFALSE\t1000\tsid\t7";
  CHECK(is_expired(dated, 1001));
  CHECK_FALSE(is_expired(dated, 1000));
  CHECK_FALSE(is_expired(cookie("a.example", "sid", "7"), 1001));
  CHECK_FALSE(is_expired("no cookie", 1001));
}

TEST_CASE("a cookie file is read without its comments, with line ends of either kind") {
  const auto lines = read(
      "# Netscape HTTP Cookie File\r\n\r\n.a.example\tTRUE\t/\tFALSE\t0\tsid\t7\r\n"
      "#HttpOnly_.a.example\tTRUE\t/\tTRUE\t1999999999\tauth\teyJ=\n"
      "a.example\tFALSE\t/\tFALSE\t0\tempty\n");
  REQUIRE(lines);
  CHECK(*lines == Lines{".a.example\tTRUE\t/\tFALSE\t0\tsid\t7",
                        "#HttpOnly_.a.example\tTRUE\t/\tTRUE\t1999999999\tauth\teyJ=",
                        "a.example\tFALSE\t/\tFALSE\t0\tempty"});
}

TEST_CASE("what is no cookie in a cookie file is named with its line") {
  for (const char* bad : {"sid=7; auth=8", ".a.example TRUE / FALSE 0 sid 7", ".a.example\tTRUE\t/\tFALSE\t0",
                          ".a.example\tyes\t/\tFALSE\t0\tsid\t7", "\tTRUE\t/\tFALSE\t0\tsid\t7"}) {
    CAPTURE(bad);
    const auto lines = read("# a file\n" + std::string(bad) + "\n");
    REQUIRE_FALSE(lines);
    CHECK(lines.error().kind == ErrorKind::kUsage);
    CHECK(
        lines.error().message ==
        "cookies.txt:2: not a cookie; each line holds seven fields with tabs between: domain, TRUE or FALSE, "
        "path, TRUE or FALSE, expiry, name, value");
  }
  const auto missing = read_cookies("/nowhere/cookies.txt");
  REQUIRE_FALSE(missing);
  CHECK(
      missing.error().message ==
      "cannot read cookie file /nowhere/cookies.txt: No such file or directory; export the session's cookies "
      "in Netscape format, or leave fetch.cookie_file empty");
  const auto folder = read_cookies("/");
  REQUIRE_FALSE(folder);
  CHECK(folder.error().message.starts_with("cannot read cookie file /: Is a directory; "));
}
