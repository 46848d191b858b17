// Taking down: what was read of a post, thread, article, author or site leaves every family, and so do the
// files that nothing else names; its texts are blacked out in every page that holds them (page_redaction.hpp;
// copies of a text under another name with it), and dictionaries that were trained on such pages are trained
// anew. Records are then derived again from what is left, by today's parsers, and the files are rewritten. A
// row of `forgotten` keeps it out of later crawls and merges; of an author or a thread each post gets one
// of its own as well, as older pages may show it under another author or in another thread, and so does an
// article that an older page shows under others. An author's thread gets none, which would keep out what
// others wrote in it.
//
// What stays: the ids and names by which it is recognised, in these rows; an author's name in others' running
// words, which are theirs; quotes of fewer than 16 characters that others made without saying whom or when, or
// by a name that no page here gave the author; passages that others say in their own words and that are not
// the greater part of it; addresses.
// Backups and exports made before know nothing of it.
#pragma once

#include <cstdint>
#include <functional>

#include "store/care/replay.hpp"
#include "store/database.hpp"
#include "store/forgotten.hpp"

namespace boardwalk::store {

struct ForgetReceipt {
  std::int64_t records = 0;       // taken out
  std::int64_t files = 0;         // that they named, and nothing else does
  std::int64_t pages = 0;         // blacked out, or (of a site) erased
  std::int64_t dictionaries = 0;  // trained anew
  std::int64_t lost = 0;          // records beside these that the reading no longer gives
};

// `at` is now (UTC epoch seconds). kNotFound when the archive holds no such record, author or site, kUsage
// for a board, which is not taken down by itself; a forgetting that was cut off can be done again, and a mark
// says so until then (unsettled.hpp); where a damaged page ends it, the files are gone already, unless a merge
// is unsettled. The manifest may name erased keys until the archive is next opened for writing. REQUIRES: open
// for writing.
[[nodiscard]] Result<ForgetReceipt> forget(Database& database, const Target& target,
                                           const ReplayOptions& reading, std::int64_t at,
                                           const std::function<Result<void>()>& also = {});

}  // namespace boardwalk::store
