#include "crawler/follow.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using parsers::Link;
using parsers::LinkRole;

namespace {

constexpr const char* kBoard = "http://quay.example/forum-3-1.html";

config::Job quay() {
  config::Job job = config::default_job();
  job.seeds = {"http://quay.example/"};
  return job;
}

// What a page of board 3, so many links away from a seed, offers.
crawler::Following following(const parsers::ParsedPage& page, const config::Job& job = quay(),
                             int depth = 2) {
  const auto scope = crawler::Scope::make(job);
  REQUIRE(scope);
  crawler::Step step;
  step.page = page;
  crawler::UrlRow from;
  from.role = static_cast<int>(LinkRole::kBoard);
  from.depth = depth;
  return crawler::links_to_follow(step, *parsers::parse_url(kBoard), from, *scope, job.fetch, 0);
}

crawler::Offer offer_of(const std::string& url, LinkRole role) {
  parsers::ParsedPage page;
  page.links = {Link{url, role, std::nullopt}};
  const auto following = ::following(page);
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

TEST_CASE("a later page of a thread that a board's row links is as far away as the thread") {
  parsers::ParsedPage page;
  page.threads.resize(1);
  page.threads.front().thread_id = "5";
  page.links = {Link{"http://quay.example/thread-5-1-1.html", LinkRole::kThread, std::nullopt},
                Link{"http://quay.example/thread-5-2-1.html", LinkRole::kPage, std::nullopt},
                Link{"http://quay.example/forum-3-2.html", LinkRole::kNextPage, std::nullopt}};
  const auto offers = following(page).offers;
  REQUIRE(offers.size() == 3);
  CHECK(offers[0].depth == 3);
  CHECK(offers[1].depth == 3);
  CHECK(offers[2].depth == 2);
}

TEST_CASE("a sub-board is queued as a board") {
  const auto offer = offer_of("http://quay.example/forum-4-1.html", LinkRole::kSubBoard);
  CHECK(offer.what.role == LinkRole::kBoard);
  CHECK(offer.depth == 3);
  CHECK(offer_of("http://quay.example/boats/", LinkRole::kSubBoard).what.role == LinkRole::kBoard);
}

TEST_CASE("a link that says nofollow is kept out and counted, if the job heeds it") {
  parsers::ParsedPage page;
  page.links = {Link{"http://quay.example/boats", LinkRole::kOther, std::nullopt, true},
                Link{"http://quay.example/2026/the-tide-12345", LinkRole::kArticle, std::nullopt, true}};
  const auto heeded = following(page);
  CHECK(heeded.offers.empty());
  CHECK(heeded.kept_out == std::map<std::string_view, int>{{"nofollow", 2}});
  config::Job job = quay();
  job.fetch.obey_nofollow = false;
  CHECK(following(page, job).offers.size() == 2);
}

TEST_CASE("boards, threads and the pages of what is read are followed whatever their links say") {
  parsers::ParsedPage page;
  page.links = {Link{"http://quay.example/forum-4-1.html", LinkRole::kSubBoard, std::nullopt, true},
                Link{"http://quay.example/thread-5-1-1.html", LinkRole::kThread, std::nullopt, true},
                Link{"http://quay.example/forum-3-2.html", LinkRole::kNextPage, std::nullopt, true},
                Link{"http://quay.example/list?at=9", LinkRole::kLastPage, std::nullopt, true}};
  CHECK(following(page).offers.size() == 4);
}

TEST_CASE("views are kept out and counted, known for such or not") {
  parsers::ParsedPage page;
  page.links = {
      Link{"http://quay.example/forum.php?mod=viewthread&tid=5&authorid=2", LinkRole::kThread, std::nullopt},
      Link{"http://quay.example/forum.php?mod=viewthread&tid=5&authorid=3", LinkRole::kThread, std::nullopt,
           false, true}};
  const auto kept = following(page);
  CHECK(kept.offers.empty());
  CHECK(kept.kept_out == std::map<std::string_view, int>{{"view", 2}});
}

TEST_CASE("the feeds that a seed names are looked at as listings, those of other pages are not") {
  parsers::ParsedPage page;
  page.feeds = {"http://quay.example/feed.xml", "http://gull.example/feed.xml"};
  const auto named = following(page, quay(), 0);
  REQUIRE(named.offers.size() == 1);
  CHECK(named.offers.front().url == "http://quay.example/feed.xml");
  CHECK(named.offers.front().what.role == LinkRole::kListing);
  CHECK(named.kept_out == std::map<std::string_view, int>{{"host", 1}});
  CHECK(following(page, quay(), 1).offers.empty());
  config::Job job = quay();
  job.scope.sitemaps = false;
  CHECK(following(page, job, 0).offers.empty());
}

TEST_CASE("Discuz!'s own feed is left alone: the boards tell of the same threads") {
  parsers::ParsedPage page;
  page.feeds = {"http://quay.example/forum.php?mod=rss&auth=0"};
  CHECK(following(page, quay(), 0).offers.empty());
}
