// Board pages of a Discuz! forum that does not exist, with rows as X3 writes them.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/discuz_fixture.hpp"

namespace boardwalk::tests {

inline const std::string kUrl = "http://bbs.example.cn/forum-11-1.html";

inline const std::string kHead =
    R"(<div id="pt"><div class="z"><a href="./">Harbour</a><em>&raquo;</em><a href="forum.php">Forum</a>
<em>&rsaquo;</em> <a href="forum.php?gid=2">On the water</a><em>&rsaquo;</em> <a href="forum-11-1.html">Sails</a></div></div>
<h1 class="xs2"><a href="forum-11-1.html">Sails</a> <span>今日: <strong>6</strong><span class="pipe">|</span>主题: <strong>46</strong></span></h1>)";

inline std::string board_page(const std::string& rows, const std::string& more = {}) {
  return x_page("forumdisplay",
                kHead + more +
                    "<div id=\"threadlist\"><table summary=\"forum_11\" id=\"threadlisttableid\">" + rows +
                    "</table></div>");
}

struct RowText {
  std::string id = "normalthread_70";
  std::string icon =
      R"(<a href="thread-70-1-1.html" title="有新回复 - 新窗口打开"><img src="static/image/common/folder_new.gif"/></a>)";
  std::string before;
  std::string href = "thread-70-1-1.html";
  std::string style;
  std::string behind;
  std::string author = R"(<a href="space-uid-5.html" c="1">Ida</a>)";
  std::string date = "<span>2026-3-1 08:30</span>";
  std::string replies = "12";
  std::string views = "340";
  std::string last = R"(<a href="forum.php?mod=redirect&tid=70&goto=lastpost#lastpost">2026-3-4 21:15</a>)";
};

inline std::string row(const RowText& text) {
  return "<tbody id=\"" + text.id + "\"><tr><td class=\"icn\">" + text.icon +
         "</td><th class=\"new\"><a href=\"javascript:;\" class=\"showcontent y\"></a>" + text.before +
         " <a href=\"" + text.href + "\"" + text.style +
         " onclick=\"atarget(this)\" class=\"s xst\">Which cloth?</a>" + text.behind +
         "</th><td class=\"by\"><cite>" + text.author + "</cite><em>" + text.date +
         "</em></td><td class=\"num\"><a href=\"" + text.href + "\" class=\"xi2\">" + text.replies +
         "</a><em>" + text.views +
         "</em></td><td class=\"by\"><cite><a href=\"space-username-Bo.html\" c=\"1\">Bo</a></cite><em>" +
         text.last + "</em></td></tr></tbody>";
}

inline parsers::Thread only_thread(const RowText& text) {
  const parsers::ParsedPage page = parse(kUrl, board_page(row(text)));
  REQUIRE(page.outcome == parsers::Outcome::kOk);
  REQUIRE(page.threads.size() == 1);
  return page.threads.front();
}

}  // namespace boardwalk::tests
