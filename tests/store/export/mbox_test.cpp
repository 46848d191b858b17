// Threads as mail, clause by clause of RFC 5322, 2047 and 4155.

#include "store/export/mbox.hpp"

#include <catch2/catch.hpp>
#include <ctime>
#include <regex>

#include "export_fixture.hpp"
#include "store/export/mail_header.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::string mailbox_of(Archive& archive) {
  std::string text;
  Mbox mbox([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  const Selection selection;
  const auto readings = Readings::choose(archive.read(), selection, nullptr);
  REQUIRE(readings);
  ExportCounts counts;
  REQUIRE(export_readings(*readings, mbox, counts));
  return text;
}

std::vector<std::string> messages(const std::string& mbox) {
  std::vector<std::string> list;
  std::size_t begin = 0;
  while (begin < mbox.size()) {
    const std::size_t next = mbox.find("\nFrom ", begin);
    list.push_back(mbox.substr(begin, next == std::string::npos ? next : next + 1 - begin));
    begin = next == std::string::npos ? mbox.size() : next + 1;
  }
  return list;
}

std::string field(const std::string& message, const std::string& name) {
  std::smatch found;
  const std::string head = message.substr(0, message.find("\n\n") + 1);
  const bool there = std::regex_search(head, found, std::regex("\n" + name + ": ((?:.|\n )*)\n"));
  return there ? found[1].str() : "";
}

}  // namespace

TEST_CASE("a thread is a mail thread: answers refer to the post that they quote, else to the opening post") {
  Archive archive;
  fill_for_export(archive);
  const auto all = messages(mailbox_of(archive));
  REQUIRE(all.size() == 6);
  CHECK(field(all[0], "Message-ID") == "<post.91@bbs.test>");
  CHECK(field(all[0], "In-Reply-To").empty());
  CHECK(field(all[1], "In-Reply-To") == "<post.91@bbs.test>");
  CHECK(field(all[2], "References") == "<post.91@bbs.test>");
  CHECK(field(all[4], "In-Reply-To").empty());
  CHECK(field(all[4], "X-Boardwalk-Duplicate-Of") == "bbs.test/post/91");
}

TEST_CASE("an answer to an answer names the whole line of answers") {
  Archive archive;
  auto first = make_post("1", "one", 1);
  first.first = true;
  auto second = make_post("2", "two", 2);
  second.quotes = {{first.author, std::nullopt, "one"}};
  auto third = make_post("3", "three", 3);
  third.quotes = {{second.author, second.posted_at, "two"}};
  archive.put(thread_page("5", 1, 1, {first, second, third}, 10));
  const std::string text = mailbox_of(archive);
  CHECK(field(messages(text)[2], "References") == "<post.1@bbs.test>\n <post.2@bbs.test>");
}

TEST_CASE("a thread without its opening post hangs together all the same") {
  Archive archive;
  auto page = thread_page("5", 2, 2, {make_post("7", "seven", 11), make_post("8", "eight", 12)}, 10);
  archive.put(page);
  const std::string text = mailbox_of(archive);
  for (const auto& message : messages(text)) CHECK(field(message, "In-Reply-To") == "<thread.5@bbs.test>");
}

TEST_CASE("names and subjects beyond ASCII stand in encoded words (RFC 2047), others as they are") {
  CHECK(header_text("plain, \"words\"") == "plain, \"words\"");
  CHECK(header_text("碼頭") == "=?UTF-8?B?56K86aCt?=");
  CHECK(header_text("looks =?like?= one") != "looks =?like?= one");
  CHECK(header_text("two\nlines") == "two lines");
  std::string longer;
  for (int i = 0; i < 60; ++i) longer += "雨a";
  const std::string words = header_text(longer);
  std::size_t begin = 0;
  while (begin < words.size()) {
    const std::size_t end = std::min(words.find("\n ", begin), words.size());
    CHECK(end - begin <= 75);
    begin = end + 2;
  }
  CHECK(mailbox("a \"b\"", "1@x.invalid") == "\"a \\\"b\\\"\" <1@x.invalid>");
}

TEST_CASE("no character is split between two encoded words") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "雨👩";
  std::string words = header_text(text) + "\n ";
  while (!words.empty()) {
    const std::size_t end = words.find("\n ");
    std::string word = words.substr(10, end - 12);
    while (word.ends_with('=')) word.pop_back();
    words.erase(0, end + 2);
    // Whole characters of three and four bytes: neither half of the first nor of the second fits 4/3.
    const std::size_t bytes = word.size() * 3 / 4;
    CHECK((bytes % 7 == 0 || bytes % 7 == 3 || bytes % 7 == 4));
  }
}

TEST_CASE("lines that look like the beginning of a message are marked, and those marked once more") {
  Archive archive;
  fill_for_export(archive);
  const std::string text = mailbox_of(archive);
  CHECK(text.find("\n>From here on\n") != std::string::npos);
  CHECK(text.find("\n>>From there\n") != std::string::npos);
}

TEST_CASE("a body with a line beyond 998 bytes goes in base64 (RFC 5322 2.1.1)") {
  Archive archive;
  std::string line;
  for (int i = 0; i < 500; ++i) line += "雨";
  archive.put(thread_page("5", 1, 1, {make_post("1", line, 1)}, 10));
  const std::string text = mailbox_of(archive);
  CHECK(field(text, "Content-Transfer-Encoding") == "base64");
  for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1)
    CHECK(text.find('\n', begin) - begin <= 998);
}

TEST_CASE("times are the site's own: what is not known is not said") {
  CHECK(mail_date(minute(1, 5)) == "Wed, 01 May 2024 08:05:00 +0800");
  auto nowhere = minute(1, 5);
  nowhere.offset_minutes.reset();
  CHECK(mail_date(nowhere) == "Wed, 01 May 2024 08:05:00 -0000");
  CHECK(envelope_date(0) == "Thu Jan  1 00:00:00 1970");
  Archive archive;
  auto post = make_post("1", "no time", 1);
  post.posted_at.reset();
  archive.put(thread_page("5", 1, 1, {post}, 10));
  const std::string text = mailbox_of(archive);
  CHECK(field(text, "Date").empty());
}

TEST_CASE("addresses and message ids hold only what they may (RFC 5322 3.2.3)") {
  CHECK(dot_atom("bbs.test:81") == "bbs.test=3A81");
  CHECK(dot_atom("..a.") == "=2E.a=2E");
  CHECK(dot_atom("阿") == "=E9=98=BF");
}

TEST_CASE("quotes of nobody in the thread, and of one who wrote it all, cost no walk through its posts") {
  constexpr int kPosts = 30'000;
  ThreadReading reading;
  reading.thread = make_thread("5");
  for (int i = 0; i < kPosts; ++i) {
    auto post = make_post(std::to_string(i), "words", i + 1);
    post.author = "her";
    post.posted_at = minute(1, i % 60);
    post.quotes.assign(5, {"nobody", std::nullopt, "made up"});
    post.quotes.resize(10, {"her", minute(2, 0), "made up"});
    reading.posts.push_back(std::move(post));
  }
  reading.posts.front().first = true;
  reading.posts.back().quotes.push_back({"her", minute(1, 7), "words"});
  std::string last;
  Mbox mbox([&last](std::string_view bytes) {
    last = bytes;
    return true;
  });
  const std::clock_t began = std::clock();
  REQUIRE(mbox.add(reading));
  CHECK(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < 5);
  CHECK(field(last, "In-Reply-To") == "<post.29947@bbs.test>");
}

TEST_CASE("an answer goes to the latest post that fits: of that minute, or one without a time") {
  Archive archive;
  auto first = make_post("1", "one", 1), second = make_post("2", "two", 2),
       third = make_post("3", "three", 3);
  for (auto* post : {&first, &second, &third}) post->author = "her";
  first.posted_at = minute(1, 1);
  second.posted_at.reset();
  third.posted_at = minute(1, 3);
  const auto answer_to = [](int floor, std::optional<parsers::Moment> at) {
    auto post = make_post(std::to_string(floor), "answer", floor);
    post.quotes = {{"her", at, "words"}};
    return post;
  };
  archive.put(thread_page("5", 1, 1,
                          {first, second, third, answer_to(4, minute(1, 1)), answer_to(5, minute(1, 3)),
                           answer_to(6, std::nullopt)},
                          10));
  const auto all = messages(mailbox_of(archive));
  REQUIRE(all.size() == 6);
  CHECK(field(all[3], "In-Reply-To") == "<post.2@bbs.test>");
  CHECK(field(all[4], "In-Reply-To") == "<post.3@bbs.test>");
  CHECK(field(all[5], "In-Reply-To") == "<post.3@bbs.test>");
}
