#include "tests/bench/growth_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "parsers/utf8.hpp"
#include "tests/support/words.hpp"

namespace boardwalk::bench {
namespace {

using sample::Dice;

enum Use { kWords = 1, kText, kCopied, kEdit, kAuthor, kTitle, kAside };  // what the dice are thrown for

constexpr std::size_t kVocabulary = 3000;
constexpr std::int64_t kCopy = 9, kShort = 12;            // of each sixteen
constexpr std::int64_t kFirstDay = 946'684'800 - 28'800;  // 2000-01-01T00:00:00+08:00
constexpr std::int64_t kFetched = 1'800'000'000;

std::vector<std::string> made_up_words() {
  Dice dice(kWords);
  std::vector<std::string> words(kVocabulary);
  for (auto& word : words)
    for (int size = dice.between(1, 3); size > 0; --size)
      parsers::append_code_point(0x4E00 + static_cast<char32_t>(dice.below(2500)), word);
  return words;
}

// Few words are frequent, most are rare.
const std::string& word(Dice& dice) {
  static const auto words = made_up_words();
  return words[dice.below(dice.below(kVocabulary) + 1)];
}

std::string words_of(Dice& dice, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    text += word(dice);
    if (dice.below(8) == 0) text += "，";
  }
  return text;
}

std::string own_text(std::int64_t number) {
  Dice dice(kText, number);
  return words_of(dice, static_cast<std::size_t>(dice.between(180, 290)));
}

// An earlier post with words of its own.
std::int64_t copied(std::int64_t number) {
  const auto earlier =
      static_cast<std::int64_t>(Dice(kCopied, number).below(static_cast<std::size_t>(number)));
  return earlier / kGrowthSixteenth * kGrowthSixteenth;
}

std::int64_t thread_of(std::int64_t number) { return number / kGrowthThreadPages; }
int page_of(std::int64_t number) { return static_cast<int>(number % kGrowthThreadPages) + 1; }

std::size_t member_of(std::int64_t number) {
  return Dice(kAuthor, number).below(static_cast<std::size_t>(kGrowthMembers));
}

std::string title_of(std::int64_t number) {
  Dice dice(kTitle, thread_of(number));
  return sample::thread_title(dice);
}

parsers::Moment moment_of(std::int64_t number) {
  const std::int64_t minutes = number * 1440 / kGrowthPostsOfDay;
  return {kFirstDay + 60 * (minutes + parsers::kChinaMinutes), parsers::kChinaMinutes,
          parsers::Precision::kMinute};
}

std::string body_of(std::int64_t number, const parsers::Post& post) {
  Dice dice(kAside, number);
  return fmt::format(
      "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{0} - Powered by Discuz!</title></head>\n"
      "<body id=\"nv_forum\" class=\"pg_viewthread\"><div id=\"pid{1}\"><a "
      "href=\"space-uid-{2}.html\">{3}</a>"
      "<em id=\"authorposton{1}\">发表于 {4}</em>\n<td class=\"t_f\" id=\"postmessage_{1}\">{5}</td></div>\n"
      "<div class=\"sign\">{6}</div><input type=\"hidden\" name=\"formhash\" "
      "value=\"{7:08x}\"></body></html>\n",
      *post.thread_title, post.post_id, *post.author_id, *post.author, post.posted_at->rfc3339(), post.text,
      words_of(dice, 300), dice.next() & 0xFFFFFFFF);
}

parsers::Post post_of(std::int64_t number) {
  parsers::Post post;
  post.site = growth_site(number);
  post.software = "Discuz! X3.4";
  post.board = {std::to_string(thread_of(number) % 40), "渡口"};
  post.thread_id = growth_thread(number);
  post.thread_title = title_of(number);
  post.post_id = std::to_string(number + 1);
  post.floor = page_of(number);
  post.first = post.floor == 1;
  post.author = growth_author(number);
  post.author_id = std::to_string(member_of(number) + 1);
  post.posted_at = moment_of(number);
  post.text = growth_text(number);
  post.fold = parsers::fold(post.text);
  post.text_sha256 = parsers::sha256_hex(post.text);
  post.fold_sha256 = parsers::sha256_hex(post.fold);
  post.parser = parsers::discuz_parser_version();
  return post;
}

parsers::Thread thread_record(std::int64_t number, const parsers::Post& post) {
  const std::int64_t first = number / kGrowthThreadPages * kGrowthThreadPages;
  parsers::Thread thread;
  thread.url = growth_url(first);
  thread.site = post.site;
  thread.software = post.software;
  thread.board = post.board;
  thread.thread_id = *post.thread_id;
  thread.title = post.thread_title;
  thread.author = growth_author(first);
  thread.created_at = moment_of(first);
  thread.replies = kGrowthThreadPages - 1;
  thread.pages = static_cast<int>(kGrowthThreadPages);
  thread.page = post.page;
  thread.parser = post.parser;
  return thread;
}

}  // namespace

std::string growth_site(std::int64_t number) {
  return fmt::format("bbs{}.test", thread_of(number) % kGrowthSites);
}

std::string growth_thread(std::int64_t number) { return std::to_string(thread_of(number) + 1); }

std::string growth_url(std::int64_t number) {
  return fmt::format("http://{}/thread-{}-{}-1.html", growth_site(number), growth_thread(number),
                     page_of(number));
}

std::int64_t growth_number(std::int64_t thread, std::int64_t page) {
  return (thread - 1) * kGrowthThreadPages + page - 1;
}

std::string growth_text(std::int64_t number) {
  const std::int64_t kind = number < kGrowthSixteenth ? 0 : number % kGrowthSixteenth;
  Dice dice(kEdit, number);
  if (kind == kCopy) return own_text(copied(number));
  if (kind == kGrowthNearCopy) return own_text(copied(number)) + word(dice);
  if (kind == kShort) return sample::short_reply(dice);
  return own_text(number);
}

std::string growth_author(std::int64_t number) { return sample::member_name(member_of(number)); }

std::int64_t growth_time(std::int64_t number) { return moment_of(number).epoch(); }

GrowthPage growth_page(std::int64_t number) {
  GrowthPage page;
  parsers::ParsedPage& parsed = page.parsed;
  parsers::Post post = post_of(number);
  page.body = body_of(number, post);
  parsed.kind = parsers::PageKind::kThread;
  parsed.software = *post.software;
  parsed.page = {growth_url(number), kFetched + number / 100, parsers::sha256_hex(page.body)};
  post.page = parsed.page;
  parsed.thread_page = {
      *post.thread_id, page_of(number), static_cast<int>(kGrowthThreadPages), {post.post_id}, true};
  parsed.threads.push_back(thread_record(number, post));
  parsed.posts.push_back(std::move(post));
  return page;
}

}  // namespace boardwalk::bench
