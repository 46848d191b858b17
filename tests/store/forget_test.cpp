// Taking down, over pages of a made-up forum that the parsers of today read.

#include "store/care/forget.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "fetched_site.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/dictionaries.hpp"
#include "store/redaction.hpp"
#include "store/text_nodes.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kSecret = "这一段话只说给一个人听，后来他不愿意再让别人看到，请把它拿下来";
const std::string kPublic = "桥头的豆腐店开了三十年，老板说明年要把店交给女儿，生意还是老样子";

Target author(const std::string& name) { return {Target::Kind::kAuthor, "bbs.test", name}; }

std::string body_of(FetchedSite& site, const std::string& key) {
  const auto visits = visits_of(site.database(), key);
  REQUIRE(visits);
  REQUIRE_FALSE(visits->empty());
  const auto body = get_body(site.database(), visits->back().sha256);
  REQUIRE(body);
  return *body;
}

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) ++count;
  return count;
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
  CHECK(heads->front().samples.size() == kFirstTraining - kFirstTraining / 3);
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
