// Asking the archive: records that pass a filter, in key order, with `duplicate_of` and `near_duplicate_of`
// resolved; and the export that prints them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "parsers/records.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

enum class RecordKind { kBoard, kThread, kPost, kArticle };

// Every set field must hold. Substrings are compared byte by byte; `fold` compares folds.
struct Filter {
  std::optional<std::string> site, board, thread, author, title, text, fold;
  std::optional<std::int64_t> since,
      until;                    // UTC epoch seconds, of posted_at / created_at / published_at; [since, until)
  bool duplicates = true;       // false leaves out records whose duplicate_of is set
  bool near_duplicates = true;  // the same of near_duplicate_of
};

// One record as it is read: its JSON line, and the same taken apart on demand.
struct Row {
  RecordKind kind;
  std::string_view json;  // as exported, without line end; valid during the call
};

// Calls `each` for every record of `kind` that passes, until it returns false.
[[nodiscard]] Result<void> for_each_record(const Database& database, RecordKind kind, const Filter& filter,
                                           const std::function<bool(const Row&)>& each);

// The current version of one record by its id (`HOST/post/PID`); kNotFound when there is none.
[[nodiscard]] Result<std::string> record_json(const Database& database, const std::string& record_id);
// Superseded versions of a post or article, oldest first.
[[nodiscard]] Result<std::vector<std::string>> versions_json(const Database& database,
                                                             const std::string& record_id);

// A thread's posts in reading order: by floor, those without one by time and id.
[[nodiscard]] Result<std::vector<parsers::Post>> posts_of_thread(const Database& database,
                                                                 const std::string& site,
                                                                 const std::string& thread_id);

struct ExportCounts {
  std::int64_t boards = 0, threads = 0, posts = 0, articles = 0, left_out = 0;
};

// Boards, threads, posts, articles, a line each, through `write`: one line a call, its line end included
// (false stops: the reader is gone). Filters apply. `history` prints the superseded versions of a record
// before the current one.
[[nodiscard]] Result<ExportCounts> export_jsonl(const Database& database, const Filter& filter, bool history,
                                                const std::function<bool(std::string_view)>& write);

}  // namespace boardwalk::store
