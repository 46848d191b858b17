// The full-text index: that it answers, and that it never answers wrongly, whatever became of it.

#include <xapian.h>

#include <catch2/catch.hpp>

#include "archive_fixture.hpp"
#include "store/care/backup.hpp"
#include "store/care/forget.hpp"
#include "store/care/verify.hpp"
#include "store/json_field.hpp"
#include "store/query_plan.hpp"
#include "store/text_marks.hpp"
#include "tests/contents.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;

namespace {

namespace fs = std::filesystem;

// An archive of enough posts that their index is worth asking.
void fill(Archive& archive, int threads = 100) {
  for (int i = 1; i <= threads; ++i)
    archive.put(
        thread_page(std::to_string(i), 1, 1, {make_post(std::to_string(i), long_text(i), 1)}, 100 + i));
}

Query asking(std::optional<std::string> text, std::optional<std::string> fold = std::nullopt) {
  Query query{RecordKind::kPost};
  query.filter.text = std::move(text);
  query.filter.fold = std::move(fold);
  return query;
}

struct Answer {
  std::vector<std::string> ids;
  std::string missed;  // why every record was looked at
  std::int64_t looked_at = 0;
};

Answer answer(const Database& database, Query query) {
  Answer answer;
  query.looked_at = [&](std::int64_t count) { answer.looked_at = count; };
  query.missed_index = [&](const std::string& why) { answer.missed = why; };
  const auto done = for_each_record(database, query, [&](const Row& row) {
    answer.ids.push_back(*text_field(row.json, "id"));
    return true;
  });
  if (!done) FAIL(done.error().message);
  return answer;
}

std::vector<std::string> one(const std::string& pid) { return {"bbs.test/post/" + pid}; }

bool is_in_files(const fs::path& directory, const std::string& words) {
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (contents(entry.path()).find(words) != std::string::npos) return true;
  return false;
}

std::vector<std::string> findings(const Database& database) {
  std::vector<std::string> words;
  REQUIRE(verify(database, [&](const Finding& finding) {
    if (finding.what.find("full-text") != std::string::npos) words.push_back(finding.what);
  }));
  return words;
}

}  // namespace

TEST_CASE("a simplified word is found in a traditional text with pinyin, and the other way round") {
  Archive archive;
  fill(archive);
  archive.put(thread_page("201", 1, 1, {make_post("201", "本文來(lái)源：渡口文摘", 1)}, 500));
  archive.put(thread_page("202", 1, 1, {make_post("202", "本文来源：渡口文摘", 1)}, 501));
  REQUIRE(archive.index());
  const std::vector<std::string> both{"bbs.test/post/201", "bbs.test/post/202"};
  for (const std::string words : {"来源", "來源", "來(lái)源", "來 源", "本文来源渡口"}) {
    const auto found = answer(archive.read(), asking(std::nullopt, words));
    CHECK(found.ids == both);
    CHECK(found.looked_at == 2);
  }
  CHECK(answer(archive.read(), asking("来源")).ids == one("202"));
  CHECK(answer(archive.read(), asking("來(lái)源")).ids == one("201"));
}

TEST_CASE("records that the index does not know yet are found with those that it knows") {
  for (const Life life : {Life::kOneProcess, Life::kReopened}) {
    Archive archive(life);
    fill(archive);
    REQUIRE(archive.index());
    archive.put(thread_page("7", 1, 1, {make_post("7", "一條新的消息：河水漲了", 1)}, 900));
    archive.put(thread_page("301", 1, 1, {make_post("301", "河水漲了三尺，渡口停航", 1)}, 901));
    const auto found = answer(archive.read(), asking("河水漲了"));
    CHECK(found.ids == std::vector<std::string>{"bbs.test/post/7", "bbs.test/post/301"});
    CHECK(found.looked_at == 2);
    CHECK(found.missed.empty());
    CHECK(answer(archive.read(), asking("第7盞燈")).ids.empty());
    const auto updated = archive.index();
    REQUIRE(updated);
    CHECK_FALSE(updated->anew);
    CHECK(updated->put == 3);  // two posts, a new thread
    CHECK(answer(archive.read(), asking("河水漲了")).ids == found.ids);
    CHECK(findings(archive.read()).empty());
  }
}

TEST_CASE("without an index every record is looked at, and that is said") {
  Archive archive;
  fill(archive);
  const auto found = answer(archive.read(), asking("第42盞燈"));
  CHECK(found.ids == one("42"));
  CHECK(found.looked_at == 100);
  CHECK(found.missed == "there is no full-text index of " + archive.directory().string() +
                            "; boardwalk index --archive " + archive.directory().string() + " makes one");
}

TEST_CASE("words that are too short are looked for in every record, and no index is missed") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  const auto found = answer(archive.read(), asking("燈"));
  CHECK(found.ids.size() == 100);
  CHECK(found.looked_at == 100);
  CHECK(found.missed.empty());
  CHECK(explain(archive.read(), asking("燈")).value().find("full text   the words are too short (") !=
        std::string::npos);
}

TEST_CASE("a damaged index is told of, found by verify, and made anew") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  for (const auto& entry : fs::directory_iterator(archive.directory() / "fulltext"))
    fs::resize_file(entry.path(), fs::file_size(entry.path()) / 2);
  const auto found = answer(archive.read(), asking("第42盞燈"));
  CHECK(found.ids == one("42"));
  CHECK(found.missed.find("cannot be read") != std::string::npos);
  CHECK(findings(archive.read()).size() == 1);
  const auto updated = archive.index();
  REQUIRE(updated);
  CHECK(updated->anew);
  CHECK(answer(archive.read(), asking("第42盞燈")).looked_at == 1);
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("an index that says something else than the records is found by verify") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  archive.put(thread_page("7", 1, 1, {make_post("7", "一條新的消息：河水漲了", 1)}, 900));
  archive.commit([](Batch& batch) { unmark_text(batch, post_key("bbs.test", "7", "7")); });
  CHECK(findings(archive.read()) ==
        std::vector<std::string>{"the full-text index has something else of the post 7"});
}

TEST_CASE("an index of another archive, or of an older state of this one, is not asked") {
  Archive archive, other;
  fill(archive);
  fill(other);
  REQUIRE(archive.index());
  REQUIRE(other.index());
  const fs::path path = archive.directory() / "fulltext";
  const fs::path older = archive.directory() / "older";
  fs::copy(path, older, fs::copy_options::recursive);
  archive.put(thread_page("301", 1, 1, {make_post("301", "河水漲了三尺，渡口停航", 1)}, 901));
  REQUIRE(archive.index());
  CHECK(answer(archive.read(), asking("河水漲了")).looked_at == 1);
  for (const auto& wrong : {older, other.directory() / "fulltext"}) {
    fs::remove_all(path);
    fs::copy(wrong, path, fs::copy_options::recursive);
    const auto found = answer(archive.read(), asking("河水漲了"));
    CHECK(found.ids == one("301"));
    CHECK(found.looked_at == 101);
    CHECK_FALSE(found.missed.empty());
  }
  REQUIRE(archive.index());
  CHECK(answer(archive.read(), asking("河水漲了")).looked_at == 1);
}

TEST_CASE("an index of another layout, as of before the fold was changed, is not asked, and is made anew") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  archive.close();
  {
    Xapian::WritableDatabase index((archive.directory() / "fulltext").string(),
                                   Xapian::DB_OPEN | Xapian::DB_NO_TERMLIST);
    index.set_metadata("layout", "2");
    index.commit();
  }
  CHECK(answer(archive.read(), asking("第42盞燈")).looked_at == 100);
  REQUIRE(archive.index());
  CHECK(answer(archive.read(), asking("第42盞燈")).looked_at == 1);
}

TEST_CASE("one who reads an older state of the archive is not answered by a newer index") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  const auto reader = Database::open(archive.directory(), Database::Access::kRead);
  REQUIRE(reader);
  archive.put(thread_page("7", 1, 1, {make_post("7", "一條新的消息：河水漲了", 1)}, 900));
  REQUIRE(archive.index());
  CHECK(answer(**reader, asking("第7盞燈")).ids == one("7"));
  CHECK(answer(archive.read(), asking("第7盞燈")).ids.empty());
}

TEST_CASE("an update that was killed before its marks went is as good as done") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  archive.put(thread_page("301", 1, 1, {make_post("301", "河水漲了三尺，渡口停航", 1)}, 901));
  const std::string key = post_key("bbs.test", "301", "301");
  const auto before = text_index_row(archive.read());
  REQUIRE(before);
  REQUIRE(archive.index());
  archive.commit([&](Batch& batch) {
    mark_text(batch, key);
    put_text_index_row(batch, **before);
  });
  const auto found = answer(archive.read(), asking("河水漲了"));
  CHECK(found.ids == one("301"));
  CHECK(found.looked_at == 1);
}

TEST_CASE("an update that is stopped leaves an index that is whole with its marks") {
  Archive archive;
  fill(archive);
  TextUpdate stopped;
  stopped.stop = [] { return true; };
  REQUIRE(archive.index());
  archive.put(thread_page("301", 1, 1, {make_post("301", "河水漲了三尺，渡口停航", 1)}, 901));
  const auto updated = archive.index(stopped);
  REQUIRE(updated);
  CHECK(answer(archive.read(), asking("河水漲了")).ids == one("301"));
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("an update is whole unless marks are left when it is asked to stop") {
  Archive archive;
  fill(archive, 3);
  REQUIRE(archive.index());
  TextUpdate stopped;
  stopped.stop = [] { return true; };
  archive.commit([](Batch& batch) {
    for (int i = 0; i < 10'001; ++i) mark_text(batch, post_key("bbs.test", "7", std::to_string(100'000 + i)));
  });
  const auto first = archive.index(stopped);
  REQUIRE(first);
  CHECK_FALSE(first->whole);
  const auto second = archive.index(stopped);
  REQUIRE(second);
  CHECK(second->whole);
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("what is forgotten leaves no trace in the full-text index") {
  Archive archive;
  fill(archive, 20);
  archive.put(thread_page("301", 1, 1, {make_post("301", "zeppelinfahrt über die 河水", 1)}, 901));
  REQUIRE(archive.index());
  REQUIRE(is_in_files(archive.directory() / "fulltext", "zep"));
  REQUIRE(forget(archive.writer(), {Target::Kind::kRecord, {}, "bbs.test/post/301"}, {}, 1000));
  CHECK(fs::exists(archive.directory() / "fulltext"));
  CHECK_FALSE(is_in_files(archive.directory() / "fulltext", "zep"));
  CHECK(answer(archive.read(), asking("zeppelin")).ids.empty());
}

TEST_CASE("a backup has no index, and one that stood in its place goes") {
  Archive archive, backup_of;
  fill(archive);
  fill(backup_of, 3);
  REQUIRE(archive.index());
  REQUIRE(backup_of.index());
  backup_of.close();
  REQUIRE(restore(archive.directory(), backup_of.directory()));
  CHECK_FALSE(fs::exists(backup_of.directory() / "fulltext"));
  const auto found = answer(backup_of.read(), asking("第42盞燈"));
  CHECK(found.ids == one("42"));
  CHECK_FALSE(found.missed.empty());
}

TEST_CASE("a compacted index answers as before") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  REQUIRE(compact_text_index(archive.writer()));
  CHECK(answer(archive.read(), asking("第42盞燈")).looked_at == 1);
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("what changes again and again is found by its last text, and the index is made anew in time") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  bool was_anew = false;
  for (int edit = 1; edit <= 40; ++edit) {
    for (const std::string id : {"7", "8"})
      archive.put(thread_page(id, 1, 1,
                              {make_post(id, "河水漲到第" + std::to_string(edit) + "級石階，渡口停航", 1)},
                              900 + edit));
    const auto updated = archive.index();
    REQUIRE(updated);
    was_anew = was_anew || updated->anew;
    CHECK(answer(archive.read(), asking("漲到第" + std::to_string(edit) + "級")).ids.size() == 2);
    CHECK(answer(archive.read(), asking("漲到第" + std::to_string(edit - 1) + "級")).ids.empty());
    CHECK(findings(archive.read()).empty());
  }
  CHECK(was_anew);
}

TEST_CASE("a record that is gone is known as gone to the index, and can come back") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  const std::string key = post_key("bbs.test", "42", "42");
  const auto value = archive.read().get(Family::kRecords, key);
  REQUIRE((value && *value));
  archive.commit([&](Batch& batch) {
    batch.erase(Family::kRecords, key);
    mark_text(batch, key);
  });
  const auto without = archive.index();
  REQUIRE(without);
  CHECK(without->removed == 1);
  CHECK(answer(archive.read(), asking("第42盞燈")).ids.empty());
  CHECK(findings(archive.read()).empty());
  archive.commit([&](Batch& batch) {
    batch.put(Family::kRecords, key, **value);
    mark_text(batch, key);
  });
  REQUIRE(archive.index());
  CHECK(answer(archive.read(), asking("第42盞燈")).looked_at == 1);
  CHECK(answer(archive.read(), asking("第42盞燈")).ids == one("42"));
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("compacting leaves no document of what a text was before") {
  Archive archive;
  fill(archive);
  archive.put(thread_page("301", 1, 1, {make_post("301", "zeppelinfahrt über die 河水", 1)}, 901));
  REQUIRE(archive.index());
  archive.put(thread_page("301", 1, 1, {make_post("301", "eine fahrt über die 河水", 1)}, 902));
  REQUIRE(archive.index());
  REQUIRE(compact_text_index(archive.writer()));
  CHECK_FALSE(is_in_files(archive.directory() / "fulltext", "zep"));
  CHECK(answer(archive.read(), asking("fahrt über die 河水")).ids == one("301"));
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("compacting leaves no text that was superseded since the index was last brought up to date") {
  Archive archive;
  fill(archive);
  archive.put(thread_page("301", 1, 1, {make_post("301", "zeppelinfahrt über die 河水", 1)}, 901));
  REQUIRE(archive.index());
  archive.put(thread_page("301", 1, 1, {make_post("301", "eine fahrt über die 河水", 1)}, 902));
  REQUIRE(compact_text_index(archive.writer()));
  CHECK_FALSE(is_in_files(archive.directory() / "fulltext", "zep"));
  CHECK(answer(archive.read(), asking("fahrt über die 河水")).looked_at == 1);
  CHECK(findings(archive.read()).empty());
}

TEST_CASE("compacting makes an index anew that is damaged, or that is none of the archive's") {
  Archive archive;
  fill(archive);
  REQUIRE(archive.index());
  const fs::path path = archive.directory() / "fulltext";
  SECTION("damaged") {
    for (const auto& entry : fs::directory_iterator(path))
      fs::resize_file(entry.path(), fs::file_size(entry.path()) / 2);
  }
  SECTION("of another archive") {
    Archive other;
    fill(other);
    REQUIRE(other.index());
    fs::remove_all(path);
    fs::copy(other.directory() / "fulltext", path, fs::copy_options::recursive);
  }
  REQUIRE(compact_text_index(archive.writer()));
  CHECK(answer(archive.read(), asking("第42盞燈")).looked_at == 1);
  CHECK(findings(archive.read()).empty());
}
