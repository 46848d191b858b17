// The archive's pages as a web archive (WARC 1.1, ISO 28500:2017) that other tools read and replay.
//
//   warcinfo   the program, and that bodies stand with content and transfer encodings undone
//   response   a fetch that was answered: status line and headers, Content-Length that of the body as it
//              stands; Content-Encoding, Transfer-Encoding and the Content-Length sent are kept as
//              X-Archive-Orig-…; the reason phrase and the version of HTTP were not kept, so the phrase is
//              empty and the version 1.1
//   revisit    the same bytes as at the visit before of the same URL (identical-payload-digest), or a 304
//              (server-not-modified), which refers to the last page there that was read, not to an error page
//   metadata   beside each: outcome, detail, run, kind of page; alone for a fetch without an answer
//
// There are no request records: what was sent is not kept, and nothing is made up. Digests are SHA-256 in
// hex; a payload's is the `page.sha256` of the records read from it, but for a page that is blacked out
// (forgotten.hpp), whose records go on bearing that of the bytes fetched. Record ids follow from what they
// name, so that two exports of the same archive are equal but for the warcinfo.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/error.hpp"
#include "parsers/outcome.hpp"
#include "store/database.hpp"
#include "store/export/records.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {

struct VisitSelection {
  std::optional<std::string> site, board, thread;
  std::optional<std::int64_t> since, until;  // UTC epoch seconds of the fetch; [since, until)
  std::optional<parsers::Outcome> outcome;
  int run = 0;  // 0: of all runs

  [[nodiscard]] bool takes(const Visit& visit) const;
};

// What a WARC is written with.
struct WarcFile {
  std::string name;     // its own, for the index; without the directory
  std::string version;  // of the program
  std::int64_t made_at = 0;
  bool gzip = true;  // each record a member of its own (§ Annex D)
};

struct WarcCounts {
  std::int64_t responses = 0, revisits = 0, metadata = 0;
};

// Writes the records, and gathers the lines of their index (CDXJ), not yet sorted, in `index`. A body that is
// not in the archive any more leaves the metadata record alone.
[[nodiscard]] Result<void> export_warc(const Database& database, const VisitSelection& selection,
                                       const WarcFile& file, const Write& write, WarcCounts& counts,
                                       std::vector<std::string>& index);

// `http://www.example.cn:81/A/?y=1&B=2` → `cn,example:81)/a?b=2&y=1`: the key by which CDXJ sorts, as those who
// look pages up in it make theirs: in lower case, without `www.` (or `www1.`), the slash behind a path and the
// order of parameters.
[[nodiscard]] std::string surt(const std::string& url);

}  // namespace boardwalk::store
