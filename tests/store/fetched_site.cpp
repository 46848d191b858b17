#include "fetched_site.hpp"

#include <fmt/format.h>
#include <rocksdb/db.h>

#include <catch2/catch.hpp>

#include "parsers/digest.hpp"
#include "parsers/page_key.hpp"
#include "store/bodies.hpp"
#include "store/files.hpp"
#include "store/json_codec.hpp"
#include "store/page_redaction.hpp"
#include "store/query.hpp"
#include "store/rocks.hpp"
#include "store/schema.hpp"
#include "store/vanished.hpp"
#include "store/visits.hpp"
#include "tests/contents.hpp"
#include "tests/killed_process.hpp"
#include "tests/parsers/thread_fixture.hpp"

namespace boardwalk::store {
namespace fs = std::filesystem;

std::string thread_html(int tid, const std::vector<Said>& posts, const std::string& title) {
  const std::string name = title.empty() ? fmt::format("title {}", tid) : title;
  fixture::XPage page;
  page.heading = fmt::format(R"(<h1 class="ts"><span id="thread_subject">{}</span></h1>)", name);
  page.script = fmt::format("var fid = parseInt('2'), tid = parseInt('{}');", tid);
  page.crumbs =
      fmt::format(R"(<a href="forum-2-1.html">Kitchen</a> <a href="thread-{}-1-1.html">{}</a>)", tid, name);
  page.head = fmt::format(R"(<meta name="description" content="{} ,Hearth">)",
                          posts.front().text.substr(0, posts.front().text.find('<')));
  int floor = 0;
  for (const auto& post : posts) {
    ++floor;
    page.posts.push_back(fixture::post(
        {.pid = std::to_string(post.pid),
         .body = post.text,
         .author = fmt::format(R"(<div class="authi"><a href="space-uid-{}.html" class="xw1">{}</a></div>)",
                               post.pid, post.author),
         .floor = floor == 1 ? "楼主" : fmt::format("<em>{}</em><sup>#</sup>", floor),
         .time = fmt::format("发表于 2021-3-4 05:{:02}:{:02}", post.pid / 60 % 60, post.pid % 60),
         .below = post.below.empty()
                      ? ""
                      : fmt::format(R"(<div id="comment_{}" class="cm">{}</div>)", post.pid, post.below)}));
  }
  return fixture::page(page);
}

std::string comment_html(const std::string& author, const std::string& text) {
  return fmt::format(
      R"(<div class="pstl xs1 cl"><div class="psta vm"><a href="space-uid-8.html" class="xi2">{}</a></div>)"
      R"(<div class="psti">{}&nbsp;<span class="xg1">发表于 2021-3-5 06:07</span></div></div>)",
      author, text);
}

std::string board_html(const std::vector<Listed>& threads) {
  std::string rows;
  for (const auto& thread : threads)
    rows += fmt::format(
        R"(<tbody id="normalthread_{0}"><tr><td class="icn"></td><th class="new"><a href="thread-{0}-1-1.html" class="s xst">{1}</a></th>)"
        R"(<td class="by"><cite><a href="space-uid-1.html">{2}</a></cite><em><span>2021-3-4</span></em></td>)"
        R"(<td class="num"><a href="thread-{0}-1-1.html" class="xi2">1</a><em>20</em></td>)"
        R"(<td class="by"><cite><a href="space-username-x.html">{3}</a></cite><em><a href="x">2021-3-5 05:06</a></em></td></tr></tbody>)",
        thread.tid, thread.title, thread.author, thread.last_reply_by);
  return fmt::format(
      R"(<!DOCTYPE html><html><head><title>Kitchen - Hearth - Powered by Discuz!</title></head>)"
      R"(<body id="nv_forum" class="pg_forumdisplay"><div id="threadlist"><form><table id="threadlisttableid">{}</table>)"
      R"(</form></div><div id="ft">Powered by Discuz! X3.4</div></body></html>)",
      rows);
}

FetchedSite::FetchedSite() { reopen(); }

void FetchedSite::reopen() {
  bodies_.reset();
  database_.reset();
  database_ = *Database::open(directory(), Database::Access::kWrite, config::Sync::kOs);
  bodies_ = std::make_unique<BodyWriter>(*database_);
}

void FetchedSite::replace_by(FetchedSite& other) {
  bodies_.reset();
  database_.reset();
  fs::remove_all(directory());
  // A crash stops all threads at one moment; meanwhile a compaction would drop files that are to be copied.
  rocksdb::DB& db = *other.database().rocks().db;
  REQUIRE(db.PauseBackgroundWork().ok());
  fs::copy(other.directory(), directory(), fs::copy_options::recursive);
  REQUIRE(db.ContinueBackgroundWork().ok());
  reopen();
}

void FetchedSite::fetch_page(const std::string& url, const std::string& body, std::int64_t at, int run) {
  const Forgotten forgotten = *Forgotten::load(*database_);
  parsers::Workspace workspace;
  const parsers::PageInput input{url, body, "text/html", at, kReading.zone, nullptr};
  auto page = parsers::parse_page(input, workspace);
  REQUIRE(page.outcome == parsers::Outcome::kOk);
  Visit visit;
  visit.key = parsers::page_key(*parsers::parse_url(url)).key;
  visit.url = url;
  visit.fetched_at = at * 1000;
  visit.run = run;
  visit.status = 200;
  visit.sha256 = parsers::sha256_hex(body);
  visit.headers = {{"Content-Type", "text/html"}};
  auto redacted = redacted_page(forgotten, input, visit.sha256, workspace);
  if (redacted) page = redacted->page;
  forgotten.take_out(page);
  const auto before = *visits_of(*database_, visit.key);
  Batch batch(*database_);
  REQUIRE(put_records(batch, page, kMinChars));
  if (!before.empty() && before.back().outcome == parsers::Outcome::kOk)
    REQUIRE(mark_vanished(batch, page, at));
  if (redacted) {
    visit.detail = "redacted";
    replace_body(batch, *digest_key(visit.sha256), {redacted->body, 0, true}, nullptr);
  } else {
    REQUIRE(bodies_->put(batch, site_of(visit), visit.sha256, body));
  }
  put_visit(batch, visit);
  REQUIRE(database_->commit(batch));
}

void FetchedSite::fetch(int tid, const std::vector<Said>& posts, std::int64_t at, const std::string& host) {
  fetch_page(fmt::format("http://{}/thread-{}-1-1.html", host, tid), thread_html(tid, posts), at,
             static_cast<int>(at));
}

void FetchedSite::die_behind(const std::function<void()>& step) {
  bodies_.reset();
  database_.reset();
  tests::in_killed_process([&] {
    reopen();
    step();
  });
  reopen();
}

void FetchedSite::miss(const std::string& url, std::int64_t at, int run) {
  Batch batch(*database_);
  REQUIRE(mark_page_gone(batch, *parsers::parse_url(url), nullptr, at));
  Visit visit;
  visit.key = parsers::page_key(*parsers::parse_url(url)).key;
  visit.url = url;
  visit.fetched_at = at * 1000;
  visit.run = run;
  visit.status = 404;
  visit.outcome = parsers::Outcome::kNotFound;
  put_visit(batch, visit);
  REQUIRE(database_->commit(batch));
}

void FetchedSite::fetch_file(const std::string& url, const std::string& body, std::int64_t at) {
  Visit visit;
  visit.key = parsers::page_key(*parsers::parse_url(url)).key;
  visit.url = url;
  visit.fetched_at = at * 1000;
  visit.status = 200;
  visit.sha256 = parsers::sha256_hex(body);
  visit.headers = {{"Content-Type", "Image/PNG"}};
  Batch batch(*database_);
  put_visit(batch, visit);
  put_file(batch, visit.key, {visit.sha256, "image/png", static_cast<std::int64_t>(body.size())});
  REQUIRE(put_body(batch, visit.sha256, body));
  REQUIRE(database_->commit(batch));
}

std::vector<std::string> FetchedSite::lines() const {
  std::vector<std::string> lines;
  for (const RecordKind kind : {RecordKind::kThread, RecordKind::kPost, RecordKind::kArticle})
    REQUIRE(for_each_record(*database_, {kind}, [&](const Row& row) {
      lines.emplace_back(row.json);
      return true;
    }));
  return lines;
}

bool FetchedSite::has(const std::string& record_id) const {
  return record_json(*database_, record_id).has_value();
}

parsers::Post FetchedSite::post(const std::string& pid) const {
  const auto json = record_json(*database_, parsers::post_record_id("bbs.test", pid));
  REQUIRE(json);
  return *post_from_json(*json);
}

std::vector<Finding> FetchedSite::findings() const {
  std::vector<Finding> all;
  REQUIRE(verify(*database_, [&all](const Finding& finding) { all.push_back(finding); }));
  return all;
}

std::string FetchedSite::body(const std::string& key) {
  const auto visits = visits_of(database(), key);
  REQUIRE(visits);
  REQUIRE_FALSE(visits->empty());
  const auto body = get_body(database(), visits->back().sha256);
  REQUIRE(body);
  return *body;
}

std::string FetchedSite::everything() const {
  std::string all;
  for (int i = 0; i < kFamilies; ++i)
    REQUIRE(
        database_->scan(static_cast<Family>(i), "", "", [&](std::string_view key, std::string_view value) {
          const auto body = i == static_cast<int>(Family::kBodies)
                                ? decode_body(*database_, key, value)
                                : Result<StoredBody>(StoredBody{std::string(value), 0, false});
          all.append(key).append("\n").append(body ? body->bytes : "").append("\n");
          return true;
        }));
  return all;
}

std::string FetchedSite::files() const {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(directory())) {
    if (entry.is_regular_file()) all += tests::contents(entry.path());
  }
  return all;
}

bool FetchedSite::holds(std::string_view text) const {
  constexpr std::size_t kRun = 16 * 3;  // bytes of Chinese characters
  const std::string rows = everything(), bytes = files();
  for (std::size_t at = 0; at == 0 || at + kRun <= text.size(); at += 3) {
    const std::string_view run = text.substr(at, kRun);
    if (rows.find(run) != std::string::npos || bytes.find(run) != std::string::npos) return true;
  }
  return false;
}

ForgetReceipt FetchedSite::forget(const Target& target) {
  const auto receipt = store::forget(*database_, target, kReading, 1'000'000);
  if (!receipt) FAIL(receipt.error().message);
  reopen();
  return *receipt;
}

Target record_target(const std::string& id) { return {Target::Kind::kRecord, {}, id}; }

}  // namespace boardwalk::store
