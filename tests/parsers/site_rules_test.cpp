// What stands in a site file besides selectors: URL patterns, time formats, fields; and their errors, each
// with its place in the file.

#include <catch2/catch.hpp>
#include <string>

#include "parsers/site/pieces.hpp"
#include "tests/parsers/site_fixture.hpp"

using namespace boardwalk;
using namespace boardwalk::parsers;
using namespace boardwalk::parsers::site;

namespace {

constexpr std::int64_t kNow = 1'768'046'400;  // 2026-01-10T12:00:00Z

std::string error_of(const std::string& toml) {
  const auto file = config::parse_site_file(toml, "s.toml");
  if (!file) return file.error().message;
  const auto rules = compile(*file);
  return rules ? "no error" : rules.error().message;
}

std::string time_by(const std::string& format, const std::string& text, std::optional<int> zone = 480) {
  const auto compiled = TimeFormat::parse(format);
  if (!compiled) return compiled.error().what;
  const auto moment = compiled->find(text, zone, kNow);
  return moment ? moment->rfc3339() + " " + std::string(to_string(moment->precision)) : "none";
}

std::string match(const std::string& pattern, const std::string& url) {
  const auto found = UrlPattern::parse(pattern)->match(url);
  return found ? "id=" + found->id + " page=" + std::to_string(found->page.value_or(0)) : "none";
}

}  // namespace

TEST_CASE("a URL pattern covers the whole URL and takes id and page out of it") {
  CHECK(match("*", "http://a.example/") == "id= page=0");
  CHECK(match("http://a.example/", "http://a.example/x") == "none");
  CHECK(match("*/topic/{id}/{page}.html", "http://a.example/topic/a_b-7/2.html") == "id=a_b-7 page=2");
  CHECK(match("*?t={id}", "http://a.example/v?t=12") == "id=12 page=0");
  CHECK(match("*&t={id}*", "http://a.example/v?start=9&t=12&x=1") == "id=12 page=0");
  CHECK(match("*/{id}", "http://a.example/x/y") == "id=y page=0");
  CHECK(match("*a*b*c", "xxaxxbxxbc") == "id= page=0");
  CHECK(match("*{page}", "p99999999999") == "id= page=0");
  CHECK(match("", "x") == "none");
}

TEST_CASE("an id is as long as what follows it in the pattern allows") {
  CHECK(match("*/thread-{id}-{page}.html", "http://a.example/thread-12-2.html") == "id=12 page=2");
  CHECK(match("*/thread-{id}-{page}.html", "http://a.example/thread-bay-12-20.html") == "id=bay-12 page=20");
  CHECK(match("*/thread-{id}-{page}.html", "http://a.example/thread-12.html") == "none");
  CHECK(match("*/thread-{id}-1-1.html", "http://a.example/thread-12-1-1.html") == "id=12 page=0");
  CHECK(match("*/read-htm-tid-{id}-page-{page}.html", "http://a.example/read-htm-tid-5-page-2.html") ==
        "id=5 page=2");
  CHECK(match("*/{id}x", "http://a.example/axx") == "id=ax page=0");
  CHECK(match("*/{id}x", "http://a.example/x") == "none");
  CHECK(match("{page}-{id}", "3-4-5") == "id=4-5 page=3");
}

TEST_CASE("of several patterns the first that covers a URL tells id and page") {
  const auto rules = rules_from(
      "host = 'a.example'\n[pages]\nthread_urls = ['*/read-htm-tid-{id}-page-{page}.html', "
      "'*/read-htm-tid-{id}.html']\n[thread]\npost = '.p'\nid = '::attr(id)'\nbody = '.b'\n");
  const auto found = [&rules](const std::string& url) {
    const auto match = match_any(rules.thread_urls, url);
    return match ? match->id + " " + std::to_string(match->page.value_or(0)) : "none";
  };
  CHECK(found("http://a.example/read-htm-tid-5-page-2.html") == "5 2");
  CHECK(found("http://a.example/read-htm-tid-5.html") == "5 0");
}

TEST_CASE("a pattern of many stars is matched in bounded time") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  CHECK(match(pattern + "b", std::string(8000, 'a')) == "none");
  CHECK(match(pattern + "{id}-{page}b", std::string(8000, 'a') + "-b") == "none");
  CHECK(match("{id}" + pattern + "b{page}", std::string(8000, 'a') + "b") == "none");
}

TEST_CASE("time formats read what they say, no finer than they say") {
  CHECK(time_by("%Y-%m-%d %H:%M", "发表于 2026-1-2  8:05 星期五") == "2026-01-02T08:05:00+08:00 minute");
  CHECK(time_by("%Y年%m月%d日", "2026年01月02日") == "2026-01-02 day");
  CHECK(time_by("%d.%m.%y %H:%M:%S", "02.01.26 08:05:09") == "2026-01-02T08:05:09+08:00 second");
  CHECK(time_by("%B %d, %Y %I:%M %p", "Posted on JAN 2, 2026 12:05 am") ==
        "2026-01-02T00:05:00+08:00 minute");
  CHECK(time_by("%Y-%m-%d %p%I时", "2026-01-02 下午3时") == "2026-01-02T15:00:00+08:00 hour");
  CHECK(time_by("%Y-%m-%dT%H:%M:%S%z", "2026-01-02T08:05:09-03:30") == "2026-01-02T08:05:09-03:30 second");
  CHECK(time_by("%Y-%m-%d %H:%M", "2026-01-02 08:05", std::nullopt) == "2026-01-02 minute");
  CHECK(time_by("%Y-%m-%d", "2026-13-02") == "none");
  CHECK(time_by("100%% %m/%d", "100% 1/2") == "2026-01-02 day");
}

TEST_CASE("a date without a year is the last such day that has come") {
  CHECK(time_by("%m-%d %H:%M", "01-09 10:00") == "2026-01-09T10:00:00+08:00 minute");
  CHECK(time_by("%m-%d %H:%M", "12-31 10:00") == "2025-12-31T10:00:00+08:00 minute");
  CHECK(time_by("%m-%d", "02-29") == "2024-02-29 day");
}

TEST_CASE("a wrong selector is named with file, line and column") {
  CHECK(error_of("host = 'a.example'\n[article]\ntitle = 'h1 >> b'\n") ==
        "s.toml:3:14: article.title: expected an element, #id, .class, [attribute] or :pseudo-class, found "
        "\">\"");
  CHECK(error_of("host = 'a.example'\n[article]\nremove = ['.a',\n  '.标签 :hover']\n") ==
        "s.toml:4:9: article.remove: unknown pseudo-class :hover; known are first-child, last-child, "
        "only-child, nth-child() and not()");
  CHECK(error_of("host = 'a.example'\n[article]\ntitle = { select = \"a[href=\\\"x]\" }\n") ==
        "s.toml:3:20: article.title: the quote is not closed (character 8 of the value)");
  CHECK(error_of("host = 'a.example'\n[article]\ntitle = 'a::attr(href) b'\n") ==
        "s.toml:3:18: article.title: expected NAME) at the end, as in ::attr(href)");
  CHECK(error_of("host = 'a.example'\n[article]\ntitle = {select = 'a', take = '作者：'}\n") ==
        "s.toml:3:32: article.title: take has one {} where the wanted piece stands");
}

TEST_CASE("a wrong pattern, time format or charset is named with its place") {
  CHECK(error_of("host = 'a.example'\n[pages]\nthread_urls = ['*/t-{tid}']\n") ==
        "s.toml:3:21: pages.thread_urls: a pattern knows {id} and {page}; nothing else in braces");
  CHECK(error_of("host = 'a.example'\n[pages]\nthread_urls = ['*/t-{id']\n") ==
        "s.toml:3:21: pages.thread_urls: the brace is not closed");
  CHECK(error_of("host = 'a.example'\n[pages]\nboard_urls = '*/b'\n") ==
        "s.toml:3:15: pages.board_urls: write {id} where the URL has the thread's or board's id");
  CHECK(error_of("host = 'a.example'\ntimes = ['%Y-%m-%d %Q']\n") ==
        "s.toml:2:20: times: unknown %Q; known are %Y %y %m %d %e %b %B %H %I %p %M %S %z %%");
  CHECK(error_of("host = 'a.example'\ntimes = ['%H:%M']\n") ==
        "s.toml:2:11: times: a time format holds at least a month (%m, %b) and a day (%d)");
  CHECK(error_of("host = 'a.example'\ncharset = 'klingon'\n") ==
        "s.toml:1:1: charset: \"klingon\" is no charset of web pages; write \"gb18030\", \"big5\", …");
}

TEST_CASE("a forum's file must say where posts are and what their ids are") {
  CHECK(error_of("host = 'a.example'\n[thread]\npost = '.p'\n") ==
        "s.toml:1:1: pages.thread_urls is missing: it tells a thread's pages, and its id");
  CHECK(error_of(
            "host = 'a.example'\n[pages]\nthread_urls = '*/t{id}'\n[thread]\npost = '.p'\nbody = '.b'\n") ==
        "s.toml:1:1: thread.id is missing: a post is known by its id");
  CHECK(error_of("host = 'a.example'\n[board]\nrow = 'tr'\n") ==
        "s.toml:1:1: pages.thread_urls is missing: a board's page is a list of threads");
}

TEST_CASE("a field takes an attribute, or the piece of its words that it asks for") {
  const auto rules = rules_from(
      "host = 'a.example'\n[article]\nbody = '.b'\ntitle = \"meta[name='t']::attr(CONTENT)\"\n"
      "source = {select = '.i', take = '来源：{} '}\nauthor = {select = '.i', take = '作者：{}'}\n"
      "editor = {select = '.i', take = '编辑：{}'}\n");
  const ParsedPage page = read_with(rules, "http://a.example/1.html",
                                    "<html><head><meta name=t content=' 题 '></head><body><p "
                                    "class=i>来源：河岸日报 作者：林晓</p><div class=b>正文</div>");
  REQUIRE(page.articles.size() == 1);
  CHECK(page.articles.front().title == "题");
  CHECK(page.articles.front().source == "河岸日报");
  CHECK(page.articles.front().authors == std::vector<std::string>{"林晓"});
  CHECK_FALSE(page.articles.front().editor);
}

TEST_CASE("of several files the first that covers a host reads it") {
  const auto files = {*config::parse_site_file("host = 'a.example'\nsoftware = 'one'\n", "1"),
                      *config::parse_site_file("host = '*.example'\nsoftware = 'two'\n", "2")};
  const auto set = RuleSet::compile(files);
  REQUIRE(set);
  CHECK(set->find(*parse_url("http://a.example/"))->software == "one");
  CHECK(set->find(*parse_url("http://b.example/"))->software == "two");
  CHECK(set->find(*parse_url("http://b.test/")) == nullptr);
}
