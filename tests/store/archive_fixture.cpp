#include "archive_fixture.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "store/export/records.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "tests/killed_process.hpp"

namespace boardwalk::store {
namespace {

template <typename T>
T must(Result<T> result) {
  if (!result) FAIL(result.error().message);
  return std::move(*result);
}

void must(const Result<void>& result) {
  if (!result) FAIL(result.error().message);
}

template <typename Record>
void digest_text(Record& record) {
  if (record.text.empty()) return;
  record.fold = parsers::fold(record.text);
  record.text_sha256 = parsers::sha256_hex(record.text);
  record.fold_sha256 = parsers::sha256_hex(record.fold);
}

parsers::PageRef page_ref(const std::string& url, std::int64_t at) {
  return {url, at, parsers::sha256_hex(url + std::to_string(at))};
}

}  // namespace

Database& Archive::writer() {
  if (!database_) database_ = must(Database::open(directory(), Database::Access::kWrite, config::Sync::kOs));
  return *database_;
}

const Database& Archive::read() { return writer(); }

// The process that commits in a killed life is a child of ours: it dies with the database open and nothing
// flushed.
void Archive::commit(const std::function<void(Batch&)>& fill) {
  if (life_ != Life::kOneProcess) close();
  const auto step = [&] {
    Batch batch(writer());
    fill(batch);
    must(writer().commit(batch));
  };
  life_ == Life::kKilled ? tests::in_killed_process(step) : step();
}

Life any_life() { return GENERATE(Life::kOneProcess, Life::kReopened, Life::kKilled); }

PutCounts Archive::put(const parsers::ParsedPage& page) {
  PutCounts counts;
  commit([&](Batch& batch) { counts = must(put_records(batch, page, kMinChars)); });
  return counts;
}

std::vector<std::string> Archive::lines(bool history) {
  std::vector<std::string> lines;
  Jsonl jsonl([&](std::string_view bytes) {
    if (bytes == "\n")
      lines.back() += bytes;
    else
      lines.emplace_back(bytes);
    return true;
  });
  Selection selection;
  selection.history = history;
  ExportCounts counts;
  must(export_records(read(), selection, jsonl, counts));
  return lines;
}

std::string Archive::json(const std::string& record_id) { return must(record_json(read(), record_id)); }

parsers::Post Archive::post(const std::string& pid, const std::string& site) {
  return must(post_from_json(json(parsers::post_record_id(site, pid))));
}

parsers::Thread Archive::thread(const std::string& tid) {
  return must(thread_from_json(json(parsers::thread_record_id("bbs.test", tid))));
}

std::string long_text(int seed) { return fmt::format("雨後的碼頭第{}盞燈一直亮到天明，船還沒有回來", seed); }

parsers::Post published(const std::string& pid, const std::string& text, int day) {
  parsers::Post post = make_post(pid, text);
  post.posted_at =
      day == 0 ? std::nullopt : parsers::make_moment(2024, 5, day, 8, 0, 0, parsers::Precision::kMinute, 480);
  return post;
}

parsers::ParsedPage page_of(const parsers::Post& post, std::int64_t at) {
  return thread_page("t" + post.post_id, 1, 1, {post}, at);
}

parsers::Post make_post(const std::string& pid, const std::string& text, std::optional<int> floor) {
  parsers::Post post;
  post.site = "bbs.test";
  post.post_id = pid;
  post.text = text;
  post.floor = floor;
  post.author = "author of " + pid;
  post.parser = "discuz/1";
  post.posted_at = parsers::make_moment(2024, 5, 1, 8, 0, 0, parsers::Precision::kMinute, 480);
  digest_text(post);
  return post;
}

parsers::Thread make_thread(const std::string& tid) {
  parsers::Thread thread;
  thread.site = "bbs.test";
  thread.thread_id = tid;
  thread.parser = "discuz/1";
  return thread;
}

parsers::Article make_article(const std::string& url, const std::string& text) {
  parsers::Article article;
  article.url = url;
  article.site = "news.test";
  article.text = text;
  article.parser = "news/1";
  digest_text(article);
  return article;
}

parsers::ParsedPage thread_page(const std::string& tid, int number, std::optional<int> pages,
                                std::vector<parsers::Post> posts, std::int64_t at, bool whole) {
  parsers::ParsedPage page;
  page.kind = parsers::PageKind::kThread;
  page.page = page_ref(fmt::format("http://bbs.test/thread-{}-{}-1.html", tid, number), at);
  parsers::Thread thread = make_thread(tid);
  thread.title = "title of " + tid;
  thread.pages = pages;
  thread.page = page.page;
  page.threads.push_back(thread);
  page.thread_page = parsers::ThreadPage{tid, number, pages, {}, whole};
  for (auto& post : posts) {
    page.thread_page->post_ids.push_back(post.post_id);
    post.thread_id = tid;
    post.page = page.page;
    page.posts.push_back(std::move(post));
  }
  return page;
}

parsers::ParsedPage board_page(const std::string& fid, std::vector<parsers::Thread> rows, std::int64_t at) {
  parsers::ParsedPage page;
  page.kind = parsers::PageKind::kBoard;
  page.page = page_ref(fmt::format("http://bbs.test/forum-{}-1.html", fid), at);
  parsers::Board board;
  board.site = "bbs.test";
  board.board_id = fid;
  board.name = "board " + fid;
  board.page = page.page;
  board.parser = "discuz/1";
  page.boards.push_back(board);
  for (auto& row : rows) {
    row.page = page.page;
    row.board = {fid, "board " + fid};
    page.threads.push_back(std::move(row));
  }
  return page;
}

parsers::ParsedPage article_page(parsers::Article article, std::int64_t at) {
  parsers::ParsedPage page;
  page.kind = parsers::PageKind::kArticle;
  page.page = page_ref(article.url, at);
  article.page = page.page;
  page.articles.push_back(std::move(article));
  return page;
}

}  // namespace boardwalk::store
