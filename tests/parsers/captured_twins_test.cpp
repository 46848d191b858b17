// The same posts of captured forums through the mobile template and the archiver as through the desktop
// pages, where these forums are at hand.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/page_key.hpp"
#include "tests/parsers/captured_forum.hpp"
#include "tests/parsers/discuz_fixture.hpp"
#include "tests/shared_corpus.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

constexpr const char* kForums[] = {"corpus/discuz/x35-utf8", "corpus/discuz/x34-gbk"};

using ByThread = std::map<std::string, std::map<std::string, Post>>;  // posts by tid and pid

ByThread desktop_posts(const std::vector<Captured>& pages) {
  ByThread posts;
  for (const Captured& page : pages)
    if (page.kind == "thread" && page.agent == "desktop")
      for (const Post& post : page.page.posts) posts[post.thread_id.value_or("")].emplace(post.post_id, post);
  return posts;
}

// As far as the vaguer of the two is known.
bool same_time(const std::optional<Moment>& a, const std::optional<Moment>& b) {
  if (!a || !b) return a == b;
  const Precision known = std::max(a->precision, b->precision);
  const std::size_t digits = known == Precision::kSecond   ? 19
                             : known == Precision::kMinute ? 16
                             : known == Precision::kHour   ? 13
                                                           : 10;
  return a->rfc3339().substr(0, digits) == b->rfc3339().substr(0, digits);
}

bool same_quotes(const Post& a, const Post& b) {
  return std::equal(a.quotes.begin(), a.quotes.end(), b.quotes.begin(), b.quotes.end(),
                    [](const Quote& x, const Quote& y) { return x.author == y.author && x.text == y.text; });
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  if (from.empty()) return;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string utf8_of(unsigned point) {
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))};
  return {static_cast<char>(0xE0 | point >> 12), static_cast<char>(0x80 | (point >> 6 & 0x3F)),
          static_cast<char>(0x80 | (point & 0x3F))};
}

// The archiver shows characters that a GBK forum keeps as references of three to five digits.
void undo_references(std::string& text) {
  for (std::size_t at = text.find("&#"); at != std::string::npos; at = text.find("&#", at + 1)) {
    const std::size_t end = text.find(';', at);
    if (end == std::string::npos || end - at < 5 || end - at > 7) continue;
    const std::string digits = text.substr(at + 2, end - at - 2);
    if (digits.find_first_not_of("0123456789") != std::string::npos) continue;
    if (const unsigned long point = std::stoul(digits); point < 0x10000)
      text.replace(at, end + 1 - at, utf8_of(static_cast<unsigned>(point)));
  }
}

std::string without_space(std::string text) {
  for (const std::string_view space : {" ", "\n", "\t", "\xC2\xA0", "\xE3\x80\x80"})
    replace_all(text, space, "");
  return text;
}

// What the archiver must print of a post, without white space: it glues the cells of a table, prints the
// addresses of pictures and whole links, and quotes without a head among the words.
std::string archived_words(const Post& desktop) {
  std::string words = desktop.text;
  for (const TextLink& link : desktop.links) replace_all(words, link.text, link.url);
  undo_references(words);
  return without_space(words);
}

std::string archived_words(const Post& archived, const Post& desktop) {
  std::string words = archived.text;
  for (const TextLink& link : desktop.links) replace_all(words, link.text, link.url);
  words = without_space(words);
  for (const Image& image : desktop.images) replace_all(words, image.url, "");
  for (const Quote& quote : desktop.quotes)
    if (!quote.author) replace_all(words, without_space(quote.text), "");
  undo_references(words);
  return words;
}

// The desktop's post of this author and time; of several the one with the same words.
const Post* twin_of(const Post& archived, const std::map<std::string, Post>& thread,
                    const std::set<std::string>& taken) {
  const Post* twin = nullptr;
  for (const auto& [pid, post] : thread) {
    if (taken.contains(pid)) continue;
    if (post.author != archived.author || post.anonymous != archived.anonymous) continue;
    if (!same_time(post.posted_at, archived.posted_at)) continue;
    if (twin == nullptr || archived_words(archived, post) == archived_words(post)) twin = &post;
  }
  return twin;
}

struct Tally {
  int posts = 0;
  int same_text = 0;  // line by line
  int same_quotes = 0;
  std::map<std::string, std::set<std::string>> found;  // pids by tid
};

void compare_archived(const Captured& page, const ByThread& desktop, Tally& tally) {
  std::set<std::string> taken;
  for (const Post& post : page.page.posts) {
    INFO(page.url << ", post of " << post.author.value_or("nobody") << ": " << post.text);
    CHECK(post.post_id.empty());
    const auto thread = desktop.find(post.thread_id.value_or(""));
    REQUIRE(thread != desktop.end());
    const Post* twin = twin_of(post, thread->second, taken);
    REQUIRE(twin != nullptr);
    CHECK(same_time(post.edited_at, twin->edited_at));
    CHECK(post.edited_by == twin->edited_by);
    CHECK(archived_words(post, *twin) == archived_words(*twin));
    taken.insert(twin->post_id);
    ++tally.posts;
    tally.same_text += post.text == twin->text ? 1 : 0;
    tally.same_quotes += same_quotes(post, *twin) ? 1 : 0;
    tally.found[*post.thread_id].insert(twin->post_id);
  }
}

void compare_mobile(const Captured& page, const ByThread& desktop, Tally& tally) {
  for (const Post& post : page.page.posts) {
    INFO(page.url << ", post " << post.post_id);
    const auto thread = desktop.find(post.thread_id.value_or(""));
    REQUIRE(thread != desktop.end());
    const auto twin = thread->second.find(post.post_id);
    REQUIRE(twin != thread->second.end());
    CHECK(post.author == twin->second.author);
    CHECK(post.author_id == twin->second.author_id);
    CHECK(post.anonymous == twin->second.anonymous);
    CHECK(same_time(post.posted_at, twin->second.posted_at));
    CHECK(same_time(post.edited_at, twin->second.edited_at));
    CHECK(post.floor == twin->second.floor);
    CHECK(post.text == twin->second.text);
    CHECK(same_quotes(post, twin->second));
    ++tally.posts;
    tally.found[*post.thread_id].insert(post.post_id);
  }
}

}  // namespace

TEST_CASE("captured mobile pages give pid, author, time, floor, words and quotes of the desktop pages") {
  for (const char* name : kForums) {
    const auto forum = shared_corpus(name);
    if (!forum) return;
    const auto pages = parse_captured(*forum);
    const ByThread desktop = desktop_posts(pages);
    Tally tally;
    int compared = 0;
    for (const Captured& page : pages) {
      if (page.kind != "mobile" || page.page.posts.empty()) continue;
      compare_mobile(page, desktop, tally);
      ++compared;
    }
    INFO(name);
    CHECK(compared > 20);
    CHECK(tally.posts > 150);
    CHECK(tally.found.size() > 10);
  }
}

TEST_CASE(
    "captured archiver pages give author, time, words and quotes of the desktop pages, thread by thread") {
  for (const char* name : kForums) {
    const auto forum = shared_corpus(name);
    if (!forum) return;
    const auto pages = parse_captured(*forum);
    const ByThread desktop = desktop_posts(pages);
    Tally tally;
    for (const Captured& page : pages)
      if (page.kind == "archiver") compare_archived(page, desktop, tally);
    INFO(name);
    CHECK(tally.posts > 2500);
    CHECK(tally.same_text > tally.posts * 98 / 100);  // tables, bare quotes and addresses are the rest
    CHECK(tally.same_quotes > tally.posts * 99 / 100);
    CHECK(tally.found.size() == desktop.size());
    for (const auto& [tid, posts] : desktop)
      for (const auto& [pid, post] : posts) {
        INFO("post " << pid << " of thread " << tid);
        CHECK(tally.found[tid].contains(pid) != (has_flag(post, "hidden_part") && post.text.empty()));
      }
  }
}
