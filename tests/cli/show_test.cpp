// `show` as a person reads it: in a pipe, and on a terminal that script(1) gives.

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "cli/text_width.hpp"
#include "parsers/digest.hpp"
#include "parsers/page.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "store/bodies.hpp"
#include "store/json_codec.hpp"
#include "store/records.hpp"
#include "store/visits.hpp"
#include "tests/cli/program.hpp"
#include "tests/places.hpp"
#include "tests/support/sample_forum.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

struct Crawled {
  Crawled() {
    crawl();
    thread = forum.site() + "/thread/101";
  }

  void crawl() {
    REQUIRE(
        run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
        0);
  }
  Ended show(std::vector<std::string> words) const {
    words.insert(words.begin(), "show");
    words.insert(words.end(), {"--archive", archive});
    return run_program(words);
  }
  // The same with a terminal of 60 columns and 6 lines behind standard output.
  Ended on_terminal(const std::string& environment, const std::string& words) const {
    return run_shell(
        "--version >/dev/null; printf '#!/bin/sh\\nstty cols 60 rows 6\\nenv %s \"%s\" %s --archive "
        "\"%s\"\\n' '" +
        environment + "' '" + tests::program() + "' '" + words + "' '" + archive + "' > '" +
        directory / "run" + "'; chmod +x '" + directory / "run" + "'; script -qec '" + directory / "run" +
        "' /dev/null < /dev/null");
  }

  TemporaryDirectory directory;
  std::string archive = directory / "archive";
  sample::SampleForum forum{{.threads = 24, .articles = 3}};
  std::string thread;
};

// A visit of the page at that URL, and the bytes that it brought, when it did and they are kept.
void put_visit_of(const std::string& archive, const std::string& url, int status, const std::string& body,
                  bool kept = true) {
  const auto database = store::Database::open(archive, store::Database::Access::kWrite);
  REQUIRE(database);
  store::Visit visit;
  visit.key = parsers::page_key(*parsers::parse_url(url)).key;
  visit.url = url;
  visit.fetched_at = status * 1000;
  visit.status = status;
  visit.headers = {{"X-Status", std::to_string(status)}};
  store::Batch batch(**database);
  if (!body.empty()) {
    visit.sha256 = parsers::sha256_hex(body);
    if (kept) REQUIRE(store::put_body(batch, visit.sha256, body));
  }
  store::put_visit(batch, visit);
  REQUIRE((*database)->commit(batch));
}

// An article that was read from these bytes of the page at that URL; gives its id.
std::string put_article_of(const std::string& archive, const std::string& url, const std::string& body) {
  const auto database = store::Database::open(archive, store::Database::Access::kWrite);
  REQUIRE(database);
  parsers::Article article;
  article.site = parsers::parse_url(url)->site();
  article.url = url;
  article.text = article.fold = body;
  article.text_sha256 = article.fold_sha256 = parsers::sha256_hex(body);
  article.parser = "news/1";
  parsers::ParsedPage page;
  page.page = article.page = {url, 100, parsers::sha256_hex(body)};
  page.articles = {article};
  store::Batch batch(**database);
  REQUIRE(store::put_records(batch, page, 16));
  REQUIRE((*database)->commit(batch));
  return store::record_id(article);
}

bool script_is_there() { return std::filesystem::exists("/usr/bin/script"); }

}  // namespace

TEST_CASE("a thread reads with its title, floors and words, by id and by any URL of it") {
  const Crawled crawled;
  const auto by_id = crawled.show({crawled.thread});
  CHECK(by_id.exit_code == 0);
  CHECK(by_id.out.find("\n#1 ") != std::string::npos);
  CHECK(by_id.out.find("\n#2 ") != std::string::npos);
  CHECK(by_id.out.find('\033') == std::string::npos);
  CHECK(crawled.show({crawled.forum.base_url() + "forum.php?mod=viewthread&tid=101"}).out == by_id.out);
}

TEST_CASE("a page's visits tell its story, oldest first") {
  Crawled crawled;
  crawled.forum.set_day(1);
  crawled.crawl();
  const auto ended = crawled.show({crawled.forum.base_url(), "--visits"});
  CHECK(ended.exit_code == 0);
  CHECK(ended.out.find(" · run 1 · ok · status 200") != std::string::npos);
  CHECK(ended.out.find(" · run 2 · ") > ended.out.find(" · run 1 · "));
  CHECK(ended.out.find("a page of kind index") != std::string::npos);
  CHECK(crawled.show({crawled.forum.base_url() + "none.html", "--visits"}).exit_code == 1);
}

TEST_CASE("an edited text's history marks what was removed and added") {
  Crawled crawled;
  std::string edited;
  for (int day = 1; day <= 6 && edited.empty(); ++day) {
    crawled.forum.set_day(day);
    crawled.crawl();
    const auto posts = run_shell("query posts --format jsonl --archive '" + crawled.archive +
                                 "' | grep '\"version\":2' | head -n 1 | cut -d'\"' -f8");
    edited = posts.out.substr(0, posts.out.find('\n'));
  }
  REQUIRE_FALSE(edited.empty());
  const auto ended = crawled.show({edited, "--history"});
  CHECK(ended.out.find("  version 1 · last seen ") != std::string::npos);
  CHECK(ended.out.find("  version 2 · last seen ") != std::string::npos);
  CHECK((ended.out.find("{+") != std::string::npos || ended.out.find("[-") != std::string::npos));
}

TEST_CASE("on a terminal lines fit it, colours help, and long texts go through the pager") {
  if (!script_is_there()) {
    WARN("script(1) is not here: nothing is tried on a terminal");
    return;
  }
  const Crawled crawled;
  const auto paged =
      crawled.on_terminal("PAGER=\"sed s/^/paged:/\" NO_COLOR= TERM=xterm", "show " + crawled.thread);
  CHECK(paged.out.find("paged:") != std::string::npos);
  CHECK(paged.out.find("\033[1m") != std::string::npos);
  const auto plain = crawled.on_terminal("PAGER= NO_COLOR=1 TERM=xterm", "show " + crawled.thread);
  CHECK(plain.out.find("paged:") == std::string::npos);
  CHECK(plain.out.find("\033[") == std::string::npos);
  for (std::size_t begin = 0; begin < plain.out.size();) {
    const std::size_t end = std::min(plain.out.find("\r\n", begin), plain.out.size());
    const std::string line = plain.out.substr(begin, end - begin);
    INFO(line);
    if (line.starts_with("  ") && line.find("http") == std::string::npos) CHECK(cli::width(line) <= 60);
    begin = end + 2;
  }
}

TEST_CASE("a crawl's live line fits the terminal, with a column to spare") {
  if (!script_is_there()) {
    WARN("script(1) is not here: nothing is tried on a terminal");
    return;
  }
  Crawled crawled;
  crawled.forum.set_faults({.delay_ms = 300});
  const auto crawl = crawled.on_terminal(
      "TERM=xterm", "crawl " + crawled.forum.base_url() + " --full --set fetch.delay=0s --max-pages 3");
  static const std::string again = "\r\033[K";
  int lines = 0;
  for (std::size_t at = crawl.out.find(again); at != std::string::npos; at = crawl.out.find(again, at)) {
    at += again.size();
    const std::string line = crawl.out.substr(at, crawl.out.find('\r', at) - at);
    INFO(line);
    if (!line.starts_with("pages ")) continue;  // the line was cleared
    CHECK(cli::width(line) <= 59);
    CHECK(line.find("…") != std::string::npos);
    ++lines;
  }
  CHECK(lines > 0);
}

TEST_CASE(
    "a page's bytes are the last that came, with the headers of that fetch: headers alone the last ones") {
  const TemporaryDirectory directory;
  const std::string archive = directory / "archive";
  const std::string url = "http://bbs.test/thread-5-1-1.html", other = "http://bbs.test/thread-6-1-1.html";
  put_visit_of(archive, url, 200, "words");
  put_visit_of(archive, url, 304, "");
  put_visit_of(archive, url, 503, "");
  put_visit_of(archive, other, 404, "");
  const auto show = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "show");
    words.insert(words.end(), {"--archive", archive});
    return run_program(words);
  };
  CHECK(show({url, "--raw"}).out == "words");
  const std::string headers = show({url, "--headers"}).out;
  CHECK(headers.starts_with("503 " + url));
  CHECK(headers.ends_with("\nX-Status: 503\n"));
  const std::string both = show({url, "--raw", "--headers"}).out;
  CHECK(both.starts_with("200 " + url));
  CHECK(both.ends_with("\nX-Status: 200\nwords"));
  const auto none = show({other, "--raw"});
  CHECK(none.exit_code == 1);
  CHECK(none.err ==
        "boardwalk: a body of " + other + " is not in the archive; boardwalk query lists what is\n");
}

TEST_CASE("a record's bytes are those that it was read from, whatever came from its page since") {
  const TemporaryDirectory directory;
  const std::string archive = directory / "archive";
  const std::string url = "http://news.test/1.html", other = "http://news.test/2.html";
  const std::string third = "http://news.test/3.html";
  const std::string id = put_article_of(archive, url, "words");
  const std::string unkept = put_article_of(archive, other, "words that went");
  const std::string unseen = put_article_of(archive, third, "words that never came");
  put_visit_of(archive, url, 200, "words");
  put_visit_of(archive, url, 500, "an error page");
  put_visit_of(archive, other, 200, "words that went", false);
  put_visit_of(archive, other, 500, "an error page");
  put_visit_of(archive, third, 500, "an error page");
  const auto show = [&](std::vector<std::string> words) {
    words.insert(words.begin(), "show");
    words.insert(words.end(), {"--archive", archive});
    return run_program(words);
  };
  CHECK(show({id, "--raw"}).out == "words");
  CHECK(show({url, "--raw"}).out == "an error page");
  const std::string both = show({id, "--raw", "--headers"}).out;
  CHECK(both.starts_with("200 " + url));
  CHECK(both.ends_with("\nX-Status: 200\nwords"));
  CHECK(show({id, "--headers"}).out.starts_with("500 " + url));
  const std::string end = " is not in the archive; boardwalk query lists what is\n";
  const auto lost = show({unkept, "--raw"});
  CHECK(lost.exit_code == 1);
  CHECK(lost.out.empty());
  CHECK(lost.err == "boardwalk: the body of " + unkept + " with the digest " +
                        parsers::sha256_hex("words that went") + end);
  const auto none = show({unseen, "--raw"});
  CHECK(none.exit_code == 1);
  CHECK(none.out.empty());
  CHECK(none.err == "boardwalk: the page that " + unseen + " was read from" + end);
}

TEST_CASE("a page that is known and has no record is told from one that is not there") {
  const Crawled crawled;
  const auto page = crawled.show({crawled.forum.base_url()});
  CHECK(page.exit_code == 1);
  CHECK(page.err ==
        "boardwalk: " + crawled.forum.base_url() +
            " has no record in the archive; its last visit ended ok; --visits tells of all its visits, "
            "--raw gives its bytes\n");
  const std::string none = crawled.forum.base_url() + "thread-99999-1-1.html";
  CHECK(crawled.show({none}).err ==
        "boardwalk: " + none + " is not in the archive; boardwalk query lists what is\n");
}

TEST_CASE("of a page without a record bytes are promised only when there are some") {
  const TemporaryDirectory directory;
  const std::string archive = directory / "archive", url = "http://bbs.test/thread-7-1-1.html";
  const std::string unkept = "http://bbs.test/thread-8-1-1.html";
  put_visit_of(archive, url, 403, "");
  put_visit_of(archive, unkept, 200, "words that went", false);
  for (const auto& page : {url, unkept}) {
    const auto ended = run_program({"show", page, "--archive", archive});
    CHECK(ended.exit_code == 1);
    CHECK(ended.err == "boardwalk: " + page +
                           " has no record in the archive; its last visit ended ok; --visits tells of all "
                           "its visits\n");
    CHECK(run_program({"show", page, "--raw", "--archive", archive}).exit_code == 1);
  }
  put_visit_of(archive, url, 500, "an error page");
  CHECK(run_program({"show", url, "--archive", archive}).err.ends_with(", --raw gives its bytes\n"));
}

TEST_CASE("a page that robots.txt forbids is not said to have been fetched") {
  sample::SampleForum forum({.threads = 1});
  forum.set_robots(200, "User-agent: *\nDisallow: /news/\n");
  const TemporaryDirectory directory;
  const std::string archive = directory / "archive", page = forum.base_url() + "news/";
  REQUIRE(
      run_program({"crawl", forum.base_url(), "--archive", archive, "--set", "fetch.delay=0s"}).exit_code ==
      0);
  CHECK(run_program({"show", page, "--archive", archive}).err ==
        "boardwalk: " + page +
            " has no record in the archive; its last visit ended robots_denied; --visits tells of all its "
            "visits\n");
}
