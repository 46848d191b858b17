// What the tests of the news reader share: an invented page around an article, and its parsing.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "parsers/page.hpp"

namespace boardwalk::parsers {

inline ParsedPage parse_news(const std::string& body,
                             const std::string& url = "http://news.example.cn/a/article.html") {
  Workspace workspace;
  return parse_page({url, body, "text/html; charset=utf-8", 1'700'000'000, std::nullopt}, workspace);
}

inline Article article_of(const std::string& body,
                          const std::string& url = "http://news.example.cn/a/article.html") {
  const ParsedPage page = parse_news(body, url);
  REQUIRE(page.articles.size() == 1);
  REQUIRE(page.kind == PageKind::kArticle);
  return page.articles.front();
}

inline const std::string kFirst = "去年冬天，港口的老灯塔重新亮了起来，渔民们说，夜里回家的路又看得见了。";
inline const std::string kSecond =
    "守塔人今年七十二岁，他说，修好这座塔是他一生的愿望；镇上的人一共凑了三万块钱。";
inline const std::string kThird =
    "塔里的铜钟也修好了，每逢大雾，钟声能传到五里以外，连对岸的村子都听得清清楚楚。";
inline const std::string kStory = kFirst + "\n" + kSecond + "\n" + kThird;

inline std::string paragraphs() {
  return "<p>　　" + kFirst + "</p><p>　　" + kSecond + "</p><p>　　" + kThird + "</p>";
}

// A page with a headline, the line under it, and a body block of generated name.
inline std::string news_page(const std::string& info, const std::string& inside_body,
                             const std::string& behind_body = "", const std::string& head = "") {
  return "<!DOCTYPE html><html><head><title>老灯塔重新亮起_地方新闻_海湾在线</title>" + head +
         "</head><body><div class=top><a href=/>首页</a> <a "
         "href=/local/>地方</a></div><h1>老灯塔重新亮起</h1><div class=x1>" +
         info + "</div><div class=x2>" + inside_body + "</div>" + behind_body +
         "<div class=bottom>海湾在线版权所有</div></body></html>";
}

}  // namespace boardwalk::parsers
