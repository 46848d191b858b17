#include "store/query.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "archive_fixture.hpp"
#include "parsers/fold.hpp"
#include "store/json_codec.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

constexpr std::int64_t kDay = 86400;

std::vector<std::string> ids(Archive& archive, RecordKind kind, const Filter& filter) {
  std::vector<std::string> ids;
  REQUIRE(for_each_record(archive.read(), {kind, filter}, [&](const Row& row) {
    CHECK(row.kind == kind);
    const auto json = std::string(row.json);
    const auto at = json.find(R"("id":")") + 6;
    ids.push_back(json.substr(at, json.find('"', at) - at));
    return true;
  }));
  return ids;
}

parsers::Moment day(int number) {
  return *parsers::make_moment(2024, 5, number, 12, 0, 0, parsers::Precision::kMinute, 480);
}

// Two sites, threads, posts of several authors and days, an article of each site.
void fill(Archive& archive) {
  for (const std::string site : {"bbs.test", "bbs.test:81"})
    for (int tid : {9, 10}) {
      std::vector<parsers::Post> posts;
      for (int i = 1; i <= 3; ++i) {
        auto post = make_post(std::to_string(tid * 10 + i),
                              i == 3 ? long_text(tid) : "第" + std::to_string(i) + "層：見到船\n了嗎", i);
        post.author = "author " + std::to_string(i);
        post.posted_at = day(tid + i);
        post.board = {std::to_string(tid % 2), std::nullopt};
        post.thread_title = "title \"" + std::to_string(tid) + "\"";
        posts.push_back(post);
      }
      auto page = thread_page(std::to_string(tid), 1, 1, posts, 100 + tid);
      for (auto& post : page.posts) post.site = site;
      for (auto& thread : page.threads)
        thread.site = site, thread.author = "author 1", thread.created_at = day(tid + 1);
      archive.put(page);
    }
  archive.put(board_page("1", {}, 50));
  auto article = make_article("http://news.test/1.html", "船到了");
  article.title = "title of an article";
  article.authors = {"somebody", "author 2"};
  article.published_at = day(11);
  archive.put(article_page(article, 60));
}

Filter with(const std::function<void(Filter&)>& set) {
  Filter filter;
  set(filter);
  return filter;
}

}  // namespace

TEST_CASE("records come in key order: by site, by thread, ids as numbers") {
  Archive archive;
  fill(archive);
  CHECK(ids(archive, RecordKind::kThread, {}) ==
        std::vector<std::string>{"bbs.test/thread/9", "bbs.test/thread/10", "bbs.test:81/thread/9",
                                 "bbs.test:81/thread/10"});
  const auto posts = ids(archive, RecordKind::kPost, {});
  REQUIRE(posts.size() == 12);
  CHECK(posts[0] == "bbs.test/post/91");
  CHECK(posts[3] == "bbs.test/post/101");
}

TEST_CASE("each filter keeps what it says, and all of them together") {
  Archive archive;
  fill(archive);
  const auto posts = [&](const std::function<void(Filter&)>& set) {
    return ids(archive, RecordKind::kPost, with(set));
  };
  CHECK(posts([](Filter& f) { f.site = "bbs.test"; }).size() == 6);
  CHECK(posts([](Filter& f) { f.site = "bbs"; }).empty());
  CHECK(posts([](Filter& f) { f.thread = "9"; }).size() == 6);
  CHECK(posts([](Filter& f) { f.site = "bbs.test:81", f.thread = "9"; }).size() == 3);
  CHECK(posts([](Filter& f) { f.board = "1"; }).size() == 6);
  CHECK(posts([](Filter& f) { f.author = "author 2"; }).size() == 4);
  CHECK(posts([](Filter& f) { f.author = "author"; }).empty());
  CHECK(posts([](Filter& f) { f.title = "\"9\""; }).size() == 6);
  CHECK(posts([](Filter& f) { f.text = "船\n了"; }).size() == 8);
  CHECK(posts([](Filter& f) { f.text = "n了"; }).empty());
  CHECK(posts([](Filter& f) { f.fold = "见到 船了"; }).size() == 8);
  CHECK(posts([](Filter& f) { f.text = "见到"; }).empty());
  CHECK(posts([](Filter& f) { f.since = day(12).epoch(); }).size() == 6);
  CHECK(posts([](Filter& f) { f.until = day(12).epoch(); }).size() == 6);
  CHECK(posts([](Filter& f) { f.since = day(11).epoch(), f.until = day(11).epoch() + kDay; }).size() == 4);
  CHECK(posts([](Filter& f) {
          f.site = "bbs.test", f.thread = "9", f.author = "author 2", f.board = "1", f.fold = "船了吗";
        }) == std::vector<std::string>{"bbs.test/post/92"});

  CHECK(ids(archive, RecordKind::kThread,
            with([](Filter& f) { f.author = "author 1", f.until = day(11).epoch(); }))
            .size() == 2);
  CHECK(ids(archive, RecordKind::kThread, with([](Filter& f) { f.thread = "10"; })).size() == 2);
  CHECK(ids(archive, RecordKind::kThread, with([](Filter& f) { f.text = "title"; })).empty());
  CHECK(ids(archive, RecordKind::kThread, with([](Filter& f) { f.fold = "TITLE of 10"; })).size() == 2);
  CHECK(ids(archive, RecordKind::kBoard, with([](Filter& f) { f.board = "1", f.title = "board"; })).size() ==
        1);
  CHECK(ids(archive, RecordKind::kBoard, with([](Filter& f) { f.since = 0; })).empty());
  CHECK(ids(archive, RecordKind::kArticle, with([](Filter& f) { f.author = "author 2"; })).size() == 1);
  CHECK(ids(archive, RecordKind::kArticle,
            with([](Filter& f) { f.title = "article", f.text = "船", f.since = day(11).epoch(); }))
            .size() == 1);
  CHECK(ids(archive, RecordKind::kArticle, with([](Filter& f) { f.thread = "9"; })).empty());
}

TEST_CASE("any combination of filters gives what a look at every record gives") {
  Archive archive;
  fill(archive);
  std::vector<parsers::Post> all;
  REQUIRE(for_each_record(archive.read(), {RecordKind::kPost}, [&](const Row& row) {
    all.push_back(*post_from_json(row.json));
    return true;
  }));
  std::mt19937 engine(23);
  const auto one_of = [&](std::vector<std::string> values) -> std::optional<std::string> {
    const auto i = std::uniform_int_distribution<std::size_t>(0, 2 * values.size())(engine);
    return i < values.size() ? std::optional(values[i]) : std::nullopt;
  };
  const auto holds = [](const std::optional<std::string>& text, const std::optional<std::string>& part) {
    return !part || (text && text->find(*part) != std::string::npos);
  };
  for (int round = 0; round < 300; ++round) {
    Filter filter;
    filter.site = one_of({"bbs.test", "bbs.test:81", "other"});
    filter.thread = one_of({"9", "10", "1"});
    filter.board = one_of({"0", "1"});
    filter.author = one_of({"author 1", "author 3", "author"});
    filter.title = one_of({"title", "\""});
    filter.text = one_of({"船", "第1"});
    filter.fold = one_of({"亮到天明", "层"});
    if (const auto number = one_of({"10", "11", "12"})) filter.since = day(std::stoi(*number)).epoch();
    if (const auto number = one_of({"11", "12", "13"})) filter.until = day(std::stoi(*number)).epoch();
    filter.duplicates = engine() % 2 == 0;
    std::vector<std::string> expected;
    for (const auto& post : all) {
      const bool passes =
          (!filter.site || post.site == *filter.site) &&
          (!filter.thread || post.thread_id == filter.thread) &&
          (!filter.board || post.board.id == filter.board) &&
          (!filter.author || post.author == *filter.author) && holds(post.thread_title, filter.title) &&
          holds(post.text, filter.text) &&
          (!filter.fold || parsers::fold(post.text).find(parsers::fold(*filter.fold)) != std::string::npos) &&
          (!filter.since || post.posted_at->epoch() >= *filter.since) &&
          (!filter.until || post.posted_at->epoch() < *filter.until) &&
          (filter.duplicates || !post.duplicate_of);
      if (passes) expected.push_back(record_id(post));
    }
    CHECK(ids(archive, RecordKind::kPost, filter) == expected);
  }
}

TEST_CASE("a thread reads by floor, then by time and id") {
  Archive archive;
  std::vector<parsers::Post> posts{make_post("7", "no floor, late"), make_post("8", "second", 2),
                                   make_post("9", "first", 1), make_post("10", "no floor, early"),
                                   make_post("6", "no floor, late")};
  posts[0].posted_at = posts[4].posted_at = day(5);
  posts[3].posted_at = day(4);
  auto page = thread_page("5", 1, 1, posts, 10);
  page.thread_page.reset();
  archive.put(page);
  const auto thread = posts_of_thread(archive.read(), "bbs.test", "5");
  REQUIRE(thread);
  std::vector<std::string> order;
  for (const auto& post : *thread) order.push_back(post.post_id);
  CHECK(order == std::vector<std::string>{"9", "8", "10", "6", "7"});
  CHECK(posts_of_thread(archive.read(), "bbs.test", "6")->empty());
}

TEST_CASE("a record that is not held is not found") {
  Archive archive;
  fill(archive);
  for (const std::string id : {"", "x", "bbs.test/post/1", "bbs.test/thread/1", "bbs.test/page/9",
                               "other/board/1", "news.test/article/00"}) {
    const auto json = record_json(archive.read(), id);
    REQUIRE_FALSE(json);
    CHECK(json.error().kind == ErrorKind::kNotFound);
    CHECK(json.error().message == "no record " + id + " in the archive; `query` lists what there is");
    CHECK(versions_json(archive.read(), id)->empty());
  }
  CHECK(archive.json("bbs.test/board/1").starts_with(R"({"kind":"board","id":"bbs.test/board/1")"));
  CHECK(
      archive.json("bbs.test:81/thread/10").starts_with(R"({"kind":"thread","id":"bbs.test:81/thread/10")"));
}
