// `boardwalk parse`: one page's records, and an outcome's name for what is no record.

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>

#include "store/json_codec.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/gzip.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

const std::string kUrl = "http://news.example/2026/0105/c1.html";

const std::string kArticle =
    "<html><head><title>渡口修好了_河岸新闻网</title></head><body><h1>渡口修好了</h1>"
    "<div class=info>2026-01-05 09:30 来源：河岸日报 作者：林晓</div><div class=article-content>"
    "<p>连日来，河岸镇的老渡口迎来了最后一批木板，工人们赶在春汛之前把栏杆、踏步和灯都装了上去。</p>"
    "<p>镇上的人说，往后去对岸赶集，不用再绕十里山路，孩子们上学也方便得多，老人们都很高兴。</p>"
    "<p>据了解，渡口夜间也会开放，船工轮流值守，票价与从前一样，周末还会加开两班船。</p></div></body></html>";

}  // namespace

TEST_CASE(
    "a page on standard input gives its record on standard output, as the archive would hold it at first "
    "sight") {
  const auto ended =
      run_program({"parse", "-", "--url", kUrl, "--fetched-at", "2026-01-06T00:00:00Z"}, kArticle);
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  const auto article = store::article_from_json(ended.out.substr(0, ended.out.find('\n')));
  REQUIRE(article);
  CHECK(article->title == "渡口修好了");
  CHECK(article->source == "河岸日报");
  CHECK(article->page.url == kUrl);
  CHECK(parsers::utc_rfc3339(article->seen.first_seen) == "2026-01-06T00:00:00Z");
}

TEST_CASE("a page that holds no record says its outcome on standard error and nothing else") {
  const TemporaryDirectory directory;
  std::ofstream(directory / "deep") << std::string("<html><body>") << [] {
    std::string divs;
    for (int i = 0; i < 100'000; ++i) divs += "<div>";
    return divs;
  }();
  std::ofstream(directory / "large") << std::string(9 << 20, 'x');
  for (const auto& [file, outcome] :
       {std::pair("deep", "too_complex\n"), std::pair("large", "too_large\n")}) {
    const auto ended = run_program({"parse", directory / file, "--url", kUrl});
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.empty());
    CHECK(ended.err == outcome);
  }
  CHECK(run_program({"parse", "-", "--url", kUrl}).err == "not_html\n");
}

TEST_CASE("a sitemap, an index of them and a feed hold no record, and standard error says what they are") {
  std::string urls, sitemaps, items;
  for (int i = 1; i <= 30; ++i) {
    const std::string number = std::to_string(i);
    urls += "<url><loc>http://news.example/2026/0105/c" + number + ".html</loc></url>\n";
    sitemaps += "<sitemap><loc>http://news.example/sitemap-" + number + ".xml</loc></sitemap>\n";
    items += "<item><title>渡口修好了，往后去对岸赶集，不用再绕十里山路</title><link>http://news.example/" +
             number + ".html</link></item>\n";
  }
  const std::string xml = "<?xml version='1.0' encoding='UTF-8'?>\n";
  for (const auto& list :
       {xml + "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\n" + urls + "</urlset>",
        xml + "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>\n" + sitemaps +
            "</sitemapindex>",
        xml + "<rss version='2.0'><channel>" + items + "</channel></rss>"}) {
    INFO(list.substr(0, 200));
    const std::vector<std::string> words{"parse", "-", "--url", "http://news.example/sitemap.xml"};
    const auto ended = run_program(words, list);
    CHECK(ended.exit_code == 0);
    CHECK(ended.out.empty());
    CHECK(ended.err == "feed: a sitemap or feed lists pages and holds no record; --links prints them\n");
    std::vector<std::string> asked = words;
    asked.emplace_back("--links");
    const std::string links = run_program(asked, list).out;
    CHECK(std::count(links.begin(), links.end(), '\n') == 30);
    CHECK(links.starts_with(R"({"kind":"link","url":"http://news.example/)"));
    CHECK(run_program(asked, sample::gzipped(list)).out == links);
  }
  CHECK(run_program({"parse", "-", "--url", kUrl}, "<urlset><url><loc").err == "unreadable\n");
}

TEST_CASE("parse prints a page's links with their roles when asked, behind its records") {
  const std::string page =
      "<html><head><meta name=generator content='Discuz! X3.4'><script>var discuz_uid = '0', cookiepre = "
      "'a_';</script></head><body id=nv_forum class=pg_forumdisplay><h1><a href=forum-3-1.html>Oars</a></h1>"
      "<div id=subforum_3><h2><a href=forum-4-1.html>Long ones</a></h2></div><div id=threadlist></div>"
      "<div class=pg><strong>1</strong><a href=forum-3-2.html>2</a><a href=forum-3-9.html class=last>... "
      "9</a>"
      "<a href=forum-3-2.html class=nxt>on</a></div><a "
      "href='search.php?mod=forum&amp;sid=x'>find</a></body></html>";
  const std::vector<std::string> words{
      "parse", "-", "--url", "http://quay.example/forum-3-1.html", "--fetched-at", "2026-01-06T00:00:00Z"};
  const std::string records = run_program(words, page).out;
  CHECK(records.find("\"kind\":\"link\"") == std::string::npos);
  std::vector<std::string> asked = words;
  asked.emplace_back("--links");
  const std::string out = run_program(asked, page).out;
  REQUIRE(out.starts_with(records));
  const auto line = [](const std::string& path, const std::string& role, const std::string& key,
                       const std::string& follow) {
    return R"({"kind":"link","url":"http://quay.example/)" + path + R"(","role":")" + role +
           R"(","page_key":"quay.example )" + key + R"(","follow":)" + follow + "}\n";
  };
  CHECK(out.substr(records.size()) ==
        line("forum-4-1.html", "sub_board", "board 4 1", "true") +
            line("forum-3-1.html", "board", "board 3 1", "true") +
            line("forum-3-2.html", "next_page", "board 3 2", "true") +
            line("forum-3-9.html", "last_page", "board 3 9", "true") +
            line("search.php?mod=forum&sid=x", "other", "script search.php?mod=forum", "false"));
}

TEST_CASE("parse names a missing file, a directory, a missing URL and a wrong time") {
  CHECK(run_program({"parse", "/nowhere", "--url", kUrl}).err ==
        "boardwalk: cannot read /nowhere: No such file or directory\n");
  CHECK(run_program({"parse", "/", "--url", kUrl}).err == "boardwalk: cannot read /: Is a directory\n");
  CHECK(run_program({"parse", "-", "--url", "x"}).err == "boardwalk: --url x: not an absolute http(s) URL\n");
  CHECK(run_program({"parse", "-"}).exit_code == 2);
  const auto time = run_program({"parse", "-", "--url", kUrl, "--fetched-at", "today"});
  CHECK(time.exit_code == 2);
  CHECK(time.err == "boardwalk: --fetched-at today: not a time; write 2026-01-31T08:00:00+08:00\n");
}

namespace {

// A list of pages in a directory of its own; %s stands for that directory.
std::string listed(const TemporaryDirectory& directory, const std::string& lines) {
  std::ofstream(directory / "page.html") << kArticle;
  std::string text = lines;
  for (auto at = text.find("%s"); at != std::string::npos; at = text.find("%s"))
    text.replace(at, 2, directory.path().string());
  std::ofstream(directory / "list") << text;
  return directory / "list";
}

}  // namespace

TEST_CASE("a batch reads page after page, and each record names its line or the id that the line gives") {
  const TemporaryDirectory directory;
  const std::string list = listed(
      directory,
      R"({"file": "%s/page.html", "url": "http://news.example/2026/0105/c1.html", "content_type": "text/html"})"
      "\n\n"
      R"({"file": "%s/page.html", "url": "http://news.example/2026/0105/c2.html", "id": "木\"板"})"
      "\n"
      R"({"file": "%s/page.html", "url": "http://news.example/2026/0105/c3.html", "id": 70})"
      "\n");
  const auto ended = run_program({"parse", "--batch", list});
  CHECK(ended.exit_code == 0);
  CHECK(ended.err.empty());
  std::istringstream lines(ended.out);
  std::string line;
  for (const auto& [number, id] : {std::pair(1, "1"), {2, R"("木\"板")"}, {3, "70"}}) {
    REQUIRE(std::getline(lines, line));
    CHECK(line.ends_with(std::string(",\"batch_id\":") + id + "}"));
    const auto article = store::article_from_json(line);
    REQUIRE(article);
    CHECK(article->title == "渡口修好了");
    CHECK(article->url == "http://news.example/2026/0105/c" + std::to_string(number) + ".html");
  }
  CHECK_FALSE(std::getline(lines, line));
}

TEST_CASE("a line of a batch that cannot be read is named with its number, and the others are read") {
  const TemporaryDirectory directory;
  std::ofstream(directory / "empty") << "";
  const std::string list =
      listed(directory,
             "{\"file\": \n"
             "[1]\n"
             R"({"url": "http://a.example/"})"
             "\n"
             R"({"file": "%s/page.html", "url": "page"})"
             "\n"
             R"({"file": "%s/none", "url": "http://a.example/"})"
             "\n"
             R"({"file": "%s/page.html", "url": "http://a.example/", "id": 1.5})"
             "\n"
             R"({"file": "%s/page.html", "url": "http://a.example/", "fetched_at": "now"})"
             "\n"
             R"({"file": "%s/empty", "url": "http://a.example/"})"
             "\n"
             R"({"file": "%s/page.html", "url": "http://news.example/2026/c1.html"})");
  const auto ended = run_program({"parse", "--batch", list});
  CHECK(ended.exit_code == 0);
  CHECK(ended.out.find(R"("batch_id":9})") != std::string::npos);
  const std::string place = "boardwalk: " + list + ":";
  CHECK(ended.err == place + "1: no JSON object: Invalid value. (column 10)\n" +  //
                         place +
                         "2: no JSON object; write {\"file\": \"page.html\", \"url\": \"http://…\"}\n" +
                         place + "3: \"file\" is missing\n" +  //
                         place + "4: page: not an absolute http(s) URL\n" + place + "5: cannot read " +
                         (directory / "none") + ": No such file or directory\n" +  //
                         place + "6: \"id\" is neither a string nor an integer\n" + place +
                         "7: now: not a time; write 2026-01-31T08:00:00+08:00\n" +  //
                         place + "8: not_html\n");
}

TEST_CASE("a line of a batch that cannot be read ends nothing where that cannot be told") {
  const TemporaryDirectory directory;
  const std::string list =
      listed(directory,
             "[1]\n"
             R"({"file": "%s/page.html", "url": "http://news.example/2026/0105/c1.html"})");
  const auto batch = run_shell("parse --batch '" + list + "' 2> /dev/full");
  CHECK(batch.exit_code == 0);
  CHECK(batch.out.ends_with(",\"batch_id\":2}\n"));
  CHECK(run_shell("parse - --url '" + kUrl + "' < /dev/null 2> /dev/full").exit_code == 0);
}

TEST_CASE("a batch comes from standard input too: a list that is not there is wrong usage") {
  const TemporaryDirectory directory;
  std::ofstream(directory / "page.html") << kArticle;
  const std::string line =
      "{\"file\":\"" + (directory / "page.html") + "\",\"url\":\"" + kUrl + "\",\"id\":\"in\"}\n";
  CHECK(run_program({"parse", "--batch", "-"}, line).out.ends_with(",\"batch_id\":\"in\"}\n"));
  const auto missing = run_program({"parse", "--batch", "/nowhere"});
  CHECK(missing.exit_code == 2);
  CHECK(missing.err == "boardwalk: cannot read /nowhere: No such file or directory\n");
  const auto both = run_program({"parse", "page.html", "--batch", "-"});
  CHECK(both.exit_code == 2);
  CHECK(both.err ==
        "boardwalk: --batch takes files, URLs and headers from its list; give no others beside it\n");
  CHECK(run_program({"parse", "-"}).err ==
        "boardwalk: --url is required; boardwalk parse --help tells how\n");
}

TEST_CASE("a site file decides what it pins: one that does not check or is for another host is wrong usage") {
  const TemporaryDirectory directory;
  std::ofstream(directory / "site.toml")
      << "host = 'news.example'\n[article]\ntitle = '.article-content p'\n";
  std::ofstream(directory / "bad.toml") << "host = 'news.example'\n[article]\ntitle = 'h1 >'\n";
  const auto pinned = run_program({"parse", "-", "--url", kUrl, "--site", directory / "site.toml"}, kArticle);
  CHECK(pinned.exit_code == 0);
  const auto article = store::article_from_json(pinned.out.substr(0, pinned.out.find('\n')));
  REQUIRE(article);
  REQUIRE(article->title);
  CHECK(article->title->starts_with("连日来"));
  CHECK(article->source == "河岸日报");
  const auto bad = run_program({"parse", "-", "--url", kUrl, "--site", directory / "bad.toml"}, kArticle);
  CHECK(bad.exit_code == 2);
  CHECK(bad.err == "boardwalk: " + (directory / "bad.toml") +
                       ":3:14: article.title: expected an element, #id, .class, [attribute] or :pseudo-class "
                       "before the end\n");
  const auto other =
      run_program({"parse", "-", "--url", "http://b.example/", "--site", directory / "site.toml"}, kArticle);
  CHECK(other.exit_code == 2);
  CHECK(other.err == "boardwalk: --site " + (directory / "site.toml") +
                         ": its host is not b.example; see host in the file\n");
  const auto batch =
      run_program({"parse", "--batch", "-", "--site", directory / "site.toml"},
                  "{\"file\":\"" + listed(directory, "") + "\",\"url\":\"" + kUrl + "\"}\n" + "{\"file\":\"" +
                      (directory / "page.html") + "\",\"url\":\"" + kUrl + "\"}\n");
  CHECK(batch.err == "boardwalk: -:1: not_html: empty body\n");
  CHECK(batch.out.find("\"title\":\"连日来") != std::string::npos);
}
