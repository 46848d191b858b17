#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

TEST_CASE("the last step of a breadcrumb is neither the article nor the front page") {
  const auto section = [](const std::string& crumbs) {
    return article_of(news_page("", "<div class=crumbs>" + crumbs + "</div>" + paragraphs())).section;
  };
  const std::string home = "<a href=/>首页</a> &gt; ";
  const std::string local = "<a href=/l/>地方</a> &gt; ";
  for (const std::string words : {"老灯塔重新亮起", "老灯塔", "老灯塔重…"}) {
    INFO(words);
    CHECK(section(home + local + "<a href=/a/article.html>" + words + "</a>") == "地方");
  }
  CHECK(section(home + local + "<a href=/a/article.html>渔业</a>") == "渔业");
  CHECK(section(home + local + "<a href=/a/article.html?f=1>老灯塔重新亮起</a>") == "地方");
  CHECK(section(home + "<a href='#'>地方</a>") == "地方");
  for (const std::string word : {"网站首页", "主页", "Startseite", "Accueil", "Inicio"}) {
    INFO(word);
    CHECK(section("<a href=/>" + word + "</a> &gt; 新闻中心 &gt; 正文") == std::nullopt);
  }
}

TEST_CASE("a box is a breadcrumb by a whole name of it, whatever else stands in it") {
  for (const std::string name :
       {"position", "news-position", "cur_position", "positionTxt", "artDet_crumbs"}) {
    INFO(name);
    const std::string crumbs = "<a href=/>首页</a> <a href=/l/>地方</a>";
    for (const std::string& attribute : {"class='w " + name + "'", "id=" + name})
      CHECK(article_of(news_page("", "<div " + attribute + ">" + crumbs + "</div>" + paragraphs())).section ==
            "地方");
  }
  CHECK(article_of("<title>老灯塔重新亮起</title><ol class=breadcrumbs><li><a href=/l/>地方</a><li>"
                   "<h1>老灯塔重新亮起</h1></ol><div>" +
                   paragraphs() + "</div>")
            .section == "地方");
}

}  // namespace
}  // namespace boardwalk::parsers
