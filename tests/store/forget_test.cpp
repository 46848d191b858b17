// Taking down, over pages of a made-up forum that the parsers of today read.

#include "store/care/forget.hpp"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "fetched_site.hpp"
#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "parsers/page_key.hpp"
#include "parsers/utf8.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/dictionaries.hpp"
#include "store/page_redaction.hpp"
#include "store/redaction.hpp"
#include "store/schema.hpp"
#include "store/text_nodes.hpp"
#include "store/text_update.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kSecret = "这一段话只说给一个人听，后来他不愿意再让别人看到，请把它拿下来";
const std::string kPublic = "桥头的豆腐店开了三十年，老板说明年要把店交给女儿，生意还是老样子";

// What a customary line at the end of many texts says.
const std::string kStock = "本栏目每周三出刊，欢迎街坊们到店里来坐坐聊聊";
const std::string kPrinted = "http://bbs.test/thread-100-1-1.html";

Target author(const std::string& name) { return {Target::Kind::kAuthor, "bbs.test", name}; }

std::string body_of(FetchedSite& site, const std::string& key) {
  const auto visits = visits_of(site.database(), key);
  REQUIRE(visits);
  REQUIRE_FALSE(visits->empty());
  const auto body = get_body(site.database(), visits->back().sha256);
  REQUIRE(body);
  return *body;
}

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

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

std::string quoting(const std::string& head, const std::string& words) {
  return "<div class=\"quote\"><blockquote>" + head + words + "</blockquote></div>我同意";
}

// As many different characters.
std::string different(std::size_t characters) {
  std::string text;
  for (std::size_t i = 0; i < characters; ++i)
    parsers::append_code_point(static_cast<char32_t>(0x4E00 + i), text);
  return text;
}

// As hashes were kept before they told of greater parts.
std::vector<std::int64_t> of_before(std::vector<std::int64_t> hashes) {
  Redaction other;
  other.add("another text that has nothing in common with it");
  const auto others = other.hashes();
  std::erase_if(hashes, [&others](std::int64_t hash) {
    return std::binary_search(others.begin(), others.end(), hash);
  });
  return hashes;
}

std::string black(std::size_t characters) {
  std::string text;
  while (characters-- > 0) text += kBlack;
  return text;
}

std::string apply(const Redaction& redaction, std::string_view page) {
  std::vector<bool> black(page.size());
  return redaction.find(page, black) ? blacked_out(page, black) : "";
}

}  // namespace

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

TEST_CASE("a forgotten post of one word is blacked out where it stands, and others' same word stays") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "顶"}, {3, "丙", "顶"}}, 10);
  site.forget(record_target("bbs.test/post/2"));
  const std::string body = body_of(site, "bbs.test thread 5 1");
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

TEST_CASE("with an author go comments, quotes, last replies and the name wherever pages print it as one") {
  FetchedSite site;
  site.fetch(5,
             {{1, "甲",
               "<div class=\"quote\"><blockquote><font size=\"2\"><font color=\"#999999\">小舟 发表于 "
               "2021-3-4 05:06</font></font><br />\n早安</blockquote></div>我同意",
               comment_html("小舟", "晚安") + comment_html("丙", "午安")},
              {2, "小舟", "早安"}},
             10);
  site.fetch_page("http://bbs.test/forum-2-1.html", board_html({{5, "河边停水", "甲", "小舟"}}), 20);
  REQUIRE(site.post("1").quotes.size() == 1);
  REQUIRE(site.post("1").comments.size() == 2);
  REQUIRE(count(site.lines().front(), "小舟") == 1);
  site.forget(author("小舟"));
  const auto post = site.post("1");
  CHECK(post.text == "我同意");
  REQUIRE(post.quotes.size() == 1);  // its place stays, blacked out
  CHECK_FALSE(post.quotes.front().author);
  CHECK(post.quotes.front().text.find_first_not_of("□ \n") == std::string::npos);
  REQUIRE(post.comments.size() == 1);
  CHECK(post.comments.front().text == "午安");
  CHECK(site.has("bbs.test/thread/5"));
  const std::string all = site.everything();
  for (const char* const words : {"早安", "晚安"}) CHECK(count(all, words) == 0);
  CHECK(count(all, "小舟") == 1);  // by which it is recognised
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
    const std::string page = body_of(site, "bbs.test thread 5 1");
    CHECK(count(page, kPrinted) == 2);  // in the third post
    CHECK(count(page, "里说的") == 0);
    CHECK(body_of(site, parsers::page_key(*parsers::parse_url("http://bbs.test/space.html")).key) == space);
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
  CHECK(count(body_of(site, "bbs.test thread 6 1"), first(16)) == 1);
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
  const std::string kept =
      body_of(site, parsers::page_key(*parsers::parse_url("http://bbs.test/news.xml")).key);
  CHECK(count(kept, text.substr(0, 48)) == 0);
  CHECK(count(kept, kPublic) == 1);
}

TEST_CASE("a forgotten author's name goes from addresses too") {
  std::string page = thread_html(5, {{1, "甲", kPublic}, {2, "zhangsan123", kSecret}});
  page.insert(page.find("</body>"),
              "<a href=\"space-username-zhangsan123.html\"><img src=\"avatar/zhangsan123.jpg\"></a>");
  FetchedSite site;
  site.fetch_page("http://bbs.test/thread-5-1-1.html", page, 10);
  site.forget(record_target("bbs.test/post/2"));
  CHECK(count(body_of(site, "bbs.test thread 5 1"), "zhangsan123") == 0);
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

TEST_CASE("names of forgotten authors are blacked out in what listings say beside a link") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "小舟", "早安"}}, 10);
  site.forget(author("小舟"));
  const auto forgotten = Forgotten::load(site.database());
  REQUIRE(forgotten);
  parsers::ParsedPage page;
  page.links = {{"http://bbs.test/thread-5-1-1.html", parsers::LinkRole::kThread, "20 2021-3-5 小舟"},
                {"http://other.test/thread-5-1-1.html", parsers::LinkRole::kThread, "20 2021-3-5 小舟"}};
  forgotten->take_out(page);
  CHECK(page.links[0].listed == "20 2021-3-5 □");
  CHECK(page.links[1].listed == "20 2021-3-5 小舟");
}

TEST_CASE("an author who only commented can be forgotten") {
  FetchedSite site;
  site.fetch(5, {{1, "甲", kPublic, comment_html("小舟", "晚安")}}, 10);
  CHECK(site.forget(author("小舟")).records == 0);
  CHECK(site.post("1").comments.empty());
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

TEST_CASE("redaction finds a text in pieces of sixteen characters, through markup, references and space") {
  Redaction redaction;
  redaction.add("abcdefghijklmnopqrstuvwxyz");
  CHECK(apply(redaction, "nothing of it is here, or anywhere else").empty());
  CHECK(apply(redaction, "<p>abcdefghijklmno</p>").empty());  // fifteen
  CHECK(apply(redaction, "<p>xabcdefghijklmnopx</p>") == "<p>x□□□□□□□□□□□□□□□□x</p>");
  CHECK(apply(redaction, "abcd<b>efgh</b> ijkl&nbsp;mn&#111;p!") == "□□□□<b>□□□□</b> □□□□&nbsp;□□□□□□□□□!");
  CHECK(apply(redaction, "<meta content=\"abcdefghijklmnop\">") == "<meta content=\"□□□□□□□□□□□□□□□□\">");
  Redaction shorter;
  shorter.add("顶");
  CHECK(shorter.empty());
}

TEST_CASE("redaction spares addresses, but for those that are repeated together with words beside them") {
  Redaction redaction;
  redaction.add("见 " + kPrinted + " 里说的");
  for (const std::string& page :
       {"<base href=\"http://bbs.test/\"><a href=\"" + kPrinted + "\">x</a>", "<p>" + kPrinted + "</p>",
        std::string("<img file=\"http://bbs.test/data/1.png\" alt=\"x\"/>"),
        "<script>open('" + kPrinted + "')</script>", std::string("<a href=\"./thread-100-1-1.html\">x</a>")})
    CHECK(::apply(redaction, page).empty());
  const auto described = [](const std::string& words) { return "<meta content=\"" + words + "\">"; };
  CHECK(::apply(redaction, described("见 " + kPrinted + " 里说的")) ==
        described("□ " + black(kPrinted.size()) + " □□□"));
  CHECK(::apply(redaction, described("见 " + kPrinted + "?page=2")) ==
        described("□ " + kPrinted + "?page=2"));
}

TEST_CASE("others hold a copy of a text when they say its greater part") {
  const auto holds = [](std::size_t characters, std::size_t of) {
    Redaction redaction;
    redaction.add(different(of));
    return redaction.is_repeated_in("他说：" + different(characters) + "，就这些");
  };
  CHECK(holds(16, 16));
  CHECK(holds(63, 63));
  CHECK_FALSE(holds(62, 63));
  CHECK(holds(64, 127));
  CHECK_FALSE(holds(63, 127));
  CHECK(holds(128, 200));
  CHECK_FALSE(holds(127, 200));
  CHECK_FALSE(holds(15, 15));
  Redaction address;
  address.add(kPrinted);
  CHECK_FALSE(address.is_repeated_in("也在 " + kPrinted + " 里"));
}

TEST_CASE("by hashes of before it is a copy when all that is said repeats them") {
  Redaction redaction, old;
  redaction.add(different(40));
  old.add(of_before(redaction.hashes()));
  CHECK(redaction.hashes().size() == 40 - 15 + 2);
  CHECK(old.hashes().size() == redaction.hashes().size() - 1);
  CHECK(old.is_repeated_in(different(20)));
  CHECK_FALSE(redaction.is_repeated_in(different(20)));
  CHECK_FALSE(old.is_repeated_in(different(20) + "，就这些"));
}

TEST_CASE("a short title is blacked out where a node says it and nothing else") {
  Redaction redaction;
  redaction.add_title("a &b; c");
  CHECK(apply(redaction, "<a> a &amp;b; c </a><p>a &amp;b; cd</p>") ==
        "<a> □ □□□□□□□ □ </a><p>a &amp;b; cd</p>");
  Redaction shorter;
  shorter.add_title("abc");
  CHECK(shorter.empty());
}

TEST_CASE("text nodes are what a reader may see, and marks tell which of them made a text") {
  const std::string page =
      "<html><title>t</title><style>p{}</style><!-- <p>no</p> --><p a=\"x>y\"> one <b>two</b>\n</p>"
      "<script>if (a<b) c</script>3 < 4</html>";
  const auto nodes = text_nodes(page);
  std::vector<std::string> texts;
  for (const auto& node : nodes) texts.push_back(page.substr(node.begin, node.end - node.begin));
  CHECK(texts == std::vector<std::string>{"one", "two", "3 < 4"});
  std::string copy = marked("own\U000F1234<p>one</p>", text_nodes("own\U000F1234<p>one</p>"));
  CHECK(take_marks(copy) == std::vector<std::size_t>{0, 1});
  CHECK(copy == "own<p>one</p>");
}
