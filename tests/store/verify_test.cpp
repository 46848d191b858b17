#include "store/care/verify.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/files.hpp"
#include "store/index_rows.hpp"
#include "store/json_field.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

// As a crawl puts a page: records, bytes and visit.
void put_page(Archive& archive, parsers::ParsedPage page) {
  const std::string body = "<html>" + page.page.url + std::to_string(page.page.fetched_at) + "</html>";
  page.page.sha256 = parsers::sha256_hex(body);
  for (auto& thread : page.threads) thread.page = page.page;
  for (auto& post : page.posts) post.page = page.page;
  for (auto& article : page.articles) article.page = page.page;
  for (auto& board : page.boards) board.page = page.page;
  archive.commit([&](Batch& batch) {
    REQUIRE(put_records(batch, page, kMinChars));
    REQUIRE(put_body(batch, page.page.sha256, body));
    Visit visit;
    visit.key = "bbs.test " + page.page.url;
    visit.url = page.page.url;
    visit.fetched_at = page.page.fetched_at * 1000;
    visit.sha256 = page.page.sha256;
    put_visit(batch, visit);
  });
}

void fill(Archive& archive) {
  put_page(archive, board_page("2", {make_thread("5")}, 5));
  put_page(archive, thread_page("5", 1, 2, {make_post("1", kText, 1), make_post("2", kEdit, 2)}, 10));
  put_page(archive, thread_page("5", 1, 2, {make_post("1", kText, 1), make_post("2", long_text(3), 2)}, 20));
  put_page(archive, thread_page("6", 1, 1, {make_post("3", kText, 1), make_post("4", kEdit, 2)}, 30));
  put_page(archive, article_page(make_article("http://news.test/1.html", long_text(3)), 40));
}

std::vector<Finding> findings(Archive& archive) {
  std::vector<Finding> all;
  const auto verified = verify(archive.read(), [&all](const Finding& finding) { all.push_back(finding); });
  REQUIRE(verified);
  CHECK(verified->findings == static_cast<std::int64_t>(all.size()));
  return all;
}

std::vector<std::pair<std::string, std::string>> rows(Archive& archive, Family family) {
  std::vector<std::pair<std::string, std::string>> rows;
  REQUIRE(archive.read().scan(family, "", "", [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  }));
  return rows;
}

}  // namespace

TEST_CASE("an archive in order is found whole, with what was looked at counted") {
  Archive archive(any_life());
  fill(archive);
  CHECK(findings(archive).empty());
  const auto verified = verify(archive.read(), [](const Finding&) {});
  CHECK(verified->bodies == 5);
  CHECK(verified->visits == 5);
  CHECK(verified->records == 8);
  REQUIRE(archive.flush());
  CHECK(verify(archive.read(), [](const Finding&) {})->tables > 0);
}

TEST_CASE("a row that is missing is found, in whatever family it stood") {
  for (const Family family :
       {Family::kBodies, Family::kRecords, Family::kIds, Family::kVersions, Family::kFolds, Family::kByTime,
        Family::kByAuthor, Family::kBands, Family::kNear}) {
    Archive archive;
    fill(archive);
    for (const auto& [key, value] : rows(archive, family)) {
      INFO(family_name(family));
      archive.commit([&, &k = key](Batch& batch) { batch.erase(family, k); });
      // The one board stands for itself: nothing refers to its record.
      if (!(family == Family::kRecords && key.front() == kBoardRow) &&
          !(family == Family::kRecords && key.front() == kThreadRow))
        CHECK_FALSE(findings(archive).empty());
      archive.commit([&, &k = key, &v = value](Batch& batch) { batch.put(family, k, v); });
    }
    CHECK(findings(archive).empty());
  }
}

TEST_CASE("a row that was cut is found, and nothing crashes") {
  for (const Family family : {Family::kBodies, Family::kVisits, Family::kRecords, Family::kFolds,
                              Family::kNear, Family::kThreads}) {
    Archive archive;
    fill(archive);
    for (const auto& [key, value] : rows(archive, family)) {
      INFO(family_name(family));
      archive.commit(
          [&, &k = key, &v = value](Batch& batch) { batch.put(family, k, v.substr(0, v.size() / 2)); });
      const auto found = findings(archive);
      CHECK_FALSE(found.empty());
      for (const auto& finding : found) {
        CHECK_FALSE(finding.what.empty());
        CHECK_FALSE(finding.affects.empty());
        CHECK(finding.what.find('\n') == std::string::npos);
      }
      archive.commit([&, &k = key, &v = value](Batch& batch) { batch.put(family, k, v); });
    }
  }
}

TEST_CASE("counts that do not fit what they count are found, in words") {
  Archive archive;
  fill(archive);
  archive.commit([](Batch& batch) {
    const std::string key = post_key("bbs.test", "5", "1");
    batch.erase(Family::kRecords, key);
    batch.erase(Family::kIds, "bbs.test/post/1");
  });
  bool counted = false;
  for (const auto& finding : findings(archive))
    counted = counted || (finding.what == "bbs.test/thread/5 counts 2 posts where 1 are held" &&
                          finding.affects == "its posts_archived");
  CHECK(counted);
}

TEST_CASE("a page whose bytes are missing is named") {
  Archive archive;
  fill(archive);
  const auto bodies = rows(archive, Family::kBodies);
  archive.commit([&](Batch& batch) { batch.erase(Family::kBodies, bodies.front().first); });
  const auto found = findings(archive);
  REQUIRE_FALSE(found.empty());
  CHECK(found.front().what.find(parsers::hex(bodies.front().first)) != std::string::npos);
  CHECK(found.front().affects == "showing and reading that page again; what was read from it stands");
}

TEST_CASE("a record that names a page whose bytes are missing is named, though no visit tells of the page") {
  Archive archive;
  fill(archive);
  const auto visits = rows(archive, Family::kVisits);
  archive.commit([&](Batch& batch) {
    for (const auto& [key, value] : visits) batch.erase(Family::kVisits, key);
  });
  REQUIRE(findings(archive).empty());
  for (const auto& [key, value] : rows(archive, Family::kRecords)) {
    INFO(kind_word(key.front()));
    const auto digest = page_digest_field(parse_record_value(value)->json).value();
    const auto body = archive.read().get(Family::kBodies, *digest_key(digest)).value();
    archive.commit([&](Batch& batch) { batch.erase(Family::kBodies, *digest_key(digest)); });
    const auto found = findings(archive);
    CHECK(std::any_of(found.begin(), found.end(), [&digest](const Finding& finding) {
      return finding.what.ends_with(" names a page (digest " + digest +
                                    ") whose bytes are not in the archive");
    }));
    archive.commit([&](Batch& batch) { batch.put(Family::kBodies, *digest_key(digest), *body); });
  }
  CHECK(findings(archive).empty());
}

TEST_CASE("a visit whose digest is damaged is found, whichever digit it is") {
  Archive archive;
  fill(archive);
  const std::string url = "http://news.test/1.html";
  const auto visit = last_visit(archive.read(), "bbs.test " + url).value();
  REQUIRE(visit);
  for (std::size_t digit = 0; digit < visit->sha256.size(); ++digit)
    for (const char wrong : {visit->sha256[digit] == '0' ? '1' : '0', 'F'}) {
      Visit damaged = *visit;
      damaged.sha256[digit] = wrong;
      archive.commit([&](Batch& batch) { put_visit(batch, damaged); });
      const auto found = findings(archive);
      REQUIRE(found.size() == 1);
      CHECK(found.front().what == "the bytes of " + url + " (digest " + damaged.sha256 + ") are missing");
    }
  archive.commit([&](Batch& batch) { put_visit(batch, *visit); });
  CHECK(findings(archive).empty());
}

TEST_CASE("a file's row that is damaged is named, and one whose bytes are missing") {
  Archive archive;
  fill(archive);
  archive.commit([](Batch& batch) {
    put_file(batch, "bbs.test other 1.png", {parsers::sha256_hex("gone"), "image/png", 4});
    put_file(batch, "bbs.test other 2.png", {"no digest", "image/png", 4});
  });
  const auto found = findings(archive);
  REQUIRE(found.size() == 2);
  CHECK(found[0].what == "the bytes of the file bbs.test other 1.png (digest " + parsers::sha256_hex("gone") +
                             ") are missing");
  CHECK(found[1].what == "the row of the file bbs.test other 2.png does not fit its layout");
}

TEST_CASE("a row that no record gives is found, in whatever index it stands") {
  Archive archive;
  fill(archive);
  for (const Family family : {Family::kByTime, Family::kByAuthor, Family::kBands, Family::kIds}) {
    INFO(family_name(family));
    const auto all = rows(archive, family);
    const std::string key = all.front().first + "0";
    archive.commit([&](Batch& batch) { batch.put(family, key, all.front().second); });
    CHECK_FALSE(findings(archive).empty());
    archive.commit([&](Batch& batch) { batch.erase(family, key); });
  }
  CHECK(findings(archive).empty());
}

TEST_CASE("each flag that a record bears wrongly is found") {
  Archive archive;
  fill(archive);
  for (const auto& [key, value] : rows(archive, Family::kRecords)) {
    if (key.front() != kPostRow && key.front() != kArticleRow) continue;
    for (const char flag : {kInCluster, kHasVersions, kHasNear}) {
      std::string wrong = value;
      wrong.front() = static_cast<char>(wrong.front() ^ flag);
      archive.commit([&, &k = key](Batch& batch) { batch.put(Family::kRecords, k, wrong); });
      CHECK_FALSE(findings(archive).empty());
    }
    archive.commit([&, &k = key, &v = value](Batch& batch) { batch.put(Family::kRecords, k, v); });
  }
  CHECK(findings(archive).empty());
}

TEST_CASE("texts that no longer count, when more characters are asked for, leave their cluster whole") {
  Archive archive(any_life());
  const auto put = [&](std::size_t min_chars, std::int64_t at) {
    for (const std::string pid : {"1", "2"})
      archive.commit([&](Batch& batch) {
        auto page = thread_page("t" + pid, 1, 1, {make_post(pid, "谢谢分享顶一下楼")}, at);
        REQUIRE(put_records(batch, page, min_chars));
      });
  };
  put(4, 10);
  CHECK(archive.post("2").duplicate_of == "bbs.test/post/1");
  put(16, 20);
  CHECK_FALSE(archive.post("2").duplicate_of);
  for (const Family family : {Family::kFolds, Family::kBands, Family::kNear})
    CHECK(rows(archive, family).empty());
}

TEST_CASE(
    "a text that begins to count, when fewer characters are asked for, is near what its copies are near") {
  Archive archive(any_life());
  const auto put = [&](const std::string& pid, const std::string& text, std::size_t min_chars,
                       std::int64_t at) {
    archive.commit([&](Batch& batch) {
      REQUIRE(put_records(batch, thread_page("t" + pid, 1, 1, {make_post(pid, text)}, at), min_chars));
    });
  };
  for (const auto& [min_chars, at] : {std::pair{std::size_t{100}, 10}, std::pair{std::size_t{16}, 20}}) {
    put("3", kEdit, min_chars, at);
    put("1", kText, min_chars, at);
    put("2", kText, min_chars, at);
  }
  CHECK(archive.post("2").duplicate_of == "bbs.test/post/1");
  for (const std::string pid : {"1", "2"}) {
    const auto row = archive.read().get(Family::kRecords, post_key("bbs.test", "t" + pid, pid));
    REQUIRE((row && *row));
    CHECK(((*row)->front() & kHasNear) != 0);
  }
}
