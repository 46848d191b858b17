#include "store/schema.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "archive_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/index_keys.hpp"
#include "store/json_codec.hpp"
#include "store/packed.hpp"
#include "store/query.hpp"
#include "store/thread_rows.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using namespace std::string_literals;

namespace {

std::vector<std::pair<std::string, std::string>> rows(Archive& archive, Family family) {
  std::vector<std::pair<std::string, std::string>> rows;
  REQUIRE(archive.read().scan(family, "", "", [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  }));
  return rows;
}

std::string long_id(std::size_t size) { return std::string(size, '7'); }

}  // namespace

TEST_CASE("runs of pages that cannot be are no state of a thread") {
  const auto read = [](std::vector<std::int64_t> first, std::vector<std::int64_t> last) {
    ThreadState state;
    state.whole = {std::move(first), std::move(last)};
    return parse_thread_state(pack(state)).has_value();
  };
  CHECK(read({}, {}));
  CHECK(read({1, 5}, {3, 9}));
  CHECK_FALSE(read({1}, {}));
  CHECK_FALSE(read({0}, {3}));
  CHECK_FALSE(read({4}, {3}));
  CHECK_FALSE(read({1, 3}, {3, 9}));
  CHECK_FALSE(read({1}, {std::int64_t{1} << 40}));
}

TEST_CASE("keys are written as the layout says") {
  CHECK(board_key("bbs.test", "2") ==
        "bbbs.test\0\x01"
        "2"s);
  CHECK(thread_key("bbs.test:81", "12") ==
        "tbbs.test:81\0\x02"
        "12"s);
  CHECK(post_key("bbs.test", "12", "345") ==
        "pbbs.test\0\x02"
        "12\x03"
        "345"s);
  CHECK(post_key("bbs.test", "", "345") ==
        "pbbs.test\0\0\x03"
        "345"s);
  CHECK(article_key("news.test", "00ff") ==
        "anews.test\0\x04"
        "00ff"s);
  CHECK(version_key("bbs.test/post/1", 258) == "bbs.test/post/1\0\0\0\0\0\0\0\x01\x02"s);
  CHECK(thread_state_key("bbs.test", "12") ==
        "bbs.test\0\x02"
        "12s"s);
  CHECK(thread_page_key("bbs.test", "12", 1) ==
        "bbs.test\0\x02"
        "12p\0\0\0\0\0\0\0\x01"s);
  CHECK(visit_key("bbs.test index", 1) == "bbs.test index\0\0\0\0\0\0\0\0\x01"s);
  CHECK(at_time(by_time_prefix(kPostRow, "bbs.test"), 258) == "pbbs.test\0\x80\0\0\0\0\0\x01\x02"s);
  CHECK(at_time(by_author_prefix(kArticleRow, "王"), -1) == "a\x03王\x7f\xff\xff\xff\xff\xff\xff\xff"s);
  CHECK(band_key(band_prefix(3, 0x0102030405), "0123456789") ==
        "\x03\x01\x02\x03\x04\x05"
        "012345");
  CHECK(at_time("", kNoTime) == "\xff\xff\xff\xff\xff\xff\xff\xff");
  CHECK(digest_key(parsers::sha256_hex("")) ==
        std::string(reinterpret_cast<const char*>(parsers::sha256("").data()), 32));
  CHECK(digest_key(std::string(63, 'a')) == std::nullopt);
  CHECK(digest_key(std::string(64, 'A')) == std::nullopt);
}

TEST_CASE("ids of digits sort as numbers do") {
  std::vector<std::string> keys;
  for (const std::string id : {"9", "10", "99", "100", "1000000"})
    keys.push_back(post_key("bbs.test", id, "1"));
  CHECK(std::is_sorted(keys.begin(), keys.end()));
}

TEST_CASE("a key comes apart into what it was made of") {
  for (const std::string& id : {"7"s, "abc"s, ""s, long_id(254), long_id(255), long_id(9000)}) {
    const std::string key = post_key("bbs.test", id, long_id(255) + id);
    const auto post = parse_record_key(key);
    REQUIRE(post);
    CHECK(post->kind == kPostRow);
    CHECK(post->site == "bbs.test");
    CHECK(post->thread_id == id);
    CHECK(post->id == long_id(255) + id);
    const std::string thread = thread_key("bbs.test", id);
    CHECK(parse_record_key(thread)->thread_id == id);
    for (std::size_t size = 0; size < std::min<std::size_t>(key.size(), 20); ++size)
      CHECK_FALSE(parse_record_key(key.substr(0, size)));
    CHECK_FALSE(parse_record_key(key + "x"));
  }
}

TEST_CASE("a key made of its parts is the key that they came from") {
  for (const std::string& key : {board_key("bbs.test", "2"), thread_key("bbs.test", ""),
                                 post_key("bbs.test", long_id(300), "7"), article_key("news.test", "0f")})
    CHECK(record_key(*parse_record_key(key)) == key);
}

TEST_CASE("rows of by_time and by_author come apart into the record and its time, and sort by it") {
  for (const std::int64_t time : {std::int64_t{-5}, std::int64_t{0}, std::int64_t{1714521600}, kNoTime}) {
    const std::string timed_key = at_time(by_time_prefix(kPostRow, "bbs.test"), time) + "77";
    const auto timed = parse_by_time(timed_key, "12");
    REQUIRE(timed);
    CHECK(record_key(timed->record) == post_key("bbs.test", "12", "77"));
    CHECK(timed->time == time);
    const std::string key = at_time(by_author_prefix(kThreadRow, long_id(300)), time) + "bbs.test\0"s + "12";
    const auto authored = parse_by_author(key, "");
    REQUIRE(authored);
    CHECK(record_key(authored->record) == thread_key("bbs.test", "12"));
    CHECK(authored->time == time);
  }
  CHECK(at_time("", -5) < at_time("", 0));
  CHECK(at_time("", 0) < at_time("", 300));
  for (const std::string& bad : {""s, "p"s, "pbbs.test\0"s, "pbbs.test\0\x80\0\0\0\0\0\0"s}) {
    CHECK_FALSE(parse_by_time(bad, ""));
    CHECK_FALSE(parse_by_author(bad, ""));
  }
}

TEST_CASE("a record id comes apart into site, kind and the site's own id") {
  const auto post = parse_record_id("bbs.test:81/post/12");
  REQUIRE(post);
  CHECK(post->kind == kPostRow);
  CHECK(post->site == "bbs.test:81");
  CHECK(post->id == "12");
  CHECK(parse_record_id("bbs.test/thread/a/b")->id == "a/b");
  for (const std::string id : {"", "/", "bbs.test", "bbs.test/post", "bbs.test/page/1"})
    CHECK_FALSE(parse_record_id(id));
}

TEST_CASE("the rows of a page stand in the archive byte for byte as the layout says") {
  Archive archive;
  const auto page =
      thread_page("5", 1, 2, {make_post("1", long_text(1), 1), make_post("2", long_text(1), 2)}, 10);
  archive.put(page);
  const auto post = [&](const std::string& pid) {
    auto held = archive.post(pid);
    held.duplicate_of.reset();
    return "\x01" + to_json(held);
  };
  CHECK(rows(archive, Family::kRecords) ==
        std::vector<std::pair<std::string, std::string>>{
            {post_key("bbs.test", "5", "1"), post("1")},
            {post_key("bbs.test", "5", "2"), post("2")},
            {thread_key("bbs.test", "5"), "\0"s + archive.json("bbs.test/thread/5")}});
  CHECK(rows(archive, Family::kIds) == std::vector<std::pair<std::string, std::string>>{
                                           {"bbs.test/post/1", post_key("bbs.test", "5", "1")},
                                           {"bbs.test/post/2", post_key("bbs.test", "5", "2")}});
  const std::string fold = *digest_key(*page.posts[0].fold_sha256);
  // 2024-05-01T00:00:00Z is 1714521600; zigzag doubles it.
  const std::string rank = "\x80\x98\x8c\xe3\x0c\x14"s;
  CHECK(rows(archive, Family::kFolds) ==
        std::vector<std::pair<std::string, std::string>>{{fold,
                                                          "\x04\x1e"
                                                          "bbs.test/post/1"s +
                                                              rank},
                                                         {fold + "bbs.test/post/1", rank},
                                                         {fold + "bbs.test/post/2", rank}});
  const std::string time = "\x80\0\0\0\x66\x31\x86\0"s;  // the same instant
  const std::string no_time(8, '\xff');
  CHECK(rows(archive, Family::kByTime) ==
        std::vector<std::pair<std::string, std::string>>{{"pbbs.test\0"s + time + "1", "5"},
                                                         {"pbbs.test\0"s + time + "2", "5"},
                                                         {"tbbs.test\0"s + no_time + "5", ""}});
  CHECK(rows(archive, Family::kByAuthor) ==
        std::vector<std::pair<std::string, std::string>>{
            {"p\x0b" + "author of 1"s + time + "bbs.test\0"s + "1", "5"},
            {"p\x0b" + "author of 2"s + time + "bbs.test\0"s + "2", "5"}});
  const std::string url = "http://bbs.test/thread-5-1-1.html";
  const std::string stamp =
      "\x14" + std::string(1, static_cast<char>(2 * url.size())) + url + "\x80\x01" + page.page.sha256;
  const auto threads = rows(archive, Family::kThreads);
  REQUIRE(threads.size() == 3);
  CHECK(threads[0].first == thread_own_key("bbs.test", "5"));
  CHECK(threads[1] == std::pair(thread_page_key("bbs.test", "5", 1), std::string("\x02\x02\x00", 3) + stamp +
                                                                         "\x04\x02"
                                                                         "1\x02"
                                                                         "2\x04\x02\x04"));
  CHECK(threads[2] ==
        std::pair(thread_state_key("bbs.test", "5"), "\x04" + stamp + "\x04\0\x02\x02\x02\x02"s));
}

TEST_CASE("runs of pages grow together and name what is missing") {
  PageRuns runs;
  for (const int page : {5, 7, 6, 1, 10, 5}) runs.add(page);
  CHECK(runs.first == std::vector<std::int64_t>{1, 5, 10});
  CHECK(runs.last == std::vector<std::int64_t>{1, 7, 10});
  CHECK(runs.missing(11) == std::vector<int>{2, 3, 4, 8, 9, 11});
  CHECK(runs.missing(6) == std::vector<int>{2, 3, 4});
  CHECK(runs.missing(0).empty());
  CHECK_FALSE(runs.covers(5));
  for (const int page : {3, 4, 2}) runs.add(page);
  CHECK(runs.first == std::vector<std::int64_t>{1, 10});
  CHECK(runs.covers(7));
  CHECK_FALSE(runs.covers(8));
  CHECK_FALSE(runs.covers(0));
  runs.remove_behind(9);
  CHECK(runs.last == std::vector<std::int64_t>{7});
  runs.remove_behind(3);
  CHECK(runs.first == std::vector<std::int64_t>{1});
  CHECK(runs.last == std::vector<std::int64_t>{3});
  runs.remove_behind(0);
  CHECK(runs.first.empty());
}

TEST_CASE("rows that were cut or changed are damaged, and nothing crashes") {
  Archive archive;
  const auto page = thread_page("5", 1, 2, {make_post("1", long_text(1)), make_post("2", long_text(1))}, 10);
  archive.put(page);
  for (const Family family : {Family::kRecords, Family::kThreads, Family::kFolds, Family::kIds})
    for (const auto& [key, value] : rows(archive, family)) {
      for (const std::string& bad :
           {""s, value.substr(0, value.size() / 2), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"s}) {
        archive.commit([&, &k = key](Batch& batch) { batch.put(family, k, bad); });
        Batch batch(archive.read());
        const auto put = put_records(batch, page, kMinChars);
        if (!put) CHECK(put.error().kind == ErrorKind::kDamaged);
        const auto posts = posts_of_thread(archive.read(), "bbs.test", "5");
        if (!posts) CHECK(posts.error().kind == ErrorKind::kDamaged);
        for (const auto& id : {"bbs.test/post/1", "bbs.test/post/2", "bbs.test/thread/5"}) {
          const auto json = record_json(archive.read(), id);
          if (!json) CHECK((json.error().kind == ErrorKind::kDamaged || family == Family::kIds));
        }
      }
      archive.commit([&, &k = key, &v = value](Batch& batch) { batch.put(family, k, v); });
    }
  CHECK(archive.lines().size() == 3);
}
