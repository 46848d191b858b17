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
  const auto later = GENERATE(4, 1);  // fields, of a byte each here
  const std::string_view before(bytes.data(), bytes.size() - static_cast<std::size_t>(later));
  const auto read = store::unpack<UrlRow>(before);
  REQUIRE(read);
  CHECK(read->url == row.url);
  CHECK(read->content_sha256 == row.content_sha256);
  CHECK(read->replies == -1);
  CHECK(read->also_via.empty());
  CHECK(store::unpack<UrlRow>(bytes));
  CHECK_FALSE(store::unpack<UrlRow>(before.substr(0, before.size() - 1)));
}

TEST_CASE("a host's row that was written before its last field was there is read without it") {
  crawler::HostRow row;
  row.run_errors = 7;
  const std::string bytes = store::pack(row);
  const auto read = store::unpack<crawler::HostRow>(std::string_view(bytes).substr(0, bytes.size() - 1));
  REQUIRE(read);
  CHECK(read->run_errors == 7);
  CHECK(read->ahead_until == 0);
  CHECK_FALSE(store::unpack<crawler::HostRow>(std::string_view(bytes).substr(0, bytes.size() - 2)));
}
