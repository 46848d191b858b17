// Taking down, over pages of a made-up forum that the parsers of today read.

#include "store/care/forget.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "fetched_site.hpp"
#include "forgotten_words.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/dictionaries.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

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
