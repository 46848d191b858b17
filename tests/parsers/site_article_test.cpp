// Articles by the site files that are shipped, and what a site file pins and leaves open.

#include <catch2/catch.hpp>
#include <string>

#include "parsers/charset.hpp"
#include "tests/parsers/site_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::parsers;

namespace {

const std::string kBlogUrl = "https://blog.example/2026/01/tea-by-the-weir/";

const std::string kBlogPost =
    R"(<!DOCTYPE html><html lang="zh"><head><title>堰边煮茶 – 石桥手记</title></head>
<body class="post-template"><header><a href="/">石桥手记</a> <a href="/category/walks/">散步</a></header>
<main><article id="post-31"><header class="entry-header"><h1 class="entry-title">堰边煮茶</h1>
<div class="entry-meta"><time class="entry-date published" datetime="2026-01-03T17:20:00+08:00">2026年1月3日 下午 5:20</time>
<time class="updated" datetime="2026-01-04T08:00:00+08:00">2026年1月4日</time>
<span class="author vcard">作者：<a href="/author/heqing/">何青</a>、<a href="/author/lubai/">陆白</a></span>
<span class="cat-links"><a href="/category/walks/">散步</a></span></div></header>
<div class="entry-content"><p>清早走到堰边，水声很大。</p><p>茶是去年的，<a href="/2025/11/old-tea/">晒得正好</a>。</p>
<figure><img src="/img/weir.jpg" width="800" alt="石堰"></figure>
<div class="sharedaddy"><h3>分享到</h3><img src="/img/share.png"><a href="#">微博</a></div></div></article>
<nav class="post-navigation"><div class="nav-links"><div class="nav-previous"><a href="/2025/12/lamp/">点灯</a></div></div></nav>
</main></body></html>)";

}  // namespace

TEST_CASE("a blog's post is read as the shipped blog file pins it") {
  const ParsedPage page = read_with(shipped_rules("blog.toml"), kBlogUrl, kBlogPost);
  CHECK(page.outcome == Outcome::kOk);
  CHECK(page.kind == PageKind::kArticle);
  REQUIRE(page.articles.size() == 1);
  const Article& article = page.articles.front();
  CHECK(article.title == "堰边煮茶");
  CHECK(article.authors == std::vector<std::string>{"何青", "陆白"});
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339() == "2026-01-03T17:20:00+08:00");
  CHECK(article.published_at->precision == Precision::kMinute);
  REQUIRE(article.modified_at);
  CHECK(article.modified_at->precision == Precision::kDay);
  CHECK(article.section == "散步");
  CHECK(article.text == "清早走到堰边，水声很大。\n茶是去年的，晒得正好。");
  CHECK(article.text_sha256);
  CHECK(article.links == std::vector<TextLink>{{"https://blog.example/2025/11/old-tea/", "晒得正好"}});
  REQUIRE(article.images.size() == 1);
  CHECK(article.images.front().url == "https://blog.example/img/weir.jpg");
  CHECK(article.parser == site_parser_version());
  CHECK(role_of(page, "https://blog.example/2025/11/old-tea/") == LinkRole::kArticle);
  CHECK(role_of(page, "https://blog.example/category/walks/") == LinkRole::kListing);
  CHECK(role_of(page, "https://blog.example/2025/12/lamp/") == LinkRole::kNextPage);
}

TEST_CASE("a page that the file calls a list holds no article") {
  const ParsedPage page =
      read_with(shipped_rules("blog.toml"), "https://blog.example/category/walks/", kBlogPost);
  CHECK(page.kind == PageKind::kListing);
  CHECK(page.articles.empty());
  CHECK_FALSE(page.links.empty());
}

TEST_CASE("a page that none of article_urls covers is no article, whatever it looks like") {
  const ParsedPage page = read_with(shipped_rules("blog.toml"), "https://blog.example/about.html", kBlogPost);
  CHECK(page.articles.empty());
  CHECK(page.kind == PageKind::kOther);
}

TEST_CASE("an article's page without the pinned body is unreadable and says where to look") {
  const ParsedPage page =
      read_with(shipped_rules("blog.toml"), kBlogUrl, "<html><body><h1>堰边煮茶</h1></body></html>");
  CHECK(page.outcome == Outcome::kUnreadable);
  CHECK(page.detail.ends_with("blog.toml: article.body finds nothing on an article's page"));
}

TEST_CASE("a government page is read as the shipped file pins it, its charset too") {
  const std::string text = R"(<html><head><meta charset="utf-8"><title>某县人民政府</title></head><body>
<div class="position"><a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/zwgk/tz/">通知</a></div>
<div class="con_title"><h1>关于整修河埠的通知</h1><h2>——城关片区</h2></div>
<div class="con_info">发布时间：2026-01-05 09:08 <span>浏览：12</span> <span>来源：县水务局</span></div>
<div class="TRS_Editor"><style>.p{}</style><p>　　各村民小组：</p><p>　　河埠自本月起整修，工期两个月。</p>
<div class="con_foot">责任编辑：赵一</div></div><div class="con_foot">责任编辑：赵一</div></body></html>)";
  const ParsedPage page = read_with(shipped_rules("government.toml"),
                                    "http://www.county.example/zwgk/tz/202601/t20260105_88.html",
                                    encode(text, "gb18030"), "text/html");
  REQUIRE(page.articles.size() == 1);
  const Article& article = page.articles.front();
  CHECK(article.title == "关于整修河埠的通知");
  CHECK(article.subtitle == "——城关片区");
  CHECK(article.source == "县水务局");
  CHECK(article.editor == "赵一");
  CHECK(article.section == "通知");
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339() == "2026-01-05T09:08:00+08:00");
  CHECK(article.text == "各村民小组：\n河埠自本月起整修，工期两个月。");
  CHECK(article.charset.used == "gb18030");
  CHECK(article.charset.declared == "utf-8");
  CHECK(article.charset.replaced == 0);
}

TEST_CASE("what a file does not pin is read as on any page: what it pins and the page lacks is absent") {
  const auto rules = rules_from(
      "host = 'blog.example'\n[article]\nbody = '.entry-content'\nsubtitle = '.none'\nsource = '.none'\n");
  const ParsedPage page = read_with(rules, kBlogUrl, kBlogPost);
  REQUIRE(page.articles.size() == 1);
  CHECK(page.articles.front().title == "堰边煮茶");
  CHECK(page.articles.front().published_at);
  CHECK_FALSE(page.articles.front().source);
  CHECK(page.articles.front().text.find("分享到") != std::string::npos);
}

TEST_CASE("rules read only their own host's pages") {
  const auto rules = rules_from("host = ['*.example', 'news.example:8080']\n");
  CHECK(rules.covers(*parse_url("http://a.b.example/")));
  CHECK(rules.covers(*parse_url("http://a.example:81/")));
  CHECK(rules.covers(*parse_url("http://news.example:8080/")));
  CHECK_FALSE(rules.covers(*parse_url("http://example/")));
  CHECK_FALSE(rules.covers(*parse_url("http://a.example.cn/")));
}
