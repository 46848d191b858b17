#include "store/export/records.hpp"

#include <numeric>
#include <optional>
#include <string>

#include "store/export/cursor.hpp"
#include "store/json_field.hpp"

namespace boardwalk::store {
namespace {

// One kind of record on its way out.
class KindExport {
 public:
  KindExport(const Database& database, const Selection& selection, RecordFormat& format, ExportCounts& counts,
             Cursor* cursor)
      : database_(database), selection_(selection), format_(format), counts_(counts), cursor_(cursor) {}

  // False when nothing more can be written.
  Result<bool> run(RecordKind kind) {
    Filter filter = selection_.filter;
    filter.duplicates = filter.near_duplicates = true;  // those left out are counted
    const auto scanned =
        for_each_record(database_, {kind, filter}, [this](const Row& row) { return take(row); });
    if (!scanned) return tl::unexpected(scanned.error());
    if (error_) return tl::unexpected(*error_);
    return !closed_;
  }

 private:
  bool take(const Row& row) {
    const bool printed_before = cursor_ != nullptr && cursor_->has_printed(row);
    if (!printed_before && counts_.leaves_out(row, selection_.filter)) return true;
    if (cursor_ != nullptr && !cursor_->is_news(row)) {
      ++counts_.unchanged;
      return true;
    }
    return (!selection_.history || !row.has_versions || print_versions(row)) && print(row.kind, row.json);
  }

  bool print_versions(const Row& row) {
    const auto versions = versions_json(database_, text_field(row.json, "id").value_or(""));
    if (!versions) {
      error_ = versions.error();
      return false;
    }
    for (const auto& version : *versions)
      if (!print(row.kind, version)) return false;
    return true;
  }

  bool print(RecordKind kind, std::string_view json) {
    closed_ = !format_.add(kind, json);
    counts_.printed[static_cast<std::size_t>(kind)] += closed_ ? 0 : 1;
    return !closed_;
  }

  const Database& database_;
  const Selection& selection_;
  RecordFormat& format_;
  ExportCounts& counts_;
  Cursor* cursor_;
  std::optional<Error> error_;
  bool closed_ = false;
};

}  // namespace

bool ExportCounts::leaves_out(const Row& row, const Filter& filter) {
  const bool copy = row.duplicate && !filter.duplicates;
  const bool near = row.near_duplicate && !filter.near_duplicates;
  duplicates += copy ? 1 : 0;
  near_duplicates += near && !copy ? 1 : 0;
  return copy || near;
}

std::int64_t ExportCounts::sum() const {
  return std::accumulate(printed.begin(), printed.end(), std::int64_t{0});
}

bool Jsonl::add(RecordKind, std::string_view json) { return write_(json) && write_("\n"); }

Result<void> export_records(const Database& database, const Selection& selection, RecordFormat& format,
                            ExportCounts& counts, Cursor* cursor) {
  for (const RecordKind kind : kKinds) {
    if (!selection.kinds[static_cast<std::size_t>(kind)]) continue;
    const auto done = KindExport(database, selection, format, counts, cursor).run(kind);
    if (!done) return tl::unexpected(done.error());
    if (!*done) break;
  }
  return {};
}

}  // namespace boardwalk::store
