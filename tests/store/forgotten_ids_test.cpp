// What goes by its id when something is taken down, whatever pages call its author or thread, and what of
// others' never does.

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <ctime>

#include "fetched_site.hpp"
#include "forgotten_words.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/care/unsettled.hpp"
#include "store/records.hpp"
#include "store/schema.hpp"
#include "tests/parsers/news_page.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

constexpr const char* kReply = "沙发坐得很舒服，下次还要早些来坐，顺便带一壶茶";

// Page 2 of thread 5, which shows no opener.
std::string second_page(const std::vector<Said>& posts) {
  std::string html = thread_html(5, posts);
  for (const auto& [shown, instead] :
       {std::pair{"楼主", "<em>11</em><sup>#</sup>"}, std::pair{"<em>2</em>", "<em>12</em>"}}) {
    const auto at = html.find(shown);
    REQUIRE(at != std::string::npos);
    html.replace(at, std::string_view(shown).size(), instead);
  }
  return html;
}

// As one that ended when the records were derived.
void cut_off_behind_derive(FetchedSite& site, const Target& target, const ForgetBegun& begun) {
  Batch batch(site.database());
  put_forgetting(batch, target, {1, 1, {}});
  mark_unsettled(batch, forget_command(target), begun);
  REQUIRE(site.database().commit(batch));
  REQUIRE(reparse(site.database(), kReading, [](const RecordChange&) {}));
}

void merge(FetchedSite& into, FetchedSite& from) {
  REQUIRE(merge_pages(into.database(), from.database()));
  REQUIRE(settle_merge(into.database(), kReading));
}

}  // namespace

TEST_CASE("of a thread that a forgotten author opened nothing goes that others wrote, on whatever page") {
  FetchedSite site;
  const std::vector<Said> first{{1, "楼主甲", kSecret}, {2, "乙", kPublic}};
  SECTION("a second page, which names no opener") {
    site.fetch(5, first, 10);
    site.fetch_page("http://bbs.test/thread-5-2-1.html", second_page({{3, "丙", kReply}, {4, "丁", "好"}}),
                    20);
    CHECK(site.forget(author("楼主甲")).records == 2);
    CHECK(site.has("bbs.test/post/3"));
    CHECK(site.has("bbs.test/post/4"));
    CHECK(count(site.everything(), kReply) > 0);
  }
  SECTION("an opener who has another name since") {
    site.fetch(5, {{1, "旧名", kSecret}, {2, "乙", kPublic}}, 10);
    site.fetch(5, first, 20);
    site.forget(author("楼主甲"));
  }
  SECTION("a board that names another") {
    site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{5, "河边停水", "匿名", "乙"}}), 10);
    site.fetch(5, first, 20);
    site.forget(author("楼主甲"));
  }
  SECTION("a forgetting of before that was cut off, whose mark tells the thread") {
    site.fetch(5, {{1, "旧名", kSecret}, {2, "乙", kPublic}}, 10);
    cut_off_behind_derive(site, author("楼主甲"), {{"bbs.test/post/1", "bbs.test/thread/5"}, 2, false});
    site.forget(author("楼主甲"));
  }
  CHECK_FALSE(site.has("bbs.test/post/1"));
  CHECK(site.has("bbs.test/post/2"));
  CHECK(site.holds(kPublic));
  CHECK_FALSE(site.holds(kSecret));
  CHECK(site.findings().empty());
}

TEST_CASE("the receipt counts what else is lost, though some records come back first") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "旧名", "路过看看"}, {3, "旧名", kSecret}}, 10);
  site.fetch(5, {{1, "甲", kPublic}, {2, "新名", "路过看看"}, {3, "新名", kSecret}}, 20);
  parsers::Article article;  // whose page is missing
  article.site = "bbs.test";
  article.url = "http://bbs.test/a/9.html";
  article.text = "没有页面的文章";
  parsers::ParsedPage page;
  page.articles = {article};
  Batch batch(site.database());
  REQUIRE(put_records(batch, page, kMinChars));
  REQUIRE(site.database().commit(batch));
  const auto receipt = site.forget(author("新名"));
  CHECK(receipt.records == 2);
  CHECK(receipt.lost == 1);
}

TEST_CASE("the files that are left do not tell which posts were the author's, but for the rows of these") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {271828, "新名", "路过看看"}}, 20);
  site.forget(author("新名"));
  site.reopen();
  const std::string id = "bbs.test/post/271828";
  const std::string as_packed = static_cast<char>(2 * id.size()) + id;
  CHECK(count(site.files(), as_packed) == 0);
  REQUIRE(site.database().get(Family::kForgotten, forgotten_key(record_target(id))).value());
}

TEST_CASE(
    "an older page that a merge brings gives nothing back of what was forgotten, whatever it calls it") {
  FetchedSite a, b;
  SECTION("an author who had another name") {
    b.fetch(5, {{1, "甲", kPublic}, {2, "旧名", "路过看看"}, {3, "旧名", kSecret}}, 10);
    a.fetch(5, {{1, "甲", kPublic}, {2, "新名", "路过看看"}, {3, "新名", kSecret}}, 20);
    a.forget(author("新名"));
  }
  SECTION("posts that stood in another thread") {
    b.fetch(5, {{1, "甲", kPublic}, {2, "乙", "路过看看"}, {3, "乙", kSecret}}, 10);
    a.fetch(6, {{2, "乙", "路过看看"}, {3, "乙", kSecret}}, 20);
    a.forget(record_target("bbs.test/thread/6"));
    CHECK_FALSE(a.has("bbs.test/thread/6"));
  }
  merge(a, b);
  CHECK(a.has("bbs.test/post/1"));
  CHECK_FALSE(a.has("bbs.test/post/2"));
  CHECK_FALSE(a.has("bbs.test/post/3"));
  CHECK(count(a.everything(), "路过看看") == 0);
  CHECK(a.findings().empty());
}

TEST_CASE("an article that an older page of a merge shows without the author comes back without the words") {
  FetchedSite a, b;
  const auto page = [](const std::string& line) {
    return parsers::news_page("2021-03-04 05:06 作者：" + line, parsers::paragraphs());
  };
  b.fetch_page("http://bbs.test/a/1.html", page("江一舟"), 10);
  a.fetch_page("http://bbs.test/a/1.html", page("江一舟 白小满"), 20);
  a.forget(author("白小满"));
  merge(a, b);
  CHECK_FALSE(a.holds(parsers::kSecond));
  CHECK(a.findings().empty());
}

TEST_CASE("an address that showed a forgotten author's article may show another's from then on") {
  FetchedSite site;
  site.fetch_page("http://bbs.test/a/1.html",
                  parsers::news_page("2021-03-04 05:06 作者：白小满", parsers::paragraphs()), 10);
  site.forget(author("白小满"));
  REQUIRE(site.lines().empty());
  site.fetch_page(
      "http://bbs.test/a/1.html",
      parsers::news_page("2021-03-05 05:06 作者：江一舟",
                         "<p>" + kPublic + "。</p><p>" + kReply + "。</p><p>" + different(60) + "。</p>"),
      20);
  REQUIRE(site.lines().size() == 1);
  CHECK(site.holds(kPublic));
}

TEST_CASE("files go with what was forgotten, though a damaged page keeps the records from being derived") {
  FetchedSite site;
  const std::string url = "http://bbs.test/data/own.png";
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "<img src=\"" + url + "\" />看图"}}, 10);
  site.fetch_file(url, "bytes of their own", 20);
  site.fetch(6, {{3, "丙", kReply}}, 30);
  const std::string digest = *digest_key(site.post("3").page.sha256);
  Batch batch(site.database());
  batch.put(Family::kBodies, digest, "no body");
  REQUIRE(site.database().commit(batch));
  CHECK_FALSE(forget(site.database(), record_target("bbs.test/post/2"), kReading, 1));
  CHECK(count(site.everything(), "bytes of their own") == 0);
}

TEST_CASE(
    "a page is looked through for thousands of forgotten posts in time that grows with the page alone") {
  FetchedSite site;
  Batch batch(site.database());
  for (int pid = 1'000'000; pid < 1'005'000; ++pid)
    put_forgetting(batch, record_target(fmt::format("bbs.test/post/{}", pid)), {1, 1, {}});
  REQUIRE(site.database().commit(batch));
  const auto forgotten = Forgotten::load(site.database());
  REQUIRE(forgotten);
  std::string text;
  for (int i = 0; i < 3000; ++i) text += fmt::format("{} 月光 {}", i, 2'000'000 + i);
  const std::clock_t began = std::clock();
  for (int i = 0; i < 100; ++i) CHECK_FALSE(forgotten->may_be_in("bbs.test", text));
  CHECK(static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC < 1);
  CHECK(forgotten->may_be_in("bbs.test", text + "<a id=pid1004999>"));
  CHECK_FALSE(forgotten->may_be_in("bbs.test", text + "<a id=pid11004999>"));
  CHECK_FALSE(forgotten->may_be_in("other.test", text + "<a id=pid1004999>"));
}

TEST_CASE(
    "a page may tell of a forgotten post by a quote, where its words are known, and by an id of letters") {
  FetchedSite site;
  Batch batch(site.database());
  put_forgetting(batch, record_target("bbs.test/post/7a"), {1, 1, {}});
  put_forgetting(batch, record_target("quoted.test/post/1"), {1, 1, {42}});
  put_forgetting(batch, record_target("news.test/article/00"), {1, 1, {}});
  REQUIRE(site.database().commit(batch));
  const auto forgotten = Forgotten::load(site.database());
  REQUIRE(forgotten);
  const std::string quoting = "<div class=\"quote\">月光</div>";
  CHECK(forgotten->may_be_in("quoted.test", quoting));
  CHECK_FALSE(forgotten->may_be_in("bbs.test", quoting));
  CHECK(forgotten->may_be_in("bbs.test", "post-7a.html"));
  CHECK(forgotten->may_be_in("news.test", "月光"));
}
