#include "crawler/follow.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using parsers::Link;
using parsers::LinkRole;

namespace {

constexpr const char* kBoard = "http://quay.example/forum-3-1.html";

// What a page of board 3, two links away from a seed, offers of one link.
crawler::Frontier::Offer offer_of(const std::string& url, LinkRole role) {
  config::Job job = config::default_job();
  job.seeds = {"http://quay.example/"};
  const auto scope = crawler::Scope::make(job);
  REQUIRE(scope);
  crawler::Step step;
  step.page.emplace().links = {Link{url, role, std::nullopt}};
  crawler::UrlRow from;
  from.role = static_cast<int>(LinkRole::kBoard);
  from.depth = 2;
  const auto following = crawler::links_to_follow(step, *parsers::parse_url(kBoard), from, *scope, 0);
  REQUIRE(following.offers.size() == 1);
  return following.offers.front();
}

}  // namespace

TEST_CASE("a last page is as far from the seeds as the page that links it, as any page of a pager") {
  for (const LinkRole role : {LinkRole::kPage, LinkRole::kNextPage, LinkRole::kLastPage}) {
    const auto offer = offer_of("http://quay.example/forum-3-9.html", role);
    CHECK(offer.depth == 2);
    CHECK(offer.what.role == LinkRole::kBoard);
  }
  CHECK(offer_of("http://quay.example/list?at=9", LinkRole::kLastPage).what.role == LinkRole::kPage);
}

TEST_CASE("a sub-board is queued as a board") {
  const auto offer = offer_of("http://quay.example/forum-4-1.html", LinkRole::kSubBoard);
  CHECK(offer.what.role == LinkRole::kBoard);
  CHECK(offer.depth == 3);
  CHECK(offer_of("http://quay.example/boats/", LinkRole::kSubBoard).what.role == LinkRole::kBoard);
}
