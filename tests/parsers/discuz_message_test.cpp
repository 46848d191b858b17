#include <catch2/catch.hpp>

#include "tests/parsers/discuz_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

std::string x_message(const std::string& words, const std::string& kind = "alert_error") {
  return x_page(
      "viewthread",
      R"(<div id="main_succeed" style="display: none"><div class="alert_right"><p id="succeedmessage"></p></div></div>
<div id="main_message"><div id="messagetext" class=")" +
          kind + "\"><p>" + words + R"(</p>
<script type="text/javascript">document.write('<p class="alert_btnleft">back</p>');</script>
<p class="alert_btnleft"><a href="./">[ back to the quay ]</a></p></div></div>)");
}

Outcome outcome_of(const std::string& words) {
  const ParsedPage page = parse("http://bbs.example.cn/thread-5-1-1.html", x_message(words));
  CHECK(page.kind == PageKind::kMessage);
  CHECK(page.detail == words);
  return page.outcome;
}

}  // namespace

TEST_CASE("a message page's outcome is what its words mean") {
  struct Case {
    std::string words;
    Outcome outcome;
  };
  const std::vector<Case> cases{
      {"您没有权限进入这个码头版块", Outcome::kDenied},
      {"你沒有權限進入這個碼頭版塊", Outcome::kDenied},
      {"看这个帖子要先登录", Outcome::kDenied},
      {"請先登錄再看這個帖子", Outcome::kDenied},
      {"阅读权限高于 60 的人才能看", Outcome::kDenied},
      {"这个版块已经关闭了", Outcome::kDenied},
      {"這個版塊已經關閉了", Outcome::kDenied},
      {"帖子还在审核，请等一等", Outcome::kDenied},
      {"这个版块要输入密码", Outcome::kDenied},
      {"看本帖需要付费 5 元", Outcome::kDenied},
      {"这个版块不存在", Outcome::kNotFound},
      {"指定的主題不存在或已被刪除或正在被審核", Outcome::kNotFound},
      {"没有找到您要的东西", Outcome::kNotFound},
      {"您要看的码头版块无效", Outcome::kNotFound},
      {"登录状态无效了，请重新登录", Outcome::kDenied},
      {"您的 IP 地址无效，不能上船", Outcome::kDenied},
      {"现在繁忙，找不到能用的服务器", Outcome::kDenied},
      {"未找到這位水手，請稍後再試", Outcome::kDenied},
      {"没有找到这条船，码头将稍后自动跳转", Outcome::kNotFound},
      {"这个链接无效，请稍候，页面就要跳转", Outcome::kNotFound},
      {"找不到这个帖子，稍后自动返回码头", Outcome::kNotFound},
      {"没有比当前更旧的主题", Outcome::kNotFound},
      {"这个帖子昨天已被删除", Outcome::kGone},
      {"這個帖子昨天已被刪除", Outcome::kGone},
      {"抱歉，该帖被管理员删除", Outcome::kGone},
      {"對不起，本帖被版主刪除", Outcome::kGone},
      {"The thread does not exist", Outcome::kNotFound},
      {"You need permission for this", Outcome::kDenied},
      {"some words that no table knows", Outcome::kDenied},
  };
  for (const Case& one : cases) {
    INFO(one.words);
    CHECK(outcome_of(one.words) == one.outcome);
  }
}

TEST_CASE("a message of success denies nothing") {
  const ParsedPage page = parse("http://bbs.example.cn/", x_message("登录成功，正在回到码头", "alert_right"));
  CHECK(page.kind == PageKind::kMessage);
  CHECK(page.outcome == Outcome::kOk);
}

TEST_CASE("a page that asks for a board's password is denied, in the page's words") {
  const ParsedPage page =
      parse("http://bbs.example.cn/forum-9-1.html",
            x_page("forumdisplay", R"(<div id="pt"><a href="forum-9-1.html">Cellar</a></div>
<div class="f_c"><h3>这个版块锁着，请给出口令</h3><div class="o"><form method="post" action="forum.php?mod=forumdisplay&amp;fid=9&amp;action=pwverify">
<input type="password" name="pw"/></form></div></div>)"));
  CHECK(page.kind == PageKind::kMessage);
  CHECK(page.outcome == Outcome::kDenied);
  CHECK(page.detail == "这个版块锁着，请给出口令");
}

TEST_CASE("message pages of 7.x and 6.x") {
  const ParsedPage seven =
      parse("http://bbs.example.cn/viewthread.php?tid=5", old_page(R"(<div class="fcontent alert_win">
<h3 class="float_ctrl"><em>提示</em></h3><div class="postbox"><div class="alert_error"><p>这个主题不存在，回去吧</p></div></div></div>)"));
  CHECK(seven.kind == PageKind::kMessage);
  CHECK(seven.outcome == Outcome::kNotFound);
  CHECK(seven.detail == "这个主题不存在，回去吧");
  const ParsedPage six = parse(
      "http://bbs.example.cn/viewthread.php?tid=5",
      old_page(R"(<div class="box message"><h1>提示</h1><p>您还没有登录，不能进来</p></div>)", "6.0.0"));
  CHECK(six.kind == PageKind::kMessage);
  CHECK(six.outcome == Outcome::kDenied);
  CHECK(six.detail == "您还没有登录，不能进来");
}

TEST_CASE("the mobile template's message page") {
  const ParsedPage page =
      parse("http://bbs.example.cn/forum.php?mod=viewthread&tid=5&mobile=2", R"(<html><head>
<meta name="format-detection" content="telephone=no"/><script>var STYLEID='1', discuz_uid='0', cookiepre='a';</script></head>
<body id="forum" class="pg_viewthread"><div class="jump_c"><p>抱歉，你没有权限看这里</p></div><a href="forum.php?mobile=no">x</a></body></html>)");
  CHECK(page.kind == PageKind::kMessage);
  CHECK(page.outcome == Outcome::kDenied);
}
