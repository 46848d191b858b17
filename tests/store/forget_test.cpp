// Taking down, over pages of a made-up forum that the parsers of today read.

#include "store/care/forget.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <ctime>
#include <random>

#include "fetched_site.hpp"
#include "forgotten_words.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/care/unsettled.hpp"
#include "store/dictionaries.hpp"
#include "store/files.hpp"
#include "store/schema.hpp"
#include "store/text_update.hpp"
#include "store/visits.hpp"
#include "tests/parsers/news_page.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

TEST_CASE("a forgotten post leaves no trace of its text, in rows, pages, versions, quotes or files") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret + "第二版也一样"}}, 20);
  site.fetch(
      6,
      {{3, "丙", "<div class=\"quote\"><blockquote>" + kSecret.substr(0, 66) + "</blockquote></div>我同意"}},
      30);
  REQUIRE(site.holds(kSecret));
  const auto receipt = site.forget(record_target("bbs.test/post/2"));
  CHECK(receipt.records == 1);
  CHECK(receipt.pages == 3);
  CHECK_FALSE(site.has("bbs.test/post/2"));
  CHECK(site.has("bbs.test/post/1"));
  CHECK(site.has("bbs.test/post/3"));
  CHECK(site.holds(kPublic));
  CHECK_FALSE(site.holds(kSecret));
  CHECK(site.findings().empty());
  CHECK(visits_of(site.database(), "bbs.test thread 5 1")->front().detail == "redacted");
}

TEST_CASE("an author who only commented can be forgotten") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic, comment_html("小舟", "晚安")}}, 10);
  CHECK(site.forget(author("小舟")).records == 0);
  CHECK(site.post("1").comments.empty());
}

TEST_CASE("an author whom others only mention can be forgotten, and their words stay") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", "请 <a href=\"home.php?mod=space&amp;uid=9\">@小舟</a> 来看"}}, 10);
  REQUIRE(site.post("1").mentions == std::vector<std::string>{"小舟"});
  const std::string text = site.post("1").text;
  CHECK(site.forget(author("小舟")).records == 0);
  CHECK(site.post("1").mentions.empty());
  CHECK(site.post("1").text == text);
}

TEST_CASE("what was forgotten does not come back with the next crawl, with other words neither") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  site.forget(record_target("bbs.test/post/2"));
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}, {7, "戊", "new"}}, 20);
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "后来改写"}, {7, "戊", "new"}}, 30);
  CHECK_FALSE(site.has("bbs.test/post/2"));
  CHECK(site.has("bbs.test/post/7"));
  CHECK_FALSE(site.holds(kSecret));
  CHECK(count(site.everything(), "后来改写") == 0);
  CHECK(site.findings().empty());
}

TEST_CASE("what is held after a forgetting and a crawl is what reparse makes of it") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic, comment_html("乙", "晚安")}, {2, "乙", "早安"}}, 10);
  site.forget(author("乙"));
  site.fetch(5, {{1, "甲", kPublic, comment_html("乙", "又是晚安")}, {2, "乙", "早安"}, {3, "丙", "好"}}, 20);
  const auto before = site.lines();
  std::vector<RecordChange> changes;
  REQUIRE(reparse(site.database(), kReading, [&](const RecordChange& change) { changes.push_back(change); }));
  CHECK(changes.empty());
  CHECK(site.lines() == before);
}

TEST_CASE("a thread, an author and a site are forgotten with all that is theirs") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  site.fetch(6, {{3, "乙", kPublic}}, 20);
  site.fetch(7, {{4, "丁", kSecret}}, 30, "other.test");
  SECTION("a thread") {
    CHECK(site.forget(record_target("bbs.test/thread/5")).records == 3);
    CHECK_FALSE(site.has("bbs.test/thread/5"));
    CHECK_FALSE(site.has("bbs.test/post/1"));
    CHECK(site.has("other.test/post/4"));
  }
  SECTION("an author of a site") {
    site.forget(author("乙"));
    CHECK(site.has("bbs.test/post/1"));
    CHECK_FALSE(site.has("bbs.test/post/2"));
    CHECK_FALSE(site.has("bbs.test/post/3"));
  }
  SECTION("a site") {
    CHECK(site.forget({Target::Kind::kSite, "bbs.test", {}}).records == 5);
    CHECK(site.lines().size() == 2);
    CHECK(site.everything().find("bbs.test/thread") == std::string::npos);
    CHECK(visits_of(site.database(), "bbs.test thread 5 1")->empty());
  }
  CHECK(site.findings().empty());
}

TEST_CASE("what the archive does not hold cannot be forgotten, but a forgetting can be done again") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}}, 10);
  const auto nothing = forget(site.database(), record_target("bbs.test/post/77"), kReading, 1);
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().kind == ErrorKind::kNotFound);
  CHECK(nothing.error().message == "nothing of bbs.test/post/77 in the archive; `query` lists what there is");
  site.forget(record_target("bbs.test/post/1"));
  CHECK(site.forget(record_target("bbs.test/post/1")).pages == 0);
}

TEST_CASE("a forgetting that was cut off is told from then on, until it is done again") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  const Target target = record_target("bbs.test/post/2");
  const auto cut_off = forget(site.database(), target, kReading, 1,
                              []() -> Result<void> { return fail(ErrorKind::kIo, "full"); });
  REQUIRE_FALSE(cut_off);
  site.reopen();
  REQUIRE(settle_merge(site.database(), kReading));
  const auto found = site.findings();
  REQUIRE(found.size() == 1);
  CHECK(found.front().what == "boardwalk forget bbs.test/post/2 has begun and not come to its end");
  CHECK(found.front().affects ==
        "what was to go, which may still be held; unless it still runs, run it again");
  site.forget(target);
  CHECK(site.findings().empty());
}

TEST_CASE("the receipt counts the records that went though they were not meant") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  std::string value = *site.database().get(Family::kRecords, post_key("bbs.test", "5", "1")).value();
  value.replace(value.find("post/1"), 6, "post/9");
  Batch batch(site.database());
  batch.put(Family::kRecords, post_key("bbs.test", "5", "9"), value);
  REQUIRE(site.database().commit(batch));
  const auto receipt = site.forget(record_target("bbs.test/post/2"));
  CHECK(receipt.records == 1);
  CHECK(receipt.lost == 1);
  CHECK(site.forget({Target::Kind::kSite, "bbs.test", {}}).lost == 0);
}

TEST_CASE("a board cannot be forgotten, held or not, and what can is said") {
  FetchedSite site;
  site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{5, "河边停水", "甲", "乙"}}), 10);
  const auto before = site.everything();
  for (const std::string id : {"bbs.test/board/2", "bbs.test/board/77"}) {
    const auto refused = forget(site.database(), record_target(id), kReading, 1);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kUsage);
    CHECK(refused.error().message == id + " is a board, which cannot be forgotten; name a post, a thread or "
                                          "an article by its id, an author "
                                          "(--site HOST --author NAME) or a site (--site HOST)");
  }
  CHECK(site.everything() == before);
}

TEST_CASE("a file that a forgotten post alone names goes with it, and one that others name stays") {
  FetchedSite site;
  const auto image = [](const std::string& name) {
    return "<img src=\"http://bbs.test/data/" + name + ".png\" />看图";
  };
  site.fetch(5, {{1, "甲", image("shared")}, {2, "乙", image("shared") + image("own")}}, 10);
  site.fetch_file("http://bbs.test/data/shared.png", "bytes of the shared one", 20);
  site.fetch_file("http://bbs.test/data/own.png", "bytes of their own", 20);
  const auto receipt = site.forget(record_target("bbs.test/post/2"));
  CHECK(receipt.files == 1);
  CHECK(count(site.everything(), "bytes of the shared one") == 1);
  CHECK(count(site.everything(), "bytes of their own") == 0);
  CHECK(Forgotten::load(site.database())->files().size() == 1);
  CHECK(site.findings().empty());
}

TEST_CASE("the bytes of an image are not searched for words to black out") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic + "<img src=\"http://bbs.test/data/a.png\" />"}, {2, "乙", kSecret}}, 10);
  site.fetch_file("http://bbs.test/data/a.png", "PNG" + kSecret, 20);
  site.forget(record_target("bbs.test/post/2"));
  CHECK(get_body(site.database(), parsers::sha256_hex("PNG" + kSecret)) == "PNG" + kSecret);
  CHECK(count(site.everything(), kSecret) == 1);
}

TEST_CASE("dictionaries that saw what was forgotten are trained anew, and every page can still be read") {
  FetchedSite site;
  const int pages = static_cast<int>(kFirstTraining) + 1;
  for (int tid = 1; tid <= pages; ++tid)
    site.fetch(tid,
               {{tid, "甲", fmt::format("{}第{}次", kPublic, tid)},
                {tid + 10'000, "乙", tid % 3 == 0 ? kSecret : fmt::format("第{}个人", tid)}},
               10);
  REQUIRE(site.bodies().settle());
  site.fetch(pages + 1, {{pages + 1, "甲", kPublic}}, 20);
  REQUIRE(dictionary_heads(site.database())->size() == 1);
  REQUIRE(site.holds(kSecret));
  const auto receipt = site.forget(record_target("bbs.test/post/10003"));
  CHECK(receipt.dictionaries == 1);
  CHECK(receipt.pages == pages / 3);
  const auto heads = dictionary_heads(site.database());
  REQUIRE(heads);
  REQUIRE(heads->size() == 1);
  CHECK(heads->front().number == 2);
  CHECK(heads->front().samples.size() == kFirstTraining - static_cast<std::size_t>(pages / 3));
  CHECK_FALSE(site.holds(kSecret));
  CHECK(site.findings().empty());
}

TEST_CASE("what one archive has forgotten is forgotten in whatever it is merged with") {
  FetchedSite a, b;
  a.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  b.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 20);
  a.forget(record_target("bbs.test/post/2"));
  REQUIRE(merge_pages(b.database(), a.database()));
  REQUIRE(settle_merge(b.database(), kReading));
  REQUIRE(b.database().compact());
  b.reopen();
  CHECK_FALSE(b.has("bbs.test/post/2"));
  CHECK_FALSE(b.holds(kSecret));
  CHECK(b.findings().empty());
}

TEST_CASE("what a merge that was cut off tells of a forgetting holds beside the same one here") {
  FetchedSite a, b;
  a.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  a.forget(record_target("bbs.test/post/2"));
  b.fetch(5, {{1, "甲", kPublic}, {2, "乙", "后来改写"}}, 20);
  b.fetch(6, {{3, "丙", "转：" + kSecret}}, 30);
  REQUIRE(merge_pages(b.database(), a.database()));
  b.forget(record_target("bbs.test/post/2"));
  CHECK_FALSE(b.has("bbs.test/post/2"));
  CHECK_FALSE(b.holds(kSecret));
  CHECK(b.findings().empty());
}

TEST_CASE("what an older page shows under another name, or in another thread, goes with what was forgotten") {
  FetchedSite site;
  SECTION("an author who has another name since") {
    site.fetch(5, {{1, "甲", kPublic}, {2, "旧名", "路过看看"}, {3, "旧名", kSecret}}, 10);
    site.fetch(5, {{1, "甲", kPublic}, {2, "新名", "路过看看"}, {3, "新名", kSecret}}, 20);
    const auto receipt = site.forget(author("新名"));
    CHECK(receipt.records == 2);
    CHECK(receipt.pages == 2);
    CHECK(receipt.lost == 0);
    CHECK_FALSE(site.has("bbs.test/post/2"));
    CHECK_FALSE(site.has("bbs.test/post/3"));
    CHECK(site.has("bbs.test/post/1"));
    CHECK(count(site.everything(), "旧名") == 0);
  }
  SECTION("a thread that was merged into another") {
    site.fetch(5, {{1, "甲", "路过看看"}, {2, "乙", kSecret}}, 10);
    site.fetch(6, {{3, "丙", kPublic}, {1, "甲", "路过看看"}, {2, "乙", kSecret}}, 20);
    CHECK(site.forget(record_target("bbs.test/thread/6")).records == 4);
    for (const std::string id : {"post/1", "post/2", "post/3", "thread/6"})
      CHECK_FALSE(site.has("bbs.test/" + id));
  }
  SECTION("an article that names one author more since") {
    const auto page = [](const std::string& line) {
      return parsers::news_page("2021-03-04 05:06 作者：" + line, parsers::paragraphs());
    };
    site.fetch_page("http://bbs.test/a/1.html", page("江一舟"), 10);
    site.fetch_page("http://bbs.test/a/1.html", page("江一舟 白小满"), 20);
    CHECK(site.forget(author("白小满")).records == 1);
    CHECK(site.lines().empty());
    CHECK_FALSE(site.holds(parsers::kSecond));
  }
  CHECK(count(site.everything(), "路过看看") == 0);
  CHECK_FALSE(site.holds(kSecret));
  CHECK(site.findings().empty());
}

TEST_CASE("a forgetting that was cut off knows what it has found when it is done again") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "旧名", "路过看看"}}, 10);
  site.fetch(5, {{1, "甲", kPublic}, {2, "新名", "路过看看"}}, 20);
  // As one that ended when the records were derived: they are those of the pages with the older name.
  Batch batch(site.database());
  put_forgetting(batch, author("新名"), {1, 1, {}});
  mark_unsettled(batch, forget_command(author("新名")), {{"bbs.test/post/2"}, 1, false});
  REQUIRE(site.database().commit(batch));
  REQUIRE(reparse(site.database(), kReading, [](const RecordChange&) {}));
  REQUIRE(site.post("2").author == "旧名");
  site.forget(author("新名"));
  CHECK_FALSE(site.has("bbs.test/post/2"));
  CHECK(count(site.everything(), "路过看看") == 0);
  CHECK(site.findings().empty());
}

TEST_CASE(
    "a forgetting that was cut off counts what it took out, and makes the index anew, when it is done "
    "again") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}, {3, "乙", "路过看看"}}, 10);
  const bool had_text_index = GENERATE(true, false);
  if (had_text_index) REQUIRE(update_text_index(site.database()));
  // What was made anew by then is away again, as of one that ended before.
  const auto cut_off = [&site]() -> Result<void> {
    REQUIRE(drop_text_index(site.database()));
    return fail(ErrorKind::kIo, "no room");
  };
  REQUIRE_FALSE(forget(site.database(), author("乙"), kReading, 1, cut_off));
  REQUIRE_FALSE(site.has("bbs.test/post/2"));
  CHECK(site.forget(author("乙")).records == 2);
  CHECK(has_text_index(site.database()) == had_text_index);
  CHECK(site.findings().empty());
  CHECK(site.forget(author("乙")).records == 0);
}

TEST_CASE("a file that a record of another archive names comes along with it, whoever has taken it down") {
  FetchedSite a, b;
  const std::string url = "http://bbs.test/data/shared.png";
  const std::string image = "<img src=\"" + url + "\" />看图";
  a.fetch(5, {{1, "甲", kPublic}, {2, "乙", image + kSecret}}, 10);
  a.fetch_file(url, "bytes of the shared one", 20);
  b.fetch(6, {{3, "丙", kPublic}, {4, "丁", image}}, 30);
  b.fetch_file(url, "bytes of the shared one", 40);
  CHECK(a.forget(record_target("bbs.test/post/2")).files == 1);
  FetchedSite ab, ba;
  for (const auto& [into, order] :
       {std::pair{&ab, std::vector{&a, &b}}, std::pair{&ba, std::vector{&b, &a}}}) {
    for (FetchedSite* source : order) REQUIRE(merge_pages(into->database(), source->database()));
    REQUIRE(settle_merge(into->database(), kReading));
    CHECK_FALSE(into->has("bbs.test/post/2"));
    CHECK(file_of(into->database(), url)->has_value());
    CHECK(Forgotten::load(into->database())->files().empty());
    CHECK(into->findings().empty());
  }
  CHECK(ab.lines() == ba.lines());
}

TEST_CASE("a file of a forgotten site stays away, whatever other sites' records name it") {
  FetchedSite site;
  const std::string url = "http://bbs.test/data/own.png";
  site.fetch(5, {{1, "甲", "<img src=\"" + url + "\" />看图"}}, 10);
  site.fetch(6, {{2, "乙", "<img src=\"" + url + "\" />转图"}}, 20, "other.test");
  site.fetch_file(url, "bytes of their own", 30);
  CHECK(site.forget({Target::Kind::kSite, "bbs.test", {}}).files == 1);
  CHECK_FALSE(file_of(site.database(), url)->has_value());
  CHECK(count(site.everything(), "bytes of their own") == 0);
}

TEST_CASE("a text of very many lines is blacked out in time that grows as they do, in markup too") {
  std::mt19937 engine(7);
  const auto line = [&engine] {
    std::string text;
    for (int i = 0; i < 12; ++i)
      parsers::append_code_point(static_cast<char32_t>(0x4E00 + engine() % 3000), text);
    return text;
  };
  std::string text, script;
  for (int i = 0; i < 20'000; ++i) {
    const std::string words = line();
    text += words + "<br />\n";
    if (i % 100 == 0) script += "say('" + words + "');\n";
  }
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic, "<script>" + script + "</script>"}, {2, "乙", text}}, 10);
  const std::clock_t began = std::clock();
  site.forget(record_target("bbs.test/post/2"));
  CHECK(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < 10);
  CHECK(count(site.everything(), "say('□□□□□□□□□□□□');") == 200);
  CHECK(site.post("1").text == kPublic);
}
