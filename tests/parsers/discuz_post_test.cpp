#include "parsers/discuz/post.hpp"

#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using boardwalk::tests::has_flag;
using fixture::read_post;

TEST_CASE("a post has its author with uid, its time to the second and its floor") {
  const Post post = read_post({.pid = "77", .body = "Tea.", .floor = "沙发"});
  CHECK(post.post_id == "77");
  CHECK(post.author == "Wren");
  CHECK(post.author_id == "7");
  CHECK_FALSE(post.anonymous);
  CHECK(post.posted_at->rfc3339() == "2021-03-04T05:06:07+08:00");
  CHECK(post.posted_at->precision == Precision::kSecond);
  CHECK(post.floor == 2);
  CHECK(post.text == "Tea.");
  CHECK(post.site == "hearth.example");
  CHECK(post.software == "Discuz! X3.4");
  CHECK(post.board.id == "12");
  CHECK(post.thread_id == "90");
  CHECK(post.thread_title == "Kettles of the north");
  CHECK(post.page.url == "http://hearth.example/thread-90-1-1.html");
  CHECK(post.parser == discuz_parser_version());
}

TEST_CASE("a profile is known by any spelling of its link") {
  const auto uid = [](const std::string& href) {
    return read_post({.author = "<div class=\"authi\"><a href=\"" + href + "\">Wren</a></div>"})
        .author_id.value_or("none");
  };
  CHECK(uid("home.php?mod=space&amp;uid=31") == "31");
  CHECK(uid("space.php?uid=31") == "31");
  CHECK(uid("../space-uid-31.html") == "31");
  CHECK(uid("suid-31") == "31");
  CHECK(uid("home.php?mod=space&amp;uid=31&amp;do=profile") == "31");
  CHECK(uid("space-username-Wren.html") == "none");
}

TEST_CASE("an author's name comes without hidden labels, and not from the card behind it") {
  const Post post = read_post({.author = "<div class=\"authi\"><a href=\"space-uid-8.html\"><em "
                                         "style=\"display:none\">作者：</em>Ada <b>L</b></a></div>"});
  CHECK(post.author == "Ada L");
  CHECK(post.author_id == "8");
}

TEST_CASE("an anonymous author is told from a guest and from a deleted member") {
  const Post anonymous = read_post({.author = "匿名"});
  CHECK(anonymous.anonymous);
  CHECK_FALSE(anonymous.author);
  CHECK_FALSE(anonymous.author_id);

  const Post guest = read_post({.author = "<a href=\"javascript:;\">匿名 <em>192.0.2.x:99</em></a>"});
  CHECK_FALSE(guest.anonymous);
  CHECK_FALSE(guest.author);
  CHECK(has_flag(guest, "guest"));

  const Post deleted = read_post({.author = "Gone Girl <em>该用户已被删除</em>"});
  CHECK_FALSE(deleted.anonymous);
  CHECK(deleted.author == "Gone Girl");
  CHECK_FALSE(deleted.author_id);
  CHECK(has_flag(deleted, "author_deleted"));
}

TEST_CASE("a name without a link may stand in the line that holds the link of others") {
  const Post deleted = read_post({.author = "<div class=\"authi\">Gone Girl <em>该用户已被删除</em></div>"});
  CHECK(deleted.author == "Gone Girl");
  CHECK(has_flag(deleted, "author_deleted"));
  CHECK(read_post({.author = "<div class=\"authi\">匿名</div>"}).anonymous);
}

TEST_CASE("an anonymous author is known in any language by the same word beside the time") {
  std::string html = fixture::page({.posts = {fixture::post({.author = "ئىسىمسىز"})}});
  html.replace(html.find("<em id=\"authorposton"), 0, "ئىسىمسىز&nbsp;");
  const Post post = fixture::read(html).posts.at(0);
  CHECK(post.anonymous);
  CHECK_FALSE(post.author);
}

TEST_CASE("floors are read from words, numbers and suffixes of any kind") {
  const auto floor = [](const std::string& printed) { return read_post({.floor = printed}).floor; };
  CHECK(floor("楼主") == 1);
  CHECK(floor("樓主") == 1);
  CHECK(floor("沙發") == 2);
  CHECK(floor("沙发#") == 2);
  CHECK(floor("板凳") == 3);
  CHECK(floor("地板") == 4);
  CHECK(floor("<em>15</em><sup>#</sup>") == 15);
  CHECK(floor("<em>15</em>楼") == 15);
  CHECK(floor("15楼") == 15);
  CHECK(floor("<em class=\"replystick\">顶</em> 来自 18#") == 18);
  CHECK_FALSE(discuz::read_floor("kettle"));
  CHECK_FALSE(discuz::read_floor("0#"));
}

TEST_CASE("the real time of a humanised one stands in its title") {
  const Post post = read_post({.time = "发表于 <span title=\"2021-3-9 20:41:02\">昨天&nbsp;20:41</span>"});
  CHECK(post.posted_at->rfc3339() == "2021-03-09T20:41:02+08:00");
}

TEST_CASE("relative words without a title are resolved against the fetch") {
  const Post post = read_post({.time = "发表于 3&nbsp;小时前"});
  CHECK(post.posted_at->rfc3339() == "2021-03-10T09:00:00+08:00");
  CHECK(post.posted_at->precision == Precision::kHour);
}

TEST_CASE("a time keeps clear of nested elements and of a place behind it") {
  CHECK(read_post({.time = "时间：<em>2021-3-9 20:41</em>&nbsp;·&nbsp;江西"}).posted_at->rfc3339() ==
        "2021-03-09T20:41:00+08:00");
}

TEST_CASE("a blocked post has its floor and author, and no words") {
  const Post post =
      read_post({.body = "-", .before = "<div class=\"locked\">提示: <em>该帖被管理员或版主屏蔽</em></div>"});
  CHECK(post.author == "Wren");
  CHECK(post.text.empty());
  CHECK(has_flag(post, "blocked"));
  CHECK_FALSE(has_flag(post, "hidden_part"));
}

TEST_CASE("a banned author's words are blocked as such") {
  for (const char* words :
       {"提示: <em>作者被禁止或删除 内容自动屏蔽</em>", "提示: <em>作者被禁止或刪除 內容自動屏蔽</em>"}) {
    const Post post =
        read_post({.body = "-", .before = std::string("<div class=\"locked\">") + words + "</div>"});
    CHECK(has_flag(post, "author_banned"));
    CHECK_FALSE(has_flag(post, "blocked"));
  }
}

TEST_CASE("a whole post that only the thread's author may see is a hidden part") {
  const Post post = read_post({.body = "-", .before = "<div class=\"locked\">此帖仅作者可见</div>"});
  CHECK(has_flag(post, "hidden_part"));
  CHECK_FALSE(has_flag(post, "blocked"));
}

TEST_CASE(
    "a withheld post in an unknown language is blocked by the mark that Discuz! puts into such notices") {
  CHECK(has_flag(
      read_post({.body = "-", .before = "<div class=\"locked\">ئەسكەرتىش: <em>يوشۇرۇلدى</em></div>"}),
      "blocked"));
}

TEST_CASE("a warning is a flag") {
  const Post post = read_post(
      {.after = "<a href=\"forum.php?mod=misc&amp;action=viewwarning&amp;tid=90&amp;uid=7\">受到警告</a>"});
  CHECK(has_flag(post, "warned"));
}

TEST_CASE("a debater's side is a flag") {
  const Post post =
      read_post({.beside_time = "<label class=\"pdbts pdbts_2\"><a href=\"#\">反方</a></label>"});
  CHECK(has_flag(post, "debate_negative"));
}

TEST_CASE("attachments withheld from guests are noticed and no text") {
  const Post post =
      read_post({.after = "<div class=\"attach_nopermission "
                          "attach_tips\"><h3>本帖子中包含更多资源</h3><p>您需要登录</p></div>"});
  CHECK(post.text == "Tea is ready.");
  REQUIRE(post.attachments.size() == 1);
  CHECK(post.attachments[0].needs_login);
  CHECK_FALSE(post.attachments[0].url);
}

TEST_CASE("attachments listed behind the words are read with size and downloads") {
  const Post post = read_post(
      {.after =
           "<div class=\"pattl\"><ignore_js_op><dl class=\"tattl attm\"><dt></dt><dd><p class=\"mbn\"><a "
           "href=\"forum.php?mod=attachment&amp;aid=9\" id=\"aid9\">lid.jpg</a> <em class=\"xg1\">(1.5 MB, "
           "下载次数: 12)</em></p>"
           "<div class=\"tip tip_4\" style=\"display: none\"><a "
           "href=\"forum.php?mod=attachment&amp;aid=9\">下载附件</a></div>"
           "<img src=\"none.gif\" file=\"data/lid.jpg\" alt=\"lid.jpg\"></dd></dl></ignore_js_op>"
           "<ignore_js_op><dl class=\"tattl\"><dt><img src=\"static/image/filetype/zip.gif\"></dt><dd><p "
           "class=\"attnm\"><a "
           "href=\"forum.php?mod=attachment&amp;aid=10\">all.zip</a></p><p>20 KB, 下载次数: "
           "17</p></dd></dl></ignore_js_op></div>"});
  CHECK(post.text == "Tea is ready.");
  REQUIRE(post.attachments.size() == 2);
  CHECK(post.attachments[0].name == "lid.jpg");
  CHECK(post.attachments[0].size == "1.5 MB");
  CHECK(post.attachments[0].downloads == 12);
  CHECK(post.attachments[1].name == "all.zip");
  CHECK(post.attachments[1].url == "http://hearth.example/forum.php?mod=attachment&aid=10");
  CHECK(post.attachments[1].size == "20 KB");
  CHECK(post.attachments[1].downloads == 17);
  REQUIRE(post.images.size() == 1);
  CHECK(post.images[0].caption == "lid.jpg");
}

TEST_CASE("the size of an attachment is the number with a unit, behind any other numbers") {
  const auto size = [](const std::string& words) {
    const Post post =
        read_post({.after = "<div class=\"postattachlist\"><dl class=\"t_attachlist\"><dd><p><a "
                            "href=\"attachment.php?aid=7\">lid.zip</a><em>" +
                            words + "</em></p></dd></dl></div>"});
    REQUIRE(post.attachments.size() == 1);
    return post.attachments[0].size.value_or("none");
  };
  std::string digits;
  for (int i = 0; i < 2000; ++i) digits += "1,";
  CHECK(size("(" + digits + " 1,234.5 KB)") == "1,234.5 KB");
  CHECK(size(digits) == "none");
  CHECK(size("(zip,33 KB)") == "33 KB");
}

TEST_CASE("ratings of the table have rater, amount, unit and reason") {
  const Post post =
      read_post({.below = "<dl id=\"ratelog_501\" class=\"rate\"><dd><table class=\"ratl\"><tr><th><a "
                          "href=\"#\">参与人数 <span>2</span></a></th>"
                          "<th>Steam <i><span>+4</span></i></th><th>Coal <i><span>-1</span></i></th><th><a "
                          "href=\"#\">收起</a><i>理由</i></th></tr>"
                          "<tbody><tr id=\"rate_501_8\"><td><a href=\"space-uid-8.html\"><img></a> <a "
                          "href=\"space-uid-8.html\">Ada</a></td>"
                          "<td class=\"xi1\"> + 4</td><td class=\"xg1\"> -1</td><td>So &amp;amp; so</td></tr>"
                          "<tr id=\"rate_501_9\"><td><a href=\"space-uid-9.html\">Tom</a></td><td></td><td> "
                          "+ 2</td><td></td></tr></tbody></table></dd></dl>"});
  REQUIRE(post.ratings.size() == 3);
  CHECK(post.ratings[0].by == "Ada");
  CHECK(post.ratings[0].by_id == "8");
  CHECK(post.ratings[0].amount == "+4");
  CHECK(post.ratings[0].unit == "Steam");
  CHECK(post.ratings[0].reason == "So & so");
  CHECK(post.ratings[1].amount == "-1");
  CHECK(post.ratings[1].unit == "Coal");
  CHECK(post.ratings[2].by == "Tom");
  CHECK(post.ratings[2].unit == "Coal");
  CHECK_FALSE(post.ratings[2].reason);
}

TEST_CASE("ratings of tables that stand inside another one have the units of their own") {
  const auto row = [](const std::string& uid) {
    return "<tr id=\"rate_501_" + uid + "\"><td><a href=\"space-uid-" + uid + ".html\">U" + uid +
           "</a></td><td> + 4</td><td></td></tr>";
  };
  const std::string inner =
      "<tr><td><table><tr><th>Coal <i>-1</i></th></tr>" + row("9") + "</table></td></tr>";
  const Post post =
      read_post({.below = "<dl id=\"ratelog_501\" class=\"rate\"><dd><table><tr><th>Steam "
                          "<i>+4</i></th></tr>" +
                          row("8") + inner + row("10") + inner + row("11") + "</table></dd></dl>"});
  std::vector<std::string> units;
  for (const Rating& rating : post.ratings) units.push_back(rating.unit.value_or("none"));
  CHECK(units == std::vector<std::string>{"Steam", "Coal", "Steam", "Coal", "Steam"});
}

TEST_CASE("ratings shown as avatars have their reason in a tip, escaped twice") {
  const Post post =
      read_post({.below = "<dl id=\"ratelog_501\" class=\"rate\"><dd><ul><li><p id=\"rate_501_8\" "
                          "onmouseover=\"showTip(this)\" "
                          "tip=\"<strong>Hot &amp;lt;b&amp;gt;!</strong>&nbsp;<em class='xi1'>Steam + 4 "
                          "</em><span>Coal -1 </span>\">"
                          "<a href=\"home.php?mod=space&amp;uid=8\"><img></a></p><p><a "
                          "href=\"home.php?mod=space&amp;uid=8\">Ada</a></p></li></ul></dd></dl>"});
  REQUIRE(post.ratings.size() == 2);
  CHECK(post.ratings[0].by == "Ada");
  CHECK(post.ratings[0].reason == "Hot <b>!");
  CHECK(post.ratings[0].unit == "Steam");
  CHECK(post.ratings[0].amount == "+4");
  CHECK(post.ratings[1].unit == "Coal");
  CHECK(post.ratings[1].amount == "-1");
}

TEST_CASE("comments have author, time and words, and tell when there are more") {
  const std::string one =
      "<div class=\"pstl xs1 cl\"><div class=\"psta vm\"><a href=\"space-uid-8.html\"><img></a> <a "
      "href=\"space-uid-8.html\" "
      "class=\"xi2 xw1\">Ada</a></div><div class=\"psti\">Lovely &amp; hot &lt;steam&gt;&nbsp;<span "
      "class=\"xg1\">发表于 2021-3-5 "
      "07:08</span></div></div>";
  const Post few =
      read_post({.below = "<div id=\"comment_501\" class=\"cm\"><h3>点评</h3>" + one + "</div>"});
  REQUIRE(few.comments.size() == 1);
  CHECK(few.comments[0].author == "Ada");
  CHECK(few.comments[0].author_id == "8");
  CHECK(few.comments[0].text == "Lovely & hot <steam>");
  CHECK(few.comments[0].posted_at->rfc3339() == "2021-03-05T07:08:00+08:00");
  CHECK_FALSE(few.comments_paged);
  const Post many = read_post({.below = "<div id=\"comment_501\" class=\"cm\">" + one + one +
                                        "<div class=\"pgs\"><div class=\"pg\"><a class=\"nxt\" "
                                        "href=\"javascript:;\">下一页</a></div></div></div>"});
  CHECK(many.comments.size() == 2);
  CHECK(many.comments_paged);
}

TEST_CASE("a guest's comment has no author") {
  const Post post = read_post(
      {.below = "<div id=\"comment_501\" class=\"cm\"><div class=\"pstl\"><div class=\"psta\">游客</div><div "
                "class=\"psti\">Hot</div></div></div>"});
  REQUIRE(post.comments.size() == 1);
  CHECK_FALSE(post.comments[0].author);
  CHECK(post.comments[0].text == "Hot");
}
