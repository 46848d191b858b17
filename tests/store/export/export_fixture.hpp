// A small archive of two forum threads and an article, whose texts hold what formats trip over.
#pragma once

#include <string>
#include <string_view>

#include "store/export/records.hpp"
#include "tests/store/archive_fixture.hpp"

namespace boardwalk::store {

// Markup, quotes, separators, a line that looks like a mailbox's, and an emoji made of several characters.
inline constexpr std::string_view kHostile =
    "<script>alert('1')</script> & \"two\", three;\nFrom here on\n>From there\n# no heading\n1. no "
    "list\n*no* "
    "_stress_ [no](http://link.test/) `code` 👩‍👩‍👧";

inline parsers::Moment minute(int day, int minute) {
  return *parsers::make_moment(2024, 5, day, 8, minute, 0, parsers::Precision::kMinute, 480);
}

// Thread 9 on board 1: an opening post, an answer that quotes it, one with a comment and a rating, one in two
// versions. Thread 10: a copy of the opening post. An article.
inline void fill_for_export(Archive& archive) {
  auto opening = make_post("91", long_text(1), 1);
  opening.first = true;
  opening.author_id = "7";
  opening.posted_at = minute(1, 0);
  auto answer = make_post("92", std::string(kHostile), 2);
  answer.author = "阿明 <b>";
  answer.posted_at = minute(1, 5);
  answer.quotes = {{opening.author, opening.posted_at, "雨後的\n碼頭"}};
  answer.links = {{"http://bbs.test/thread-10-1-1.html", "the other thread"},
                  {"javascript:alert(2)", "run"},
                  {"http://elsewhere.test/?a=1&b=2", "elsewhere"},
                  {"http://bbs.test/home.php?mod=space&uid=7", "profile"}};
  answer.mentions = {"author of 91"};
  auto third = make_post("93", "@author of 91 說得對", 3);
  third.mentions = {"author of 91"};
  third.comments = {{"小紅", "8", minute(1, 7), "點評 <i>"}};
  third.ratings = {{"老葛", "9", "+5", "威望", "好文"}};
  third.images = {{"http://bbs.test/a.jpg", "圖", std::nullopt}};
  third.attachments = {{"a.zip", "http://bbs.test/a.zip", "1 KB", true, std::nullopt}};
  third.edited_at = minute(2, 0);
  third.edited_by = "admin";
  auto page = thread_page("9", 1, 1, {opening, answer, third, make_post("94", "first words", 4)}, 100);
  for (auto& post : page.posts) post.board = {"1", "渡口 & 碼頭"}, post.thread_title = "題目, \"一\" <u>";
  for (auto& thread : page.threads) {
    thread.url = "http://bbs.test/thread-9-1-1.html";
    thread.title = "題目, \"一\" <u>";
    thread.board = {"1", "渡口 & 碼頭"};
    thread.author = opening.author;
    thread.created_at = opening.posted_at;
  }
  archive.put(page);
  auto again = page;
  again.page.fetched_at = 200;
  again.posts = {make_post("94", "second words", 4)};
  again.posts[0].board = {"1", "渡口 & 碼頭"};
  again.posts[0].thread_id = "9";
  again.posts[0].page = again.page;
  again.thread_page.reset();
  archive.put(again);
  auto copy = make_post("101", long_text(1), 1);
  copy.first = true;
  copy.posted_at = minute(3, 0);
  archive.put(thread_page("10", 1, 1, {copy}, 300));
  auto article = make_article("http://news.test/1.html", "船到了\n" + std::string(kHostile));
  article.title = "Title of an article";
  article.authors = {"記者甲", "記者乙"};
  article.published_at = minute(4, 0);
  archive.put(article_page(article, 400));
}

// What an export writes.
inline std::string jsonl(Archive& archive, const Selection& selection, ExportCounts& counts) {
  std::string text;
  Jsonl format([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  const auto done = export_records(archive.read(), selection, format, counts);
  if (!done) throw std::runtime_error(done.error().message);
  return text;
}

}  // namespace boardwalk::store
