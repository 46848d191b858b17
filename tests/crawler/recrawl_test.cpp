#include "crawler/recrawl.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace boardwalk::crawler;
using parsers::LinkRole;
using parsers::Outcome;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::int64_t kDay = 24 * kHour;
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

Recheck next(const Found& found, int step = 0) {
  return next_recheck(found, step, config::default_job().recrawl);
}

Offered dated(LinkRole role, std::int64_t modified) {
  Offered offered;
  offered.role = role;
  offered.modified = modified / 1000;
  return offered;
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

TEST_CASE("what was fetched by a clock that was ahead was fetched long ago") {
  CHECK(due(row_of(Outcome::kOk, -99 * kDay), {LinkRole::kBoard, std::nullopt}));
  CHECK(due(row_of(Outcome::kDenied, -99 * kDay), {LinkRole::kBoard, std::nullopt}));
  CHECK(due(row_of(Outcome::kOk, -99 * kDay), dated(LinkRole::kArticle, kNow - kDay)));
}

TEST_CASE("a thread is due again only when its row in a listing changed") {
  CHECK(due(row_of(Outcome::kOk, 1, "5|Li|2026-01-01"), {LinkRole::kThread, "6|Wu|2026-01-02"}));
  CHECK_FALSE(
      due(row_of(Outcome::kOk, 99 * kHour, "5|Li|2026-01-01"), {LinkRole::kThread, "5|Li|2026-01-01"}));
  CHECK_FALSE(due(row_of(Outcome::kOk, 99 * kHour, "5|Li|2026-01-01"), {LinkRole::kThread, std::nullopt}));
}

TEST_CASE("an article is not due because a page links to it, but because a list calls it changed since") {
  CHECK_FALSE(due(row_of(Outcome::kOk, 99 * kHour), {LinkRole::kArticle, std::nullopt}));
  CHECK(due(row_of(Outcome::kOk, 9 * kHour), dated(LinkRole::kArticle, kNow - 8 * kHour)));
  CHECK_FALSE(due(row_of(Outcome::kOk, 9 * kHour), dated(LinkRole::kArticle, kNow - 10 * kHour)));
}

TEST_CASE("a page that said no is not asked again the same day, and then only when a listing tells of it") {
  for (const auto outcome :
       {Outcome::kDenied, Outcome::kNotFound, Outcome::kUnreadable, Outcome::kTooLarge}) {
    CHECK_FALSE(due(row_of(outcome, 23 * kHour, "1"), {LinkRole::kThread, "2"}));
    CHECK(due(row_of(outcome, 24 * kHour, "1"), {LinkRole::kThread, "2"}));
    CHECK_FALSE(due(row_of(outcome, 24 * kHour, "1"), {LinkRole::kThread, "1"}));
    CHECK_FALSE(due(row_of(outcome, 23 * kHour), {LinkRole::kBoard, std::nullopt}));
  }
}

TEST_CASE("without intervals every link to a page makes it due") {
  config::Job::Recrawl policy;
  CHECK(due_again(row_of(Outcome::kOk, 1), {LinkRole::kArticle, std::nullopt}, 2, kNow, policy));
  CHECK(due_again(row_of(Outcome::kDenied, 1), {LinkRole::kThread, std::nullopt}, 2, kNow, policy));
  CHECK_FALSE(due_again(row_of(Outcome::kOk, 1), {LinkRole::kThread, std::nullopt}, 2, kNow, policy));
}

TEST_CASE("an article is looked at again after an hour, a day, a week and a month, then ever more rarely") {
  Recheck at = next({.role = LinkRole::kArticle, .first = true});
  CHECK(at.after == kHour);
  for (const std::int64_t days : {1, 7, 30, 60, 120}) {
    at = next({.role = LinkRole::kArticle, .outcome = Outcome::kUnchanged}, at.step);
    CHECK(at.after == days * kDay);
  }
  for (int looks = 0; looks < 100; ++looks)
    at = next({.role = LinkRole::kArticle, .outcome = Outcome::kUnchanged}, at.step);
  CHECK(at.after == 64 * 30 * kDay);
}

TEST_CASE("an article that was found changed is looked at again sooner") {
  CHECK(next({.role = LinkRole::kArticle, .changed = true}, 2).after == kDay);
  CHECK(next({.role = LinkRole::kArticle, .changed = true}, 0).after == kHour);
}

TEST_CASE("an article that was old when it was first met begins at an interval of its age") {
  const auto first_after = [](std::int64_t age) {
    return next({.role = LinkRole::kArticle, .first = true, .age = age}).after;
  };
  CHECK(first_after(kHour) == kHour);
  CHECK(first_after(2 * kDay) == kDay);
  CHECK(first_after(8 * kDay) == 7 * kDay);
  CHECK(first_after(4000 * kDay) == 30 * kDay);
}

TEST_CASE("a page that said no or could not be read comes again after a day, a week, a month, and no more") {
  for (const auto outcome : {Outcome::kDenied, Outcome::kNotFound, Outcome::kUnreadable,
                             Outcome::kRobotsDenied, Outcome::kRedirectLoop, Outcome::kUnsafeAddress}) {
    const Found found{.role = LinkRole::kThread, .outcome = outcome, .refused = true};
    CHECK(next(found, 0).after == kDay);
    CHECK(next(found, 1).after == 7 * kDay);
    CHECK(next(found, 2).after == 30 * kDay);
    CHECK_FALSE(next(found, 3).after);
    CHECK(next({.role = LinkRole::kArticle, .outcome = outcome}, 5).after == kDay);
  }
}

TEST_CASE("an error that no retry helps, and a body without a byte, come again as a page that said no does") {
  Found found{.role = LinkRole::kThread, .outcome = Outcome::kHttpError, .refused = true, .status = 400};
  CHECK(next(found, 1).after == 7 * kDay);
  CHECK_FALSE(next(found, 3).after);
  found.status = 503;
  CHECK_FALSE(next(found).after);
  CHECK(next({.outcome = Outcome::kNotHtml, .empty = true}).after == kDay);
  CHECK_FALSE(next({.outcome = Outcome::kNotHtml}).after);
}

TEST_CASE("threads and listings that were read, and what is gone, do not come again by themselves") {
  for (const auto role : {LinkRole::kThread, LinkRole::kBoard, LinkRole::kIndex, LinkRole::kListing})
    CHECK_FALSE(next({.role = role, .first = true}).after);
  CHECK_FALSE(next({.role = LinkRole::kArticle, .outcome = Outcome::kGone}).after);
}

TEST_CASE("a page that robots.txt forbade is due by any link once its first interval is over") {
  CHECK_FALSE(due(row_of(Outcome::kRobotsDenied, 23 * kHour), {LinkRole::kArticle, std::nullopt}));
  CHECK(due(row_of(Outcome::kRobotsDenied, 24 * kHour), {LinkRole::kArticle, std::nullopt}));
  CHECK_FALSE(due(row_of(Outcome::kDenied, 24 * kHour), {LinkRole::kArticle, std::nullopt}));
}
