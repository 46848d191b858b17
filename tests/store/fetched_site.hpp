// An archive that pages of a made-up forum are fetched into as a crawl does it: what was taken down stays
// out, bodies go through the body writer, each page has its visit.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive_fixture.hpp"
#include "store/body_writer.hpp"
#include "store/care/forget.hpp"
#include "store/care/verify.hpp"

namespace boardwalk::store {

// A post of a thread page: its words may be HTML; `below` stands behind them (comments).
struct Said {
  int pid;
  std::string author, text;
  std::string below = {};
};

// A thread page, and a page of board 2 that lists threads by the author with that last reply.
std::string thread_html(int tid, const std::vector<Said>& posts, const std::string& title = {});
struct Listed {
  int tid;
  std::string title, author, last_reply_by;
};
std::string board_html(const std::vector<Listed>& threads);
// `<div class="pstl">` of one comment.
std::string comment_html(const std::string& author, const std::string& text);

class FetchedSite {
 public:
  FetchedSite();

  // What any page says at `at` (seconds); its bytes and its visit.
  void fetch_page(const std::string& url, const std::string& body, std::int64_t at, int run = 1);
  void fetch(int tid, const std::vector<Said>& posts, std::int64_t at, const std::string& host = "bbs.test");
  // Does it in a process that is killed at once, with nothing flushed.
  void die_behind(const std::function<void()>& step);
  // The site answers 404.
  void miss(const std::string& url, std::int64_t at, int run);
  // The bytes of the page's last visit, as they stand in the archive.
  std::string body(const std::string& key);
  // A file that records name.
  void fetch_file(const std::string& url, const std::string& body, std::int64_t at);

  [[nodiscard]] std::vector<std::string> lines() const;  // threads, posts and articles
  [[nodiscard]] bool has(const std::string& record_id) const;
  [[nodiscard]] parsers::Post post(const std::string& pid) const;
  [[nodiscard]] std::vector<Finding> findings() const;
  // Every key and value of every family, bodies unpacked; dictionaries stand in their rows as they are.
  [[nodiscard]] std::string everything() const;
  [[nodiscard]] std::string files() const;  // on disk, byte for byte
  // Whether 16 characters in a row of `text` stand in either.
  [[nodiscard]] bool holds(std::string_view text) const;

  ForgetReceipt forget(const Target& target);

  Database& database() { return *database_; }
  BodyWriter& bodies() { return *bodies_; }
  void reopen();
  // Becomes what stands in another's files while that is open, as a crash would leave them.
  void replace_by(FetchedSite& other);
  [[nodiscard]] std::filesystem::path directory() const { return temp_.path() / "archive"; }

 private:
  TemporaryDirectory temp_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<BodyWriter> bodies_;
};

inline const ReplayOptions kReading{nullptr, 480, kMinChars};
Target record_target(const std::string& id);

}  // namespace boardwalk::store
