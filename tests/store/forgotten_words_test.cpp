// Whose words leave which pages when something is taken down, and whose stay.

#include <fmt/format.h>
#include <iconv.h>

#include <catch2/catch.hpp>

#include "fetched_site.hpp"
#include "forgotten_words.hpp"
#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "parsers/page_key.hpp"
#include "parsers/utf8.hpp"
#include "store/bodies.hpp"
#include "store/page_redaction.hpp"
#include "store/redaction.hpp"
#include "store/text_update.hpp"
#include "store/visits.hpp"
#include "tests/parsers/news_page.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

// What a customary line at the end of many texts says.
const std::string kStock = "本栏目每周三出刊，欢迎街坊们到店里来坐坐聊聊";

std::string in_gbk(const std::string& utf8) {
  std::string gbk(utf8.size(), ' ');
  char* from = const_cast<char*>(utf8.data());
  char* to = gbk.data();
  std::size_t from_left = utf8.size(), to_left = gbk.size();
  const iconv_t conversion = iconv_open("GBK", "UTF-8");
  REQUIRE(iconv(conversion, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1));
  iconv_close(conversion);
  gbk.resize(gbk.size() - to_left);
  return gbk;
}

std::string as_references(const std::string& utf8) {
  std::string references;
  for (std::size_t at = 0; at < utf8.size();)
    references += "&#" + std::to_string(static_cast<std::uint32_t>(parsers::next_code_point(utf8, at))) + ";";
  return references;
}

std::string quoting(const std::string& head, const std::string& words) {
  return "<div class=\"quote\"><blockquote>" + head + words + "</blockquote></div>我同意";
}

}  // namespace

TEST_CASE("a forgotten post of one word is blacked out where it stands, and others' same word stays") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "顶"}, {3, "丙", "顶"}}, 10);
  site.forget(record_target("bbs.test/post/2"));
  const std::string body = site.body("bbs.test thread 5 1");
  CHECK(count(body, ">顶<") == 1);
  CHECK(count(body, "乙") == 0);
  CHECK(site.post("3").text == "顶");
  CHECK(site.post("1").text == kPublic);
}

TEST_CASE("words that hidden text stands between are blacked out all the same") {
  FetchedSite site;
  site.fetch(5,
             {{1, "甲", kPublic},
              {2, "乙",
               "青石板<font class=\"jammer\">k, x7! q</font><br />\n<span style=\"display:none\">z) "
               "4</span>落花生<br />\n<b>一</b>碗"}},
             10);
  REQUIRE(site.post("2").text == "青石板\n落花生\n一碗");
  site.forget(record_target("bbs.test/post/2"));
  const std::string all = site.everything();
  for (const char* const word : {"青石板", "落花生", "<b>一</b>", "碗"}) CHECK(count(all, word) == 0);
}

TEST_CASE("a forgotten thread's title leaves boards, crumbs and descriptions too") {
  FetchedSite site;
  site.fetch_page("http://bbs.test/thread-5-1-1.html", thread_html(5, {{1, "甲", "短短的话"}}, "河边停水"),
                  10);
  site.fetch_page("http://bbs.test/forum-2-1.html",
                  board_html({{5, "河边停水", "甲", "乙"}, {6, "山上停电", "丙", "丁"}}), 20);
  site.fetch_page("http://other.test/a.html", "<html><body><p>河边停水</p></body></html>", 30);
  REQUIRE(site.has("bbs.test/thread/6"));
  site.forget(record_target("bbs.test/thread/5"));
  CHECK_FALSE(site.has("bbs.test/thread/5"));
  CHECK(site.has("bbs.test/thread/6"));
  const std::string all = site.everything();
  CHECK(count(all, "河边停水") == 0);
  CHECK(count(all, "短短的话") == 0);
  CHECK(count(all, "山上停电") > 0);
  CHECK(site.findings().empty());
}

TEST_CASE(
    "others' quotes of a forgotten post go however short, by whom and when they quote, or by whom and what") {
  const std::string when =
      "<font size=\"2\"><font color=\"#999999\">小舟 发表于 2021-3-4 05:00</font></font><br />\n";
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "小舟", "早安，今天的河水很清"}}, 10);
  site.fetch(6, {{3, "丙", quoting(when, "早安")}, {4, "丁", quoting("", "下午好")}}, 20);
  site.fetch(7,
             {{70, "小舟", "夜里又涨了"}, {71, "戊", quoting(when, "今天的河") + "<br />小舟说得对，早上好"}},
             30);
  REQUIRE(site.post("3").quotes.size() == 1);
  REQUIRE(site.post("3").quotes.front().posted_at);
  site.forget(record_target("bbs.test/post/2"));
  for (int crawl = 0; crawl < 2; ++crawl) {
    CHECK(site.post("3").quotes.empty());
    CHECK(site.post("71").quotes.empty());
    CHECK(site.post("3").text == "我同意");
    CHECK(site.post("71").text == "我同意\n小舟说得对，早上好");  // their own words about the author stay
    CHECK(site.post("4").quotes.size() == 1);                     // of nobody that is known
    CHECK(site.post("70").text == "夜里又涨了");                  // by the same author
    const std::string all = site.everything();
    for (const char* const words : {"早安", "今天的河"}) CHECK(count(all, words) == 0);
    CHECK(count(all, "下午好") > 0);
    site.fetch(6, {{3, "丙", quoting(when, "早安")}, {4, "丁", quoting("", "下午好")}}, 40);
  }
  CHECK(site.findings().empty());
}

TEST_CASE("a forgotten post takes the address that it prints with it, and all others' lead where they led") {
  const std::string link = "<a href=\"" + kPrinted + "\">";
  const std::vector<Said> said{{1, "甲", kPublic + "<img src=\"http://bbs.test/data/a.png\" />"},
                               {2, "乙", "见 " + link + kPrinted + "</a> 里说的"},
                               {3, "丙", link + "那一帖</a>也在 " + kPrinted + " 里"}};
  const std::string space =
      "<html><head><base href=\"http://bbs.test/\"><link rel=\"canonical\" href=\"" + kPrinted +
      "\"></head><body><p>早安</p><img src=\"http://bbs.test/uc_server/avatar.php?uid=1\">"
      "<form action=\"http://bbs.test/search.php\"></form><script>var a = 'http://bbs.test/home.php', "
      "b = \"http:\\/\\/bbs.test\\/thread-100-1-1.html\";</script></body></html>";
  FetchedSite site;
  site.fetch(5, said, 10);
  site.fetch_page("http://bbs.test/space.html", space, 20);
  const auto first = site.post("1"), third = site.post("3");
  REQUIRE(first.images.size() == 1);
  REQUIRE(third.links.size() == 1);
  site.forget(record_target("bbs.test/post/2"));
  for (int crawl = 0; crawl < 2; ++crawl) {
    CHECK_FALSE(site.has("bbs.test/post/2"));
    CHECK(site.post("1").images == first.images);
    CHECK(site.post("3").text == third.text);
    CHECK(site.post("3").links == third.links);
    const std::string page = site.body("bbs.test thread 5 1");
    CHECK(count(page, kPrinted) == 2);  // in the third post
    CHECK(count(page, "里说的") == 0);
    CHECK(site.body(parsers::page_key(*parsers::parse_url("http://bbs.test/space.html")).key) == space);
    site.fetch(5, said, 30);
  }
  CHECK(site.findings().empty());
}

TEST_CASE("links whose address is blacked out are not asked for") {
  FetchedSite site;
  const std::string words = "见 <a href=\"" + kPrinted + "\">" + kPrinted + "</a>";
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", words}}, 10);
  site.forget(record_target("bbs.test/post/2"));
  const auto forgotten = Forgotten::load(site.database());
  REQUIRE(forgotten);
  parsers::Workspace workspace;
  const std::string html = thread_html(5, {{1, "甲", kPublic}, {2, "乙", words}});
  const auto redacted =
      redacted_page(*forgotten, {"http://bbs.test/thread-5-1-1.html", html, "text/html", 20, 480, nullptr},
                    parsers::sha256_hex(html), workspace);
  REQUIRE(redacted);
  CHECK(count(redacted->body, kPrinted) == 0);
  CHECK_FALSE(redacted->page.links.empty());
  for (const auto& link : redacted->page.links) CHECK(count(link.url, kBlackInUrl) == 0);
}

TEST_CASE("a passage that others say in their own words stays theirs, and a quote of a forgotten post goes") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic + "<br />" + kStock}, {2, "乙", kSecret + "<br />" + kStock}}, 10);
  site.fetch(6, {{3, "丙", kStock + "<br />第三个人的话"}}, 20);
  site.fetch(7, {{4, "丁", quoting("", kSecret.substr(0, 66)) + "<br />" + kStock}}, 30);
  site.fetch(8, {{5, "戊", "转：" + kSecret + "<br />" + kStock}}, 40);
  site.forget(record_target("bbs.test/post/2"));
  CHECK(site.post("1").text == kPublic + "\n" + kStock);
  CHECK(site.post("3").text == kStock + "\n第三个人的话");
  CHECK(site.post("4").text == "我同意\n" + kStock);
  CHECK(count(site.post("5").text, kStock) == 0);  // a copy of all of it
  CHECK(visits_of(site.database(), "bbs.test thread 6 1")->front().detail.empty());
  CHECK_FALSE(site.holds(kSecret));
  CHECK(site.findings().empty());
}

TEST_CASE("what one says in part in own words keeps no copy, quote or description of a forgotten post") {
  const std::string text = different(88);
  const auto first = [&text](std::size_t characters) { return text.substr(0, 3 * characters); };
  std::string page = thread_html(
      6, {{6, "己", text}, {7, "庚", quoting("", first(40))}, {8, "辛", first(60)}, {9, "壬", kPublic}});
  page.insert(page.find("<title>"), "<meta name=\"description\" content=\"" + first(50) + "\">");
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", text}}, 10);
  site.fetch_page("http://bbs.test/thread-6-1-1.html", page, 20);
  site.forget(record_target("bbs.test/post/2"));
  CHECK(site.post("8").text == first(60));
  CHECK(site.post("9").text == kPublic);
  CHECK(count(site.body("bbs.test thread 6 1"), first(16)) == 1);
}

TEST_CASE("a feed's excerpt of a forgotten post goes, however small a part it is") {
  const std::string text = different(88);
  const std::string feed = "<?xml version=\"1.0\"?><rss><channel><item><title>" + kPublic +
                           "</title><description>" + text.substr(0, 3 * 40) +
                           "</description></item></channel></rss>";
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", text}}, 10);
  site.fetch_page("http://bbs.test/news.xml", feed, 20);
  site.forget(record_target("bbs.test/post/2"));
  const std::string kept = site.body(parsers::page_key(*parsers::parse_url("http://bbs.test/news.xml")).key);
  CHECK(count(kept, text.substr(0, 48)) == 0);
  CHECK(count(kept, kPublic) == 1);
}

TEST_CASE("of two articles that share a passage one can be forgotten, and the other says all that it said") {
  const auto article = [](const std::string& title, const std::string& words) {
    return fmt::format(
        "<html><head><meta charset=\"utf-8\"><title>{0}</title><meta property=\"og:type\" "
        "content=\"article\"><meta name=\"description\" content=\"{1}{2}\">"
        "<meta property=\"article:published_time\" content=\"2024-05-03T08:00:00+08:00\"></head><body>"
        "<article><h1>{0}</h1><div "
        "class=\"article-content\"><p>{1}</p><p>{2}</p></div></article></body></html>",
        title, words, kStock);
  };
  const std::string kept = article("豆腐店三十年", kPublic + "，街坊们都说，这样的店以后只会越来越少了。");
  FetchedSite site;
  site.fetch_page("http://news.test/2024/0501/1.html", kept, 10);
  site.fetch_page("http://news.test/2024/0502/2.html",
                  article("一个人的话", kSecret + "，他在信里写道，这件事和别的人都没有关系。"), 20);
  const auto before = site.lines();
  REQUIRE(before.size() == 2);
  const std::size_t other = count(before[0], kSecret) > 0 ? 0 : 1;
  const std::size_t id = before[other].find("news.test/article/");
  site.forget(record_target(before[other].substr(id, before[other].find('"', id) - id)));
  CHECK(site.lines() == std::vector<std::string>{before[1 - other]});
  CHECK(get_body(site.database(), parsers::sha256_hex(kept)) == kept);
  CHECK_FALSE(site.holds(kSecret));
}

TEST_CASE(
    "a forgotten text is gone in every encoding: UTF-8, GBK, character references, its fold, grams of it") {
  FetchedSite site;
  const std::string thread = thread_html(5, {{1, "甲", kPublic}, {2, "乙", kSecret}});
  site.fetch_page("http://bbs.test/thread-5-1-1.html", thread, 10);
  const std::string gbk =
      in_gbk("<html><head><meta charset=\"gbk\"></head><body><p>" + kSecret + "</p></body></html>");
  site.fetch_page("http://bbs.test/gbk.html", gbk, 20);
  site.fetch_page("http://bbs.test/references.html",
                  "<html><body><p title=\"" + as_references(kSecret) + "\">x</p></body></html>", 30);
  REQUIRE(update_text_index(site.database()));
  const std::vector<std::string> forms{kSecret.substr(0, 60), in_gbk(kSecret.substr(0, 60)),
                                       as_references(kSecret.substr(0, 60)),
                                       parsers::fold(kSecret).substr(0, 48)};
  const std::string before = site.everything();
  for (std::size_t i = 0; i < 3; ++i) REQUIRE(count(before, forms[i]) > 0);
  site.forget(record_target("bbs.test/post/2"));
  for (const std::string& bytes : {site.everything(), site.files()}) {
    for (const auto& form : forms) CHECK(count(bytes, form) == 0);
    for (const char* const gram : {"不愿", "拿下"}) CHECK(count(bytes, gram) == 0);
  }
  CHECK(count(site.everything(), kPublic) > 0);
}

TEST_CASE("a short text that the archiver shows without a number is blacked out there") {
  const auto archived = [](const std::string& posts) {
    return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>title 5 - Kitchen - Hearth - Powered "
           "by Discuz!</title>"
           "<meta name=\"generator\" content=\"Discuz! X3.4\" /></head><body><div id=\"wrap\"><div "
           "id=\"nav\">"
           "<a href=\"./\">Hearth</a> &rsaquo; <a href=\"?fid-2.html\">Kitchen</a> &rsaquo; title 5</div>"
           "<div id=\"content\">" +
           posts + "</div></div></body></html>";
  };
  const auto post = [](const std::string& author, const std::string& words) {
    return "<p class=\"author\"><strong>" + author + "</strong> 发表于 2021-3-4 05:00:02</p><h3></h3>" +
           words + "<br /><br />\n";
  };
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "小舟", "早安"}}, 10);
  site.fetch_page("http://bbs.test/archiver/?tid-5.html", archived(post("丙", "午安") + post("小舟", "早安")),
                  20);
  REQUIRE(count(site.everything(), "早安") > 0);
  site.forget(record_target("bbs.test/post/2"));
  CHECK(count(site.everything(), "早安") == 0);
  CHECK(count(site.everything(), "午安") > 0);
}
