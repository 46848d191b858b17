#include "parsers/discuz/message_body.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using boardwalk::tests::has_flag;
using fixture::lines;
using fixture::read_body;

namespace {

std::string text(const std::string& body) { return lines(read_body(body).text); }

}  // namespace

TEST_CASE("a post's words are lines without empty ones, quotes, signature or edit notice") {
  const Post post = read_body(
      "<i class=\"pstatus\"> 本帖最后由 Wren 于 2021-3-5 10:11 编辑 </i><br />\n<br />\n&nbsp; &nbsp; First "
      "line.<br />\r\n"
      "<br />\r\nSecond&nbsp; line.");
  CHECK(lines(post.text) == "First line./Second line.");
  CHECK(post.edited_by == "Wren");
  CHECK(post.edited_at->rfc3339() == "2021-03-05T10:11:00+08:00");
  CHECK(post.edited_at->precision == Precision::kMinute);
}

TEST_CASE("an edit notice is read in other scripts, by its editor's own name when its words are unknown") {
  const Post traditional = read_body("<i class=\"pstatus\"> 本帖最後由 Ada 於 2021-3-5 10:11 PM 編輯 </i>a");
  CHECK(traditional.edited_by == "Ada");
  CHECK(traditional.edited_at->rfc3339() == "2021-03-05T22:11:00+08:00");
  const Post unknown = read_body("<i class=\"pstatus\"> بۇ يازمىنى Wren 2021-3-5 10:11 تەھرىرلىگەن </i>a");
  CHECK(unknown.edited_by == "Wren");
  CHECK(unknown.text == "a");
  CHECK_FALSE(read_body("<i class=\"pstatus\"> بۇ يازمىنى Zed 2021-3-5 10:11 </i>a").edited_by);
}

TEST_CASE("an edit notice tells the time behind a name that holds a date") {
  const Post post =
      read_body("<i class=\"pstatus\"> 本帖最后由 2012.12.21末日 于 2021-3-5 10:11 编辑 </i><br />a");
  CHECK(post.edited_by == "2012.12.21末日");
  CHECK(post.edited_at->rfc3339() == "2021-03-05T10:11:00+08:00");
  const Post reasoned = read_body(
      "<i class=\"pstatus\"> 本帖最后由 Wren 于 2021-3-5 10:11 编辑 原因：2021-3-9 前修改 </i><br />a");
  CHECK(reasoned.edited_by == "Wren");
  CHECK(reasoned.edited_at->rfc3339() == "2021-03-05T10:11:00+08:00");
}

TEST_CASE("an edit notice in a quote is neither the post's nor quoted words") {
  for (const char* notice : {"<i class=\"pstatus\"> 本帖最后由 Tom 于 2019-1-1 12:00 编辑 </i>",
                             "<div class=\"notice\">本帖最后由 Tom 于 2019-1-1 12:00 编辑</div>"}) {
    INFO(notice);
    const Post post = read_body("<div class=\"quote\"><blockquote>" + std::string(notice) +
                                "<br />Copper.</blockquote></div>Tin.");
    CHECK_FALSE(post.edited_by);
    CHECK_FALSE(post.edited_at);
    CHECK(post.quotes.at(0).text == "Copper.");
  }
}

TEST_CASE("the edit notice of 6.x and 7.x goes with its brackets, an author's own italics stay") {
  const Post post = read_body("Hot.<br /><br />[<i> 本帖最后由 Wren 于 2009-3-5 10:11 编辑 </i>]");
  CHECK(post.text == "Hot.");
  CHECK(post.edited_by == "Wren");
  CHECK(text("Hot. [ <i> 本帖最后由 Wren 于 2009-3-5 10:11 编辑 </i> ]<br>Cold.") == "Hot./Cold.");
  CHECK(text("A <i>very</i> [<i>small</i>] kettle") == "A very [small] kettle");
  CHECK(text("<i>本帖最后由 is what it says</i>") == "本帖最后由 is what it says");
}

TEST_CASE("a quote stands apart with author and time") {
  const Post post = read_body(
      "<div class=\"quote\"><blockquote><font size=\"2\"><a "
      "href=\"forum.php?mod=redirect&amp;goto=findpost&amp;pid=3\">"
      "<font color=\"#999999\">Old Tom 发表于 2021-3-1 08:09</font></a></font><br />Copper<br />or "
      "tin?</blockquote></div><br />Tin.");
  CHECK(post.text == "Tin.");
  REQUIRE(post.quotes.size() == 1);
  CHECK(post.quotes[0].author == "Old Tom");
  CHECK(post.quotes[0].posted_at->rfc3339() == "2021-03-01T08:09:00+08:00");
  CHECK(lines(post.quotes[0].text) == "Copper/or tin?");
  CHECK(post.links.empty());
}

TEST_CASE(
    "a quote's head is known without a link, in the words of older versions and of the page's own "
    "interface") {
  const auto head = [](const std::string& first, const std::string& time = "发表于 2021-3-4 05:06") {
    const Post post = fixture::read_post(
        {.body = "<div class=\"quote\"><blockquote>" + first + "<br>Copper.</blockquote></div>Tin.",
         .time = time});
    return post.quotes.at(0).author.value_or("nobody") + "|" + lines(post.quotes.at(0).text);
  };
  CHECK(head("<font color=\"#999999\">Old Tom 发表于 2021-3-1 08:09</font>") == "Old Tom|Copper.");
  CHECK(head("Old Tom 發表於 2021-3-1 08:09 PM") == "Old Tom|Copper.");
  CHECK(head("原帖由 <i>Old Tom</i> 于 2008-3-1 08:09 发表 <a href=\"redirect.php?goto=findpost\"><img "
             "src=\"a.gif\"></a>") == "Old Tom|Copper.");
  CHECK(head("<h5>引用:</h5>Old Tom 发表于 昨天 08:09") == "Old Tom|Copper.");
  CHECK(head("引用: Old Tom 发表于 2021-3-1 08:09") == "Old Tom|Copper.");
  CHECK(head("Old Tom Brewed 2021-3-1 08:09", "Brewed 2021-3-4 05:06") == "Old Tom|Copper.");
}

TEST_CASE("words that are longer than the line over any quote are none") {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "Copper kettles. ";
  const auto quote = [](const std::string& first) {
    return read_body("<div class=\"quote\"><blockquote><font color=\"#999999\">" + first +
                     "<br>Ada 发表于 2021-3-1 08:09</font><br>Tin.</blockquote></div>a")
        .quotes.at(0);
  };
  CHECK_FALSE(quote(words).author);
  CHECK(quote(words).text.ends_with("Tin."));
  CHECK(quote("").author == "Ada");
}

TEST_CASE("a nobody edited no post and is quoted as nobody") {
  const Post post = read_body(
      "<i class=\"pstatus\"> 本帖最后由 匿名 于 2021-3-4 07:00 编辑 </i><br><div class=\"quote\"><blockquote>"
      "<font color=\"#999999\">匿名 发表于 2021-3-4 05:00</font><br>Copper.</blockquote></div>Tin.");
  CHECK(post.edited_at->rfc3339() == "2021-03-04T07:00:00+08:00");
  CHECK_FALSE(post.edited_by);
  CHECK_FALSE(post.quotes.at(0).author);
  CHECK(post.quotes.at(0).posted_at->rfc3339() == "2021-03-04T05:00:00+08:00");
  CHECK(post.quotes.at(0).text == "Copper.");
}

TEST_CASE("a quote without a head quotes nobody, even when its words hold a time") {
  const Post post =
      read_body("<div class=\"quote\"><blockquote>Open since 2008-3-1 08:09 daily.</blockquote></div>a");
  REQUIRE(post.quotes.size() == 1);
  CHECK_FALSE(post.quotes[0].author);
  CHECK(post.quotes[0].text == "Open since 2008-3-1 08:09 daily.");
}

TEST_CASE("a quoted line that goes on behind its time is no head: a name in a head may hold a date") {
  const auto quoted = [](const std::string& words) {
    const Post post =
        read_body("<div class=\"quote\"><blockquote>" + words + "</blockquote></div>Well said.");
    const Quote& quote = post.quotes.at(0);
    return quote.author.value_or("nobody") + "|" + (quote.posted_at ? quote.posted_at->rfc3339() : "") + "|" +
           lines(quote.text);
  };
  CHECK(quoted("本文由张三发表于2012年3月4日，原载《南方周末》。") ==
        "nobody||本文由张三发表于2012年3月4日，原载《南方周末》。");
  CHECK(quoted("Tom 发布于 2012-3-4 的通知<br>Copper.") == "nobody||Tom 发布于 2012-3-4 的通知/Copper.");
  CHECK(quoted("<font color=\"#999999\">Tom 发表于 2012-3-4 的通知</font><br>Copper.") ==
        "nobody||Tom 发表于 2012-3-4 的通知/Copper.");
  CHECK(quoted("Tom 发表于 2012-3-4 05:06：<br>Copper.") == "Tom|2012-03-04T05:06:00+08:00|Copper.");
  CHECK(quoted("Tom 发表于 2012-3-4 05:06 static/image/common/back.gif<br>Copper.") ==
        "Tom|2012-03-04T05:06:00+08:00|Copper.");
  CHECK(quoted("2012.12.21末日 发表于 2021-3-1 08:09<br>Copper.") ==
        "2012.12.21末日|2021-03-01T08:09:00+08:00|Copper.");
}

TEST_CASE("nested quotes are quotes of their own, the outer one first") {
  const Post post = read_body(
      "<div class=\"quote\"><blockquote>Ada 发表于 2021-3-2 01:02<br>"
      "<div class=\"quote\"><blockquote>Tom 发表于 2021-3-1 "
      "01:02<br>inner</blockquote></div>outer</blockquote></div>mine");
  CHECK(post.text == "mine");
  REQUIRE(post.quotes.size() == 2);
  CHECK(post.quotes[0].author == "Ada");
  CHECK(post.quotes[0].text == "outer");
  CHECK(post.quotes[1].author == "Tom");
  CHECK(post.quotes[1].text == "inner");
}

TEST_CASE("an indented block is the author's own") { CHECK(text("a<blockquote>b</blockquote>c") == "a/b/c"); }

TEST_CASE("a hidden part is a flag and no text") {
  const Post post =
      read_body("a<div class=\"locked\">游客，请<a href=\"forum.php?mod=post\">回复</a></div>b");
  CHECK(lines(post.text) == "a/b");
  CHECK(has_flag(post, "hidden_part"));
  CHECK(post.links.empty());
  CHECK_FALSE(has_flag(read_body("a"), "hidden_part"));
}

TEST_CASE("a hidden part that the reader may see keeps its words without the heading") {
  const Post post = read_body("a<div class=\"showhide\"><h4>本帖隐藏的内容</h4>the key</div>");
  CHECK(lines(post.text) == "a/the key");
  CHECK_FALSE(has_flag(post, "hidden_part"));
}

TEST_CASE("a notice that only attachments are withheld is an attachment and no hidden part") {
  const Post post = read_body("a<div class=\"locked\">附件: <em>您所在的用户组无法下载或查看附件</em></div>");
  CHECK(post.text == "a");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].needs_login);
  CHECK_FALSE(has_flag(post, "hidden_part"));
}

TEST_CASE("code keeps its lines without the copy link and the heading") {
  CHECK(text("Try:<div class=\"blockcode\"><div id=\"code_x\"><ol><li>if (a &lt; b) {<li>&nbsp; &nbsp; "
             "stop();<li>}</ol></div>"
             "<em onclick=\"copycode($('code_x'));\">复制代码</em></div>Done.") ==
        "Try:/if (a < b) {/stop();/}/Done.");
  CHECK(text("<div class=\"blockcode\"><span class=\"headactions\">复制内容</span><h5>代码:</h5><code>x = "
             "1;<br />y = 2;</code></div>") == "x = 1;/y = 2;");
}

TEST_CASE("tables and lists are lines") {
  CHECK(text("<table class=\"t_table\"><tr><td>tin</td><td>4</td></tr><tr><td>iron</td><td></td></tr></table>"
             "<ul><li>one<li>two</ul>") == "tin 4/iron/one/two");
}

TEST_CASE("noise against copying and hidden characters are no text") {
  CHECK(text("Boil it.<font class=\"jammer\">k, x7! q</font><br />\n<span style=\"display:none\">z) "
             "4</span>Pour it.") == "Boil it./Pour it.");
}

TEST_CASE("noise of 6.x and 7.x has letters of no size, small letters are words") {
  CHECK(text("Boil it.<font style=\"font-size:0px;color:#FFF\">k, x7!</font><br />\nPour <font "
             "style=\"font-size: "
             "0.8em\">it</font>.") == "Boil it./Pour it.");
}

TEST_CASE("advertisements among the words are dropped") {
  CHECK(text("<div class=\"rnd_ai_pr\"style=\"float:left\">Buy!</div>a<div "
             "class=\"a_pr\"><script>ad()</script>Buy!</div>") == "a");
}

TEST_CASE("smilies are dropped from the text and listed by code or file") {
  const Post post = read_body(
      "Hot<img src=\"static/image/smiley/default/smile.gif\" smilieid=\"1\" border=\"0\" alt=\"\" />!"
      "<img src=\"http://hearth.example/static/image/smiley/x/cup.gif\" alt=\":cup:\">");
  CHECK(post.text == "Hot!");
  CHECK(post.smilies == std::vector<std::string>{"smile.gif", ":cup:"});
  CHECK(post.images.empty());
}

TEST_CASE("the real picture stands in file, zoomfile or a lazy attribute, not in src") {
  const Post post = read_body(
      "<img src=\"static/image/common/none.gif\" file=\"data/a.jpg\" zoomfile=\"data/a-large.jpg\">"
      "<img file=\"data/b.jpg\"><img src=\"blank.gif\" data-original=\"http://img.example/c.png\" "
      "alt=\"spout\">"
      "<img src=\"http://img.example/d.gif\"><img src=\"static/image/common/back.gif\"><img "
      "src=\"data:image/gif;base64,AA\">");
  REQUIRE(post.images.size() == 4);
  CHECK(post.images[0].url == "http://hearth.example/data/a-large.jpg");
  CHECK(post.images[1].url == "http://hearth.example/data/b.jpg");
  CHECK(post.images[2].url == "http://img.example/c.png");
  CHECK(post.images[2].alt == "spout");
  CHECK(post.images[3].url == "http://img.example/d.gif");
  CHECK(post.text.empty());
}

TEST_CASE("a link reads as shown and is listed whole") {
  const Post post = read_body(
      "See <a href=\"http://a.example/very/long?x=1&amp;y=2\">http://a.example/ve ... p;y=2</a>, <a "
      "href=\"thread-4-1-1.html\">that</a>,"
      " <a href=\"javascript:;\">not this</a>, <a href=\"mailto:w@a.example\">w@a.example</a>");
  CHECK(post.text == "See http://a.example/ve ... p;y=2, that, not this, w@a.example");
  REQUIRE(post.links.size() == 2);
  CHECK(post.links[0].url == "http://a.example/very/long?x=1&y=2");
  CHECK(post.links[0].text == "http://a.example/ve ... p;y=2");
  CHECK(post.links[1].url == "http://hearth.example/thread-4-1-1.html");
}

TEST_CASE("links to downloads outside the web are listed as they stand, mail and scripts are not") {
  const Post post = read_body(
      "<a href=\"magnet:?xt=urn:btih:1\">Reel 1</a> <a href=\"ed2k://|file|b|9|/\">Reel 2</a> <a "
      "href=\"mailto:w@a.example\">ask</a> <a href=\"javascript:ftp:;\">no</a>");
  CHECK(post.text == "Reel 1 Reel 2 ask no");
  CHECK(post.links ==
        std::vector<TextLink>{{"magnet:?xt=urn:btih:1", "Reel 1"}, {"ed2k://|file|b|9|/", "Reel 2"}});
}

TEST_CASE("a mention is listed by name and stays in the text") {
  const Post post = read_body("<a href=\"home.php?mod=space&amp;uid=9\">@Ada</a> look, @nobody");
  CHECK(post.text == "@Ada look, @nobody");
  CHECK(post.mentions == std::vector<std::string>{"Ada"});
  CHECK(post.links.empty());
}

TEST_CASE("players become links, without the words for those who cannot play them") {
  const Post post = read_body(
      "a<ignore_js_op><div class=\"media\"><a "
      "href=\"http://v.example/1.mp4\">如果无法播放，请点击此处</a></div></ignore_js_op>"
      "<iframe src=\"//v.example/2\"></iframe><span "
      "id=\"flash_x\"></span><script>document.write(AC_FL_RunContent('width', '500',"
      " 'src', 'http://v.example/3.swf', 'quality', 'high'));</script><embed "
      "src=\"http://v.example/4.swf\">b");
  CHECK(post.text == "ab");
  REQUIRE(post.media.size() == 4);
  std::vector<std::string> urls;
  for (const TextLink& link : post.media) urls.push_back(link.url);
  CHECK(urls == std::vector<std::string>{"http://v.example/1.mp4", "http://v.example/2",
                                         "http://v.example/3.swf", "http://v.example/4.swf"});
}

TEST_CASE("a script's player is the first URL that can be one") {
  std::string broken;
  for (int i = 0; i < 2000; ++i) broken += "=http://[";
  const Post post = read_body("a<script>document.write(AC_FL_RunContent('x" + broken +
                              "', 'src', 'http://v.example/3.swf', 'base', 'http://v.example/'));</script>");
  REQUIRE(post.media.size() == 1);
  CHECK(post.media[0].url == "http://v.example/3.swf");
}

TEST_CASE("markup that the author typed as words is read as words") {
  CHECK(text("&lt;div class=&quot;quote&quot;&gt;no quote&lt;/div&gt; &amp;#128512; 1 << 2 >> 3 [url]") ==
        "<div class=\"quote\">no quote</div> &#128512; 1 << 2 >> 3 [url]");
}

TEST_CASE("a message of fifty thousand lines is read whole") {
  std::string body;
  for (int i = 0; i < 50'000; ++i) body += "row " + std::to_string(i) + "<br />\n";
  const Post post = read_body(body);
  CHECK(std::count(post.text.begin(), post.text.end(), '\n') == 49'999);
}
