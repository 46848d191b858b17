// Exports of what is new: after any number of crawls, edits and kills, their files together are one full
// export.

#include "store/export/cursor.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <utility>

#include "export_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/export/manifest.hpp"
#include "store/export/output_file.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/schema.hpp"
#include "tests/contents.hpp"
#include "tests/lines.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;
using boardwalk::tests::lines_of;

namespace {

namespace fs = std::filesystem;

std::string id_of(const std::string& line) { return text_field(line, "id").value_or(""); }

// When an export ends before its time.
enum class Death { kNone, kWhileWriting, kBeforeItsName, kBeforeTheManifest, kBeforeTheCursor };

// A folder with a cursor, and exports into it as the program makes them.
class Exports {
 public:
  explicit Exports(Archive& archive, Selection selection = {}) : archive_(archive), selection_(selection) {}

  // The lines of the file that took its name; empty when the export died before that.
  std::string run(Death death = Death::kNone) {
    const fs::path name = part(++count_);
    std::map<fs::path, std::string> left;
    const auto dies = [&](Death here) {
      if (death == here) left = files();
    };
    Cursor::settle(cursor_name());
    {
      auto file = OutputFile::open(name, Compression::kNone, Cursor::ending("cursor"));
      REQUIRE(file);
      auto beside = OutputFile::open(manifest(count_), Compression::kNone, Cursor::ending("cursor"));
      REQUIRE(beside);
      auto cursor = Cursor::open(cursor_name(), "jsonl", Cursor::names_of(*file, *beside));
      REQUIRE(cursor);
      Jsonl format([&](std::string_view bytes) { return file->write(bytes); });
      ExportCounts counts;
      REQUIRE(export_records(archive_.read(), selection_, format, counts, &*cursor));
      if (death != Death::kWhileWriting) {
        REQUIRE(file->seal());
        REQUIRE(cursor->finish(archive_.read()));
        gone_ = cursor->gone();
        left_ = cursor->left();
        REQUIRE(beside->write(manifest_of(file->sha256())));
        REQUIRE(beside->seal());
        REQUIRE(cursor->seal());
        dies(Death::kBeforeItsName);
        REQUIRE(file->publish());
        dies(Death::kBeforeTheManifest);
        REQUIRE(beside->publish());
        dies(Death::kBeforeTheCursor);
        REQUIRE(cursor->publish());
      }
    }
    if (!left.empty()) restore(left);
    return fs::exists(name) ? contents(name) : "";
  }

  [[nodiscard]] fs::path part(int number) const {
    return folder_.path() / ("part" + std::to_string(number) + ".jsonl");
  }
  [[nodiscard]] fs::path manifest(int number) const { return part(number).string() + ".manifest.json"; }
  // Every file that has its name has its manifest beside it, which tells of that file.
  [[nodiscard]] bool manifests_are_right() const {
    for (int number = 1; number <= count_; ++number) {
      if (fs::exists(part(number)) != fs::exists(manifest(number))) return false;
      if (!fs::exists(part(number))) continue;
      if (contents(manifest(number)) != manifest_of(parsers::sha256_hex(contents(part(number)))))
        return false;
    }
    return true;
  }

  [[nodiscard]] std::string cursor_name() const { return folder_.path() / "cursor"; }
  [[nodiscard]] const std::vector<std::string>& gone() const { return gone_; }
  [[nodiscard]] const std::vector<std::string>& left() const { return left_; }
  [[nodiscard]] std::size_t files_there() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_.path()), {}));
  }

 private:
  static std::string manifest_of(const std::string& sha256) {
    Manifest manifest;
    manifest.sha256 = sha256;
    return to_json(manifest);
  }

  [[nodiscard]] std::map<fs::path, std::string> files() const {
    std::map<fs::path, std::string> all;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
      all[entry.path()] = contents(entry.path());
    return all;
  }

  // What a kill at that moment would have left.
  void restore(const std::map<fs::path, std::string>& all) const {
    for (const auto& entry : fs::directory_iterator(folder_.path())) fs::remove(entry.path());
    for (const auto& [path, bytes] : all) std::ofstream(path, std::ios::binary) << bytes;
  }

  TemporaryDirectory folder_;
  Archive& archive_;
  Selection selection_;
  int count_ = 0;
  std::vector<std::string> gone_, left_;
};

std::string full_export(Archive& archive, const Selection& selection = {}) {
  ExportCounts counts;
  return jsonl(archive, selection, counts);
}

// Pages of a small forum whose posts come, change, are copied and stay, at random.
void random_crawl(Archive& archive, std::mt19937& engine, int round) {
  const auto below = [&](int end) { return static_cast<int>(engine() % static_cast<unsigned>(end)); };
  for (int pages = 1 + below(4); pages > 0; --pages) {
    const int tid = 1 + below(5);
    std::vector<parsers::Post> posts;
    for (int floor = 1; floor <= 1 + below(6); ++floor) {
      auto post =
          make_post(std::to_string(tid * 100 + floor), below(4) == 0 ? long_text(below(6)) : "short", floor);
      post.posted_at = minute(1 + below(20), floor);
      posts.push_back(post);
    }
    archive.put(thread_page(std::to_string(tid), 1, 1, posts, 1000 * round + pages));
  }
  if (below(3) == 0)
    archive.put(board_page("1", {make_thread(std::to_string(1 + below(5)))}, 1000 * round + 9));
}

// The last line of each record that the parts give, those aside that have become copies.
std::map<std::string, std::string> put_together(const std::vector<std::string>& parts, bool copies) {
  std::map<std::string, std::string> last;
  for (const auto& part : parts)
    for (const auto& line : lines_of(part)) last[id_of(line)] = line;
  if (!copies)
    std::erase_if(last,
                  [](const auto& entry) { return text_field(entry.second, "duplicate_of").has_value(); });
  return last;
}

void check_equal(const std::vector<std::string>& parts, const std::string& whole, bool copies) {
  const auto last = put_together(parts, copies);
  const auto lines = lines_of(whole);
  CHECK(last.size() == lines.size());
  for (const auto& line : lines) {
    INFO(line);
    REQUIRE(last.contains(id_of(line)));
    CHECK(news_digest(last.at(id_of(line))) == news_digest(line));
  }
  std::map<std::string, std::string> before;
  for (const auto& part : parts)
    for (const auto& line : lines_of(part))
      CHECK(std::exchange(before[id_of(line)], news_digest(line)) != news_digest(line));
}

}  // namespace

TEST_CASE(
    "twenty random crawls with an export after each give one full export: nothing missing, nothing twice") {
  for (const bool copies : {true, false})
    for (unsigned seed = 1; seed <= 5; ++seed) {
      INFO("seed " << seed << (copies ? " with copies" : ""));
      std::mt19937 engine(seed);
      Archive archive;
      Selection selection;
      selection.filter.duplicates = copies;
      Exports exports(archive, selection);
      std::vector<std::string> parts;
      for (int round = 1; round <= 20; ++round) {
        random_crawl(archive, engine, round);
        parts.push_back(exports.run());
      }
      check_equal(parts, full_export(archive, selection), copies);
    }
}

TEST_CASE("the same holds when exports are killed at any step") {
  for (unsigned seed = 11; seed <= 15; ++seed) {
    INFO("seed " << seed);
    std::mt19937 engine(seed);
    Archive archive;
    Exports exports(archive);
    std::vector<std::string> parts;
    for (int round = 1; round <= 20; ++round) {
      random_crawl(archive, engine, round);
      parts.push_back(exports.run(static_cast<Death>(engine() % 5)));
    }
    parts.push_back(exports.run());
    check_equal(parts, full_export(archive), true);
    CHECK(exports.manifests_are_right());
  }
}

TEST_CASE("an archive in which nothing has happened gives an empty export, also when pages were seen again") {
  Archive archive;
  fill_for_export(archive);
  Exports exports(archive);
  CHECK(lines_of(exports.run()).size() == 8);
  CHECK(exports.run().empty());
  auto article = make_article("http://news.test/1.html", "船到了\n" + std::string(kHostile));
  article.title = "Title of an article";
  article.authors = {"記者甲", "記者乙"};
  article.published_at = minute(4, 0);
  archive.put(article_page(article, 4000));
  CHECK(full_export(archive).find(R"("last_seen":"1970-01-01T01:06:40Z")") != std::string::npos);
  CHECK(exports.run().empty());
}

TEST_CASE(
    "a record that has become a copy is printed once more with its original, one that never was is not") {
  Archive archive;
  Selection selection;
  selection.filter.duplicates = false;
  Exports exports(archive, selection);
  auto late = make_post("200", long_text(1), 1);
  late.posted_at = minute(9, 0);
  archive.put(thread_page("20", 1, 1, {late}, 100));
  CHECK(exports.run().find("bbs.test/post/200") != std::string::npos);
  auto early = make_post("100", long_text(1), 1);
  early.posted_at = minute(1, 0);
  auto later = make_post("300", long_text(1), 1);
  later.posted_at = minute(12, 0);
  archive.put(thread_page("10", 1, 1, {early}, 200));
  archive.put(thread_page("30", 1, 1, {later}, 300));
  const std::string news = exports.run();
  std::map<std::string, std::string> posts;
  for (const auto& line : lines_of(news)) posts[id_of(line)] = line;
  CHECK(text_field(posts["bbs.test/post/200"], "duplicate_of") == "bbs.test/post/100");
  CHECK(posts.contains("bbs.test/post/100"));
  CHECK_FALSE(posts.contains("bbs.test/post/300"));
  CHECK(exports.run().empty());
}

TEST_CASE("what an earlier export had and the archive has not is named") {
  Archive archive;
  fill_for_export(archive);
  Exports exports(archive);
  (void)exports.run();
  archive.commit([](Batch& batch) {
    batch.erase(Family::kRecords, post_key("bbs.test", "9", "92"));
    batch.erase(Family::kIds, "bbs.test/post/92");
  });
  CHECK(exports.run().empty());
  CHECK(exports.gone() == std::vector<std::string>{"bbs.test/post/92"});
  CHECK(exports.left().empty());
  (void)exports.run();
  CHECK(exports.gone().empty());
}

TEST_CASE("what the archive still has and the filters do not choose any more is named as such, once") {
  Archive archive;
  Selection selection;
  selection.filter.text = "draft";
  Exports exports(archive, selection);
  archive.put(thread_page("5", 1, 1, {make_post("1", "a draft", 1), make_post("2", "a draft too", 2)}, 10));
  CHECK(lines_of(exports.run()).size() == 2);
  archive.put(thread_page("5", 1, 1, {make_post("1", "the last word", 1)}, 20, false));
  CHECK(exports.run().empty());
  CHECK(exports.gone().empty());
  CHECK(exports.left() == std::vector<std::string>{"bbs.test/post/1"});
  CHECK(exports.run().empty());
  CHECK(exports.left().empty());
}

TEST_CASE(
    "a post that moves to another thread, before or behind its own, is printed anew and not called gone") {
  Archive archive;
  Exports exports(archive);
  archive.put(thread_page("5", 1, 1, {make_post("1", "words", 1)}, 10));
  (void)exports.run();
  for (const auto& [thread, at] : {std::pair("7", 20), {"3", 30}}) {
    INFO(thread);
    archive.put(thread_page(thread, 1, 1, {make_post("1", "words", 1)}, at));
    const std::string news = exports.run();
    CHECK(news.find(R"("id":"bbs.test/post/1")") != std::string::npos);
    CHECK(exports.gone().empty());
    CHECK(exports.left().empty());
  }
}

TEST_CASE("a post that moves to a thread outside of the filters has left") {
  Archive archive;
  Selection selection;
  selection.filter.thread = "5";
  Exports exports(archive, selection);
  archive.put(thread_page("5", 1, 1, {make_post("1", "words", 1), make_post("2", "more", 2)}, 10));
  (void)exports.run();
  archive.put(thread_page("7", 1, 1, {make_post("1", "words", 1)}, 20));
  (void)exports.run();
  CHECK(exports.gone().empty());
  CHECK(exports.left() == std::vector<std::string>{"bbs.test/post/1"});
}

TEST_CASE(
    "what a killed export left goes with the next one to that name, and with a cursor's with that cursor") {
  const TemporaryDirectory folder;
  const fs::path name = folder.path() / "out";
  const auto beside = [&](const std::string& ending) { return fs::path(name.string() + ending); };
  const std::string ours = Cursor::ending("cursor"), other = Cursor::ending("another");
  CHECK(ours != other);
  CHECK(ours == Cursor::ending("./cursor"));
  // A number above the largest process id, one that is taken, and names that are no temporary ones.
  const std::vector<std::string> all{".4194305.tmp",  ".4194305" + ours, ".4194305" + other, ".1.tmp",
                                     ".a4194305.tmp", "2.4194305.tmp",   ".4194305.tmp.old"};
  for (const auto& ending : all) std::ofstream(beside(ending)) << "words";
  const auto left = [&] {
    return std::count_if(all.begin(), all.end(),
                         [&](const auto& ending) { return fs::exists(beside(ending)); });
  };
  REQUIRE(OutputFile::open(name, Compression::kNone));
  CHECK_FALSE(fs::exists(beside(".4194305.tmp")));
  CHECK(left() == 6);
  REQUIRE(OutputFile::open(name, Compression::kNone, ours));
  CHECK_FALSE(fs::exists(beside(".4194305" + ours)));
  CHECK(left() == 5);
}

TEST_CASE("an export that was killed leaves files that the next one takes away") {
  for (const Death death : {Death::kBeforeItsName, Death::kBeforeTheManifest, Death::kBeforeTheCursor}) {
    Archive archive;
    fill_for_export(archive);
    Exports exports(archive);
    const std::size_t first = lines_of(exports.run(death)).size();
    CHECK(first == (death == Death::kBeforeItsName ? 0 : 8));
    CHECK(lines_of(exports.run()).size() == 8 - first);
    CHECK(exports.files_there() == (death == Death::kBeforeItsName ? 3 : 5));
    CHECK(exports.manifests_are_right());
  }
}

TEST_CASE("where a file that was cut off is gone or another one, what it had is printed again") {
  for (const auto& [death, replaced] : {std::pair(Death::kBeforeTheManifest, true),
                                        {Death::kBeforeTheManifest, false},
                                        {Death::kBeforeTheCursor, false}}) {
    Archive archive;
    fill_for_export(archive);
    Exports exports(archive);
    CHECK(lines_of(exports.run(death)).size() == 8);
    fs::remove(exports.part(1));
    if (replaced) std::ofstream(exports.part(1)) << "another export\n";
    CHECK(lines_of(exports.run()).size() == 8);
  }
}

TEST_CASE("an export's names hold wherever the next one is run") {
  const auto file = OutputFile::open("not there yet", Compression::kNone);
  REQUIRE(file);
  CHECK(fs::path(file->target()).is_absolute());
  CHECK(fs::path(file->temporary()).is_absolute());
}

TEST_CASE("a cursor of another choice, and a file that is none, are refused and left as they are") {
  Archive archive;
  const TemporaryDirectory folder;
  const std::string name = folder.path() / "cursor";
  {
    auto cursor = Cursor::open(name, "jsonl --site a", {});
    REQUIRE(cursor);
    REQUIRE(cursor->finish(archive.read()));
    REQUIRE(cursor->seal());
    REQUIRE(cursor->publish());
  }
  const std::string before = contents(name);
  const auto other = Cursor::open(name, "jsonl", {});
  REQUIRE_FALSE(other);
  CHECK(other.error().kind == ErrorKind::kUsage);
  CHECK(other.error().message ==
        "--cursor " + name +
            " goes with another export (jsonl --site a); name another cursor for this one (jsonl)");
  CHECK(contents(name) == before);
  std::ofstream(name) << "a shopping list\n";
  const auto none = Cursor::open(name, "jsonl", {});
  REQUIRE_FALSE(none);
  CHECK(none.error().message ==
        "--cursor " + name + ": that is no cursor, or a damaged one; name another to begin anew");
  const auto folder_itself = Cursor::open(folder.path(), "jsonl", {});
  REQUIRE_FALSE(folder_itself);
  CHECK(folder_itself.error().message == "--cursor " + folder.path().string() +
                                             ": cannot be read: Is a directory; name another to begin anew");
}

TEST_CASE("news is what differs in more than when, where and by which parser it was read, and in views") {
  auto post = make_post("1", "words with \"last_seen\":\"x\" in them", 1);
  post.attachments = {{"a", std::nullopt, std::nullopt, false, 5}};
  const std::string digest = news_digest(to_json(post));
  auto again = post;
  again.seen.last_seen = 77;
  again.page = {"http://bbs.test/},\"parser\":\"", 99, std::string(64, 'a')};
  again.parser = "discuz/99";
  again.attachments[0].downloads = 6;
  CHECK(news_digest(to_json(again)) == digest);
  again.smilies = {":)"};
  CHECK(news_digest(to_json(again)) != digest);
  again = post;
  again.text += "!";
  CHECK(news_digest(to_json(again)) != digest);
  again = post;
  again.seen.gone_at = 5;
  CHECK(news_digest(to_json(again)) != digest);
  auto thread = make_thread("1");
  const std::string thread_digest = news_digest(to_json(thread));
  thread.views = 7;
  CHECK(news_digest(to_json(thread)) == thread_digest);
  thread.replies = 7;
  CHECK(news_digest(to_json(thread)) != thread_digest);
  auto article = make_article("http://news.test/1.html", "words");
  article.parts = {{"http://news.test/1.html", 5, std::string(64, 'a')}, {"http://news.test/2.html", 5, ""}};
  const std::string article_digest = news_digest(to_json(article));
  for (auto& part : article.parts) part = {part.url, 9, std::string(64, 'b')};
  CHECK(news_digest(to_json(article)) == article_digest);
  article.parts.pop_back();
  CHECK(news_digest(to_json(article)) != article_digest);
}
