// Files and pictures attached to a post, that stand among its words.
#include <catch2/catch.hpp>

#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace std::string_literals;
using fixture::lines;
using fixture::read_body;

TEST_CASE("a picture attached among the words is image and attachment, its tip no text") {
  const Post post = read_body(
      "Before<br /><ignore_js_op><img id=\"aimg_8\" aid=\"8\" src=\"static/image/common/none.gif\" "
      "zoomfile=\"data/8.jpg\" "
      "file=\"data/8.jpg\"><div class=\"tip tip_4 aimg_tip\" id=\"aimg_8_menu\" style=\"position: absolute; "
      "display: none\">"
      "<div class=\"xs0\"><p><strong>spout.jpg</strong> <em class=\"xg1\">(12.5 KB, 下载次数: 31)</em></p>"
      "<p><a href=\"forum.php?mod=attachment&amp;aid=OHw\">下载附件</a></p></div></div></ignore_js_op><br "
      "/>After");
  CHECK(lines(post.text) == "Before/After");
  REQUIRE(post.images.size() == 1);
  CHECK(post.images[0].url == "http://hearth.example/data/8.jpg");
  CHECK(post.images[0].caption == "spout.jpg");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "spout.jpg");
  CHECK(post.attachments[0].url == "http://hearth.example/data/8.jpg");
  CHECK(post.attachments[0].size == "12.5 KB");
  CHECK(post.attachments[0].downloads == 31);
}

TEST_CASE("an attached file keeps its number, not the token that changes at every fetch") {
  // base64 of "310|7d49d6e0|1795355394|0|1139"
  const Post post = read_body(
      "<ignore_js_op><img src=\"static/image/filetype/pdf.gif\"><span id=\"attach_310\"><a "
      "href=\"forum.php?mod=attachment&amp;aid=MzEwfDdkNDlkNmUwfDE3OTUzNTUzOTR8MHwxMTM5\">plan.pdf</a>"
      "<em class=\"xg1\">(33 KB, 下载次数: 2)</em></span></ignore_js_op>Take it.");
  CHECK(post.text == "Take it.");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "plan.pdf");
  CHECK(post.attachments[0].url == "http://hearth.example/forum.php?mod=attachment&aid=310");
  CHECK(post.attachments[0].downloads == 2);
  CHECK(post.images.empty());
}

TEST_CASE("an attachment of 7.x among the words takes its bare size along") {
  const Post post = read_body(
      "Here <span id=\"attach_5\"><img src=\"images/attachicons/zip.gif\"><a "
      "href=\"attachment.php?aid=5\">set.zip</a></span>"
      " (60.11 KB) <div class=\"t_attach\" id=\"attach_5_menu\">下载次数:7</div>and (9 KB) more.");
  CHECK(lines(post.text) == "Here/and (9 KB) more.");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "set.zip");
  CHECK(post.attachments[0].url == "http://hearth.example/attachment.php?aid=5");
}

TEST_CASE("a file for sale has name, size and downloads, but no URL") {
  const std::string buy = R"(<a href="forum.php?mod=misc&amp;action=attachpay&amp;aid=78&amp;tid=90">)";
  const std::string log = R"(<a href="forum.php?mod=misc&amp;action=viewattachpayments&amp;aid=78">记录</a>)";
  for (const std::string& body :
       {"Here: <ignore_js_op><span id=\"attach_78\">" + buy +
            "set.zip</a><em class=\"xg1\">(12.3 KB, 下载次数: 9, 售价: 5 金钱)</em></span><div class=\"tip\" "
            "id=\"attach_78_menu\" style=\"display: none\"><p>售价: 5 金钱 [" +
            buy + "购买</a>]</p></div></ignore_js_op>",
        "Here: <div class=\"pattl\"><ignore_js_op><dl class=\"tattl\"><dt></dt><dd><p class=\"attnm\">" +
            buy + "set.zip</a></p><p>12.3 KB, 下载次数: 9</p><p>售价: <strong>5 金钱</strong> &nbsp;[" + log +
            "]&nbsp;[" + buy + "购买</a>]</p></dd></dl></ignore_js_op></div>",
        "Here: <div class=\"postattachlist\"><dl class=\"t_attachlist\"><dt><a "
        "href=\"misc.php?action=attachpay&amp;aid=78&amp;tid=90\">set.zip</a> <em>(12.3 KB)</em></dt><dd><p>"
        "2009-5-1 10:00, 下载次数: 9</p></dd></dl></div>"s}) {
    INFO(body);
    const Post post = read_body(body);
    CHECK(post.text == "Here:");
    CHECK(post.links.empty());
    REQUIRE(post.attachments.size() == 1);
    CHECK(post.attachments[0].name == "set.zip");
    CHECK_FALSE(post.attachments[0].url);
    CHECK(post.attachments[0].size == "12.3 KB");
    CHECK(post.attachments[0].downloads == 9);
    CHECK(post.attachments[0].needs_login);
  }
}

TEST_CASE("a file that was paid for has its own link, whatever stands beside its price") {
  const Post post = read_body(
      "<div class=\"pattl\"><dl class=\"tattl\"><dd><p><a "
      "href=\"forum.php?mod=attachment&amp;aid=78\">set.zip</a></p><p>12.3 KB</p><p>售价: 5 金钱 [<a "
      "href=\"forum.php?mod=misc&amp;action=attachpay&amp;aid=78\">购买</a>]</p></dd></dl></div>");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].name == "set.zip");
  CHECK(post.attachments[0].url == "http://hearth.example/forum.php?mod=attachment&aid=78");
  CHECK_FALSE(post.attachments[0].needs_login);
}

TEST_CASE("words behind an attachment whose tip was left open are still the author's") {
  const Post post = read_body(
      "Before<ignore_js_op><span id=\"attach_4\"><a "
      "href=\"forum.php?mod=attachment&amp;aid=4\">a.pdf</a></span>"
      "<div class=\"tip\" style=\"display: none\"><div class=\"tip_c\">click</ignore_js_op><br />After "
      "<b>all</b><br />End");
  CHECK(lines(post.text) == "Before/After all/End");
  CHECK(post.attachments.size() == 1);
}
