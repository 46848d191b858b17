#include "store/care/digest_set.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "store/splitmix64.hpp"

namespace boardwalk::store {
namespace {

TEST_CASE("a set of digests finds what was added, whatever their number") {
  for (const std::uint64_t count : {0, 1, 2, 15, 16, 17, 1000, 5000}) {
    DigestSet digests;
    std::set<std::uint64_t> plain;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t number = splitmix64::mixed(i * splitmix64::kStep);
      digests.add(number);
      plain.insert(number);
    }
    digests.sort();
    REQUIRE(digests.size() == plain.size());
    for (std::uint64_t i = 0; i < 2 * count + 10; ++i) {
      const std::uint64_t number = splitmix64::mixed(i * splitmix64::kStep);
      REQUIRE(digests.contains(number) == plain.contains(number));
      REQUIRE(digests.contains(number + 1) == plain.contains(number + 1));
    }
    REQUIRE_FALSE(digests.contains(UINT64_MAX));
  }
}

TEST_CASE("a set of digests holds the first and the last number there is, and the same one twice") {
  DigestSet digests;
  for (const std::uint64_t number : {UINT64_MAX, std::uint64_t{0}, UINT64_MAX}) digests.add(number);
  REQUIRE_FALSE(digests.contains(0));  // not sorted yet
  digests.sort();
  REQUIRE(digests.contains(0));
  REQUIRE(digests.contains(UINT64_MAX));
  REQUIRE_FALSE(digests.contains(1));
}

TEST_CASE("a set of digests holds all of another or does not") {
  DigestSet digests, others;
  for (std::uint64_t i = 0; i < 100; ++i) digests.add(splitmix64::mixed(i));
  digests.sort();
  REQUIRE(digests.contains_all(others));
  for (std::uint64_t i = 100; i-- > 50;) others.add(splitmix64::mixed(i));
  REQUIRE(digests.contains_all(others));
  others.add(splitmix64::mixed(100));
  REQUIRE_FALSE(digests.contains_all(others));
}

TEST_CASE("a digest's number depends on each of its bytes") {
  const std::string digest(32, 'a');
  for (std::size_t i = 0; i < digest.size(); ++i) {
    std::string other = digest;
    other[i] = 'b';
    REQUIRE(number_of(other) != number_of(digest));
  }
}

TEST_CASE("the first bytes of a digest are the highest of its number") {
  REQUIRE(number_of_first("\x01\x02\x03\x04\x05\x06\x07\x08\x09", 8) == 0x0102030405060708);
  REQUIRE(number_of_first("\xFF\x02\x03", 2) == 0xFF02000000000000);
}

}  // namespace
}  // namespace boardwalk::store
