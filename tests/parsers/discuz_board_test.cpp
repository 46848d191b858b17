#include <catch2/catch.hpp>

#include "tests/parsers/board_fixture.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

TEST_CASE("a board page gives its board with parent and number of threads") {
  const ParsedPage page = parse(kUrl, board_page(row({})));
  CHECK(page.kind == PageKind::kBoard);
  const Board* board = board_of(page, "11");
  REQUIRE(board);
  CHECK(board->name == "Sails");
  CHECK(board->parent_id == "2");
  CHECK(board->threads == 46);
}

TEST_CASE("a row gives all that it shows of its thread") {
  const Thread thread = only_thread({});
  CHECK(thread.thread_id == "70");
  CHECK(thread.url == "http://bbs.example.cn/thread-70-1-1.html");
  CHECK(thread.title == "Which cloth?");
  CHECK(thread.board.id == "11");
  CHECK(thread.board.name == "Sails");
  CHECK(thread.author == "Ida");
  CHECK(thread.author_id == "5");
  CHECK(thread.created_at->rfc3339() == "2026-03-01T08:30:00+08:00");
  CHECK(thread.replies == 12);
  CHECK(thread.views == 340);
  CHECK(thread.last_reply_by == "Bo");
  CHECK(thread.last_reply_at->rfc3339() == "2026-03-04T21:15:00+08:00");
  CHECK(thread.digest == 0);
  CHECK_FALSE(thread.sticky);
  CHECK_FALSE(thread.closed);
  CHECK_FALSE(thread.special);
  CHECK_FALSE(thread.type);
  CHECK_FALSE(thread.highlight);
  CHECK_FALSE(thread.pages);
  CHECK_FALSE(thread.complete);
}

TEST_CASE("a row's type stands in brackets before the subject") {
  RowText text;
  text.before =
      R"(<em>[<a href="forum.php?mod=forumdisplay&fid=11&amp;filter=typeid&amp;typeid=3">Wanted</a>]</em>)";
  CHECK(only_thread(text).type == "Wanted");
}

TEST_CASE("a row's sort is told from its type") {
  RowText text;
  text.before =
      R"(<em>[<a href="forum.php?mod=forumdisplay&fid=11&amp;filter=sortid&amp;sortid=2">Boats for sale</a>]</em>)";
  const Thread thread = only_thread(text);
  CHECK(thread.sort == "Boats for sale");
  CHECK_FALSE(thread.type);
}

TEST_CASE("a row whose page links end at a number has that many pages") {
  RowText text;
  text.behind =
      R"(<span class="tps">&nbsp;...<a href="thread-70-2-1.html">2</a><a href="thread-70-3-1.html">3</a>..<a href="thread-70-13-1.html">13</a></span>)";
  const ParsedPage page = parse(kUrl, board_page(row(text)));
  CHECK(page.threads.at(0).pages == 13);
  REQUIRE(link_to(page, "http://bbs.example.cn/thread-70-13-1.html"));
  CHECK(link_to(page, "http://bbs.example.cn/thread-70-13-1.html")->role == LinkRole::kLastPage);
  CHECK(link_to(page, "http://bbs.example.cn/thread-70-3-1.html")->role == LinkRole::kPage);
}

TEST_CASE("stickies of three levels, in the icons of X3.4 and X3.5 and in words") {
  struct Case {
    std::string icon;
    std::string level;
  };
  const std::vector<Case> cases{
      {R"(<a href="thread-70-1-1.html"><img src="static/image/common/pin_1.gif"/></a>)", "board"},
      {R"(<a href="thread-70-1-1.html"><img src="static/image/common/pin_2.gif"/></a>)", "category"},
      {R"(<a href="thread-70-1-1.html"><img src="static/image/common/pin_3.gif"/></a>)", "global"},
      {R"(<i class="tpin tpin1"><svg></svg></i>)", "board"},
      {R"(<i class="tpin tpin3"><svg></svg></i>)", "global"},
      {R"(<a href="thread-70-1-1.html" title="分类置顶主题 - 关闭的主题 - 新窗口打开"><img src="folder_lock.gif"/></a>)",
       "category"},
      {R"(<a href="thread-70-1-1.html" title="全局置頂主題"><i class="fico-lock"></i></a>)", "global"},
  };
  for (const Case& one : cases) {
    INFO(one.icon);
    RowText text;
    text.id = "stickthread_70";
    text.icon = one.icon;
    CHECK(only_thread(text).sticky == one.level);
  }
}

TEST_CASE("a sticky from above the board does not tell the thread's board") {
  RowText text;
  text.id = "stickthread_70";
  text.icon = "<img src=\"pin_3.gif\"/>";
  CHECK_FALSE(only_thread(text).board.id);
  text.icon = "<img src=\"pin_1.gif\"/>";
  CHECK(only_thread(text).board.id == "11");
}

TEST_CASE("a lock closes a thread, a row without one tells nothing") {
  RowText text;
  text.icon =
      R"(<a href="thread-70-1-1.html" title="关闭的主题 - 新窗口打开"><i class="fico-lock fic6"></i></a>)";
  CHECK(only_thread(text).closed == true);
}

TEST_CASE("digest levels in the marks of X3.4 and X3.5") {
  RowText text;
  text.behind = R"(<img src="static/image/common/digest_2.gif" alt="digest" title="精华 2"/>)";
  CHECK(only_thread(text).digest == 2);
  text.behind = R"(<img src="template/harbour/digest_2024.png"/>)";
  CHECK(only_thread(text).digest == 0);
  text.behind = R"(<span class="tbox tdigest">精华3</span>)";
  CHECK(only_thread(text).digest == 3);
}

TEST_CASE("a list of digests alone, which marks none, leaves the level open") {
  const ParsedPage page = parse(
      "http://bbs.example.cn/forum.php?mod=forumdisplay&fid=11&filter=digest&digest=1", board_page(row({})));
  REQUIRE(page.threads.size() == 1);
  CHECK_FALSE(page.threads.front().digest);
}

TEST_CASE("special threads by their icons and their words") {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"<img src=\"pollsmall.gif\"/>", "poll"},
      {"<img src=\"tradesmall.gif\"/>", "trade"},
      {"<img src=\"rewardsmall.gif\"/>", "reward"},
      {"<img src=\"activitysmall.gif\"/>", "activity"},
      {"<img src=\"debatesmall.gif\"/>", "debate"},
      {"<i class=\"fico-vote fic6\"></i>", "poll"},
      {"<i class=\"fico-cart\"></i>", "trade"},
      {"<i class=\"fico-vs\"></i>", "debate"},
      {"<a href=\"thread-70-1-1.html\" title=\"投票 - 关闭的主题 - 新窗口打开\"><img "
       "src=\"folder_lock.gif\"/></a>",
       "poll"}};
  for (const auto& [icon, kind] : cases) {
    INFO(icon);
    RowText text;
    text.icon = icon;
    CHECK(only_thread(text).special == kind);
  }
}

TEST_CASE("read permission and price stand behind the subject") {
  RowText text;
  text.behind = " - [阅读权限 <span class=\"xw1\">90</span>]";
  CHECK(only_thread(text).read_permission == 90);
  text.behind = " - [售价 <span class=\"xw1\">5</span> 金钱]";
  CHECK(only_thread(text).price == 5);
  text.behind =
      " - [Read permission <span class=\"xw1\">90</span>] - [Price <span class=\"xw1\">5</span> Money]";
  CHECK(only_thread(text).read_permission == 90);
  CHECK(only_thread(text).price == 5);
}

TEST_CASE("words that a theme prints below the subject say nothing of the thread") {
  RowText text;
  text.behind =
      R"( - [售价 <span>5</span> 金钱]<div class="summary">便宜卖了，[售价 300]，[阅读权限 50] 以上优先，[已解决]</div>)";
  Thread thread = only_thread(text);
  CHECK(thread.price == 5);
  CHECK_FALSE(thread.read_permission);
  CHECK_FALSE(thread.special);
  text.behind = " <span>售价 300 元，阅读权限 50 以上优先</span>";
  thread = only_thread(text);
  CHECK_FALSE(thread.price);
  CHECK_FALSE(thread.read_permission);
}

TEST_CASE("a title attribute that repeats the subject is no mark") {
  for (const std::string subject : {"深圳-活动-周末爬山", "关闭的主题怎么打开", "全局置顶的规则"}) {
    const std::string titled = "href=\"thread-70-1-1.html\" title=\"" + subject + "\"";
    const ParsedPage page = parse(
        kUrl, board_page("<tbody id=\"stickthread_70\"><tr><td class=\"icn\"><a href=\"thread-70-1-1.html\" "
                         "title=\"本版置顶主题 - 新窗口打开\"><img src=\"pin.gif\"/></a></td><th><a " +
                         titled + "><img src=\"cover.jpg\" alt=\"" + subject + "\"/></a> <a " + titled +
                         " class=\"s xst\">" + subject +
                         "</a></th><td class=\"by\"><cite>Ida</cite></td></tr></tbody>"));
    INFO(subject);
    REQUIRE(page.threads.size() == 1);
    CHECK(page.threads[0].title == subject);
    CHECK(page.threads[0].sticky == "board");
    CHECK(page.threads[0].board.id == "11");
    CHECK_FALSE(page.threads[0].closed);
    CHECK_FALSE(page.threads[0].special);
  }
}

TEST_CASE("a styled subject is highlighted") {
  RowText text;
  text.style = R"( style="font-weight: bold;color: #EE1B2E;")";
  CHECK(only_thread(text).highlight == 1);
}

TEST_CASE("a type's name is no word of moving") {
  RowText text;
  text.before =
      R"(<em>[<a href="forum.php?mod=forumdisplay&fid=11&amp;filter=typeid&amp;typeid=3"><b>移动：资讯</b></a>]</em>)";
  CHECK(only_thread(text).type == "移动：资讯");
}

TEST_CASE("a row with dashes for its counters is the trace of a thread, whatever the words before it") {
  RowText text;
  text.before = " Moved:";
  text.replies = "-";
  text.views = "-";
  CHECK(parse(kUrl, board_page(row(text))).threads.empty());
}

TEST_CASE("a moved row is no thread: it links to the live one") {
  RowText text;
  text.id = "normalthread_99";
  text.before = " 移动:";
  text.replies = "-";
  text.views = "-";
  const ParsedPage page = parse(kUrl, board_page(row(text)));
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.threads.empty());
  REQUIRE(link_to(page, "http://bbs.example.cn/thread-70-1-1.html"));
  CHECK(link_to(page, "http://bbs.example.cn/thread-70-1-1.html")->role == LinkRole::kThread);
}

TEST_CASE("a row that links to another thread than its id names is a moved one, in any language") {
  RowText text;
  text.id = "normalthread_99";
  CHECK(parse(kUrl, board_page(row(text))).threads.empty());
}

TEST_CASE("an announcement is no thread") {
  const ParsedPage page = parse(kUrl, board_page(R"(<tbody><tr><td class="icn"><img src="ann_icon.gif"/></td>
<th><strong class="xst">公告: <a href="forum.php?mod=announcement&amp;id=8">Quay closed</a></strong></th><td class="by"><cite><a href="space-uid-1.html">admin</a></cite></td></tr></tbody>)" +
                                                 row({})));
  CHECK(page.threads.size() == 1);
}

TEST_CASE("sub-boards above the list have this board as their parent") {
  const ParsedPage page = parse(kUrl, board_page(row({}), R"(<div id="subforum_11"><table class="fl_tb"><tr>
<td><h2><a href="forum-13-1.html">Spinnakers</a></h2><p class="xg2">Light air</p></td><td class="fl_i"><span>6</span><span> / 45</span></td></tr></table></div>)"));
  REQUIRE(board_of(page, "13"));
  CHECK(board_of(page, "13")->parent_id == "11");
  CHECK(board_of(page, "13")->threads == 6);
}

TEST_CASE("a board without threads is read and empty") {
  const ParsedPage page =
      parse(kUrl, board_page("<tbody><tr><th><p class=\"emp\">nothing yet</p></th></tr></tbody>"));
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kBoard);
  CHECK(page.threads.empty());
  CHECK(page.boards.size() == 1);
}

TEST_CASE("a board of sub-boards alone is a board, not an index") {
  const ParsedPage page =
      parse(kUrl, x_page("forumdisplay", kHead + R"(<div id="subforum_11"><table class="fl_tb"><tr>
<td><h2><a href="forum-13-1.html">Spinnakers</a></h2></td></tr></table></div>)"));
  CHECK(page.kind == PageKind::kBoard);
  CHECK(board_of(page, "13"));
}

TEST_CASE("rows that lost their subject make the page unreadable, with their number") {
  const ParsedPage page =
      parse(kUrl, board_page(row({}) + "<tbody id=\"normalthread_71\"><tr><th>changed</th></tr></tbody>"));
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail == "1 rows of a board page without a link to their thread");
  CHECK(page.threads.size() == 1);
}

TEST_CASE("a theme that drops the classes keeps the facts that the ids and links hold") {
  const ParsedPage page = parse(
      kUrl, board_page(R"(<tbody id="normalthread_70"><tr><td><a href="thread-70-1-1.html"><img/></a></td>
<td class="subject"><a href="thread-70-1-1.html">Which cloth?</a></td><td><cite><a href="space-uid-5.html">Ida</a></cite><em>2026-3-1</em></td></tr></tbody>)"));
  REQUIRE(page.threads.size() == 1);
  CHECK(page.threads[0].title == "Which cloth?");
  CHECK(page.threads[0].author_id == "5");
  CHECK(page.threads[0].created_at->rfc3339() == "2026-03-01");
}

TEST_CASE("a row that stands in a cell of the page's layout says nothing of the rows beside it") {
  const auto div_row = [](const std::string& tid, const std::string& before) {
    return "<div id=\"normalthread_" + tid + "\">" + before + "<a href=\"thread-" + tid +
           "-1-1.html\" class=\"s xst\">Cloth " + tid + "</a></div>";
  };
  const std::string rows =
      div_row("70", R"(<a href="forum.php?mod=forumdisplay&fid=11&filter=typeid&typeid=3">[Wanted]</a>)") +
      div_row("71", "移动: ") + div_row("72", "") + div_row("73", "");
  for (const std::string layout : {"<tr><td>", "<tr><td><ul><li>"}) {
    INFO(layout);
    const ParsedPage page = parse(kUrl, board_page(layout + rows));
    REQUIRE(page.threads.size() == 3);
    CHECK(page.threads[0].type == "Wanted");
    CHECK(page.threads[1].thread_id == "72");
    CHECK_FALSE(page.threads[1].type);
    CHECK(page.threads[2].thread_id == "73");
    CHECK_FALSE(page.threads[2].type);
  }
}

TEST_CASE("rows of 7.x and 6.x") {
  const std::string rows = R"(<form name="moderate"><table summary="forum_11" class="datatable">
<tbody id="stickthread_60"><tr><td class="folder"><a href="viewthread.php?tid=60"><img src="images/default/folder_lock.gif"/></a></td>
<td class="icon"><img src="images/default/pin_1.gif" alt="本版置顶"/></td>
<th class="subject"><em>[<a href="forumdisplay.php?fid=11&amp;filter=type&amp;typeid=3">Rules</a>]</em><span id="thread_60"><a href="viewthread.php?tid=60&amp;extra=page%3D1">Read first</a></span>
<img src="images/default/digest_1.gif" alt="精华 1"/><span class="threadpages">&nbsp;...<a href="viewthread.php?tid=60&amp;page=2">2</a><a href="viewthread.php?tid=60&amp;page=4">4</a></span></th>
<td class="author"><cite><a href="space.php?uid=5">Ida</a></cite><em>2009-7-1</em></td><td class="nums"><strong>114</strong>/<em>20500</em></td>
<td class="lastpost"><cite><a href="space.php?username=Bo">Bo</a></cite><em><a href="redirect.php?tid=60&amp;goto=lastpost#lastpost">2010-3-4 21:15</a></em></td></tr></tbody></table></form>)";
  const ParsedPage page = parse(
      "http://bbs.example.cn/forumdisplay.php?fid=11",
      old_page("<div id=\"nav\"><a href=\"index.php\">Harbour</a> &raquo; Sails</div><h1>Sails</h1>" + rows));
  CHECK(page.kind == PageKind::kBoard);
  REQUIRE(page.threads.size() == 1);
  const Thread& thread = page.threads.front();
  CHECK(thread.thread_id == "60");
  CHECK(thread.title == "Read first");
  CHECK(thread.type == "Rules");
  CHECK(thread.author_id == "5");
  CHECK(thread.replies == 114);
  CHECK(thread.views == 20500);
  CHECK(thread.last_reply_by == "Bo");
  CHECK(thread.last_reply_at->rfc3339() == "2010-03-04T21:15:00+08:00");
  CHECK(thread.sticky == "board");
  CHECK(thread.closed == true);
  CHECK(thread.digest == 1);
  CHECK(thread.pages == 4);
  REQUIRE(board_of(page, "11"));
  CHECK(board_of(page, "11")->name == "Sails");
}

TEST_CASE("lists of threads from all over the forum are no board") {
  const ParsedPage page =
      parse("http://bbs.example.cn/forum.php?mod=guide&view=hot",
            x_page("guide", "<div id=\"threadlist\"><table>" + row({}) + "</table></div>"));
  CHECK(page.kind == PageKind::kOther);
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.threads.empty());
  CHECK(link_to(page, "http://bbs.example.cn/thread-70-1-1.html"));
}
