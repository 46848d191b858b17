#include "crawler/spellings.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <utility>
#include <vector>

using namespace boardwalk::crawler;

namespace {

UrlRow row_of(const std::string& url, std::vector<std::string> others = {}) {
  UrlRow row;
  row.url = url;
  row.others = std::move(others);
  row.etag = "\"1\"";
  return row;
}

using Urls = std::vector<std::string>;

}  // namespace

TEST_CASE("three further spellings of a page are kept, each once") {
  UrlRow row = row_of("a");
  CHECK_FALSE(add_spelling(row, "a"));
  for (const char* url : {"b", "c", "d"}) CHECK(add_spelling(row, url));
  CHECK_FALSE(add_spelling(row, "c"));
  CHECK_FALSE(add_spelling(row, "e"));
  CHECK(row.others == Urls{"b", "c", "d"});
}

TEST_CASE("a spelling that is renewed is asked for, and the one so far is the next") {
  UrlRow row = row_of("a", {"b", "c", "d"});
  CHECK(renew_spelling(row, "e"));
  CHECK(row.url == "e");
  CHECK(row.others == Urls{"a", "b", "c"});
  CHECK(row.etag.empty());
  CHECK(renew_spelling(row, "b"));
  CHECK(row.others == Urls{"e", "a", "c"});
  CHECK_FALSE(renew_spelling(row, "b"));
}

TEST_CASE("a spelling that leads nowhere gives way to the next, unless there is none") {
  UrlRow row = row_of("a", {"b"});
  CHECK(drop_spelling(row, "a"));
  CHECK(row.url == "b");
  CHECK_FALSE(drop_spelling(row, "b"));
  CHECK(row.url == "b");
}

TEST_CASE(
    "a spelling that a seed brought while another one was asked for is the next, whatever that came to") {
  UrlRow row = row_of("http://a.example/", {"https://a.example/"});
  CHECK(renew_spelling(row, "http://a.example/?seed"));
  const UrlRow before = row;
  CHECK(drop_spelling(row, "http://a.example/"));
  change_scheme(row, "http://a.example/");
  CHECK(row.url == "http://a.example/?seed");
  CHECK(row.others == before.others);
}

TEST_CASE("where nothing answers a spelling of the other scheme comes next, and none of the same") {
  UrlRow row =
      row_of("http://a.example/", {"http://a.example/?b", "https://a.example/", "http://a.example/?c"});
  change_scheme(row, "http://a.example/");
  CHECK(row.url == "https://a.example/");
  CHECK(row.others == Urls{"http://a.example/?b", "http://a.example/?c", "http://a.example/"});
  change_scheme(row, "https://a.example/");
  CHECK(row.url == "http://a.example/?b");
  UrlRow lone = row_of("http://a.example/", {"http://a.example/?b"});
  change_scheme(lone, "http://a.example/");
  CHECK(lone.url == "http://a.example/");
}
