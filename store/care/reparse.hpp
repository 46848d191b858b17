// Records derived again from the pages that they came from, by today's parsers: what is then in the archive
// is what a crawl by them would have put there.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/care/replay.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct RecordChange {
  enum class Kind { kNew, kGone, kChanged, kParser } kind;  // kParser: nothing but the parser's version
  std::string record_id;
  std::vector<std::string> fields;  // of kChanged: those that differ, in the schema's order
};
[[nodiscard]] std::string_view to_string(RecordChange::Kind kind);

struct Reparsed {
  std::int64_t pages = 0;
  std::int64_t changes = 0;  // records
};

// Works beside the archive, in a directory of its own inside it, and compares: each record that differs is
// told. The archive stays as it is.
[[nodiscard]] Result<Reparsed> compare_reparsed(const Database& database, const ReplayOptions& reading,
                                                const std::function<void(const RecordChange&)>& tell);

// The same, and makes it so, all at once or not at all, whenever it is killed; those who read beside it see
// the one state or the other. What differs is kept on the disk until then. REQUIRES: open for writing.
[[nodiscard]] Result<Reparsed> reparse(Database& database, const ReplayOptions& reading,
                                       const std::function<void(const RecordChange&)>& tell);

}  // namespace boardwalk::store
