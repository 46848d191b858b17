// `boardwalk parse`: one page's records, and an outcome's name for what is no record.

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "store/json_codec.hpp"
#include "tests/cli/program.hpp"
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

TEST_CASE("parse names a missing file, a missing URL and a wrong time") {
  CHECK(run_program({"parse", "/nowhere", "--url", kUrl}).err ==
        "boardwalk: cannot read /nowhere: No such file or directory\n");
  CHECK(run_program({"parse", "-", "--url", "x"}).err == "boardwalk: --url x: not an absolute http(s) URL\n");
  CHECK(run_program({"parse", "-"}).exit_code == 2);
  const auto time = run_program({"parse", "-", "--url", kUrl, "--fetched-at", "today"});
  CHECK(time.exit_code == 2);
  CHECK(time.err == "boardwalk: --fetched-at today: not a time; write 2026-01-31T08:00:00+08:00\n");
}
