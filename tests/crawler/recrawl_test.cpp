#include "crawler/recrawl.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::LinkRole;
using parsers::Outcome;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kNow = 100 * kHour;

UrlRow row_of(Outcome outcome, std::int64_t age, std::string listed = {}) {
  UrlRow row;
  row.last_outcome = static_cast<int>(outcome);
  row.last_fetch = kNow - age;
  row.sweep = 1;
  row.listed = std::move(listed);
  return row;
}

bool due(const UrlRow& row, const Offered& offered, std::int64_t sweep = 2) {
  return due_again(row, offered, sweep, kNow, config::default_job().recrawl);
}

}  // namespace

TEST_CASE("nothing is fetched twice in one sweep") {
  CHECK_FALSE(due(row_of(Outcome::kOk, 99 * kHour), {LinkRole::kBoard, std::nullopt}, 1));
  CHECK_FALSE(due(row_of(Outcome::kOk, 99 * kHour, "1"), {LinkRole::kThread, "2"}, 1));
}

TEST_CASE("a listing is looked at in every sweep, unless the one before it showed nothing new") {
  CHECK(due(row_of(Outcome::kOk, 1), {LinkRole::kBoard, std::nullopt}));
  CHECK(due(row_of(Outcome::kUnchanged, 1), {LinkRole::kIndex, std::nullopt}));
  CHECK_FALSE(due(row_of(Outcome::kOk, 1), {LinkRole::kBoard, std::nullopt, true}));
}

TEST_CASE("a thread is due again only when its row in a listing changed") {
  CHECK(due(row_of(Outcome::kOk, 1, "5|Li|2026-01-01"), {LinkRole::kThread, "6|Wu|2026-01-02"}));
  CHECK_FALSE(
      due(row_of(Outcome::kOk, 99 * kHour, "5|Li|2026-01-01"), {LinkRole::kThread, "5|Li|2026-01-01"}));
  CHECK_FALSE(due(row_of(Outcome::kOk, 99 * kHour, "5|Li|2026-01-01"), {LinkRole::kThread, std::nullopt}));
}

TEST_CASE("an article is due again after a day") {
  CHECK_FALSE(due(row_of(Outcome::kOk, 23 * kHour), {LinkRole::kArticle, std::nullopt}));
  CHECK(due(row_of(Outcome::kOk, 24 * kHour), {LinkRole::kArticle, std::nullopt}));
}

TEST_CASE("a page that said no is asked again after a day, whatever its kind") {
  for (const auto outcome :
       {Outcome::kDenied, Outcome::kNotFound, Outcome::kRobotsDenied, Outcome::kTooLarge}) {
    CHECK_FALSE(due(row_of(outcome, 23 * kHour, "1"), {LinkRole::kThread, "2"}));
    CHECK(due(row_of(outcome, 24 * kHour, "1"), {LinkRole::kThread, "1"}));
  }
}
