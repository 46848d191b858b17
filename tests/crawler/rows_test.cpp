#include "crawler/rows.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace boardwalk;
using crawler::UrlRow;

TEST_CASE("a page's row that was written before its later fields were there is read without them") {
  UrlRow row;
  row.url = "http://a.example/";
  row.content_sha256 = "c0ffee";
  const std::string bytes = store::pack(row);
  const std::string_view before(bytes.data(), bytes.size() - 3);  // the later fields are of a byte each here
  const auto read = store::unpack<UrlRow>(before);
  REQUIRE(read);
  CHECK(read->url == row.url);
  CHECK(read->content_sha256 == row.content_sha256);
  CHECK(read->replies == -1);
  CHECK(store::unpack<UrlRow>(bytes));
  CHECK_FALSE(store::unpack<UrlRow>(before.substr(0, before.size() - 1)));
}
