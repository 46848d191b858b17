#include "store/records.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "archive_fixture.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "store/threads.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using parsers::ParsedPage;
using parsers::Post;

namespace {

std::vector<std::string> versions(Archive& archive, const std::string& id) {
  auto versions = versions_json(archive.read(), id);
  REQUIRE(versions);
  return *versions;
}

std::vector<std::string> texts_of_versions(Archive& archive, const std::string& pid) {
  std::vector<std::string> texts;
  for (const auto& json : versions(archive, "bbs.test/post/" + pid)) {
    const auto post = post_from_json(json);
    REQUIRE(post);
    CHECK(post->seen.version == static_cast<int>(texts.size()) + 1);
    texts.push_back(post->text);
  }
  const Post current = archive.post(pid);
  CHECK(current.seen.version == static_cast<int>(texts.size()) + 1);
  texts.push_back(current.text);
  return texts;
}

// The export without the times of first and last sight.
std::vector<std::string> timeless(Archive& archive) {
  std::vector<std::string> lines = archive.lines(true);
  for (auto& line : lines)
    for (const std::string key : {R"("first_seen":")", R"("last_seen":")"})
      if (const auto at = line.find(key); at != std::string::npos) line.erase(at, key.size() + 20);
  return lines;
}

}  // namespace

TEST_CASE("a page's posts, thread and board are new once, then known") {
  Archive archive(any_life());
  const auto rows = board_page("2", {make_thread("5")}, 10);
  const auto page = thread_page("5", 1, 1, {make_post("1", "one", 1), make_post("2", "two", 2)}, 20);
  archive.put(rows);
  archive.put(page);
  CHECK(archive.lines().size() == 4);
  CHECK(archive.thread("5").board.id == "2");
  CHECK(archive.thread("5").title == "title of 5");
  CHECK(archive.post("2").text == "two");
  CHECK(archive.post("2").seen == parsers::Provenance{1, 20, 20, std::nullopt});
  const auto before = archive.lines(true);
  archive.put(page);
  archive.put(rows);
  CHECK(archive.lines(true) == before);
}

TEST_CASE("a post whose page tells no number makes no record: its thread does") {
  Archive archive;
  auto page = thread_page("5", 1, 1, {make_post("1", "one", 1)}, 20);
  page.kind = parsers::PageKind::kArchiver;
  page.thread_page.reset();
  page.posts.front().post_id.clear();
  archive.put(page);
  CHECK(archive.lines().size() == 1);
  const auto account = thread_account(archive.read(), "bbs.test", "5");
  REQUIRE(account);
  CHECK(account->posts == 0);
}

TEST_CASE("the counts of a step say what was new and what changed") {
  Archive archive;
  const auto rows = [](std::int64_t at) { return board_page("2", {make_thread("5")}, at); };
  const auto page = [](std::int64_t at, std::string text) {
    return thread_page("5", 1, 1, {make_post("1", text, 1), make_post("2", "two", 2)}, at);
  };
  PutCounts counts = archive.put(rows(10));
  CHECK(counts.new_boards == 1);
  CHECK(counts.new_threads == 1);
  counts = archive.put(page(20, "one"));
  CHECK(counts.new_boards == 0);
  CHECK(counts.new_threads == 0);
  CHECK(counts.new_posts == 2);
  CHECK(counts.changed_posts == 0);
  counts = archive.put(page(30, "one"));
  CHECK(counts.new_posts == 0);
  CHECK(counts.changed_posts == 0);
  CHECK(archive.post("1").seen.last_seen == 30);
  CHECK(archive.post("1").seen.first_seen == 20);
  counts = archive.put(page(40, "one, edited"));
  CHECK(counts.changed_posts == 1);
  counts = archive.put(article_page(make_article("http://news.test/1.html", long_text(1)), 50));
  CHECK(counts.new_articles == 1);
  counts = archive.put(article_page(make_article("http://news.test/1.html", long_text(2)), 60));
  CHECK(counts.changed_articles == 1);
}

TEST_CASE("views and downloads change nothing, replies do") {
  Archive archive;
  auto page = thread_page("5", 1, 1, {make_post("1", "one", 1)}, 20);
  page.threads[0].views = 10;
  page.posts[0].attachments.push_back({"a.zip", std::nullopt, std::nullopt, false, 3});
  archive.put(page);
  const std::string digest = content_of(page).sha256;
  page.page.fetched_at = page.threads[0].page.fetched_at = page.posts[0].page.fetched_at = 30;
  page.threads[0].views = 11;
  page.posts[0].attachments[0].downloads = 4;
  CHECK(content_of(page).sha256 == digest);
  archive.put(page);
  CHECK(archive.thread("5").views == 11);
  CHECK(archive.post("1").attachments[0].downloads == 4);
  page.threads[0].replies = 1;
  CHECK(content_of(page).sha256 != digest);
  archive.put(page);
  CHECK(archive.thread("5").replies == 1);
  CHECK(content_of(ParsedPage{}).sha256 == "");
}

TEST_CASE("a post with another text is a new version, and the old ones stay") {
  Archive archive(any_life());
  archive.put(thread_page("5", 1, 1, {make_post("1", "one", 1)}, 10));
  archive.put(thread_page("5", 1, 1, {make_post("1", "two", 1)}, 20));
  archive.put(thread_page("5", 1, 1, {make_post("1", "two", 1)}, 30));
  archive.put(thread_page("5", 1, 1, {make_post("1", "one", 1)}, 40));
  CHECK(texts_of_versions(archive, "1") == std::vector<std::string>{"one", "two", "one"});
  CHECK(archive.post("1").seen == parsers::Provenance{3, 10, 40, std::nullopt});
  CHECK(archive.lines(true).size() == 4);
  CHECK(archive.lines(false).size() == 2);
}

TEST_CASE("versions are numbered by the age of their pages, whatever the order of commits") {
  std::vector<ParsedPage> pages;
  const std::vector<std::string> texts{"one", "one", "two", "three", "three", "four"};
  for (std::size_t i = 0; i < texts.size(); ++i)
    pages.push_back(
        thread_page("5", 1, 1, {make_post("1", texts[i], 1)}, 10 * static_cast<std::int64_t>(i + 1)));
  std::mt19937 engine(3);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(pages.begin(), pages.end(), engine);
    Archive archive;
    for (const auto& page : pages) archive.put(page);
    CHECK(texts_of_versions(archive, "1") == std::vector<std::string>{"one", "two", "three", "four"});
    CHECK(archive.post("1").seen == parsers::Provenance{4, 10, 60, std::nullopt});
    CHECK(archive.post("1").page.fetched_at == 60);
  }
}

TEST_CASE("an article with another text is a new version") {
  Archive archive(any_life());
  archive.put(article_page(make_article("http://news.test/1.html", long_text(1)), 10));
  archive.put(article_page(make_article("http://news.test/1.html", long_text(2)), 20));
  const auto lines = archive.lines(true);
  REQUIRE(lines.size() == 2);
  CHECK(article_from_json(lines[0])->text == long_text(1));
  CHECK(article_from_json(lines[1])->text == long_text(2));
  CHECK(article_from_json(lines[1])->seen.version == 2);
}

TEST_CASE("a field that a view does not show keeps its held value") {
  Archive archive;
  Post post = make_post("1", "one", 7);
  post.board = {"2", "board 2"};
  post.thread_title = "title";
  post.edited_by = "mod";
  archive.put(thread_page("5", 1, 1, {post}, 10));
  auto view = thread_page("5", 1, std::nullopt, {make_post("1", "one")}, 20);
  view.kind = parsers::PageKind::kThreadFiltered;
  view.thread_page.reset();
  view.posts[0].author.reset();
  archive.put(view);
  const Post held = archive.post("1");
  CHECK(held.floor == 7);
  CHECK(held.author == "author of 1");
  CHECK(held.board.name == "board 2");
  CHECK(held.thread_title == "title");
  CHECK(held.edited_by == "mod");
  CHECK(held.page.fetched_at == 20);
}

TEST_CASE("an anonymous post keeps no author that an older page showed") {
  Archive archive;
  archive.put(thread_page("5", 1, 1, {make_post("1", "one", 1)}, 10));
  Post post = make_post("1", "one", 1);
  post.anonymous = true;
  post.author.reset();
  archive.put(thread_page("5", 1, 1, {post}, 20));
  CHECK(archive.post("1").author == std::nullopt);
}

TEST_CASE("a post that moved to another thread leaves its old one") {
  Archive archive(any_life());
  archive.put(thread_page("5", 1, 1, {make_post("1", "one", 1), make_post("2", "two", 2)}, 10));
  archive.put(thread_page("6", 1, 1, {make_post("2", "two", 1)}, 20));
  CHECK(archive.thread("5").posts_archived == 1);
  CHECK(archive.thread("6").posts_archived == 1);
  CHECK(archive.post("2").thread_id == "6");
  CHECK(archive.lines().size() == 4);
  CHECK(posts_of_thread(archive.read(), "bbs.test", "5")->size() == 1);
}

TEST_CASE("an opening post that moved into another thread opens it only where a page says so, in any order") {
  const auto opening = [](std::optional<int> floor) {
    Post post = make_post("7", "seven", floor);
    post.first = true;
    return post;
  };
  const auto before = thread_page("9", 1, 1, {opening(1)}, 10);
  const auto moved = [](std::optional<int> floor) {
    return thread_page("5", 1, 1, {make_post("1", "one"), make_post("7", "seven", floor)}, 20);
  };
  for (const std::optional<int> floor : {std::optional(2), std::optional<int>()}) {
    std::vector<ParsedPage> pages{before, moved(floor)};
    for (int round = 0; round < 2; ++round, std::reverse(pages.begin(), pages.end())) {
      Archive archive(any_life());
      for (const auto& page : pages) archive.put(page);
      CHECK_FALSE(archive.post("7").first);
      CHECK(archive.post("7").floor == 2);
      CHECK(archive.post("7").thread_id == "5");
    }
  }
  Archive archive;
  archive.put(before);
  auto view = thread_page("9", 1, std::nullopt, {make_post("7", "seven")}, 20);
  view.kind = parsers::PageKind::kThreadFiltered;
  view.thread_page.reset();
  archive.put(view);
  CHECK(archive.post("7").first);
  CHECK(archive.post("7").floor == 1);
  archive.put(thread_page("9", 1, 1, {make_post("6", "six", 1), make_post("7", "seven", 2)}, 30));
  CHECK_FALSE(archive.post("7").first);
}

TEST_CASE("a post that another stands before now opens its thread no more, also where no floor is printed") {
  const auto page = [](std::vector<Post> posts, std::int64_t at) {
    posts.front().first = true;
    return thread_page("9", 1, 1, std::move(posts), at);
  };
  std::vector<ParsedPage> pages{page({make_post("7", "seven")}, 10),
                                page({make_post("6", "six"), make_post("7", "seven")}, 20)};
  for (int round = 0; round < 2; ++round, std::reverse(pages.begin(), pages.end())) {
    Archive archive(any_life());
    for (const auto& seen : pages) archive.put(seen);
    CHECK(archive.post("6").first);
    CHECK_FALSE(archive.post("7").first);
    CHECK(archive.post("7").floor == 2);
  }
}

TEST_CASE("a post that a page shows on top and in its place is one, as it stands in its place") {
  Archive archive(any_life());
  const auto page = [](std::int64_t at) {
    return thread_page("5", 1, 1,
                       {make_post("2", "two", 1), make_post("1", "one", 2), make_post("2", "two in full", 3),
                        make_post("1", "", 4)},
                       at);
  };
  for (const std::int64_t at : {10, 20, 30}) archive.put(page(at));
  CHECK(texts_of_versions(archive, "2") == std::vector<std::string>{"two in full"});
  CHECK(texts_of_versions(archive, "1") == std::vector<std::string>{"one"});
  CHECK(archive.post("2").floor == 3);
  CHECK(archive.thread("5").posts_archived == 2);
}

TEST_CASE("a board takes what each page knows of it, the newer one first") {
  Archive archive(any_life());
  ParsedPage index = board_page("3", {}, 10);
  index.kind = parsers::PageKind::kIndex;
  index.boards[0].parent_id = "1";
  index.boards[0].posts = 100;
  index.boards[0].name = "old name";
  archive.put(board_page("3", {}, 20));
  archive.put(index);
  const auto board = board_from_json(archive.json("bbs.test/board/3"));
  REQUIRE(board);
  CHECK(board->parent_id == "1");
  CHECK(board->posts == 100);
  CHECK(board->name == "board 3");
  CHECK(board->page.fetched_at == 20);
}

TEST_CASE("a board's own first page counts over its others, and these over the index, whichever came last") {
  for (const bool own_last : {false, true}) {
    Archive archive(any_life());
    ParsedPage index = board_page("3", {}, 10);
    index.kind = parsers::PageKind::kIndex;
    index.page.url = index.boards[0].page.url = "http://bbs.test/forum.php";
    index.boards[0].threads = 52;  // with those of its sub-boards
    ParsedPage second = board_page("3", {}, 20);
    second.page.url = second.boards[0].page.url = "http://bbs.test/forum-3-2.html";
    second.boards[0].threads = 47;
    ParsedPage first = board_page("3", {}, 30);
    first.boards[0].threads = 46;
    std::vector<ParsedPage> pages{index, second, first};
    if (own_last) std::swap(pages.front(), pages.back());
    std::int64_t time = 100;
    for (auto& page : pages) {
      page.page.fetched_at = page.boards[0].page.fetched_at = ++time;
      archive.put(page);
    }
    const auto board = board_from_json(archive.json("bbs.test/board/3"));
    REQUIRE(board);
    CHECK(board->threads == 46);
    CHECK(board->page.url == "http://bbs.test/forum-3-1.html");
  }
}

TEST_CASE("what a board's own page said more than a day ago gives way to what the index says now") {
  Archive archive(any_life());
  archive.put(board_page("3", {}, 20));
  ParsedPage index = board_page("3", {}, 20 + 86'401);
  index.page.url = index.boards[0].page.url = "http://bbs.test/forum.php";
  index.boards[0].threads = 52;
  archive.put(index);
  CHECK(board_from_json(archive.json("bbs.test/board/3"))->threads == 52);
}

TEST_CASE("the records follow from the pages, whatever the order in which they are committed") {
  std::vector<ParsedPage> pages;
  std::int64_t at = 100;
  for (int board = 1; board <= 2; ++board) {
    std::vector<parsers::Thread> rows;
    for (int tid = 1; tid <= 4; ++tid) {
      parsers::Thread row = make_thread(std::to_string(tid));
      row.title = "row of " + std::to_string(tid);
      row.replies = tid * board;
      row.sticky = board == 1 ? std::optional<std::string>("global") : std::nullopt;
      rows.push_back(row);
    }
    pages.push_back(board_page(std::to_string(board), rows, at));  // at one time: the pages' names decide
  }
  for (int tid = 1; tid <= 4; ++tid)
    for (int number = 1; number <= 3; ++number) {
      const auto pid = [&](int i) { return std::to_string(tid * 100 + number * 10 + i); };
      const auto floor = tid % 2 == 0 ? std::optional(number) : std::nullopt;
      auto page =
          thread_page(std::to_string(tid), number, 3,
                      {make_post(pid(1), long_text(number), floor), make_post(pid(2), "short", floor)},
                      at + tid + number);
      if (number == 1) page.threads[0].author = "author";
      pages.push_back(page);
    }
  std::optional<std::vector<std::string>> expected;
  std::mt19937 engine(1);
  for (int round = 0; round < 12; ++round) {
    Archive archive;
    for (const auto& page : pages) archive.put(page);
    const auto lines = timeless(archive);
    if (!expected) expected = lines;
    CHECK(lines == *expected);
    std::shuffle(pages.begin(), pages.end(), engine);
  }
  CHECK(expected->size() == 2 + 4 + 24);
}
