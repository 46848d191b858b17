// Reparse, merge and forget, over pages of a made-up forum that the parsers of today read.

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/body_writer.hpp"
#include "store/care/forget.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/care/verify.hpp"
#include "store/forgotten.hpp"
#include "store/query.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
namespace fs = std::filesystem;

namespace {

const std::string kSecret = "这一段话只说给一个人听，后来他不愿意再让别人看到，请把它拿下来";
const std::string kPublic = "桥头的豆腐店开了三十年，老板说明年要把店交给女儿，生意还是老样子";

struct Post {
  int pid;
  std::string author, text;
};

std::string html_of(int tid, const std::vector<Post>& posts) {
  std::string html = fmt::format(
      "<html><head><meta charset=\"utf-8\"><title>t</title><meta name=\"generator\" content=\"Discuz! X3.4\">"
      "<meta name=\"description\" content=\"{}\"></head><body id=\"nv_forum\"><div id=\"postlist\" "
      "class=\"pl bm\">"
      "<span id=\"thread_subject\">title {}</span>",
      posts.front().text.substr(0, 60), tid);
  int floor = 0;
  for (const auto& post : posts)
    html += fmt::format(
        "<div id=\"post_{0}\"><table id=\"pid{0}\"><tr><td class=\"pls\"><div class=\"authi\"><a "
        "href=\"space-uid-1.html\" class=\"xw1\">{1}</a></div></td><td class=\"plc\"><div "
        "class=\"pi\"><strong><a "
        "id=\"postnum{0}\" href=\"x\"><em>{3}</em><sup>#</sup></a></strong><div class=\"authi\"><em "
        "id=\"authorposton{0}\">发表于 2024-5-1 08:00</em></div></div><div class=\"pct\"><div "
        "class=\"pcb\"><div "
        "class=\"t_fsz\"><table><tr><td class=\"t_f\" "
        "id=\"postmessage_{0}\">{2}</td></tr></table></div></div></div>"
        "</td></tr></table></div>",
        post.pid, post.author, post.text, ++floor);
  return html + "</div><div id=\"postlistreply\"></div></body></html>";
}

// An archive that pages are fetched into as a crawl does it.
class Site {
 public:
  Site() : database_(*Database::open(directory(), Database::Access::kWrite, config::Sync::kOs)) {}

  void fetch(int tid, const std::vector<Post>& posts, std::int64_t at, const std::string& host = "bbs.test") {
    const std::string body = html_of(tid, posts);
    const std::string url = fmt::format("http://{}/thread-{}-1-1.html", host, tid);
    Forgotten forgotten = *Forgotten::load(*database_);
    parsers::Workspace workspace;
    auto page = parsers::parse_page({url, body, "text/html", at, 480, nullptr}, workspace);
    REQUIRE(page.outcome == parsers::Outcome::kOk);
    REQUIRE(page.posts.size() == posts.size());
    forgotten.take_out(page);
    Batch batch(*database_);
    REQUIRE(put_records(batch, page, kMinChars));
    Visit visit;
    visit.key = fmt::format("{} thread {} 1", host, tid);
    visit.url = url;
    visit.fetched_at = at * 1000;
    visit.status = 200;
    visit.sha256 = parsers::sha256_hex(body);
    visit.headers = {{"Content-Type", "text/html"}};
    put_visit(batch, visit);
    const auto redacted = redacted_body(forgotten.redaction(), body, "text/html");
    if (redacted)
      replace_body(batch, *digest_key(visit.sha256), {*redacted, 0, true}, nullptr);
    else
      REQUIRE(bodies_.put(batch, host, visit.sha256, body));
    REQUIRE(database_->commit(batch));
  }

  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const RecordKind kind : {RecordKind::kThread, RecordKind::kPost})
      REQUIRE(for_each_record(*database_, {kind}, [&](const Row& row) {
        lines.emplace_back(row.json);
        return true;
      }));
    return lines;
  }

  bool has(const std::string& record_id) const { return record_json(*database_, record_id).has_value(); }

  std::vector<Finding> findings() const {
    std::vector<Finding> all;
    REQUIRE(verify(*database_, [&all](const Finding& finding) { all.push_back(finding); }));
    return all;
  }

  // Every key and value of every family, bodies and dictionaries unpacked.
  std::string everything() const {
    std::string all;
    for (int i = 0; i < kFamilies; ++i)
      REQUIRE(
          database_->scan(static_cast<Family>(i), "", "", [&](std::string_view key, std::string_view value) {
            all += key;
            all += '\n';
            const auto body = i == static_cast<int>(Family::kBodies)
                                  ? decode_body(*database_, key, value)
                                  : Result<StoredBody>(StoredBody{std::string(value), 0, false});
            if (body) all += body->bytes;
            all += '\n';
            return true;
          }));
    return all;
  }

  std::string files() const {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(directory())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      all += std::string{std::istreambuf_iterator<char>(file), {}};
    }
    return all;
  }

  ForgetReceipt forget(const Target& target) {
    const auto receipt = store::forget(*database_, target, {nullptr, 480, kMinChars}, 1'000'000);
    if (!receipt) FAIL(receipt.error().message);
    return *receipt;
  }

  Database& database() { return *database_; }
  BodyWriter& bodies() { return bodies_; }

 private:
  fs::path directory() const { return temp_.path() / "archive"; }

  TempDir temp_;
  std::unique_ptr<Database> database_;
  BodyWriter bodies_{*database_};
};

const Reading kReading{nullptr, 480, kMinChars};

Target record(const std::string& id) { return {Target::Kind::kRecord, {}, id}; }

std::vector<RecordChange> reparsed(Site& site, bool dry_run) {
  std::vector<RecordChange> changes;
  const auto tell = [&changes](const RecordChange& change) { changes.push_back(change); };
  REQUIRE((dry_run ? compare_reparsed(site.database(), kReading, tell)
                   : reparse(site.database(), kReading, tell)));
  return changes;
}

}  // namespace

TEST_CASE("reparse finds nothing to change in what today's parsers made") {
  Site site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "short"}}, 10);
  site.fetch(5, {{1, "甲", kPublic + "。"}, {2, "乙", "short"}}, 20);
  site.fetch(6, {{3, "丙", kPublic}}, 30);
  const auto before = site.lines();
  CHECK(reparsed(site, true).empty());
  CHECK(reparsed(site, false).empty());
  CHECK(site.lines() == before);
  CHECK(site.findings().empty());
}

TEST_CASE("a dry run lists exactly the records that differ and changes nothing, reparse makes them right") {
  Site site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "short"}}, 10);
  site.fetch(6, {{3, "丙", kSecret}}, 20);
  const auto right = site.lines();
  // As another parser would have read it: one field of one record, one record too few, one too many.
  Batch batch(site.database());
  const std::string changed = post_key("bbs.test", "5", "1");
  std::string value = *site.database().get(Family::kRecords, changed).value();
  value.replace(value.find("甲"), 3, "癸");
  batch.put(Family::kRecords, changed, value);
  batch.erase(Family::kRecords, post_key("bbs.test", "5", "2"));
  value.replace(value.find("post/1"), 6, "post/9");
  batch.put(Family::kRecords, post_key("bbs.test", "5", "9"), value);
  REQUIRE(site.database().commit(batch));
  const auto wrong = site.lines();

  const auto check = [](const std::vector<RecordChange>& changes) {
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].record_id == "bbs.test/post/1");
    CHECK(changes[0].kind == RecordChange::Kind::kChanged);
    CHECK(changes[0].fields == std::vector<std::string>{"author"});
    CHECK(changes[1].record_id == "bbs.test/post/9");
    CHECK(changes[1].kind == RecordChange::Kind::kGone);
    CHECK(changes[2].record_id == "bbs.test/post/2");
    CHECK(changes[2].kind == RecordChange::Kind::kNew);
  };
  check(reparsed(site, true));
  CHECK(site.lines() == wrong);
  check(reparsed(site, false));
  CHECK(site.lines() == right);
  CHECK(site.findings().empty());
}

TEST_CASE("archives merged in any order, and again, hold the same records, each page once") {
  const auto fill = [](Site& site, int which) {
    if (which != 1) site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "one"}}, 10);
    if (which != 0) site.fetch(5, {{1, "甲", kPublic}, {2, "乙", "two"}, {4, "丁", "new"}}, 20);
    if (which != 0) site.fetch(6, {{3, "丙", kPublic}}, 15, "mirror.test");
  };
  Site a, b, whole;
  fill(a, 0);
  fill(b, 1);
  fill(whole, 2);
  Site ab, ba;
  for (const auto& [into, order] :
       {std::pair{&ab, std::vector{&a, &b}}, std::pair{&ba, std::vector{&b, &a, &b}}}) {
    for (Site* source : order) REQUIRE(merge_pages(into->database(), source->database()));
    REQUIRE(settle_merge(into->database(), kReading));
    CHECK(into->lines() == whole.lines());
    CHECK(into->findings().empty());
  }
  const auto again = merge_pages(ab.database(), a.database());
  REQUIRE(again);
  CHECK(again->visits == 0);
  CHECK(again->bodies == 0);
}

TEST_CASE("a forgotten post leaves no trace of its text, in rows, pages, versions, quotes or files") {
  Site site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret + "第二版也一样"}}, 20);
  site.fetch(
      6,
      {{3, "丙", "<div class=\"quote\"><blockquote>" + kSecret.substr(0, 66) + "</blockquote></div>我同意"}},
      30);
  REQUIRE(site.everything().find(kSecret) != std::string::npos);
  const auto receipt = site.forget(record("bbs.test/post/2"));
  CHECK(receipt.records == 1);
  CHECK(receipt.pages == 3);
  CHECK_FALSE(site.has("bbs.test/post/2"));
  CHECK(site.has("bbs.test/post/1"));
  CHECK(site.has("bbs.test/post/3"));
  const std::string all = site.everything();
  CHECK(all.find(kPublic) != std::string::npos);
  for (std::size_t at = 0; at + 48 <= kSecret.size(); at += 3) {
    INFO(at);
    CHECK(all.find(kSecret.substr(at, 48)) == std::string::npos);
  }
  CHECK(site.files().find(kSecret.substr(0, 48)) == std::string::npos);
  CHECK(site.findings().empty());
  const auto visits = visits_of(site.database(), "bbs.test thread 5 1");
  REQUIRE(visits);
  CHECK(visits->front().detail == "redacted");
}

TEST_CASE("what was forgotten does not come back with the next crawl") {
  Site site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  site.forget(record("bbs.test/post/2"));
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}, {7, "戊", "new"}}, 20);
  CHECK_FALSE(site.has("bbs.test/post/2"));
  CHECK(site.has("bbs.test/post/7"));
  CHECK(site.everything().find(kSecret) == std::string::npos);
  CHECK(site.findings().empty());
}

TEST_CASE("a thread, an author and a site are forgotten with all that is theirs") {
  Site site;
  site.fetch(5, {{1, "甲", kPublic}, {2, "乙", kSecret}}, 10);
  site.fetch(6, {{3, "乙", kPublic}}, 20);
  site.fetch(7, {{4, "丁", kSecret}}, 30, "other.test");
  SECTION("a thread") {
    CHECK(site.forget(record("bbs.test/thread/5")).records == 3);
    CHECK_FALSE(site.has("bbs.test/thread/5"));
    CHECK_FALSE(site.has("bbs.test/post/1"));
    CHECK(site.has("other.test/post/4"));
  }
  SECTION("an author of a site") {
    CHECK(site.forget({Target::Kind::kAuthor, "bbs.test", "乙"}).records == 3);  // a thread, too
    CHECK(site.has("bbs.test/post/1"));
    CHECK_FALSE(site.has("bbs.test/post/2"));
    CHECK_FALSE(site.has("bbs.test/post/3"));
  }
  SECTION("a site") {
    CHECK(site.forget({Target::Kind::kSite, "bbs.test", {}}).records == 5);
    CHECK(site.lines().size() == 2);
    CHECK(site.everything().find("bbs.test/thread") == std::string::npos);
    CHECK(visits_of(site.database(), "bbs.test thread 5 1")->empty());
  }
  CHECK(site.findings().empty());
}

TEST_CASE("what the archive does not hold cannot be forgotten, but a forgetting can be done again") {
  Site site;
  site.fetch(5, {{1, "甲", kPublic}}, 10);
  const auto nothing = forget(site.database(), record("bbs.test/post/77"), kReading, 1);
  REQUIRE_FALSE(nothing);
  CHECK(nothing.error().kind == ErrorKind::kNotFound);
  CHECK(nothing.error().message == "nothing of bbs.test/post/77 in the archive; `query` lists what there is");
  site.forget(record("bbs.test/post/1"));
  CHECK(site.forget(record("bbs.test/post/1")).pages == 0);
}

TEST_CASE("dictionaries that saw what was forgotten are trained anew, and every page can still be read") {
  Site site;
  const int count = static_cast<int>(kFirstTraining) + 1;
  for (int tid = 1; tid <= count; ++tid)
    site.fetch(tid, {{tid, "甲", fmt::format("{}第{}次", kPublic, tid)}, {tid + 10'000, "乙", kSecret}}, 10);
  REQUIRE(site.bodies().settle());
  site.fetch(count + 1, {{count + 1, "甲", kPublic}}, 20);
  REQUIRE(site.everything().find(kSecret) != std::string::npos);
  const auto receipt = site.forget(record("bbs.test/post/10001"));
  CHECK(receipt.dictionaries == 1);
  CHECK(receipt.pages == count);
  const auto heads = dictionary_heads(site.database());
  REQUIRE(heads);
  REQUIRE(heads->size() == 1);
  CHECK(heads->front().number == 2);
  CHECK(site.everything().find(kSecret.substr(0, 48)) == std::string::npos);
  CHECK(site.findings().empty());
}

TEST_CASE(
    "redaction finds a text in pieces of sixteen characters, through markup, entities and white space") {
  Redaction redaction;
  redaction.add("abcdefghijklmnopqrstuvwxyz");
  CHECK(redaction.apply("nothing of it is here, or anywhere else") == std::nullopt);
  CHECK(redaction.apply("<p>abcdefghijklmno</p>") == std::nullopt);  // fifteen
  CHECK(redaction.apply("<p>xabcdefghijklmnopx</p>") == "<p>x□□□□□□□□□□□□□□□□x</p>");
  CHECK(redaction.apply("abcd<b>efgh</b> ijkl&nbsp;mn&#111;p!") == "□□□□<b>□□□□</b> □□□□&nbsp;□□□□□□□□□!");
  CHECK(redaction.apply("<meta content=\"abcdefghijklmnop\">") == "<meta content=\"□□□□□□□□□□□□□□□□\">");
  Redaction shorter;
  shorter.add("顶");
  CHECK(shorter.empty());
}
