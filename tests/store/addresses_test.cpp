// Which words of a page are addresses.

#include "store/addresses.hpp"

#include <catch2/catch.hpp>
#include <string>

using namespace boardwalk::store;

namespace {

std::vector<std::string> addresses_in(const std::string& page) {
  std::vector<std::string> found;
  for (const auto& address : addresses(page, text_nodes(page)))
    found.push_back(page.substr(address.begin, address.end - address.begin));
  return found;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("in text an address has a scheme or begins with www, and ends where it can go no further") {
  CHECK(addresses_in("见http://a.test/b?c=1&amp;d=2里，(https://b.test). www.c.test, one/two a.test?") ==
        Words{"http://a.test/b?c=1&amp;d=2", "(https://b.test", "www.c.test"});
  CHECK(addresses_in("&quot;http://a.test/&quot; someone@a.test").front() == "http://a.test/");
  CHECK(addresses_in("someone@a.test").empty());
}

TEST_CASE("in markup and scripts an address is what has a path or a query, whatever the attribute") {
  CHECK(addresses_in("<img file=\"data/a.png\" alt=\"IMG_2020.jpg\" data-src='//a.test/b'>") ==
        Words{"data/a.png", "//a.test/b"});
  CHECK(addresses_in("<script>var a = \"http:\\/\\/a.test\\/b\", b = 'thread-5-1-1.html';") ==
        Words{"http:\\/\\/a.test\\/b", "thread-5-1-1.html"});
  CHECK(addresses_in("<a href=\"mailto:someone@a.test\">").empty());
}

TEST_CASE("a byte is of the address that it stands in") {
  const std::string page = "at http://a.test/ now";
  const auto all = addresses(page, text_nodes(page));
  CHECK(address_at(all, 2) == nullptr);
  REQUIRE(address_at(all, 3) != nullptr);
  CHECK(address_at(all, 16) == address_at(all, 3));
  CHECK(address_at(all, 17) == nullptr);
}
