// Exports of records, one after another as the archive has them: which are taken, in what order, and the seam
// to the formats that print them. An export shows the state of the moment in which its Database was opened,
// also while a crawl writes.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "config/error.hpp"
#include "store/database.hpp"
#include "store/query.hpp"

namespace boardwalk::store {

class Cursor;

inline constexpr std::array<RecordKind, 4> kKinds{RecordKind::kBoard, RecordKind::kThread, RecordKind::kPost,
                                                  RecordKind::kArticle};

struct Selection {
  Filter filter;         // also says whether copies and near ones are taken
  bool history = false;  // a record's superseded versions before the current one, oldest first
  std::array<bool, kKinds.size()> kinds{true, true, true, true};  // in the order of kKinds
};

struct ExportCounts {
  std::array<std::int64_t, kKinds.size()> printed{};  // in the order of kKinds; versions count each
  std::int64_t duplicates = 0;                        // left out
  std::int64_t near_duplicates = 0;                   // left out
  std::int64_t unchanged = 0;                         // left out by a cursor

  // Whether the record is left out as a copy or a near one, as the filter wants it; counts it then.
  [[nodiscard]] bool leaves_out(const Row& row, const Filter& filter);

  [[nodiscard]] std::int64_t of(RecordKind kind) const { return printed[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::int64_t sum() const;
};

// Writes some bytes; false when no more can be written.
using Write = std::function<bool(std::string_view)>;

// What records are printed as. All calls come from one thread.
class RecordFormat {
 public:
  virtual ~RecordFormat() = default;
  // A record's JSON line, without its end. False ends the export: nothing more can be written.
  [[nodiscard]] virtual bool add(RecordKind kind, std::string_view json) = 0;
};

// Lines of the record schema.
class Jsonl : public RecordFormat {
 public:
  explicit Jsonl(Write write) : write_(std::move(write)) {}
  [[nodiscard]] bool add(RecordKind kind, std::string_view json) override;

 private:
  Write write_;
};

// Boards, threads, posts, articles, each in key order. `counts` may be read at any time during the export.
// With a `cursor`, only those that are news to it.
[[nodiscard]] Result<void> export_records(const Database& database, const Selection& selection,
                                          RecordFormat& format, ExportCounts& counts,
                                          Cursor* cursor = nullptr);

}  // namespace boardwalk::store
