#include "tests/support/news_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "config/ascii.hpp"
#include "tests/support/markup.hpp"
#include "tests/support/mirror.hpp"
#include "tests/support/news.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::size_t kRelated = 3;

std::string padded_minute(std::int64_t at) {  // 2024-05-02 09:07
  const std::string plain = to_minute(at);
  std::string out;
  std::string number;
  for (const char c : plain + " ") {
    if (ascii::is_digit(c)) {
      number += c;
      continue;
    }
    if (number.size() == 1) out += '0';
    out += number + c;
    number.clear();
  }
  out.pop_back();
  return out;
}

std::string page_frame(const Model& model, const std::string& title, const std::string& head,
                       const std::string& body) {
  std::string menu;
  for (const Section& section : kSections)
    menu += fmt::format("<a href=\"/news/{}/\">{}</a> ", section.path, section.name);
  return fmt::format(
      R"(<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="{0}">
<title>{1}_槐江新闻</title>
{2}<link rel="stylesheet" href="/static/news.css">
</head>
<body>
<div class="top"><a class="logo" href="/news/">槐江新闻</a><div class="nav">{3}<a href="/">茶馆论坛</a></div></div>
{4}
<div class="footer"><p>槐江新闻 版权所有 未经许可不得转载</p><p>热线：0000-1234567 <a href="/news/">首页</a></p></div>
</body>
</html>
)",
      model.options().charset == Charset::kGbk ? "gbk" : "utf-8", title, head, menu, body);
}

std::string list_items(const std::vector<const Article*>& articles) {
  std::string out;
  for (const Article* article : articles) {
    const std::string title = article->mirror_of > 0 ? mirrored(article->title) : article->title;
    out += fmt::format("<li><a href=\"{}\">{}</a><span class=\"date\">{}</span></li>\n", article->path,
                       escaped(title), padded_minute(article->published_at));
  }
  return out;
}

NewsPage list_page(const Model& model, const std::string& title, const std::string& section) {
  std::vector<const Article*> articles;
  NewsPage page;
  for (const Article& article : model.articles()) {
    if (!section.empty() && article.section != section) continue;
    articles.push_back(&article);
    page.modified_at = std::max(page.modified_at, article.published_at);
  }
  std::reverse(articles.begin(), articles.end());
  page.html = page_frame(model, title, "",
                         fmt::format("<div class=\"main\"><h2>{}</h2>\n<ul class=\"list\">\n{}</ul>\n</div>",
                                     title, list_items(articles)));
  return page;
}

std::string related(const Model& model, const Article& article) {
  std::vector<const Article*> others;
  for (const Article& other : model.articles()) {
    const bool older =
        other.published_at < article.published_at;  // so that a page does not change when others follow
    if (older && other.section == article.section) others.push_back(&other);
  }
  if (others.size() > kRelated) others.erase(others.begin(), others.end() - kRelated);
  if (others.empty()) return "";
  return "<div class=\"related\"><h3>相关阅读</h3>\n<ul>\n" + list_items(others) + "</ul></div>\n";
}

NewsPage article_page(const Model& model, const Article& article) {
  const auto said = [&article](const std::string& text) {
    return article.mirror_of > 0 ? mirrored(escaped(text)) : escaped(text);
  };
  std::string paragraphs;
  for (const std::string& paragraph : article.paragraphs)
    paragraphs += fmt::format("<p>　　{}</p>\n", said(paragraph));
  const std::string updated = article.modified_at > article.published_at
                                  ? fmt::format("<span class=\"updated\">{}{}</span>", said("更新时间："),
                                                padded_minute(article.modified_at))
                                  : "";
  const std::string head = fmt::format(
      "<meta name=\"keywords\" content=\"{0},{1}\">\n<meta name=\"description\" content=\"{0}\">\n",
      said(article.title), article.section_name);
  const std::string body = fmt::format(
      R"(<div class="crumb"><a href="/news/">首页</a> &gt; <a href="/news/{0}/">{1}</a> &gt; 正文</div>
<div class="article">
<h1 class="title">{2}</h1>
<div class="info"><span class="time">{3}{4}</span> <span class="source">{5}{6}</span> <span class="author">{7}{8}</span>{9}</div>
<div class="content" id="content">
{10}</div>
<div class="editor">{11}{12}</div>
<div class="share">分享到： <a href="javascript:;">收藏</a></div>
</div>
<div class="ad"><a href="http://ads.example.org/tea" rel="nofollow">广告：新茶上市</a></div>
{13})",
      article.section, article.section_name, said(article.title), said("发布时间："),
      padded_minute(article.published_at), said("来源："), said(article.source), said("作者："),
      said(article.author), updated, paragraphs, said("责任编辑："), said(article.editor),
      related(model, article));
  return {page_frame(model, said(article.title), head, body), article.modified_at};
}

}  // namespace

std::optional<NewsPage> news_page(const Model& model, const std::string& path) {
  if (path == "/news/") return list_page(model, "最新消息", "");
  for (const Section& section : kSections) {
    if (path == fmt::format("/news/{}/", section.path))
      return list_page(model, std::string(section.name), std::string(section.path));
  }
  const Article* article = model.article(path);
  if (article == nullptr) return std::nullopt;
  return article_page(model, *article);
}

}  // namespace boardwalk::sample
