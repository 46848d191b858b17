// Asking the archive: records that pass a filter, in a documented order, with `duplicate_of` and
// `near_duplicate_of` resolved. Which index finds them (query_plan.hpp) changes how long it takes, never what
// comes.
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

// Every set field must hold. An author is a whole name; substrings are compared byte by byte; `fold` compares
// folds.
struct Filter {
  std::optional<std::string> site, board, thread, author, title, text, fold;
  std::optional<std::int64_t> since,
      until;                    // UTC epoch seconds, of posted_at / created_at / published_at; [since, until)
  bool duplicates = true;       // false leaves out records whose duplicate_of is set
  bool near_duplicates = true;  // the same of near_duplicate_of
};

// kId: by site, then thread, then id, digits as numbers. kOldest: by the time of publication, then site, then
// id byte by byte; records without a time last. kNewest: that the other way round, those without a time still
// last.
enum class Order { kId, kOldest, kNewest };

struct Query {
  RecordKind kind;
  Filter filter = {};
  Order order = Order::kId;
  bool by_index = true;      // false looks at every record: slow, and what an index is measured against
  std::uint64_t wanted = 0;  // about how many the caller takes, by which ways are judged; 0: all
  // Called for every record looked at, in vain or not, with how many there have been.
  std::function<void(std::int64_t)> looked_at = {};
  // Called when every record is looked at for want of a full-text index that could answer, with why and what
  // to do.
  std::function<void(const std::string&)> missed_index = {};
};

// One record as it is read.
struct Row {
  RecordKind kind;
  std::string_view json;        // as exported, without line end; valid during the call
  bool duplicate = false;       // its duplicate_of is set
  bool near_duplicate = false;  // its near_duplicate_of is set
  bool has_versions = false;    // versions_json() has some
  std::string_view key = {};    // of `records`; valid during the call
};

// Calls `each` for every record of a kind that passes, until it returns false.
[[nodiscard]] Result<void> for_each_record(const Database& database, const Query& query,
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

}  // namespace boardwalk::store
