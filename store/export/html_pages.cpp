#include <fmt/format.h>

#include "store/export/html_post.hpp"
#include "store/export/html_text.hpp"
#include "store/export/page_words.hpp"
#include "store/export/site.hpp"

namespace boardwalk::store {
namespace {

std::string e(std::string_view text) { return html_escaped(text); }

// No page asks for anything but itself: even if archived text slipped through as markup, it could neither run
// nor load.
constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--ink:#1c1c1e;--faint:#667;--line:#dde;--paper:#fff;--quote:#f4f5f8;--link:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ink:#e6e6ea;--faint:#99a;--line:#334;--paper:#17181c;--quote:#22242b;--link:#7fb4ee}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:52rem;font:1rem/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}a.out::after{content:" ↗";color:var(--faint)}
h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}
nav,.facts,time,.mark,.same,.attached,.ratings,footer{color:var(--faint);font-size:.875rem}
.text{white-space:pre-wrap}
.post{border-top:1px solid var(--line);padding:.75rem 0;scroll-margin-top:.5rem}
.post:target{box-shadow:-.3rem 0 0 var(--link)}
.post header{display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:baseline;margin-bottom:.35rem}
.floor{min-width:2.2rem}
.mark{border:1px solid var(--line);border-radius:.6rem;padding:0 .5rem}
blockquote{margin:.4rem 0;padding:.4rem .8rem;background:var(--quote);border-left:.25rem solid var(--line)}
cite{display:block;font-style:normal;color:var(--faint);font-size:.875rem}
ul.attached,ul.ratings,ul.comments,ul.poll{margin:.4rem 0;padding-left:1.2rem}
ul.comments{list-style:none;padding:.3rem .8rem;background:var(--quote)}
ul.list{list-style:none;margin:0;padding:0}
ul.list li{display:flex;flex-wrap:wrap;gap:0 .8rem;padding:.45rem 0;border-top:1px solid var(--line)}
ul.list a{flex:1 1 18rem}ul.list .facts{flex:0 1 auto}
dl.fields{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0}
details{margin:.4rem 0;color:var(--faint)}.pages a,.pages b{margin-right:.6rem}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem}
)";

constexpr std::size_t kNeighbours =
    5;  // pages linked to both sides of a list's own, the first and last aside

std::string page(std::string_view title, std::string_view body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n{}</body>\n</html>\n",
      kPolicy, e(title), kStyle, body);
}

std::string facts(const std::vector<std::string>& facts) {
  std::string html;
  for (const auto& fact : facts) html += fmt::format("{}<bdi>{}</bdi>", html.empty() ? "" : " · ", e(fact));
  return fmt::format("<p class=\"facts\">{}</p>\n", html);
}

class HtmlPages : public PageWriter {
 public:
  explicit HtmlPages(const SiteLinks& links) : links_(links), parts_(links, "../") {}

  [[nodiscard]] std::string thread(const ThreadReading& reading) const override {
    const parsers::Thread& thread = reading.thread;
    std::string body = above(links_.board(thread.site, thread.board.id.value_or(""), 1),
                             thread.board.name.value_or("threads"));
    body += fmt::format("<h1 dir=\"auto\">{}</h1>\n", e(title_of(thread))) + facts(facts_of(thread));
    if (thread.poll) body += parts_.poll(*thread.poll);
    body += parts_.fields(thread.special_fields);
    static const std::vector<parsers::Post> kNone;
    for (const auto& post : reading.posts) {
      const auto versions = reading.versions.find(post.post_id);
      body += parts_.post(post, versions == reading.versions.end() ? kNone : versions->second);
    }
    if (reading.posts.empty()) body += "<p class=\"facts\">The archive has no post of this thread.</p>\n";
    body += source(thread.url ? *thread.url : thread.page.url, thread.page);
    return page(title_of(thread), body);
  }

  [[nodiscard]] std::string article(const ArticleReading& reading) const override {
    const parsers::Article& article = reading.article;
    std::string body = above(links_.articles(article.site, 1), "Articles");
    body += fmt::format("<h1 dir=\"auto\">{}</h1>\n", e(title_of(article))) + facts(facts_of(article));
    body += parts_.article(reading) + source(article.url, article.page);
    return page(title_of(article), body);
  }

  [[nodiscard]] std::string list(const ListPage& list) const override {
    std::string body = fmt::format("<nav><a href=\"../{}\">Index</a> › {}</nav>\n<h1 dir=\"auto\">{}</h1>\n",
                                   e(links_.index()), e(list.site), e(list.title));
    body += "<ul class=\"list\">\n";
    for (const auto& entry : list.entries) {
      std::vector<std::string> words;
      if (!entry.by.empty()) words.push_back(entry.by);
      if (!entry.when.empty()) words.push_back(entry.when);
      if (entry.posts > 0) words.push_back(fmt::format("{} posts", entry.posts));
      std::string line;
      for (const auto& word : words)
        line += fmt::format("{}<bdi>{}</bdi>", line.empty() ? "" : " · ", e(word));
      body += fmt::format("<li><a href=\"../{}\" dir=\"auto\">{}</a><span class=\"facts\">{}</span></li>\n",
                          e(entry.href), e(entry.title), line);
    }
    return page(list.title, body + "</ul>\n" + pages_of(list));
  }

  [[nodiscard]] std::string index(const std::vector<IndexSite>& sites) const override {
    std::string body = "<h1>Index</h1>\n";
    if (sites.empty()) body += "<p>Nothing in the archive passes the filters.</p>\n";
    for (const auto& site : sites) {
      body += fmt::format("<h2>{}</h2>\n<ul class=\"list\">\n", e(site.site));
      for (const auto& list : site.lists)
        body += fmt::format("<li><a href=\"{}\" dir=\"auto\">{}</a><span class=\"facts\">{}</span></li>\n",
                            e(list.href), e(list.title), list.count);
      body += "</ul>\n";
    }
    return page("Index", body);
  }

 private:
  [[nodiscard]] std::string above(const std::string& href, std::string_view title) const {
    return fmt::format("<nav><a href=\"../{}\">Index</a> › <a href=\"../{}\" dir=\"auto\">{}</a></nav>\n",
                       e(links_.index()), e(href), e(title));
  }

  [[nodiscard]] std::string source(const std::string& url, const parsers::PageRef& read) const {
    const std::string address =
        is_web_address(url)
            ? fmt::format("<a class=\"out\" rel=\"noopener noreferrer nofollow\" href=\"{}\">{}</a>", e(url),
                          e(url))
            : e(url);
    return fmt::format("<footer>{} · read {}</footer>\n", address, parsers::utc_rfc3339(read.fetched_at));
  }

  [[nodiscard]] static std::string pages_of(const ListPage& list) {
    if (list.pages.size() < 2) return {};
    std::string html = "<nav class=\"pages\">";
    for (std::size_t i = 1; i <= list.pages.size(); ++i) {
      const std::size_t away = i > list.page ? i - list.page : list.page - i;
      if (i != 1 && i != list.pages.size() && away > kNeighbours) continue;
      html += i == list.page ? fmt::format("<b>{}</b>", i)
                             : fmt::format("<a href=\"../{}\">{}</a>", e(list.pages[i - 1]), i);
    }
    return html + "</nav>\n";
  }

  const SiteLinks& links_;
  HtmlParts parts_;
};

}  // namespace

std::unique_ptr<PageWriter> html_pages(const SiteLinks& links) { return std::make_unique<HtmlPages>(links); }

}  // namespace boardwalk::store
