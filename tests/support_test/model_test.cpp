#include "tests/support/model.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/support/mirror.hpp"
#include "tests/support/truth.hpp"
#include "tests/support_test/forum_client.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::sample {
namespace {

std::string all_words(const Model& model) {
  std::string out;
  for (const Thread& thread : model.threads()) {
    out += thread.subject + std::to_string(thread.last_at) + std::to_string(thread.views);
    for (const Post& post : model.posts(thread)) {
      out += std::to_string(post.pid) + post.author.name + post.text + std::to_string(post.posted_at);
    }
  }
  for (const Article& article : model.articles()) out += article.path + article.title;
  return out;
}

TEST_CASE("equal options make equal forums, another seed another one") {
  CHECK(all_words(Model({.seed = 7})) == all_words(Model({.seed = 7})));
  CHECK(all_words(Model({.seed = 7})) != all_words(Model({.seed = 8})));
}

TEST_CASE("page size, URLs and charset do not change who says what") {
  const Model plain({});
  const Model other({.charset = Charset::kGbk, .static_urls = false});
  const Thread& thread = thread_of(plain, Theme::kQuotes);
  REQUIRE(plain.posts(thread).size() == other.posts(thread.tid).size());
  CHECK(plain.posts(thread).back().text == other.posts(thread.tid).back().text);
}

TEST_CASE("a forum holds the threads that it is asked for, of every kind") {
  const Model model({.threads = 60});
  std::set<Theme> themes;
  for (const Thread& thread : model.threads()) themes.insert(thread.theme);
  CHECK(themes.size() == static_cast<std::size_t>(Theme::kLocked) + 1);
  CHECK(model.threads().size() == 62);   // two more behind the password
  CHECK(model.visible_threads() == 59);  // all but the restricted one
}

TEST_CASE("the mean number of posts is the one asked for, within a tenth") {
  const Model model({.threads = 2000, .posts = 9});
  const double mean = static_cast<double>(model.visible_posts()) / model.visible_threads();
  CHECK(mean == Approx(9.0).epsilon(0.1));
}

TEST_CASE("posts of a thread stand in the order of their times, and none lies after the day") {
  const Model model({.threads = 200, .day = 3});
  for (const Thread& thread : model.threads()) {
    std::int64_t before = 0;
    for (const Post& post : model.posts(thread)) {
      CHECK(post.posted_at >= before);
      CHECK(post.edited_at <= model.ends_at());
      before = post.posted_at;
    }
    CHECK(before <= model.ends_at());
    CHECK(before == thread.last_at);
  }
}

TEST_CASE("texts of different posts differ, save those that many people write") {
  const Model model({.threads = 1000});
  std::set<std::string> long_texts;
  std::size_t posts = 0;
  for (const Thread& thread : model.threads()) {
    for (const Post& post : model.posts(thread)) {
      if (post.text.size() < 60) continue;
      long_texts.insert(post.text);
      ++posts;
    }
  }
  CHECK(posts > 5000);
  CHECK(long_texts.size() == posts);
}

TEST_CASE("a day grows, adds, edits and deletes as many as told, and no more") {
  Options options{.threads = 400,
                  .per_day = {.grown = 40, .added = 10, .edited = 5, .deleted = 3, .removed = 2}};
  const Model before(options);
  options.day = 2;
  const Model after(options);
  const DayChanges& changes = after.changes(2);
  CHECK(changes.grown.size() == 40);
  CHECK(changes.added.size() == 10);
  CHECK(changes.edited.size() == 5);
  CHECK(changes.deleted.size() == 3);
  CHECK(changes.removed.size() == 2);

  std::set<std::int64_t> fresh;
  std::set<int> touched(changes.added.begin(), changes.added.end());
  for (const Growth& growth : changes.grown)
    fresh.insert(growth.pids.begin(), growth.pids.end()), touched.insert(growth.tid);
  for (const Edit& edit : changes.edited) touched.insert(edit.tid);
  for (const Deletion& deletion : changes.deleted) touched.insert(deletion.tid);
  touched.insert(changes.removed.begin(), changes.removed.end());
  for (const Thread& thread : before.threads()) {
    if (touched.count(thread.tid) > 0) continue;
    const std::vector<Post> old = before.posts(thread);
    const std::vector<Post> now = after.posts(thread.tid);
    REQUIRE(old.size() == now.size());
    for (std::size_t i = 0; i < old.size(); ++i) CHECK(old[i].text == now[i].text);
    CHECK(after.thread(thread.tid)->replies == thread.replies);
  }
  for (const std::int64_t pid : fresh) CHECK(before.thread_of(pid) == nullptr);
}

TEST_CASE("what a day did to a thread shows in its posts and counters") {
  Options options{.threads = 300, .per_day = {.edited = 4}};
  const Model before(options);
  options.day = 2;
  const Model after(options);
  const DayChanges& changes = after.changes(2);
  for (const Growth& growth : changes.grown) {
    const Thread& thread = *after.thread(growth.tid);
    CHECK(thread.replies == before.thread(growth.tid)->replies + static_cast<int>(growth.pids.size()));
    CHECK(after.posts(thread).back().pid == growth.pids.back());
    CHECK(thread.last_at > before.ends_at());
    CHECK(growth.first_page == after.page_of(thread, growth.pids.front()));
  }
  for (const Edit& edit : changes.edited) {
    for (const Post& post : after.posts(edit.tid)) {
      if (post.pid != edit.pid) continue;
      CHECK(holds(post.text, "第2天补记"));
      CHECK(post.edited_at > before.ends_at());
      CHECK(post.edited_by == post.author.name);
    }
  }
  CHECK(std::count_if(changes.edited.begin(), changes.edited.end(),
                      [](const Edit& e) { return e.beside_growth; }) == 2);
  for (const Deletion& deletion : changes.deleted) {
    CHECK(after.page_of(*after.thread(deletion.tid), deletion.pid) == 0);
    CHECK(after.thread(deletion.tid)->replies == before.thread(deletion.tid)->replies - 1);
  }
}

TEST_CASE("day 3 is day 2 with one day on top") {
  const Model two({.day = 2});
  const Model three({.day = 3});
  REQUIRE(two.changes(2).grown.size() == three.changes(2).grown.size());
  for (std::size_t i = 0; i < two.changes(2).grown.size(); ++i) {
    CHECK(two.changes(2).grown[i].pids == three.changes(2).grown[i].pids);
  }
  CHECK(three.changes(3).added != two.changes(2).added);
}

TEST_CASE("a deleted post leaves a gap in the floors, or none when floors are renumbered") {
  const auto floors = [](bool renumber) {
    const Model model({.renumber_floors = renumber, .day = 2});
    const Deletion deletion = model.changes(2).deleted.front();
    std::vector<int> out;
    for (const Post& post : model.posts(deletion.tid)) out.push_back(post.floor);
    return std::pair(out, static_cast<int>(out.size()));
  };
  const auto [closed, count] = floors(true);
  CHECK(closed.back() == count);
  const auto [gapped, living] = floors(false);
  CHECK((gapped.back() == living + 1 || gapped.back() == living));  // the last one may be the deleted one
  CHECK(gapped.front() == 1);
}

TEST_CASE("one article has the words of a forum post, one those of another article") {
  const Model model({.day = 4});
  const Article* copy = nullptr;
  const Article* mirror = nullptr;
  for (const Article& article : model.articles()) {
    if (article.copy_of_pid > 0) copy = &article;
    if (article.mirror_of > 0) mirror = &article;
  }
  REQUIRE(copy != nullptr);
  REQUIRE(mirror != nullptr);
  const Post original = model.posts(*model.thread_of(copy->copy_of_pid)).front();
  std::string joined;
  for (const std::string& paragraph : copy->paragraphs) joined += (joined.empty() ? "" : "\n") + paragraph;
  CHECK(joined == original.text);
  CHECK(copy->published_at > original.posted_at);
  for (const Article& article : model.articles()) {
    if (article.id == mirror->mirror_of) CHECK(article.paragraphs == mirror->paragraphs);
  }
}

TEST_CASE("a mirrored character becomes traditional with its reading behind it, others stay") {
  CHECK(mirrored("来源：白塔") == "來(lái)源：白塔");
  CHECK(mirrored("abc 1") == "abc 1");
}

TEST_CASE("the truth has a line for every post of the model and says which of them guests see") {
  const Model model({});
  const TemporaryDirectory temporary;
  const std::filesystem::path directory = temporary / "truth";
  write_truth(model, directory);
  std::size_t visible = 0;
  std::ifstream posts(directory / "posts.jsonl");
  for (std::string line; std::getline(posts, line);) visible += holds(line, "\"guest_visible\":true") ? 1 : 0;
  CHECK(visible == static_cast<std::size_t>(model.visible_posts()));
  for (const char* name : {"boards", "threads", "comments", "attachments", "articles"}) {
    CHECK(std::filesystem::file_size(directory / (std::string(name) + ".jsonl")) > 0);
  }
}

TEST_CASE("a truth that cannot be written names the file") {
  CHECK_THROWS_WITH(write_truth(Model({.threads = 1}), "/proc/none"),
                    Catch::Contains("/proc/none/boards.jsonl"));
}

}  // namespace
}  // namespace boardwalk::sample
