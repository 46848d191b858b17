// An archive in a directory of its own, and pages to put into it. The fixture lives one of three lives, so
// that every stateful suite runs in each: one process throughout, opened anew for each commit, killed after
// each commit.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "parsers/page.hpp"
#include "store/database.hpp"
#include "store/records.hpp"
#include "store/text_update.hpp"
#include "tests/temporary_directory.hpp"

namespace boardwalk::store {

enum class Life { kOneProcess, kReopened, kKilled };
Life any_life();  // the test runs once in each

inline constexpr std::size_t kMinChars = 16;

class Archive {
 public:
  explicit Archive(Life life = Life::kOneProcess) : life_(life) {}

  // Commits one step; the counts are those of put_records, zero in a killed life.
  PutCounts put(const parsers::ParsedPage& page);
  // The same for anything: `fill` writes into the step's batch. In a killed life its own variables do not
  // come back.
  void commit(const std::function<void(Batch&)>& fill);

  [[nodiscard]] Result<void> flush() { return writer().flush(); }
  // Brings the full-text index up to date, as the end of a run does.
  [[nodiscard]] Result<TextUpdated> index(const TextUpdate& update = {}) {
    return update_text_index(writer(), update);
  }
  // For what the care of archives does; the lock is held as long.
  Database& writer();
  void close() { database_.reset(); }

  // To read from; valid until the next commit.
  const Database& read();
  [[nodiscard]] std::filesystem::path directory() const { return temp_.path() / "archive"; }

  // Verbs for what the tests ask most.
  std::vector<std::string> lines(bool history = false);  // of the export
  parsers::Post post(const std::string& pid, const std::string& site = "bbs.test");
  parsers::Thread thread(const std::string& tid);
  std::string json(const std::string& record_id);

 private:
  TemporaryDirectory temp_;
  Life life_;
  std::unique_ptr<Database> database_;
};

// A made-up text long enough to be called a duplicate.
std::string long_text(int seed);
// A text, and one that differs from it in one character and is a near duplicate.
inline const std::string kText =
    "老板姓张，以前在码头边上卖豆腐，后来搬到了桥头，一碗豆腐卖三块钱，生意一直很好";
inline const std::string kEdit =
    "老板姓李，以前在码头边上卖豆腐，后来搬到了桥头，一碗豆腐卖三块钱，生意一直很好";

// Pages of a forum `bbs.test`, fetched at `at` (seconds on a made-up clock).
parsers::Post make_post(const std::string& pid, const std::string& text,
                        std::optional<int> floor = std::nullopt);
// One that was posted on that day of a month; 0: without a time.
parsers::Post published(const std::string& pid, const std::string& text, int day);
parsers::Thread make_thread(const std::string& tid);
parsers::Article make_article(const std::string& url, const std::string& text);
parsers::ParsedPage thread_page(const std::string& tid, int number, std::optional<int> pages,
                                std::vector<parsers::Post> posts, std::int64_t at, bool whole = true);
// That post alone, in a thread of its own.
parsers::ParsedPage page_of(const parsers::Post& post, std::int64_t at);
parsers::ParsedPage board_page(const std::string& fid, std::vector<parsers::Thread> rows, std::int64_t at);
parsers::ParsedPage article_page(parsers::Article article, std::int64_t at);

}  // namespace boardwalk::store
