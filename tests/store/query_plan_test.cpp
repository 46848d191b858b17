#include "store/query_plan.hpp"

#include <rocksdb/db.h>
#include <rocksdb/metadata.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <random>
#include <set>

#include "archive_fixture.hpp"
#include "store/candidates.hpp"
#include "store/index_keys.hpp"
#include "store/index_rows.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/record_match.hpp"
#include "store/record_rows.hpp"
#include "store/rocks.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

// Archives and questions drawn at random, from few enough names that most questions are answered by
// something.
class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}

  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine_); }
  bool coin() { return below(2) == 0; }
  template <typename T>
  std::optional<T> maybe(T value) {
    return coin() ? std::optional(std::move(value)) : std::nullopt;
  }
  std::string site() { return coin() ? "bbs.test" : "bbs.test:8" + std::to_string(below(3)); }
  std::string author() { return "渡" + std::string(static_cast<std::size_t>(below(3)), 'x'); }
  std::string id() { return std::to_string(below(coin() ? 9 : 200)); }
  parsers::Moment moment() {
    return *parsers::make_moment(2024, 5, 1 + below(9), below(24), 0, 0, parsers::Precision::kMinute, 480);
  }
  std::string text() {
    static const std::vector<std::string> kPieces{"船",     "来源",    "來(lái)源", "見到 ", "见到",
                                                  "Linux ", "12345",   "，",        "lái",   "ｌｉｎｕｘ",
                                                  "é",      "a b c d", "😀",         "了",    "\n"};
    std::string text;
    for (int n = 1 + below(12); n > 0; --n) text += kPieces[static_cast<std::size_t>(below(15))];
    return text;
  }

  void fill(Archive& archive, int pages) {
    for (int i = 0; i < pages; ++i) archive.put(coin() ? thread() : article());
  }

  Filter filter() {
    Filter filter;
    if (below(3) == 0) filter.site = coin() ? site() : "news.test";
    if (below(4) == 0) filter.thread = id();
    if (below(6) == 0) filter.board = std::to_string(below(3));
    if (below(3) == 0) filter.author = author();
    if (below(8) == 0) filter.title = "title of 1";
    if (below(3) == 0) filter.since = moment().epoch();
    if (below(3) == 0) filter.until = moment().epoch() + below(2);
    if (below(4) == 0) filter.text = needle();
    if (below(4) == 0) filter.fold = needle();
    filter.duplicates = below(4) != 0;
    return filter;
  }

 private:
  parsers::ParsedPage thread() {
    const std::string tid = id(), where = site();
    std::vector<parsers::Post> posts;
    for (int i = 0; i < 1 + below(4); ++i) {
      auto post = make_post(id(), text());
      post.author = maybe(author());
      post.posted_at = maybe(moment());
      post.board = {std::to_string(below(3)), std::nullopt};
      post.thread_title = "title of " + tid;
      posts.push_back(post);
    }
    auto page = thread_page(tid, 1, 1, posts, 100 + below(900));
    for (auto& post : page.posts) post.site = where;
    for (auto& thread : page.threads) {
      thread.site = where;
      thread.author = maybe(author());
      thread.created_at = maybe(moment());
    }
    return page;
  }

  parsers::ParsedPage article() {
    auto article = make_article("http://news.test/" + id(), text());
    article.title = "title of 1 " + id();
    article.published_at = maybe(moment());
    for (int i = below(3); i > 0; --i) article.authors.push_back(author() + std::to_string(i));
    return article_page(article, 100 + below(900));
  }

  // Some bytes out of a text, mostly whole characters.
  std::string needle() {
    const std::string whole = text();
    const auto from = static_cast<std::size_t>(below(static_cast<int>(whole.size())));
    std::string part = whole.substr(from, static_cast<std::size_t>(1 + below(9)));
    while (below(10) != 0 && !part.empty() && (part.front() & 0xC0) == 0x80) part.erase(0, 1);
    return part.empty() ? "船" : part;
  }

  std::mt19937 engine_;
};

constexpr RecordKind kKindsAsked[] = {RecordKind::kBoard, RecordKind::kThread, RecordKind::kPost,
                                      RecordKind::kArticle};

// The keys of what passes, found in one way.
std::vector<std::string> found(Archive& archive, const Query& query, const Way& way) {
  std::vector<std::string> keys;
  const RecordMatch match(query.filter, query.kind);
  const auto done = for_each_candidate(archive.read(), query, way,
                                       [&](std::string_view key, std::string_view value) -> Result<bool> {
                                         if (match.passes(key, parse_record_value(value)->json))
                                           keys.emplace_back(key);
                                         return true;
                                       });
  if (!done) FAIL(done.error().message);
  return keys;
}

// What a look at every record finds, in the documented order.
std::vector<std::string> expected(Archive& archive, const Query& query) {
  using Place = std::tuple<std::int64_t, std::string, std::string>;
  std::vector<std::pair<Place, std::string>> all;
  const RecordMatch match(query.filter, query.kind);
  const std::string kind(1, row_letter(query.kind));
  REQUIRE(
      archive.read().scan(Family::kRecords, kind, kind, [&](std::string_view key, std::string_view value) {
        const auto json = parse_record_value(value)->json;
        const auto parsed = parse_record_key(key);
        if (match.passes(key, json))
          all.push_back(
              {{published_at(kind.front(), json), std::string(parsed->site), std::string(parsed->id)},
               std::string(key)});
        return true;
      }));
  std::vector<std::string> keys;
  if (query.order != Order::kId) std::sort(all.begin(), all.end());
  if (query.order == Order::kNewest) {
    std::reverse(all.begin(), all.end());
    std::stable_partition(all.begin(), all.end(),
                          [](const auto& place) { return std::get<0>(place.first) != kNoTime; });
  }
  for (const auto& [place, key] : all) keys.push_back(key);
  return keys;
}

// One byte of the first row of each table of a family becomes another.
void damage_tables(Archive& archive, Family family) {
  const Rocks& rocks = archive.writer().rocks();
  rocksdb::ColumnFamilyMetaData tables;
  rocks.db->GetColumnFamilyMetaData(rocks.of(family), &tables);
  std::vector<std::string> paths;
  for (const auto& level : tables.levels)
    for (const auto& file : level.files) paths.push_back(file.directory + "/" + file.relative_filename);
  REQUIRE_FALSE(paths.empty());
  archive.close();
  for (const auto& path : paths) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(4);
    const int byte = file.get();
    file.seekp(4);
    file.put(static_cast<char>(byte ^ 1));
    REQUIRE(file.good());
  }
}

std::string explained(Archive& archive, const Query& query) { return explain(archive.read(), query).value(); }

}  // namespace

TEST_CASE("whatever index answers, and in whatever order, a query gives what a look at every record gives") {
  std::set<Index> taken;
  std::size_t answers = 0;
  for (unsigned seed = 1; seed <= 6; ++seed) {
    Draw draw(seed);
    Archive archive;
    draw.fill(archive, 50);
    if (seed % 3 != 0) REQUIRE(archive.index());
    if (seed % 3 == 2) draw.fill(archive, 20);  // newer than the index
    for (int round = 0; round < 250; ++round) {
      Query query{kKindsAsked[draw.below(4)], draw.filter(), static_cast<Order>(draw.below(3))};
      const auto reference = expected(archive, query);
      answers += reference.size();
      INFO("seed " << seed << ", round " << round << "\n" << explained(archive, query));
      for (const Way& way : plan_query(archive.read(), query, true).ways) {
        taken.insert(way.index);
        CHECK(found(archive, query, way) == reference);
      }
      query.by_index = false;
      CHECK(found(archive, query, plan_query(archive.read(), query).ways.front()) == reference);
    }
  }
  CHECK(taken.size() == 4);
  CHECK(answers > 3000);
}

TEST_CASE("more sites than are walked at once come in the same order") {
  Archive archive;
  const auto day = [](int number) {
    return *parsers::make_moment(2024, 1, number, 0, 0, 0, parsers::Precision::kDay, 480);
  };
  for (int i = 0; i < 170; ++i) {
    auto article = make_article("http://news.test/" + std::to_string(i), "words of " + std::to_string(i));
    article.site = "news" + std::to_string(i % 70) + ".test";
    if (i % 9 != 0) article.published_at = day(1 + i % 8);
    archive.put(article_page(article, 100 + i));
  }
  int merged = 0;
  for (const Order order : {Order::kId, Order::kOldest, Order::kNewest})
    for (const bool bounded : {false, true}) {
      Query query{RecordKind::kArticle, {}, order};
      if (bounded) query.filter.since = day(3).epoch(), query.filter.until = day(7).epoch();
      const auto reference = expected(archive, query);
      REQUIRE(reference.size() == (bounded ? 75 : 170));
      for (const Way& way : plan_query(archive.read(), query, true).ways) {
        CHECK(found(archive, query, way) == reference);
        if (way.index != Index::kByTime || order == Order::kId) continue;
        CHECK(way.passes.front().size() == 70);
        CHECK_FALSE(way.gathers);
        ++merged;
      }
    }
  CHECK(merged == 4);
}

TEST_CASE("the full-text index is asked for no more than may make it the best way") {
  Archive archive;
  archive.commit([](Batch& batch) {
    for (int i = 0; i < 12'000; ++i) {
      auto post = make_post(std::to_string(i), i % 10 == 0 ? "楼主好" : "路过");
      post.thread_id = i < 20 ? "12" : "1";
      post.board = {std::to_string(i % 3), std::nullopt};
      write_record(batch, post_key(post.site, *post.thread_id, post.post_id), RecordRow{0, to_json(post)});
    }
  });
  REQUIRE(archive.flush());
  REQUIRE(archive.index());
  Query query{RecordKind::kPost};
  query.filter.text = "楼主";
  const auto first_way = [&] { return plan_query(archive.read(), query).ways.front(); };
  CHECK(first_way().index == Index::kFullText);
  CHECK(found(archive, query, first_way()).size() == 1200);

  query.wanted = 10;
  CHECK(first_way().index == Index::kRecords);
  CHECK_FALSE(first_way().gathers);
  CHECK(explained(archive, query)
            .find("full text   more than 1000 records have what these words are found by") !=
        std::string::npos);
  query.filter.board = "1";  // so that fewer pass than the index names
  CHECK(first_way().index == Index::kFullText);
  query.filter.board.reset();
  query.wanted = 1000;
  CHECK(first_way().index == Index::kFullText);

  query.wanted = 0;
  query.filter.thread = "12";
  const Plan plan = plan_query(archive.read(), query, true);
  REQUIRE(plan.ways.size() == 1);
  CHECK(plan.ways.front().rows == 20);
  CHECK(plan.no_text == "more than 1000 records have what these words are found by");
  CHECK(found(archive, query, plan.ways.front()).size() == 2);
}

TEST_CASE("a query that is explained names its index, what is checked afterwards and what it looks at") {
  Archive archive;
  std::vector<parsers::Post> posts;
  for (int i = 1; i <= 40; ++i) {
    posts.push_back(make_post(std::to_string(i), "words of " + std::to_string(i), i));
    posts.back().author = i % 20 == 0 ? "江" : "somebody";
    posts.back().posted_at =
        *parsers::make_moment(2024, 5, 1 + i % 20, 0, 0, 0, parsers::Precision::kDay, 480);
  }
  archive.put(thread_page("7", 1, 1, posts, 100));
  Query query{RecordKind::kPost};
  CHECK(explained(archive, query) ==
        "index       none: every record is looked at\n"
        "narrows by  nothing\n"
        "looks at    about 40 of 40 posts\n"
        "order       by site, thread and id, as they come\n"
        "then checks nothing\n");
  query.filter.author = "江";
  query.filter.title = "words";
  CHECK(explained(archive, query) ==
        "index       by_author (author and time)\n"
        "narrows by  --author\n"
        "looks at    about 2 of 40 posts\n"
        "order       by site, thread and id, sorted before the first\n"
        "then checks --title\n"
        "instead of  none: every record is looked at: about 40\n");
  query = {RecordKind::kPost, {}, Order::kNewest};
  query.filter.site = "bbs.test";
  query.filter.since = parsers::make_moment(2024, 5, 20, 0, 0, 0, parsers::Precision::kDay, 480)->epoch();
  query.filter.board = "3";
  CHECK(explained(archive, query) ==
        "index       by_time (site and time)\n"
        "narrows by  --site --since\n"
        "looks at    about 2 of 40 posts\n"
        "order       newest first, as they come\n"
        "then checks --board\n"
        "instead of  none: every record of the site is looked at: about 40\n");
  query = {RecordKind::kPost};
  query.filter.thread = "7";
  CHECK(explained(archive, query) ==
        "index       records (a thread's posts stand together)\n"
        "narrows by  --thread\n"
        "looks at    about 40 of 40 posts\n"
        "order       by site, thread and id, as they come\n"
        "then checks nothing\n");
}

TEST_CASE("by time, the first record comes before the others are looked at") {
  Archive archive;
  Draw draw(11);
  draw.fill(archive, 60);
  for (const Order order : {Order::kOldest, Order::kNewest}) {
    std::int64_t looked_at = 0;
    Query query{RecordKind::kPost, {}, order};
    query.looked_at = [&](std::int64_t count) { looked_at = count; };
    REQUIRE(for_each_record(archive.read(), query, [](const Row&) { return false; }));
    CHECK(looked_at == 1);
  }
}

TEST_CASE("an index that names a record that is not there is damage, and no shorter answer") {
  Archive archive;
  archive.put(thread_page("7", 1, 1, {make_post("1", "one", 1)}, 100));
  archive.commit([](Batch& batch) { batch.erase(Family::kRecords, post_key("bbs.test", "7", "1")); });
  const Query query{RecordKind::kPost, {}, Order::kOldest};
  int indexes = 0;
  for (const Way& way : plan_query(archive.read(), query, true).ways) {
    if (way.index != Index::kByTime) continue;
    ++indexes;
    const auto done = for_each_candidate(archive.read(), query, way,
                                         [](std::string_view, std::string_view) { return true; });
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::kDamaged);
  }
  CHECK(indexes == 1);
}

TEST_CASE("a table that cannot be read is damage, whatever asks which sites there are, and no empty answer") {
  for (const Family family : {Family::kByTime, Family::kRecords}) {
    INFO(family_name(family));
    Archive archive;
    archive.put(thread_page("7", 1, 1, {make_post("1", "one", 1), make_post("2", "two", 2)}, 100));
    REQUIRE(archive.flush());
    damage_tables(archive, family);
    Query query{RecordKind::kPost, {}, Order::kOldest};
    if (family == Family::kRecords) {
      query.order = Order::kId;
      query.filter.thread = "7";
    }
    int asked = 0;
    for (const Way& way : plan_query(archive.read(), query, true).ways) {
      if ((way.index == Index::kByTime) != (family == Family::kByTime)) continue;
      ++asked;
      const auto done = for_each_candidate(archive.read(), query, way,
                                           [](std::string_view, std::string_view) { return true; });
      REQUIRE_FALSE(done);
      CHECK(done.error().kind == ErrorKind::kDamaged);
    }
    CHECK(asked == 1);
    const auto done = for_each_record(archive.read(), query, [](const Row&) { return true; });
    REQUIRE_FALSE(done);
    CHECK(done.error().kind == ErrorKind::kDamaged);
  }
}

TEST_CASE("a query is not explained by tables that cannot be read") {
  for (const Family family : {Family::kByTime, Family::kByAuthor, Family::kRecords}) {
    INFO(family_name(family));
    Archive archive;
    archive.put(thread_page("7", 1, 1, {make_post("1", "one", 1), make_post("2", "two", 2)}, 100));
    REQUIRE(archive.flush());
    damage_tables(archive, family);
    Query query{RecordKind::kPost, {}, family == Family::kByTime ? Order::kOldest : Order::kId};
    if (family == Family::kByAuthor) query.filter.author = "author of 1";
    const auto told = explain(archive.read(), query);
    REQUIRE_FALSE(told);
    CHECK(told.error().kind == ErrorKind::kDamaged);
  }
}

TEST_CASE("many rows are judged nearly right in an archive that is opened to read") {
  Archive archive;
  std::mt19937 engine(3);
  archive.commit([&](Batch& batch) {
    for (int i = 0; i < 4000; ++i) {
      std::string text;
      while (text.size() < 1500) text += std::to_string(engine());
      batch.put(Family::kRecords, post_key("bbs.test", std::to_string(i / 20), std::to_string(i)), text);
    }
  });
  REQUIRE(archive.flush());
  const auto reader = Database::open(archive.directory(), Database::Access::kRead);
  REQUIRE(reader);
  const auto rows = about_rows(**reader, Family::kRecords, keys_with("p")).value();
  CHECK(rows > 3600);
  CHECK(rows < 4400);
}
