// Files that come with pages: what is fetched, from where, how large, and how records name it.

#include "crawler/media.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/export/records.hpp"
#include "store/files.hpp"
#include "store/query.hpp"
#include "tests/crawler/crawling.hpp"
#include "tests/crawler/fetching.hpp"
#include "tests/support/sample_forum.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;
using config::Media;
using parsers::Outcome;

namespace {

const std::string kPng = std::string("\x89PNG\r\n\x1a\n", 8) + "not much of a picture";
// 306|2360c0cb|… and 306|9999c0cb|… in base64: the same file at two views.
const std::string kFirstToken = "MzA2fDIzNjBjMGNifDE3OTV8MHwxMTM5";
const std::string kSecondToken = "MzA2fDk5OTljMGNifDE4MDB8MHwxMTM5";

// A Discuz! thread page whose one post shows an image and has an attachment.
std::string thread_page(const std::string& token, const std::string& image) {
  return "<!DOCTYPE html><html><head><title>reeds - Discuz! Board</title>"
         "<meta name='generator' content='Discuz! X3.4' /><link rel='stylesheet' href='/style.css'>"
         "<script>var discuz_uid = '0', cookiepre = 'x';</script></head><body id='nv_forum'>"
         "<div id='pt'><a href='forum-2-1.html'>pond</a> &rsaquo; <a href='thread-7-1-1.html'>reeds</a></div>"
         "<div id='postlist'><h1 class='ts'><span id='thread_subject'>reeds</span></h1>"
         "<div id='post_77'><table id='pid77' class='plhin'><tr><td class='pls'><div class='authi'>"
         "<a href='space-uid-5.html' class='xw1'>heron</a></div></td><td class='plc'><div class='pi'>"
         "<strong><a href='#' id='postnum77'><em>1</em>#</a></strong><div class='authi'>"
         "<em id='authorposton77'>发表于 2026-1-2 03:04:05</em></div></div>"
         "<div class='pct'><div class='pcb'><div class='t_fsz'><table><tr><td class='t_f' "
         "id='postmessage_77'>"
         "a word about reeds <img src='" +
         image +
         "' alt='' /></td></tr></table><div class='pattl'><ignore_js_op><dl class='tattl'><dd>"
         "<p class='attnm'><a href='forum.php?mod=attachment&amp;aid=" +
         token +
         "' id='aid306'>plans.zip</a></p><p>(60.11 KB, 下载次数: 3)</p></dd></dl></ignore_js_op></div>"
         "</div></div></div></td></tr></table></div></div></body></html>";
}

struct Board {
  std::string token = kFirstToken;
  std::string image = "/pic.png";
  std::string attachment = answer("200 OK", "Content-Type: application/zip\r\n", "PK of plans");

  RawServer server{[this](RawConnection& connection, const std::string& request) {
    const std::string path = request.substr(4, request.find(' ', 4) - 4);
    if (path == "/robots.txt") return connection.send(answer("404 Not Found", "", ""));
    if (path == "/pic.png") return connection.send(answer("200 OK", "Content-Type: image/png\r\n", kPng));
    if (path.find("mod=attachment") != std::string::npos) return connection.send(attachment);
    if (path == "/style.css")
      return connection.send(
          answer("200 OK", "Content-Type: text/css; charset=utf-8\r\n", "p { background: url(/dot.gif) }"));
    if (path == "/dot.gif") return connection.send(answer("200 OK", "Content-Type: image/gif\r\n", "GIF89a"));
    return connection.send(
        answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", thread_page(token, image)));
  }};

  std::string seed() const { return server.url("/thread-7-1-1.html"); }
  std::string attachment_url() const { return server.url("/forum.php?mod=attachment&aid=" + token); }
};

std::string post_json(const Crawling& crawling, const Board& board) {
  auto json = store::record_json(crawling.database(),
                                 "127.0.0.1:" + std::to_string(board.server.port()) + "/post/77");
  REQUIRE(json);
  return *json;
}

bool was_fetched(const Crawling& crawling, const std::string& url) { return crawling.visits().contains(url); }

}  // namespace

TEST_CASE("by default no file is fetched, and no record has files") {
  Board board;
  Crawling crawling;
  crawling.crawl({board.seed()});
  CHECK(board.server.requests().size() == 2);
  CHECK(post_json(crawling, board).find("\"files\"") == std::string::npos);
}

TEST_CASE("each choice of files brings its own kind") {
  struct Case {
    Media media;
    bool image, attachment, style;
  };
  for (const auto& [media, image, attachment, style] :
       {Case{Media::kImages, true, false, false}, Case{Media::kAttachments, false, true, false},
        Case{Media::kAll, true, true, false}, Case{Media::kRequisites, true, true, true}}) {
    CAPTURE(static_cast<int>(media));
    Board board;
    Crawling crawling;
    crawling.job.fetch.media = media;
    crawling.crawl({board.seed()});
    CHECK(was_fetched(crawling, board.server.url("/pic.png")) == image);
    CHECK(was_fetched(crawling, board.attachment_url()) == attachment);
    CHECK(was_fetched(crawling, board.server.url("/style.css")) == style);
    CHECK(was_fetched(crawling, board.server.url("/dot.gif")) == style);
  }
}

TEST_CASE("an image's address that acts for a member is not asked for") {
  config::Job job = config::default_job();
  job.seeds = {"http://reed.test/"};
  job.fetch.media = Media::kAll;
  const auto scope = crawler::Scope::make(job);
  REQUIRE(scope);
  const auto from = parsers::page_key(*parsers::parse_url("http://reed.test/thread-7-1-1.html"));
  const auto offers = crawler::files_to_fetch(
      {"http://reed.test/member.php?mod=logging&action=logout", "http://reed.test/logging.php?action=logout",
       "http://reed.test/forum.php?mod=post&action=reply&tid=7", "http://reed.test/pic.png",
       "http://reed.test/member.php?mod=logging&action=logout&x=mod=image",
       "http://reed.test/forum.php?mod=image&aid=5&size=300x300&key=a",
       "http://reed.test/forum.php?mod=attachment&aid=5"},
      from, 1, *scope);
  REQUIRE(offers.size() == 3);
  CHECK(offers[0].url == "http://reed.test/pic.png");
  CHECK(offers[1].url == "http://reed.test/forum.php?mod=image&aid=5&size=300x300&key=a");
  CHECK(offers[2].url == "http://reed.test/forum.php?mod=attachment&aid=5");
}

TEST_CASE("a file is kept once by its digest, and its post names it with type and size") {
  Board board;
  Crawling crawling;
  crawling.job.fetch.media = Media::kAll;
  const auto report = crawling.crawl({board.seed()});
  CHECK(report.count(Outcome::kOk) == 3);
  CHECK(report.failed == 0);
  const auto body = store::get_body(crawling.database(), parsers::sha256_hex(kPng));
  REQUIRE(body);
  CHECK(*body == kPng);
  const std::string json = post_json(crawling, board);
  const std::string image = "{\"url\":\"" + board.server.url("/pic.png") + "\",\"sha256\":\"" +
                            parsers::sha256_hex(kPng) +
                            "\",\"type\":\"image/png\",\"bytes\":" + std::to_string(kPng.size()) + "}";
  CHECK_THAT(json, Catch::Contains(",\"files\":[" + image + ",") && Catch::EndsWith("]}"));
  CHECK_THAT(json, Catch::Contains("\"type\":\"application/zip\",\"bytes\":11}"));
  std::string exported;
  store::Jsonl jsonl([&](std::string_view bytes) {
    exported += bytes;
    return true;
  });
  store::ExportCounts counts;
  REQUIRE(store::export_records(crawling.database(), {}, jsonl, counts));
  CHECK_THAT(exported, Catch::Contains(json + "\n"));
}

TEST_CASE("an attachment whose link has another token at every view is fetched once") {
  Board board;
  Crawling crawling;
  crawling.job.fetch.media = Media::kAttachments;
  crawling.crawl({board.seed()});
  board.token = kSecondToken;
  crawling.crawl({board.seed()});
  int asked = 0;
  for (const auto& request : board.server.requests())
    asked += request.find("mod=attachment") != std::string::npos;
  CHECK(asked == 1);
}

TEST_CASE("a file larger than media_bytes is too large, one of another type than wanted is not kept") {
  Board board;
  Crawling crawling;
  crawling.job.fetch.media = Media::kAll;
  crawling.job.fetch.media_types = {"image/*"};
  crawling.job.fetch.media_bytes = static_cast<std::int64_t>(kPng.size()) - 1;
  crawling.crawl({board.seed()});
  CHECK(crawling.outcome_of(board.server.url("/pic.png")) == Outcome::kTooLarge);
  const auto visit = crawling.visits().at(board.attachment_url());
  CHECK(visit.outcome == Outcome::kNotHtml);
  CHECK(visit.detail == "a file of the type application/zip");
  CHECK(visit.sha256.empty());
}

TEST_CASE("a page's cap is not a file's") {
  Board board;
  board.attachment = answer("200 OK", "Content-Type: application/zip\r\n", std::string(200'000, 'P'));
  Crawling crawling;
  crawling.job.fetch.media = Media::kAttachments;
  crawling.job.limits.page_bytes = 100'000;
  crawling.crawl({board.seed()});
  CHECK(crawling.outcome_of(board.attachment_url()) == Outcome::kOk);
}

TEST_CASE("a page in a file's place is no file") {
  Board board;
  board.attachment =
      answer("200 OK", "Content-Type: text/html\r\n", "<html><body><p>Log in first.</p></body></html>");
  Crawling crawling;
  crawling.job.fetch.media = Media::kAttachments;
  crawling.crawl({board.seed()});
  const auto visit = crawling.visits().at(board.attachment_url());
  CHECK(visit.outcome == Outcome::kNotHtml);
  CHECK(visit.detail == "a page where a file was asked for");
  CHECK(post_json(crawling, board).find("\"files\"") == std::string::npos);
}

TEST_CASE("files of other hosts come only from media_hosts, and only from public addresses") {
  Board board;
  RawServer elsewhere([](RawConnection& connection, const std::string& request) {
    if (request.starts_with("GET /robots.txt")) return connection.send(answer("404 Not Found", "", ""));
    return connection.send(answer("200 OK", "Content-Type: image/png\r\n", kPng));
  });
  const std::string host = "img.pond.test:" + std::to_string(elsewhere.port());
  board.image = "http://" + host + "/far.png";
  Crawling crawling;
  crawling.network.resolve = [](const std::string&) -> std::vector<std::string> { return {"127.0.0.1"}; };
  crawling.job.fetch.media = Media::kImages;
  crawling.job.fetch.retries = 0;
  crawling.crawl({board.seed()});
  CHECK(elsewhere.connections() == 0);
  crawling.job.fetch.media_hosts = {"img.*"};
  crawling.job.recrawl.listing = {};
  crawling.job.recrawl.article = {};
  crawling.crawl({board.seed()});
  CHECK(elsewhere.connections() == 0);  // it stands inside
  crawling.job.fetch.allow_addresses = {"img.pond.test"};
  crawling.job.recrawl.denied = {};
  crawling.job.recrawl.failed = {};
  Crawling fresh;
  fresh.network = crawling.network;
  fresh.job = crawling.job;
  fresh.crawl({board.seed()});
  CHECK(fresh.outcome_of(board.image) == Outcome::kOk);
  CHECK_THAT(post_json(fresh, board), Catch::Contains("\"files\":[{\"url\":\"" + board.image + "\""));
}

TEST_CASE("a file that moved is found through its redirect") {
  Board board;
  board.attachment = "HTTP/1.1 302 Found\r\nLocation: /pic.png\r\nContent-Length: 0\r\n\r\n";
  Crawling crawling;
  crawling.job.fetch.media = Media::kAttachments;
  crawling.crawl({board.seed()});
  CHECK_THAT(
      post_json(crawling, board),
      Catch::Contains("\"files\":[{") && Catch::Contains("\"sha256\":\"" + parsers::sha256_hex(kPng) + "\""));
}

TEST_CASE("a page that is named as a picture, or that a file is redirected to, is fetched as no file") {
  Board board;
  board.image = "/thread-8-1-1.html";
  board.attachment = "HTTP/1.1 302 Found\r\nLocation: /forum-9-1.html\r\nContent-Length: 0\r\n\r\n";
  Crawling crawling;
  crawling.job.fetch.media = Media::kAll;
  crawling.crawl({board.seed()});
  CHECK_FALSE(was_fetched(crawling, board.server.url("/thread-8-1-1.html")));
  CHECK_FALSE(was_fetched(crawling, board.server.url("/forum-9-1.html")));
  CHECK(post_json(crawling, board).find("\"files\":[{") == std::string::npos);
}

TEST_CASE("files that wait when media are no longer wanted are left alone") {
  Board board;
  Crawling crawling;
  crawling.job.fetch.media = Media::kAll;
  crawling.job.limits.max_pages = 1;
  crawling.crawl({board.seed()});
  crawling.job.limits.max_pages = 0;
  crawling.job.fetch.media = Media::kNone;
  crawling.crawl({board.seed()});
  CHECK_FALSE(was_fetched(crawling, board.server.url("/pic.png")));
  crawling.job.fetch.media = Media::kAll;
  crawling.crawl({board.seed()});
  CHECK(was_fetched(crawling, board.server.url("/pic.png")));
}

TEST_CASE("pages come before files") {
  sample::SampleForum forum({.threads = 10});
  Crawling crawling;
  crawling.job.fetch.media = Media::kRequisites;
  crawling.job.fetch.per_host = 1;
  const auto report = crawling.crawl({forum.base_url()});
  CHECK(report.failed == 0);
  bool files_began = false;
  for (const auto& request : forum.requests()) {
    const bool page = request.target.starts_with("/thread-") || request.target.starts_with("/forum-");
    files_began |= request.target.starts_with("/static/") || request.target.starts_with("/data/");
    INFO(request.target);
    CHECK_FALSE((page && files_began));
  }
  CHECK(files_began);
}
