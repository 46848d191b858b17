// What counts as the same, level by level: the design's table of duplicates, a test a row.

#include "store/duplicates.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "archive_fixture.hpp"
#include "parsers/charset.hpp"
#include "parsers/digest.hpp"
#include "store/bodies.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::vector<std::string> exported(Archive& archive, const Filter& filter) {
  std::vector<std::string> ids;
  REQUIRE(for_each_record(archive.read(), {RecordKind::kPost, filter}, [&](const Row& row) {
    ids.push_back(post_from_json(row.json)->post_id);
    return true;
  }));
  return ids;
}

std::vector<DuplicateCluster> clusters(Archive& archive, DuplicateLevel level) {
  auto found = duplicate_clusters(archive.read(), level);
  REQUIRE(found);
  return *found;
}

// What a page of these bytes says, read by today's parsers.
parsers::ParsedPage parsed(const std::string& url, const std::string& body, const std::string& content_type,
                           std::int64_t at) {
  parsers::Workspace workspace;
  auto page = parsers::parse_page({url, body, content_type, at, 480, nullptr}, workspace);
  CHECK(page.outcome == parsers::Outcome::kOk);
  return page;
}

}  // namespace

TEST_CASE("the same page bytes are stored once, and each visit points to them") {
  Archive archive(any_life());
  const std::string body = "<html>the same</html>";
  const std::string sha256 = parsers::sha256_hex(body);
  for (const std::string key : {"bbs.test a", "bbs.test b"})
    archive.commit([&](Batch& batch) {
      REQUIRE(put_body(batch, sha256, body));
      Visit visit;
      visit.key = key;
      visit.sha256 = sha256;
      put_visit(batch, visit);
    });
  int bodies = 0;
  REQUIRE(archive.read().scan(Family::kBodies, "", "", [&](auto, auto) { return ++bodies, true; }));
  CHECK(bodies == 1);
  for (const std::string key : {"bbs.test a", "bbs.test b"})
    CHECK(get_body(archive.read(), visits_of(archive.read(), key)->front().sha256) == body);
}

TEST_CASE("the same post by another URL is one record") {
  Archive archive(any_life());
  const auto page = page_of(published("1", kText, 1), 10);
  archive.put(page);
  auto findpost = page;
  findpost.kind = parsers::PageKind::kThreadFiltered;
  findpost.thread_page.reset();
  findpost.page.url = findpost.posts[0].page.url =
      "http://bbs.test/forum.php?mod=redirect&goto=findpost&pid=1";
  archive.put(findpost);
  CHECK(exported(archive, {}) == std::vector<std::string>{"1"});
}

TEST_CASE("the same post with changed text is a new version, and all versions are kept") {
  Archive archive(any_life());
  archive.put(page_of(published("1", kText, 1), 10));
  archive.put(page_of(published("1", kEdit, 1), 20));
  CHECK(archive.post("1").seen.version == 2);
  CHECK(archive.post("1").text == kEdit);
  const auto versions = versions_json(archive.read(), "bbs.test/post/1");
  REQUIRE(versions);
  REQUIRE(versions->size() == 1);
  CHECK(post_from_json(versions->front())->text == kText);
}

TEST_CASE("the same text elsewhere names the original, and exports leave it out unless asked") {
  Archive archive(any_life());
  archive.put(page_of(published("2", kText, 2), 10));
  archive.put(page_of(published("1", kText + "！", 1), 20));
  CHECK(archive.post("2").duplicate_of == "bbs.test/post/1");
  Filter filter;
  CHECK(exported(archive, filter).size() == 2);
  filter.duplicates = false;
  CHECK(exported(archive, filter) == std::vector<std::string>{"1"});
}

TEST_CASE("nearly the same text names the earlier one with its likeness, and is kept unless asked") {
  Archive archive(any_life());
  archive.put(page_of(published("2", kEdit, 2), 10));
  archive.put(page_of(published("1", kText, 1), 20));
  CHECK(archive.post("2").near_duplicate_of == "bbs.test/post/1");
  CHECK(archive.post("2").similarity == 0.8333);
  Filter filter;
  filter.duplicates = false;
  CHECK(exported(archive, filter).size() == 2);
  filter.near_duplicates = false;
  CHECK(exported(archive, filter) == std::vector<std::string>{"1"});
}

TEST_CASE("a fold shorter than min_chars is never called a duplicate, of whatever level") {
  Archive archive(any_life());
  for (int pid = 1; pid <= 3; ++pid)
    archive.put(page_of(published(std::to_string(pid), "顶，谢谢分享", pid), pid));
  CHECK(exported(archive, {}).size() == 3);
  CHECK(clusters(archive, DuplicateLevel::kNear).empty());
  Filter filter;
  filter.duplicates = filter.near_duplicates = false;
  CHECK(exported(archive, filter).size() == 3);
}

TEST_CASE("clusters come largest first, with the original and how like it the others are") {
  Archive archive;
  archive.put(page_of(published("1", kText, 1), 1));
  archive.put(page_of(published("2", kText, 2), 2));
  archive.put(page_of(published("3", kEdit, 3), 3));
  archive.put(page_of(published("4", kEdit, 4), 4));
  for (int pid = 5; pid <= 7; ++pid)
    archive.put(page_of(published(std::to_string(pid), long_text(1), pid), pid));
  const auto exact = clusters(archive, DuplicateLevel::kExact);
  REQUIRE(exact.size() == 3);
  CHECK(exact[0].original == "bbs.test/post/5");
  CHECK(exact[0].members.size() == 2);
  CHECK(exact[1].original == "bbs.test/post/1");
  CHECK(exact[2].original == "bbs.test/post/3");
  const auto near = clusters(archive, DuplicateLevel::kNear);
  REQUIRE(near.size() == 2);
  CHECK(near[0].original == "bbs.test/post/1");
  REQUIRE(near[0].members.size() == 3);
  CHECK(near[0].members[0].record_id == "bbs.test/post/2");
  CHECK(near[0].members[0].similarity == std::nullopt);
  CHECK(near[0].members[1].record_id == "bbs.test/post/3");
  CHECK(near[0].members[1].similarity == 0.8333);
  CHECK(near[1].original == "bbs.test/post/5");
}

TEST_CASE("a mirror with pinyin, its original in GBK and the same text as a post are one cluster") {
  const std::string simplified =
      "这艘轮船从旧码头来，一共运了三百箱茶叶。船长说，今年的风浪比往年都大，路上多走了十一天。"
      "镇上的人听说以后，都到岸边来看，有人带了热汤，有人带了干衣服，一直忙到天黑才回家。";
  const std::string mirrored =
      "這(zhè)艘輪(lún)船從(cóng)舊(jiù)碼(mǎ)頭(tóu)來(lái)，一共運(yùn)了三百箱茶葉(yè)。船長(zhǎng)說("
      "shuō)，今年的風(fēng)浪比往年都大，路上多走了十一天。"
      "鎮(zhèn)上的人聽(tīng)說(shuō)以後(hòu)，都到岸邊(biān)來(lái)看，有人帶(dài)了熱(rè)湯(tāng)，有人帶("
      "dài)了乾(gān)衣服，一直忙到天黑才回家。";
  const auto article = [](const std::string& charset, const std::string& time, const std::string& text) {
    return fmt::format(
        "<html><head><meta charset=\"{}\"><title>茶叶到岸</title><meta property=\"og:type\" "
        "content=\"article\">"
        "<meta property=\"article:published_time\" content=\"{}\"></head><body><article><h1>茶叶到岸</h1>"
        "<div class=\"article-content\"><p>{}</p></div></article></body></html>",
        charset, time, text);
  };
  Archive archive(any_life());
  archive.put(parsed("http://mirror.test/2024/0503/1.html",
                     article("utf-8", "2024-05-03T08:00:00+08:00", mirrored), "text/html; charset=utf-8",
                     10));
  archive.put(page_of(published("7", simplified, 2), 20));
  archive.put(parsed("http://news.test/2024/0501/9.html",
                     parsers::encode(article("gbk", "2024-05-01T08:00:00+08:00", simplified), "gb18030"),
                     "text/html; charset=gbk", 30));
  const auto found = clusters(archive, DuplicateLevel::kExact);
  REQUIRE(found.size() == 1);
  CHECK(found[0].members.size() == 2);
  CHECK(found[0].original.starts_with("news.test/article/"));
  CHECK(archive.post("7").duplicate_of == found[0].original);
}
