#include "store/index_rows.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <tuple>

#include "archive_fixture.hpp"
#include "store/index_keys.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::vector<IndexRow> sorted(std::vector<IndexRow> rows) {
  std::sort(rows.begin(), rows.end(), [](const IndexRow& a, const IndexRow& b) {
    return std::tie(a.family, a.key) < std::tie(b.family, b.key);
  });
  return rows;
}

// What the index families hold, and what the records say that they should.
std::vector<IndexRow> held(Archive& archive) {
  std::vector<IndexRow> rows;
  for (const Family family : {Family::kByTime, Family::kByAuthor})
    REQUIRE(archive.read().scan(family, "", "", [&](std::string_view key, std::string_view value) {
      rows.push_back({family, std::string(key), std::string(value)});
      return true;
    }));
  return rows;
}

std::vector<IndexRow> derived(Archive& archive) {
  std::vector<IndexRow> rows;
  REQUIRE(archive.read().scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
    for (auto& row : index_rows(key, parse_record_value(value)->json)) rows.push_back(std::move(row));
    return true;
  }));
  return sorted(std::move(rows));
}

std::vector<std::string> posts_by(Archive& archive, const std::string& author) {
  std::vector<std::string> ids;
  const std::string prefix = by_author_prefix(kPostRow, author);
  REQUIRE(
      archive.read().scan(Family::kByAuthor, prefix, "", [&](std::string_view key, std::string_view value) {
        ids.emplace_back(parse_by_author(key, value)->record.id);
        return true;
      }));
  return ids;
}

parsers::Post post_of(const std::string& pid, const std::string& author, int day) {
  parsers::Post post = make_post(pid, "text of " + pid);
  post.author = author;
  post.posted_at = parsers::make_moment(2024, 5, day, 8, 0, 0, parsers::Precision::kMinute, 480);
  return post;
}

}  // namespace

TEST_CASE("an author's posts stand in the order of their times, whatever the site and thread") {
  Archive archive(any_life());
  parsers::Post elsewhere = post_of("7", "王", 4);
  elsewhere.site = "other.test";
  archive.put(thread_page("5", 1, 1, {post_of("1", "王", 9), post_of("2", "王二", 1)}, 10));
  archive.put(thread_page("6", 1, 1, {post_of("3", "王", 2), elsewhere}, 20));
  CHECK(posts_by(archive, "王") == std::vector<std::string>{"3", "7", "1"});
  CHECK(posts_by(archive, "王二") == std::vector<std::string>{"2"});
  CHECK(posts_by(archive, "二").empty());
}

TEST_CASE("a record whose time, author or thread changes is found under the new one alone") {
  Archive archive;
  archive.put(thread_page("5", 1, 1, {post_of("1", "old", 1)}, 10));
  archive.put(thread_page("6", 1, 1, {post_of("1", "new", 3)}, 20));
  CHECK(posts_by(archive, "old").empty());
  CHECK(posts_by(archive, "new") == std::vector<std::string>{"1"});
  CHECK(held(archive) == derived(archive));
  CHECK(held(archive).size() == 4);  // the post twice, both threads by time
}

TEST_CASE("an article stands under each of its authors") {
  parsers::Article article = make_article("http://news.test/1.html", long_text(1));
  article.authors = {"甲", "乙"};
  Archive archive;
  archive.put(article_page(article, 10));
  CHECK(held(archive).size() == 3);
  article.authors = {"乙"};
  archive.put(article_page(article, 20));
  CHECK(held(archive).size() == 2);
  CHECK(held(archive) == derived(archive));
}

TEST_CASE("index rows are those that follow from the records, whatever came in and changed") {
  std::mt19937 engine(11);
  const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine); };
  for (int round = 0; round < 10; ++round) {
    Archive archive;
    for (int at = 1; at <= 30; ++at) {
      std::vector<parsers::Post> posts;
      for (int i = below(4); i >= 0; --i) {
        posts.push_back(post_of(std::to_string(below(9)), std::string("author") + std::to_string(below(3)),
                                1 + below(5)));
        if (below(4) == 0) posts.back().author.reset();
        if (below(4) == 0) posts.back().posted_at.reset();
      }
      auto page = thread_page(std::to_string(below(3)), 1, 1, posts, below(2) == 0 ? at : 31 - at);
      if (below(3) == 0) page.threads.front().author = "starter";
      archive.put(page);
    }
    CHECK(held(archive) == derived(archive));
  }
}
