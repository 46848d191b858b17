#include "store/near.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "archive_fixture.hpp"
#include "made_up_posts.hpp"
#include "parsers/fold.hpp"
#include "store/clusters.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "store/record_rows.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const std::string kEdit2 = "老板姓李，以前在码头边上卖豆腐，后来搬到了桥头，一碗豆腐卖五块钱，生意一直很好";
const std::string kOther = "昨天晚上的雨下得很大，河边的路都淹了，今天早上水才退下去，大家出门要小心一点";

using Marks = std::map<std::string, std::string>;

// near_duplicate_of of every post, by id.
Marks near_marks(Archive& archive) {
  Marks marks;
  REQUIRE(for_each_record(archive.read(), {RecordKind::kPost}, [&](const Row& row) {
    const auto post = post_from_json(row.json);
    REQUIRE(post);
    CHECK(post->near_duplicate_of.has_value() == post->similarity.has_value());
    if (post->similarity) CHECK((*post->similarity >= 0.8 && *post->similarity < 1));
    if (post->near_duplicate_of)
      marks[post->post_id] = post->near_duplicate_of->substr(post->near_duplicate_of->rfind('/') + 1);
    return true;
  }));
  return marks;
}

std::size_t rows_of(Archive& archive, Family family) {
  std::size_t rows = 0;
  REQUIRE(archive.read().scan(family, "", "", [&](auto, auto) { return ++rows, true; }));
  return rows;
}

// The marks that follow from the texts by comparing each with each, as far as bands may find them.
Marks marks_by_comparing(const std::map<std::string, parsers::Post>& posts) {
  struct Text {
    Shingles shingles;
    std::string fold;
    ClusterHead head;
  };
  std::map<std::string, Text> texts;  // by post
  std::map<std::string, ClusterHead> originals;
  for (const auto& [pid, post] : posts) {
    Text& text = texts[pid];
    text.fold = parsers::fold(post.text);
    text.shingles = shingles_of(text.fold);
    text.head = {1, "bbs.test/post/" + pid, rank_of(post.posted_at, post.seen.first_seen)};
    const auto [held, fresh] = originals.emplace(text.fold, text.head);
    if (!fresh && comes_before(text.head, held->second)) held->second = text.head;
  }
  Marks marks;
  for (const auto& [pid, text] : texts) {
    ClusterHead first = originals[text.fold];
    for (const auto& [other, candidate] : texts) {
      const auto bands = bands_of(text.fold);
      const auto its = bands_of(candidate.fold);
      bool meets = false;
      for (std::size_t i = 0; i < bands.size(); ++i) meets = meets || bands[i] == its[i];
      if (!meets || candidate.fold == text.fold || !likeness(text.shingles, candidate.shingles).is_near())
        continue;
      if (!comes_before(originals[candidate.fold], first)) continue;
      first = originals[candidate.fold];
      marks[pid] = first.original.substr(first.original.rfind('/') + 1);
    }
  }
  return marks;
}

}  // namespace

TEST_CASE("a text that is nearly an earlier one names it, whichever came first into the archive") {
  Archive archive(any_life());
  archive.put(page_of(published("2", kEdit, 2), 10));
  archive.put(page_of(published("9", kOther, 1), 20));
  CHECK(near_marks(archive).empty());
  archive.put(page_of(published("1", kText, 1), 30));
  CHECK(near_marks(archive) == Marks{{"2", "1"}});
  CHECK(archive.post("2").similarity == Approx(0.8333));
  CHECK(archive.post("2").duplicate_of == std::nullopt);
  CHECK(archive.json("bbs.test/post/2")
            .find(R"("duplicate_of":null,"near_duplicate_of":"bbs.test/post/1","similarity":0.8333)") !=
        std::string::npos);
}

TEST_CASE("a chain of edits leads back step by step, to the earliest text that is near enough") {
  Archive archive;
  archive.put(page_of(published("3", kEdit2, 3), 10));
  archive.put(page_of(published("1", kText, 1), 20));
  archive.put(page_of(published("2", kEdit, 2), 30));
  CHECK(near_marks(archive) == Marks{{"2", "1"}, {"3", "2"}});
}

TEST_CASE("copies of a near duplicate are near duplicates as well as copies") {
  Archive archive;
  archive.put(page_of(published("2", kEdit, 2), 10));
  archive.put(page_of(published("3", kEdit, 3), 20));
  archive.put(page_of(published("1", kText, 1), 30));
  CHECK(near_marks(archive) == Marks{{"2", "1"}, {"3", "1"}});
  CHECK(archive.post("3").duplicate_of == "bbs.test/post/2");
  archive.put(page_of(published("4", kEdit, 4), 40));
  CHECK(near_marks(archive) == Marks{{"2", "1"}, {"3", "1"}, {"4", "1"}});
}

TEST_CASE("a text that is edited away leaves its neighbours, and nothing of it stays behind") {
  Archive archive(any_life());
  archive.put(page_of(published("1", kText, 1), 10));
  archive.put(page_of(published("2", kEdit, 2), 20));
  CHECK(rows_of(archive, Family::kNear) == 2);
  CHECK(rows_of(archive, Family::kBands) == 20);
  archive.put(page_of(published("1", kOther, 1), 30));
  CHECK(near_marks(archive).empty());
  CHECK(rows_of(archive, Family::kNear) == 0);
  CHECK(rows_of(archive, Family::kBands) == 20);
  archive.put(page_of(published("2", "顶", 2), 40));
  CHECK(rows_of(archive, Family::kBands) == 10);
}

TEST_CASE("a text that was folded by other rules leaves nothing behind when it is edited away") {
  Archive archive(any_life());
  archive.put(page_of(published("1", kText, 1), 10));
  archive.put(page_of(published("2", kEdit, 2), 20));
  archive.commit([](Batch& batch) {
    const auto key = find_key(batch, "bbs.test/post/1").value();
    const auto row = read_record(batch, key.value()).value();
    auto post = post_from_json(row.value().json).value();
    post.text = kOther;
    write_record(batch, *key, {row->flags, to_json(post)});
  });
  archive.put(page_of(published("1", kEdit2, 1), 30));
  CHECK(rows_of(archive, Family::kBands) == 20);
  archive.put(page_of(published("2", "顶", 2), 40));
  archive.put(page_of(published("1", "顶", 1), 50));
  CHECK(rows_of(archive, Family::kBands) == 0);
  CHECK(rows_of(archive, Family::kNear) == 0);
}

TEST_CASE("a text shorter than min_chars is never called a near duplicate") {
  Archive archive;
  archive.put(page_of(published("1", "谢谢分享，顶一下楼主先", 1), 10));
  archive.put(page_of(published("2", "谢谢分享，顶一下楼主再", 2), 20));
  CHECK(near_marks(archive).empty());
  CHECK(rows_of(archive, Family::kBands) == 0);
}

TEST_CASE("an export leaves near duplicates out when asked") {
  Archive archive;
  archive.put(page_of(published("1", kText, 1), 10));
  archive.put(page_of(published("2", kEdit, 2), 20));
  Filter filter;
  filter.near_duplicates = false;
  std::vector<std::string> ids;
  REQUIRE(for_each_record(archive.read(), {RecordKind::kPost, filter}, [&](const Row& row) {
    ids.push_back(post_from_json(row.json)->post_id);
    return true;
  }));
  CHECK(ids == std::vector<std::string>{"1"});
}

TEST_CASE("near duplicates follow from the texts, whatever the order in which they came and changed") {
  std::mt19937 engine(23);
  const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine); };
  const auto texts = made_up_posts(24, 3);
  for (int round = 0; round < 12; ++round) {
    std::vector<parsers::ParsedPage> pages;
    std::map<std::string, parsers::Post> last;
    for (int at = 1; at <= 40; ++at) {
      const std::string pid = std::to_string(1 + below(16));
      auto post = published(pid, texts[static_cast<std::size_t>(below(24))], 1 + std::stoi(pid) % 5);
      pages.push_back(page_of(post, at));
      post.seen.first_seen = last.contains(pid) ? last[pid].seen.first_seen : at;
      last[pid] = post;
    }
    const Marks expected = marks_by_comparing(last);
    Archive archive;
    for (const auto& page : pages) archive.put(page);
    CHECK(near_marks(archive) == expected);
    Archive shuffled;  // an older page that comes later changes no text
    std::shuffle(pages.begin(), pages.end(), engine);
    for (const auto& page : pages) shuffled.put(page);
    CHECK(near_marks(shuffled) == expected);
  }
}

TEST_CASE("an archive of 2,000 edited posts marks 95 % of what has an earlier near duplicate") {
  const auto texts = made_up_posts(2'000, 9);
  Archive archive;
  archive.commit([&](Batch& batch) {
    for (std::size_t i = 0; i < texts.size(); ++i)
      REQUIRE(put_records(batch, page_of(published(std::to_string(i + 1), texts[i], 1), 10), kMinChars));
  });
  std::size_t near = 0;
  std::vector<Shingles> all;
  for (const auto& text : texts) {
    const auto mine = shingles_of(parsers::fold(text));
    near +=
        std::any_of(all.begin(), all.end(),
                    [&](const Shingles& other) { return other != mine && likeness(mine, other).is_near(); })
            ? 1
            : 0;
    all.push_back(mine);
  }
  REQUIRE(near > 200);
  CHECK(static_cast<double>(near_marks(archive).size()) >= 0.95 * static_cast<double>(near));
}

TEST_CASE("a text of a flood gets a few neighbours, and is marked as a near duplicate") {
  Archive archive;
  int texts = 0;
  const auto put = [&](std::size_t many) {
    for (std::size_t i = 0; i < many; ++i, ++texts)
      archive.put(page_of(published(std::to_string(texts), kText + kText + std::to_string(1000 + texts), 1),
                          texts + 1));
  };
  put(2 * kMostInBand);
  const std::size_t before = rows_of(archive, Family::kNear);
  put(20);
  CHECK(rows_of(archive, Family::kNear) == before + 20 * 2 * kMostOfFlood);
  CHECK(near_marks(archive).size() == static_cast<std::size_t>(texts) - 1);
}
