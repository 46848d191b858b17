#include <catch2/catch.hpp>

#include "parsers/page_key.hpp"
#include "tests/parsers/discuz_fixture.hpp"
#include "tests/parsers/thread_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

namespace {

const std::string kVariables = "<script>var STYLEID = '1', discuz_uid = '0', cookiepre = 'a_';</script>";
const std::string kList =
    "<table summary=\"forum_11\"><tbody id=\"normalthread_70\"><tr><th><a href=\"thread-70-1-1.html\" "
    "class=\"xst\">T</a></th></tr></tbody></table>";

}  // namespace

TEST_CASE("one sign alone makes no page Discuz!'s") {
  for (const std::string& body :
       {std::string("<meta name=\"generator\" content=\"Discuz! X3.4\">"), kVariables,
        std::string("<p>Powered by Discuz! X3.4 was the forum's footer for years.</p>"),
        std::string("<a href=\"forum.php?mod=viewthread&tid=1\">a</a>")}) {
    INFO(body);
    CHECK(parse("http://news.example.cn/1.html", "<html><body>" + body + "</body></html>").software.empty());
  }
}

TEST_CASE("a theme without generator and footer is known by variables and numbered ids") {
  const ParsedPage page = parse("http://bbs.example.cn/forum-11-1.html",
                                "<html><head>" + kVariables + "</head><body>" + kList + "</body></html>");
  CHECK(page.software == "Discuz!");
  CHECK(page.kind == PageKind::kBoard);
}

TEST_CASE("a list of threads in a frame that calls every page a thread's is a board's page all the same") {
  const ParsedPage page = parse("http://bbs.example.cn/forum-11-1.html", x_page("viewthread", kList));
  CHECK(page.kind == PageKind::kBoard);
  CHECK(page.threads.size() == 1);
  const ParsedPage cut = parse("http://bbs.example.cn/thread-70-1-1.html", x_page("viewthread", ""));
  CHECK(cut.kind != PageKind::kBoard);
}

TEST_CASE(
    "tables of boards without a number are a front page's in a frame that calls every page a thread's too") {
  const std::string table =
      "<table class=\"fl_tb\"><tr><td><h2><a href=\"forum-2-1.html\">Boats</a></h2></td>"
      "<td class=\"fl_i\"><span>3</span><span> / 17</span></td></tr></table>";
  const ParsedPage page = parse("http://bbs.example.cn/index.html", x_page("viewthread", table));
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kIndex);
  REQUIRE(page.boards.size() == 1);
  CHECK(page.boards.front().name == "Boats");
  CHECK(page.boards.front().posts == 17);
  const ParsedPage changed = parse("http://bbs.example.cn/thread-70-1-1.html", x_page("viewthread", table));
  CHECK(changed.outcome == Outcome::kUnreadable);
}

TEST_CASE("the version comes from a renamed generator or the footer too") {
  const auto software = [](const std::string& head, const std::string& foot) {
    return parse("http://bbs.example.cn/",
                 "<html><head>" + kVariables + head + "</head><body>" + kList + foot + "</body></html>")
        .software;
  };
  CHECK(software("<meta name=\"generator\" content=\"Harbour X3.5\">", "") == "Discuz! X3.5");
  CHECK(software("<meta name=\"generator\" content=\"Our own team\">",
                 "<p>Powered by <b>Discuz!</b> <em>X2.5</em></p>") == "Discuz! X2.5");
  CHECK(software("", "<p>Powered by <a>Discuz!</a> <em>7.2</em> &copy; 2001-2009</p>") == "Discuz! 7.2");
  CHECK(software("", "<p>Powered by <a>Discuz!</a> &copy; 2001-2009</p>") == "Discuz!");
}

TEST_CASE("times are in the zone that the footer prints") {
  const auto created = [](const std::string& zone) {
    std::string html =
        x_page("forumdisplay",
               "<table summary=\"forum_11\"><tbody id=\"normalthread_70\"><tr><th><a "
               "href=\"thread-70-1-1.html\" class=\"xst\">T</a></th>"
               "<td class=\"by\"><cite><a href=\"space-uid-5.html\">Ida</a></cite><em>2026-3-1 "
               "08:30</em></td></tr></tbody></table>");
    html.replace(html.find("GMT+8"), 5, zone);
    return parse("http://bbs.example.cn/forum-11-1.html", html).threads.at(0).created_at->rfc3339();
  };
  CHECK(created("GMT+8") == "2026-03-01T08:30:00+08:00");
  CHECK(created("GMT-5") == "2026-03-01T08:30:00-05:00");
  CHECK(created("GMT+5.5") == "2026-03-01T08:30:00+05:30");
  CHECK(created("GMT") == "2026-03-01T08:30:00+00:00");
}

TEST_CASE("a zone stands before a date or time in a footer of any version, and nowhere else") {
  const auto posted = [](const std::string& words, const std::string& foot) {
    std::string html = fixture::page(
        {.posts = {fixture::post({.body = words}), fixture::post({.pid = "502", .floor = "沙发"})}});
    html.replace(html.rfind("Powered by"), 0, "<p>" + foot + "</p>");
    return parse("http://hearth.example/thread-90-1-1.html", html).posts.at(0).posted_at->rfc3339();
  };
  const std::string home = "2021-03-04T05:06:07+08:00";
  CHECK(posted("比赛在 GMT-5 时间晚上开始", "") == home);
  CHECK(posted("现在是 GMT-5, 2021-3-4 20:00", "") == home);
  CHECK(posted("Tea.", "Tea at five GMT-5, at six GMT-6.") == home);
  for (const std::string foot :
       {"GMT+9, 2021-3-4 12:00", "当前时区 GMT+9, 现在时间是 2021-3-4 12:00", "GMT+9, 2021年3月4日 12:00",
        "All times are GMT+9, the time now is 03-04-2021 12:00 PM", "(GMT+9), GMT+9 , 2021/3/4",
        "<span>GMT+9</span>, <em>2021-3-4 12:00</em>"}) {
    INFO(foot);
    CHECK(posted("In GMT-5, 2021-3-4 20:00.", foot) == "2021-03-04T05:06:07+09:00");
  }
  CHECK(posted("Tea.", "GMT, 2021-3-4 12:00") == "2021-03-04T05:06:07+00:00");
  CHECK(posted("Tea.", "GMT+5:30, 2021-3-4 12:00") == "2021-03-04T05:06:07+05:30");
}

TEST_CASE("a zone in the words of an archived post is none of the forum's") {
  const ParsedPage page = parse(
      "http://bbs.example.cn/archiver/tid-70.html",
      R"(<html><head><meta name="generator" content="Discuz! X3.4"></head><body><div id="nav"><a href="./">Harbour</a> &rsaquo;
<a href="fid-11.html">Boats</a> &rsaquo; <a href="tid-70.html">Oars</a></div><div id="content"><p class="author"><strong>Ida</strong>
发表于 2026-3-1 08:30</p><h3>Oars</h3>Now GMT-5, 2026-2-28 19:30.</div><div id="end">Powered by Discuz! X3.4</div></body></html>)");
  CHECK(page.kind == PageKind::kArchiver);
  REQUIRE(page.posts.size() == 1);
  CHECK(page.posts[0].posted_at->rfc3339() == "2026-03-01T08:30:00+08:00");
}

TEST_CASE("what kind a page is the page says, not its URL") {
  const ParsedPage page = parse("http://bbs.example.cn/thread-5-1-1.html", x_page("forumdisplay", kList));
  CHECK(page.kind == PageKind::kBoard);
}

TEST_CASE("profiles, searches and logins are told apart and give only links") {
  CHECK(parse("http://bbs.example.cn/space-uid-5.html", x_page("space", "<h2>Ida</h2>")).kind ==
        PageKind::kProfile);
  for (const std::string kind : {"logging", "register", "search", "tag", "guide"}) {
    const ParsedPage page =
        parse("http://bbs.example.cn/member.php?mod=x", x_page(kind, "<a href=\"forum-11-1.html\">b</a>"));
    CHECK(page.kind == PageKind::kOther);
    CHECK(page.outcome == Outcome::kOk);
    CHECK(link_to(page, "http://bbs.example.cn/forum-11-1.html"));
  }
}

TEST_CASE("a Discuz! page that lost its landmarks is unreadable and names them") {
  struct Case {
    std::string url, page_class, detail;
  };
  const std::vector<Case> cases{
      {"http://bbs.example.cn/thread-5-1-1.html", "viewthread",
       "a thread page without posts (no pidN, no post_N)"},
      {"http://bbs.example.cn/thread-5-1-1.html", "theme",
       "a thread page without posts (no pidN, no post_N)"},
      {"http://bbs.example.cn/forum-5-1.html", "theme",
       "a board page without rows (no normalthread_N, no thread list)"},
      {"http://bbs.example.cn/forum.php", "index", "a front page without boards (no category_N)"},
  };
  for (const Case& one : cases) {
    INFO(one.url << ' ' << one.page_class);
    const ParsedPage page = parse(one.url, x_page(one.page_class, "<p>all new</p>"));
    CHECK(page.outcome == Outcome::kUnreadable);
    CHECK(page.detail == one.detail);
    CHECK(page.software == "Discuz! X3.4");
  }
}

TEST_CASE("the portal's pages are left to the reader of news") {
  const ParsedPage page = parse("http://bbs.example.cn/article-5-1.html", x_page("view", "<h1>Regatta</h1>"));
  CHECK(page.software.empty());
}

TEST_CASE("the front pages of the portal and of groups hold no board and are no changed template") {
  const auto front = [](const std::string& section) {
    std::string html = x_page("index", "<a href=\"thread-5-1-1.html\">Regatta</a>");
    html.replace(html.find("nv_forum"), 8, "nv_" + section);
    return parse("http://bbs.example.cn/", html);
  };
  for (const char* section : {"portal", "group"}) {
    const ParsedPage page = front(section);
    CHECK(page.outcome == Outcome::kOk);
    CHECK(page.boards.empty());
    REQUIRE(link_to(page, "http://bbs.example.cn/thread-5-1-1.html"));
    CHECK(link_to(page, "http://bbs.example.cn/thread-5-1-1.html")->role == LinkRole::kThread);
  }
  CHECK(front("forum").outcome == Outcome::kUnreadable);
}

TEST_CASE("Discuz!'s own error page is unreadable, with its words, whatever it stands for") {
  const auto error = [](const std::string& html) {
    const ParsedPage page = parse("http://bbs.example.cn/thread-5-1-1.html", html);
    CHECK(page.outcome == Outcome::kUnreadable);
    CHECK(page.kind == PageKind::kOther);
    CHECK(page.articles.empty());
    CHECK(page.threads.empty());
    CHECK(page.links.empty());
    return page.detail;
  };
  const auto x = [](const std::string& name, const std::string& words) {
    return "<!DOCTYPE html><html><head><title>bbs.example.cn - " + name +
           "</title><style>h1 { color: red }</style></head><body><div id=\"container\"><h1>Discuz! " + name +
           "</h1><div class='info'>" + words +
           "</div><div class=\"help\"><a href=\"http://bbs.example.cn\">bbs.example.cn</a> "
           "已经将此出错信息详细记录</div></div></body></html>";
  };
  CHECK(error(x("Database Error", "(2002) No such file")) ==
        "Discuz! Database Error (2002) No such file bbs.example.cn 已经将此出错信息详细记录");
  CHECK(error("Warning: mysql_connect() failed<br>" + x("Database Error", "(2002) No such file"))
            .starts_with("Warning: mysql_connect() failed"));
  CHECK(error(x("System Error", "Template file is missing")).starts_with("Discuz! System Error Template"));
  CHECK(error(x("Database Error", std::string(975, 'x') + "词")).size() == 998);
  CHECK(error("<p style=\"font-size: 11px\"><b>Discuz! info</b>: MySQL Query Error<br />\n<br />\n"
              "<b>Time</b>: 2026-3-5 4:00am<br />\n<b>Script</b>: /viewthread.php</p>") ==
        "Discuz! info: MySQL Query Error Time: 2026-3-5 4:00am Script: /viewthread.php");
}

TEST_CASE("a page that tells of Discuz!'s errors is none of them") {
  const std::string told =
      "<p>Discuz! Database Error: (2002) No such file. Discuz! info: Can not connect to MySQL server.</p>";
  CHECK(
      parse("http://bbs.example.cn/thread-90-1-1.html",
            fixture::page({.posts = {fixture::post({.body = told})},
                           .heading = "<h1><span id=\"thread_subject\">Discuz! Database Error</span></h1>"}))
          .outcome == Outcome::kOk);
  for (const std::string head : {"<title>Discuz! Database Error - Help</title>", "<title>Help</title>"})
    CHECK(parse("http://help.example.cn/1.html",
                "<html><head>" + head + "</head><body><h1>Discuz! Database Error</h1>" + told)
              .software.empty());
  CHECK(parse("http://help.example.cn/2.html", "<html><body><p>Harbour help</p>" + told).software.empty());
}

TEST_CASE("a lone script that sets a cookie or _dsign and loads the page again is a challenge") {
  for (const std::string body :
       {"<script>document.cookie='pass=7; path=/'; location.reload();</script>",
        "<script>var a='/thread-5-1-1.html?_dsign=81f0'; location.href=a;</script>",
        "<script>var q=['lo','ca','tion'];var "
        "w='assi'+'gn';window[q.join('')][w]('/thr'+'ead-5-1-1.html?'+'_ds'+'ign=12cd34ef56789a');var "
        "z1='pad',z2='pad';</script>"}) {
    INFO(body);
    const ParsedPage page = parse("http://bbs.example.cn/thread-5-1-1.html",
                                  "<html><body>" + std::string(body) + "</body></html>");
    CHECK(page.outcome == Outcome::kChallenge);
    CHECK(page.kind == PageKind::kOther);
    CHECK_FALSE(page.detail.empty());
  }
}

TEST_CASE("a notice in words alone that loads itself again is a challenge") {
  const auto read = [](const std::string& script, const std::string& head, const std::string& more) {
    return parse("http://bbs.example.cn/thread-5-1-1.html",
                 "<html><head><title>页面重载开启</title>" + head +
                     "</head><body bgcolor=\"#FFFFFF\"><script>" + script +
                     "</script><p><b>页面重载开启</b></p><p>欢迎光临本站，页面正在重新载入，请稍候 ...</p>" +
                     more + "</body></html>");
  };
  const auto outcome = [&read](const std::string& script, const std::string& head, const std::string& more) {
    return read(script, head, more).outcome;
  };
  const std::string reload =
      "function reload() { document.location.reload(); } setTimeout(\"reload()\", 1001);";
  CHECK(outcome(reload, "", "") == Outcome::kChallenge);
  CHECK(read(reload, "", "").reload);
  CHECK_FALSE(read("document.cookie = 'a=1'; location.reload();", "", "").reload);
  CHECK(parse("http://bbs.example.cn/tile.html", "<html><head><title>港口水温</title></head><body><script>" +
                                                     reload + "</script>23 °C</body></html>")
            .outcome != Outcome::kChallenge);
  CHECK(outcome("go();", "", "") != Outcome::kChallenge);
  CHECK(outcome(reload + std::string(600, ' '), "", "") != Outcome::kChallenge);
  CHECK(outcome(reload, "<script src=\"/app.js\"></script>", "") != Outcome::kChallenge);
  CHECK(outcome(reload, "<link rel=\"stylesheet\" href=\"/a.css\">", "") != Outcome::kChallenge);
  for (const std::string more :
       {"<a href=\"/\">首页</a>", "<form action=\"/s\"></form>", "<img src=\"/a.png\">"})
    CHECK(outcome(reload, "", more) != Outcome::kChallenge);
  std::string words = "<p>";
  for (int i = 0; i < 10; ++i) words += "码头昨日开放。";
  CHECK(outcome(reload, "", words + "</p>") != Outcome::kChallenge);
}

TEST_CASE("waiting rooms and proofs of humanity are challenges") {
  for (const std::string words :
       {"安全验证：请拖动滑块", "Just a moment...", "访客太多，排队等候中", "正在進行人機驗證"}) {
    INFO(words);
    const ParsedPage page =
        parse("http://bbs.example.cn/",
              "<html><head><title>" + words +
                  "</title><script src=\"/c.js\"></script></head><body><div id=\"box\"></div></body></html>");
    CHECK(page.outcome == Outcome::kChallenge);
  }
}

TEST_CASE("a short notice that tells of checks and queues is no challenge without means to get on") {
  const auto is_challenge = [](const std::string& words, const std::string& means) {
    return parse("http://news.example.cn/1.html", "<html><head>" + means + "</head><body><h1>" + words +
                                                      "</h1><p>码头昨日开放。</p></body></html>")
               .outcome == Outcome::kChallenge;
  };
  for (const std::string words : {"港口局开展节前安全检查", "游客排队等候登船", "码头等候室启用",
                                  "DDoS 攻击已经平息", "港口推出安全驗證"}) {
    INFO(words);
    for (const std::string none : {"", "<script> </script>", "<link rel=\"stylesheet\" href=\"/a.css\">",
                                   "<meta http-equiv=\"Content-Type\" content=\"text/html\">"})
      CHECK_FALSE(is_challenge(words, none));
    for (const std::string means :
         {"<script>go()</script>", "<script src=\"/c.js\"></script>", "<iframe src=\"/c\"></iframe>",
          "<meta http-equiv=\"Refresh\" content=\"5\">", "<form action=\"/c\"></form>"})
      CHECK(is_challenge(words, means));
  }
  CHECK(is_challenge("Checking your browser", ""));
  CHECK(is_challenge("请完成人机验证", ""));
}

TEST_CASE("a page with words of its own is no challenge, whatever it tells of") {
  std::string story = "<p>";
  for (int i = 0; i < 60; ++i) story += "The report tells how 安全验证 pages came to be. ";
  CHECK(parse("http://news.example.cn/1.html", "<html><body><h1>Report</h1>" + story + "</p></body></html>")
            .outcome != Outcome::kChallenge);
  CHECK(parse("http://news.example.cn/2.html",
              "<html><head><script src=\"/app.js\"></script></head><body><div id=\"root\"></div>"
              "<script>window.__STATE__={location:'x',pad:'"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'};</script></"
              "body></html>")
            .outcome != Outcome::kChallenge);
}

TEST_CASE("WML for the telephones of old is told from HTML, and never followed") {
  const std::string card =
      "<card id=\"main\" title=\"Sails\"><p><a href=\"forum.php?mod=viewthread&amp;tid=7&amp;mobile=3\">Red "
      "ones</a></p></card></wml>";
  const std::string type =
      "<!DOCTYPE wml PUBLIC \"-//WAPFORUM//DTD WML 1.1//EN\" \"http://www.wapforum.org/DTD/wml_1.1.xml\">";
  const std::string prolog = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
  for (const std::string& body :
       {prolog + type + "<wml>" + card, "\r\n" + type + "<wml>" + card, "<WML>" + card})
    for (const char* sent_as : {"text/vnd.wap.wml", "text/html; charset=utf-8"}) {
      const ParsedPage page = parse("http://bbs.example.cn/forum.php?mobile=3", body, sent_as);
      CHECK(page.outcome == Outcome::kNotHtml);
      CHECK(page.detail == "wml");
      CHECK(page.links.empty());
    }
  const std::string xhtml = prolog +
                            "<!DOCTYPE html PUBLIC \"-//WAPFORUM//DTD XHTML Mobile 1.0//EN\"><html><body><a "
                            "href=\"x\">x</a></body></html>";
  CHECK(parse("http://bbs.example.cn/x", xhtml, "text/vnd.wap.wml").outcome == Outcome::kOk);
  const ParsedPage desktop =
      parse("http://bbs.example.cn/forum-11-1.html",
            x_page("forumdisplay",
                   kList + "<a href=\"forum.php?mod=forumdisplay&amp;fid=11&amp;mobile=3\">phone</a>"));
  const Link* phone = link_to(desktop, "http://bbs.example.cn/forum.php?mod=forumdisplay&fid=11&mobile=3");
  REQUIRE(phone);
  CHECK_FALSE(page_key(*parse_url(phone->url)).follow);
}
