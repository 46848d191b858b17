#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

std::string headlines(int count) {
  std::string list = "<ul>";
  for (int i = 0; i < count; ++i)
    list += "<li><a href='/2023/03/04/story-" + std::to_string(10'000 + i) + ".html'>港口的第" +
            std::to_string(i) + "件新鲜事，看完的人都说好</a> 03-04</li>";
  return list + "</ul>";
}

LinkRole role_in(const ParsedPage& page, std::string_view ending) {
  const auto found = std::find_if(page.links.begin(), page.links.end(),
                                  [ending](const Link& link) { return link.url.ends_with(ending); });
  REQUIRE(found != page.links.end());
  return found->role;
}

TEST_CASE("a page of few words that says there is none, or wants a password, is no article") {
  const std::string few =
      "<p>抱歉，您要看的这一页已经不在了，可能已被移走，请检查网址是否正确，或者回到首页看看别的内容。</p>";
  const auto page_of = [&few](const std::string& title, const std::string& more) {
    return parse_news("<html><head><title>" + title + "</title></head><body><h1>港口</h1>" + few + more +
                      "</body></html>");
  };
  for (const std::string title : {"404 Not Found", "页面不存在 - 海湾在线", "Page not found | Bay"}) {
    CHECK(page_of(title, "").articles.empty());
    CHECK(page_of(title, "").outcome == Outcome::kNotFound);
    CHECK(page_of(title, paragraphs()).articles.size() == 1);
    CHECK(page_of(title, "<p>发布时间：2023-03-04 10:20</p>").articles.size() == 1);
  }
  CHECK(page_of("404国道今晨恢复通车_海湾在线", "").articles.size() == 1);
  const std::string password = "<form><input type=\"Password\" name=p></form>";
  CHECK(page_of("用户登录 - 海湾在线", password).outcome == Outcome::kDenied);
  CHECK(page_of("用户登录 - 海湾在线", "").articles.size() == 1);
  CHECK(page_of("港口重开 - 海湾在线", password).articles.size() == 1);
  CHECK(page_of("海湾通将支持刷脸登录 - 海湾在线", password).articles.size() == 1);
}

TEST_CASE("a section page is a listing, not an article") {
  const ParsedPage page = parse_news("<title>地方新闻_海湾在线</title><h1>地方新闻</h1>" + headlines(40),
                                     "http://news.example.cn/local/");
  CHECK(page.kind == PageKind::kListing);
  CHECK(page.articles.empty());
  CHECK(page.links.size() == 40);
}

TEST_CASE("a home page with teasers is a listing") {
  const std::string teaser = "<div><h3><a href='/a/12345.html'>灯塔亮了</a></h3><p>" + kFirst + "</p></div>";
  const ParsedPage page =
      parse_news("<title>海湾在线</title>" + headlines(30) + teaser + teaser, "http://news.example.cn/");
  CHECK(page.kind == PageKind::kListing);
  CHECK(page.articles.empty());
}

TEST_CASE("a page with hardly any words is neither") {
  const ParsedPage page = parse_news("<title>x</title><p>ok</p><a href=y>y</a>");
  CHECK(page.kind == PageKind::kOther);
  CHECK(page.articles.empty());
  CHECK(page.outcome == Outcome::kOk);
}

TEST_CASE("an article beside long lists of links is an article") {
  const ParsedPage page = parse_news(news_page("2023-03-04 05:06", paragraphs(), headlines(20)));
  CHECK(page.kind == PageKind::kArticle);
  CHECK(page.articles.front().text == kStory);
}

TEST_CASE("links tell what they lead to") {
  const ParsedPage page = parse_news("<title>地方新闻</title>" + headlines(12) +
                                         "<a href='/sport/'>体育</a><a href='/'>首页</a><a "
                                         "href='index_2.html'>下一页</a><a href='/files/plan.pdf'>方案</a>"
                                         "<a href='http://other.example.org/x'>友情链接</a><a "
                                         "href='javascript:;'>x</a><a href='#top'>top</a>"
                                         "<a href='/how-the-lamp-was-lit'>How the lamp was lit</a>",
                                     "http://news.example.cn/local/");
  CHECK(role_in(page, "story-10003.html") == LinkRole::kArticle);
  CHECK(role_in(page, "/how-the-lamp-was-lit") == LinkRole::kArticle);
  CHECK(role_in(page, "/sport/") == LinkRole::kListing);
  CHECK(role_in(page, "example.cn/") == LinkRole::kListing);
  CHECK(role_in(page, "/local/index_2.html") == LinkRole::kNextPage);
  CHECK(role_in(page, "/plan.pdf") == LinkRole::kAttachment);
  CHECK(role_in(page, "other.example.org/x") == LinkRole::kExternal);
  CHECK(page.links.size() == 18);
}

TEST_CASE("a name behind directories of a day leads to an article, the archive of that day does not") {
  const ParsedPage page =
      parse_news("<title>地方新闻</title>" + headlines(12) +
                     "<a href='/2024/05/10/lamp/'>灯塔</a><a href='/2024/05/bell/'>铜钟</a><a "
                     "href='/2024/5/6/fog'>大雾</a>"
                     "<a href='/2024/'>2024</a><a href='/2024/05/'>五月</a><a href='/2024/05/10/'>十日</a>"
                     "<a href='/2024/05/page/2/'>2</a><a href='/2024/05/11/index.html'>十一日</a>"
                     "<a href='/2024/13/hall/'>会堂</a>",
                 "http://news.example.cn/local/");
  for (const char* path : {"/2024/05/10/lamp/", "/2024/05/bell/", "/2024/5/6/fog"})
    CHECK(role_in(page, path) == LinkRole::kArticle);
  for (const char* path : {"/2024/", "/2024/05/", "/2024/05/10/", "/2024/05/page/2/",
                           "/2024/05/11/index.html", "/2024/13/hall/"})
    CHECK(role_in(page, path) == LinkRole::kListing);
}

TEST_CASE("a blog's front page that stands its posts' headlines over their beginnings is a listing") {
  std::string posts;
  for (const std::string slug : {"lamp", "bell", "fog", "bay", "pier"})
    posts += "<article><h2><a href='/2024/05/10/" + slug + "/'>港口的" + slug + "重新开放</a></h2><p>" +
             kFirst + "</p><p>" + kSecond + "</p></article>";
  const ParsedPage page =
      parse_news("<title>海湾笔记</title><h1>海湾笔记</h1>" + posts, "http://blog.example.cn/");
  CHECK(page.articles.empty());
}

TEST_CASE("a link that stands twice is listed once, where it stands first") {
  const ParsedPage page = parse_news("<a href=b>1</a><a href=a#x>2</a><a href=a#y>3</a><a href=./b>4</a>");
  REQUIRE(page.links.size() == 2);
  CHECK(page.links[0].url.ends_with("/a/b"));
  CHECK(page.links[1].url.ends_with("/a/a"));
}

// Cards of a section: a linked headline, words of the article behind it, its day.
std::string cards(const std::string& open, const std::string& close, int count) {
  const std::vector<std::string> words{kFirst, kSecond, kThird};
  std::string list;
  for (int i = 0; i < count; ++i)
    list += open + "<a href='/2023/03/04/story-" + std::to_string(10'000 + i) + ".html'>港口的第" +
            std::to_string(i) + "件新鲜事</a>" + close + "<p>" + words[static_cast<std::size_t>(i % 3)] +
            "</p><span>2023-03-04</span>";
  return list;
}

TEST_CASE("a list whose teasers are sentences is a listing, however they are built") {
  for (const std::string& list :
       {"<div>" + cards("<h3>", "</h3>", 6) + "</div>",  // headings beside the words
        "<ul>" + cards("</li><li>", "", 6) + "</ul>", cards("</article><article><h2>", "</h2>", 6)}) {
    INFO(list);
    for (const std::string head : {"", "<meta property=og:type content=article>"}) {
      const ParsedPage page =
          parse_news("<title>地方新闻_海湾在线</title>" + head + "<h1>地方新闻</h1>" + list,
                     "http://news.example.cn/local/");
      CHECK(page.articles.empty());
      CHECK(page.links.size() == 6);
    }
  }
}

TEST_CASE("what makes a list is found among thousands of lines as among few") {
  const ParsedPage list = parse_news(
      "<title>地方新闻_海湾在线</title><h1>地方新闻</h1><div>" + cards("<h3>", "</h3>", 2000) + "</div>",
      "http://news.example.cn/local/");
  CHECK(list.articles.empty());
  CHECK(list.links.size() == 2000);
  std::string inside = "<div><h3><a href='/2023/03/04/story-10000.html'>港口的另一件新鲜事</a></h3>";
  std::string story;
  for (int i = 0; i < 1000; ++i) {
    inside += paragraphs();
    story += (i > 0 ? "\n" : "") + kStory;
  }
  CHECK(article_of(news_page("2023-03-04 05:06", inside + "</div>")).text == story);
}

TEST_CASE("an article before a link around thousands of lines is an article") {
  std::string link = "<div><a href='/2023/03/04/story-10000.html'>";
  for (int i = 0; i < 2000; ++i) link += "<p>港口的另一件新鲜事</p>";
  CHECK(article_of(news_page("2023-03-04 05:06", paragraphs(), link + "</a></div>",
                             "<meta property=og:type content=article>"))
            .text == kStory);
}

// Cards whose headlines are no links: a linked picture, a headline, words, a link to the rest of them.
std::string unlinked_cards(const std::string& before_link, const std::string& words, int count) {
  std::string list;
  for (int i = 0; i < count; ++i) {
    const std::string link = "<a href='/news/" + std::to_string(i) + ".html'>";
    list += "<li>" + link + "<img src=x.jpg></a><h3>港口的第" + std::to_string(i) + "件新鲜事</h3><p>" +
            std::vector<std::string>{kFirst, kSecond, kThird}[static_cast<std::size_t>(i % 3)] + before_link +
            link + words + "</a></li>";
  }
  return "<ul>" + list + "</ul>";
}

TEST_CASE("a list whose headlines are no links is a listing by its links to the rest of each text") {
  for (const auto& [before_link, words] : std::vector<std::pair<std::string, std::string>>{
           {"", "[详细]"}, {"", "Read more »"}, {"</p>", "阅读全文"}}) {
    INFO(words);
    const std::string list = unlinked_cards(before_link, words, 9);
    const std::string behind = unlinked_cards(before_link, words, 4);
    CHECK(parse_news("<title>地方新闻_海湾在线</title>" + list, "http://news.example.cn/local/")
              .articles.empty());
    CHECK(parse_news(news_page("2023-03-04 05:06", paragraphs() + paragraphs(), behind)).kind ==
          PageKind::kArticle);
  }
}

TEST_CASE("news of one sentence are an article where metadata says so and a time stands above them") {
  const std::string flash = "海湾社3月4日电 气象台四日晚发布大雾黄色预警信号。";
  const std::string head = "<meta property=og:type content=article>";
  CHECK(article_of(news_page("2023-03-04 05:06", "<p>" + flash + "</p>", "", head)).text == flash);
  CHECK(parse_news(news_page("2023-03-04 05:06", "<p>" + flash + "</p>")).articles.empty());
  CHECK(parse_news(news_page("", "<p>" + flash + "</p>", "", head)).articles.empty());
}

TEST_CASE("the page of a writer is a listing though it tells of the writer") {
  const std::string about =
      "<div class=about><p>江一，海湾日报记者，二十年来写港口、船和天气，著有两部小说。</p></div>";
  CHECK(parse_news("<title>江一_海湾在线</title><h1>江一</h1>" + about + cards("</li><li>", "", 10),
                   "http://news.example.cn/author/jiangyi/")
            .kind == PageKind::kListing);
}

TEST_CASE("an article with teasers behind it, or links between its paragraphs, is an article") {
  const ParsedPage page =
      parse_news(news_page("2023-03-04 05:06", paragraphs() + paragraphs(), cards("</li><li>", "", 4)));
  CHECK(page.kind == PageKind::kArticle);
  const std::string link = "<p><a href='/2023/03/04/story-10000.html'>港口的另一件新鲜事</a></p>";
  const std::string section = "<section><p>" + kFirst + "</p>" + link + "<p>" + kSecond + "</p></section>";
  CHECK(parse_news(news_page("2023-03-04 05:06", section + section + section + section)).kind ==
        PageKind::kArticle);
}

TEST_CASE("a page of pictures and the site's legal lines is no article") {
  std::string pictures;
  for (int i = 0; i < 4; ++i)
    pictures += "<figure><img src=1.jpg><figcaption>" + kFirst + "</figcaption></figure>";
  CHECK(
      parse_news("<title>组图：灯塔</title><h1>组图：灯塔</h1>" + pictures +
                 "<div>海湾在线版权所有，未经书面授权禁止使用，违法和不良信息举报电话：010-12345678，京ICP备"
                 "12345678号，请各位网友留意。</div>")
          .articles.empty());
}

}  // namespace
}  // namespace boardwalk::parsers
