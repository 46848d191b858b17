// Taking down: what was read of a post, thread, article, author or site leaves every family, its texts are
// blacked out in every page that holds them (in whole, in quotes, in snippets: see redaction.hpp), and
// dictionaries that were trained on such pages are trained anew. Records are then derived again from what is
// left, by today's parsers, and the files are rewritten. Copies of the text under another name are blacked
// out with it. A row of `forgotten` keeps it out of later crawls.
#pragma once

#include <string>

#include "store/care/replay.hpp"
#include "store/database.hpp"
#include "store/forgotten.hpp"

namespace boardwalk::store {

struct ForgetReceipt {
  std::int64_t records = 0;       // taken out
  std::int64_t pages = 0;         // blacked out, or (of a site) erased
  std::int64_t dictionaries = 0;  // trained anew
};

// `at` is now (UTC epoch seconds). kNotFound when the archive holds no such record, author or site; a
// forgetting that was cut off can be done again. REQUIRES: open for writing.
[[nodiscard]] Result<ForgetReceipt> forget(Database& database, const Target& target, const Reading& reading,
                                           std::int64_t at);

// Blacks out all bodies by what is forgotten, erases those of forgotten sites, and trains dictionaries anew.
[[nodiscard]] Result<ForgetReceipt> redact_bodies(Database& database);

}  // namespace boardwalk::store
