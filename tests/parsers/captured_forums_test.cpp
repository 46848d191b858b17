// Every page of captured forums, where these are at hand: each ends as its kind demands, and its posts are
// what the forum's database holds.
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/parsers/captured_forum.hpp"
#include "tests/shared_corpus.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

using Truth = std::map<std::string, TruePost>;

bool is_no(Outcome outcome) {
  return outcome == Outcome::kDenied || outcome == Outcome::kNotFound || outcome == Outcome::kGone;
}

std::map<std::string, std::set<std::string>> posts_by_url(const Truth& truth) {
  std::map<std::string, std::set<std::string>> posts;
  for (const auto& [pid, post] : truth)
    for (const std::string& url : post.urls) posts[url].insert(pid);
  return posts;
}

void check_kind(const Captured& captured) {
  INFO(captured.url << " as a " << captured.agent << ": " << to_string(captured.page.outcome) << ' '
                    << captured.page.detail);
  if (captured.kind == "denied") CHECK(is_no(captured.page.outcome));
  if (captured.kind == "thread" || captured.kind == "board" || captured.kind == "index")
    CHECK(captured.page.outcome == Outcome::kOk);
  if (captured.kind == "board") CHECK_FALSE(captured.page.boards.empty());
  const bool entrance = captured.url.find("forum.php") == std::string::npos;  // which may be a portal's
  if (captured.kind == "index" && !entrance) CHECK(captured.page.boards.size() > 1);
  CHECK(captured.page.outcome != Outcome::kUnreadable);
  CHECK(captured.page.outcome != Outcome::kChallenge);
}

void check_records_only(const Captured& captured) {
  INFO(captured.url << " as a " << captured.agent);
  const ParsedPage& page = captured.page;
  const ParsedPage& records = captured.records;
  CHECK((records.outcome == page.outcome && records.kind == page.kind && records.detail == page.detail));
  CHECK((records.boards == page.boards && records.threads == page.threads));
  CHECK((records.posts == page.posts && records.articles == page.articles));
}

void check_posts(const Captured& captured, const Truth& truth) {
  for (const Post& post : captured.page.posts) {
    const auto known = truth.find(post.post_id);
    INFO(captured.url << " as a " << captured.agent << ", post " << post.post_id);
    REQUIRE(known != truth.end());
    CHECK(post.text == known->second.text);
    CHECK(post.author.value_or("") == known->second.author);
    if (post.floor) CHECK(*post.floor == known->second.floor);
  }
}

}  // namespace

TEST_CASE("each captured page ends as its kind demands, with the posts, words and authors of the database") {
  for (const char* name : {"corpus/discuz/x35-utf8", "corpus/discuz/x34-gbk"}) {
    const auto forum = shared_corpus(name);
    if (!forum) return;
    const Truth truth = read_truth(*forum);
    const auto by_url = posts_by_url(truth);
    const auto pages = parse_captured(*forum);
    REQUIRE(pages.size() > 500);
    int compared = 0;
    for (const Captured& page : pages) {
      check_kind(page);
      check_records_only(page);
      if (page.kind != "thread") continue;
      check_posts(page, truth);
      const auto wanted = by_url.find(page.url);
      if (wanted == by_url.end()) continue;
      std::set<std::string> ids;
      for (const Post& post : page.page.posts) ids.insert(post.post_id);
      INFO(page.url << " as a " << page.agent);
      CHECK(ids == wanted->second);
      ++compared;
    }
    CHECK(compared > 800);
  }
}
