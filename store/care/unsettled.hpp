// What tells an archive in which a merge or a forget was cut off from a whole one. Both commit in many steps,
// and records are those of the pages again only behind the last: a mark comes in with the first commit that
// changes anything, and goes when all is done.
//
//   kMeta   `unsettled/` command   → `merge`: nothing; `forget` with the words that name what it takes down:
//                                    what it has found (ForgetBegun), its ids until all
//                                    is taken down; nothing of before
//
// A merge is settled by `reparse` too; a forget only by itself, as pages that are read again still hold what
// is to go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "store/forgotten.hpp"

namespace boardwalk::store {

inline constexpr std::string_view kMergeCommand = "merge";
[[nodiscard]] std::string forget_command(const Target& target);

// What a forget has found, and what one that is done again no longer finds.
struct ForgetBegun {
  std::vector<std::string> ids;  // of the records, but for those of a site
  std::int64_t records = 0;
  bool had_text_index = false;
};

void mark_unsettled(Batch& batch, std::string_view command);
void mark_unsettled(Batch& batch, std::string_view command, const ForgetBegun& begun);
// What the mark of a forget that was cut off tells; nothing found where there is none.
[[nodiscard]] Result<ForgetBegun> begun_before(const Database& database, std::string_view command);
// Takes the mark away, where there is one.
[[nodiscard]] Result<void> mark_settled(Database& database, std::string_view command);

[[nodiscard]] Result<bool> is_unsettled(const Database& database, std::string_view command);
// The commands that have left a mark, one that is under way among them.
[[nodiscard]] Result<std::vector<std::string>> unsettled_commands(const Database& database);

// For a person: that the command has not come to its end, and what to do.
[[nodiscard]] std::string unsettled_words(std::string_view command);
[[nodiscard]] std::string way_to_settle(std::string_view command);
// The error that ended the command, which also says what to do where it has left its mark.
[[nodiscard]] Error ended_unsettled(const Database& database, std::string_view command, Error error);

}  // namespace boardwalk::store
