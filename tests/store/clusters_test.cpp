#include "store/clusters.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "archive_fixture.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

// duplicate_of of every post, by id.
std::map<std::string, std::string> duplicates(Archive& archive) {
  std::map<std::string, std::string> marks;
  REQUIRE(for_each_record(archive.read(), {RecordKind::kPost}, [&](const Row& row) {
    const auto post = post_from_json(row.json);
    REQUIRE(post);
    if (post->duplicate_of)
      marks[post->post_id] = post->duplicate_of->substr(post->duplicate_of->rfind('/') + 1);
    return true;
  }));
  return marks;
}

using Marks = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("a post whose fold is held is a duplicate of the earliest published") {
  Archive archive(any_life());
  archive.put(page_of(published("10", long_text(1), 3), 1));
  CHECK(duplicates(archive).empty());
  archive.put(page_of(published("11", long_text(1) + "！！", 4), 2));
  CHECK(duplicates(archive) == Marks{{"11", "10"}});
  archive.put(page_of(published("12", long_text(1), 2), 3));
  CHECK(duplicates(archive) == Marks{{"10", "12"}, {"11", "12"}});
  archive.put(page_of(published("13", long_text(2), 1), 4));
  CHECK(duplicates(archive) == Marks{{"10", "12"}, {"11", "12"}});
  CHECK(archive.json("bbs.test/post/11").find(R"("duplicate_of":"bbs.test/post/12")") != std::string::npos);
  CHECK(archive.json("bbs.test/post/12").find(R"("duplicate_of":null)") != std::string::npos);
}

TEST_CASE("where no time is told the first seen is the original, and between equals the smallest id") {
  Archive archive;
  archive.put(page_of(published("10", long_text(1), 0), 7));
  archive.put(page_of(published("11", long_text(1), 0), 5));
  archive.put(page_of(published("9", long_text(1), 0), 5));
  CHECK(duplicates(archive) == Marks{{"10", "9"}, {"11", "9"}});
  archive.put(page_of(published("12", long_text(1), 9), 9));
  CHECK(duplicates(archive) == Marks{{"9", "12"}, {"10", "12"}, {"11", "12"}});
}

TEST_CASE("a text that is too short is never called a duplicate") {
  Archive archive;
  CHECK(archive.put(page_of(published("1", "谢谢分享，顶一下楼主", 1), 1)).duplicates == 0);
  CHECK(archive.put(page_of(published("2", "谢谢分享，顶一下楼主", 2), 2)).duplicates == 0);
  CHECK(archive.put(page_of(published("3", "", 3), 3)).duplicates == 0);
  CHECK(archive.put(page_of(published("4", "", 4), 4)).duplicates == 0);
  CHECK(duplicates(archive).empty());
}

TEST_CASE("new duplicates are counted once, in other threads and on the same page") {
  Archive archive;
  CHECK(archive.put(page_of(published("1", long_text(1), 1), 1)).duplicates == 0);
  CHECK(
      archive
          .put(thread_page("5", 1, 1, {published("2", long_text(1), 2), published("3", long_text(1), 3)}, 2))
          .duplicates == 2);
  CHECK(archive.put(page_of(published("1", long_text(1), 1), 3)).duplicates == 0);
  CHECK(duplicates(archive) == Marks{{"2", "1"}, {"3", "1"}});
}

TEST_CASE("a post whose text changes leaves its cluster, and those that stay are judged anew") {
  Archive archive(any_life());
  for (int pid = 1; pid <= 3; ++pid)
    archive.put(page_of(published(std::to_string(pid), long_text(1), pid), pid));
  CHECK(duplicates(archive) == Marks{{"2", "1"}, {"3", "1"}});
  archive.put(page_of(published("1", long_text(2), 1), 10));
  CHECK(duplicates(archive) == Marks{{"3", "2"}});
  archive.put(page_of(published("2", "short", 2), 20));
  CHECK(duplicates(archive).empty());
  archive.put(page_of(published("3", long_text(2), 3), 30));
  CHECK(duplicates(archive) == Marks{{"3", "1"}});
  archive.put(page_of(published("1", long_text(1), 1), 40));
  archive.put(page_of(published("2", long_text(1), 2), 50));
  CHECK(duplicates(archive) == Marks{{"2", "1"}});
}

TEST_CASE("an article in another script is a duplicate of the post that it copies, and the reverse") {
  Archive archive(any_life());
  archive.put(page_of(published("1", "这艘轮船从旧码头来，一共运了三百箱茶叶", 5), 1));
  parsers::Article mirror =
      make_article("http://news.test/1.html",
                   "這(zhè)艘輪(lún)船從(cóng)舊(jiù)碼(mǎ)頭(tóu)來(lái)，一共運(yùn)了三百箱茶葉(yè)。");
  REQUIRE(mirror.fold_sha256 == archive.post("1").fold_sha256);
  archive.put(article_page(mirror, 2));
  const auto id = record_id(mirror);
  CHECK(article_from_json(archive.json(id))->duplicate_of == "bbs.test/post/1");
  mirror.published_at = parsers::make_moment(2024, 5, 4, 0, 0, 0, parsers::Precision::kDay, 480);
  archive.put(article_page(mirror, 3));
  CHECK(article_from_json(archive.json(id))->duplicate_of == std::nullopt);
  CHECK(duplicates(archive) == Marks{{"1", id.substr(id.rfind('/') + 1)}});
}

TEST_CASE("what tells only its day is no original for want of a time, whichever came first") {
  const auto at = [](int day, int hour) {  // in +08:00
    return *parsers::make_moment(2024, 5, day, hour, 0, 0, parsers::Precision::kMinute, 480);
  };
  const auto post = [](const std::string& pid, const parsers::Moment& when) {
    parsers::Post made = make_post(pid, long_text(1));
    made.posted_at = when;
    return made;
  };
  const auto on = [](int day) {
    return *parsers::make_moment(2024, 5, day, 0, 0, 0, parsers::Precision::kDay, 480);
  };
  const auto crawled = at(20, 12).epoch();
  struct Case {
    parsers::Moment timed, day;
    std::int64_t day_seen;
    std::string original;  // 1 is the timed one
  };
  for (const auto& [timed, day, day_seen, original] :
       {Case{at(2, 6), on(2), crawled, "1"}, Case{at(2, 23), on(2), crawled, "1"},
        Case{at(2, 0), on(1), crawled, "2"}, Case{at(1, 0), on(2), crawled, "1"},
        Case{at(2, 10), on(2), at(2, 9).epoch(), "2"}, Case{at(2, 8), on(2), at(2, 9).epoch(), "1"},
        Case{at(2, 1), on(2), at(1, 23).epoch(), "2"}, Case{at(1, 22), on(2), at(1, 23).epoch(), "1"},
        Case{at(2, 23), on(2), at(1, 9).epoch(), "1"}}) {
    std::vector<parsers::ParsedPage> pages{page_of(post("1", timed), crawled + 1),
                                           page_of(post("2", day), day_seen)};
    for (int round = 0; round < 2; ++round, std::swap(pages[0], pages[1])) {
      Archive archive;
      for (const auto& page : pages) archive.put(page);
      CHECK(duplicates(archive) == Marks{{original == "1" ? "2" : "1", original}});
    }
  }
}

TEST_CASE("clusters follow from the posts, whatever the order in which they came and changed") {
  constexpr int kPosts = 8;
  std::mt19937 engine(17);
  const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine); };
  for (int round = 0; round < 15; ++round) {
    std::vector<parsers::ParsedPage> pages;
    std::map<std::string, parsers::Post> last;
    for (int at = 1; at <= 30; ++at) {
      const std::string pid = std::to_string(1 + below(kPosts));
      const parsers::Post post =
          published(pid, long_text(below(3)), last.contains(pid) && last[pid].posted_at ? 1 : below(4));
      pages.push_back(page_of(post, at));
      parsers::Post& held = last[pid];
      const auto posted_at = post.posted_at ? post.posted_at : held.posted_at;
      const std::int64_t first_seen = held.seen.first_seen != 0 ? held.seen.first_seen : at;
      held = post;
      held.posted_at = posted_at;
      held.seen.first_seen = first_seen;
    }
    Marks expected;
    for (const auto& [pid, post] : last) {
      const auto order = [](const parsers::Post& p) {
        const Rank rank = rank_of(p.posted_at, p.seen.first_seen);
        return std::tuple(rank.published, rank.first_seen, p.post_id);
      };
      std::string original = pid;
      for (const auto& [other, candidate] : last)
        if (candidate.text == post.text && order(candidate) < order(last[original])) original = other;
      if (original != pid) expected[pid] = original;
    }
    Archive archive;
    for (const auto& page : pages) archive.put(page);
    CHECK(duplicates(archive) == expected);
  }
}
