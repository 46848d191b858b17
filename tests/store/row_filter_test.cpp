#include "store/row_filter.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <random>

#include "archive_fixture.hpp"
#include "store/index_keys.hpp"
#include "store/sketch.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

using Rows = std::vector<std::pair<std::string, std::string>>;

std::size_t told_wrong(const RowFilter& filter, int first, int count) {
  std::size_t wrong = 0;
  for (int i = first; i < first + count; ++i) wrong += filter.may_hold(Family::kIds, fmt::format("{}", i));
  return wrong;
}

std::string made_key(Family family, std::mt19937& random) {
  const auto number = static_cast<unsigned>(random() % 3000);
  if (family != Family::kBands) return fmt::format("{:08}", number);
  return band_key(band_prefix(static_cast<int>(number % kBandCount), number / 7),
                  std::string(32, static_cast<char>('a' + random() % 3)));
}

Rows scanned(const Batch& batch, Family family, std::string_view prefix) {
  Rows rows;
  REQUIRE(batch.scan(family, prefix, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  }));
  return rows;
}

}  // namespace

TEST_CASE("what was added may be there: of what was not, nearly all is known not to be") {
  RowFilter filter;
  for (int i = 0; i < 100'000; ++i) filter.add(Family::kIds, fmt::format("{}", i));
  CHECK(told_wrong(filter, 0, 100'000) == 100'000);
  CHECK(told_wrong(filter, 100'000, 100'000) < 100);
}

TEST_CASE("a key is known in its own family alone") {
  RowFilter filter;
  filter.add(Family::kIds, "a key");
  CHECK(filter.may_hold(Family::kIds, "a key"));
  CHECK_FALSE(filter.may_hold(Family::kUrls, "a key"));
}

TEST_CASE("a filter is of use until it is full, and then tells of everything that it may be there") {
  RowFilter filter;
  int added = 0;
  const auto add = [&](std::size_t rows) {
    for (std::size_t i = 0; i < rows; ++i) filter.add(Family::kIds, fmt::format("{}", added++));
  };
  add(RowFilter::kMostRows);
  CHECK(told_wrong(filter, 0, 100'000) == 100'000);
  CHECK(told_wrong(filter, 100'000'000, 100'000) < 100'000 / 30);
  add(RowFilter::kMostRows / 8);  // some of all were taken for known
  CHECK(told_wrong(filter, 100'000'000, 1'000) == 1'000);
  CHECK(told_wrong(filter, 0, 1'000) == 1'000);
}

TEST_CASE("an archive that was new when it was opened answers as one that was not") {
  const auto family = GENERATE(Family::kUrls, Family::kIds, Family::kFolds, Family::kBodies, Family::kBands,
                               Family::kRecords);
  TemporaryDirectory temp;
  const auto open = [&](const char* name) {
    return *Database::open(temp.path() / name, Database::Access::kWrite, config::Sync::kOs);
  };
  auto fresh = open("fresh"), held = open("held");
  Batch first(*held);
  first.put(Family::kMeta, "held", "");
  REQUIRE(held->commit(first));
  held.reset();
  held = open("held");
  std::mt19937 random(4711);
  for (int round = 0; round < 40; ++round) {
    Batch ours(*fresh), plain(*held);
    for (int i = 0; i < 50; ++i) {
      const std::string key = made_key(family, random), value = std::to_string(random());
      const bool erases = random() % 4 == 0;
      for (Batch* const batch : {&ours, &plain})
        erases ? batch->erase(family, key) : batch->put(family, key, value);
      const std::string asked = made_key(family, random);
      CHECK(ours.get(family, asked).value() == plain.get(family, asked).value());
      CHECK(scanned(ours, family, asked.substr(0, kBandPrefix)) ==
            scanned(plain, family, asked.substr(0, kBandPrefix)));
    }
    CHECK(scanned(ours, family, "") == scanned(plain, family, ""));
    if (round % 5 == 4) continue;  // a batch that is given up
    REQUIRE(fresh->commit(ours));
    REQUIRE(held->commit(plain));
    if (round % 10 == 0) REQUIRE(fresh->flush());
  }
}
