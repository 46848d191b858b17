// Files that records name (images, attachments): which bytes each URL led to. The bytes themselves stand
// among the pages', once per digest; records are linked to them when they are read, as files come later than
// the page that names them.
//
//   kMeta   `file/` page key   → (sha256, type, bytes, moved to: the page key that a redirect named, or "")
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/error.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct StoredFile {
  std::string sha256;
  std::string type;  // as its server said, without parameters; empty when it said nothing
  std::int64_t bytes = 0;
};

void put_file(Batch& batch, const std::string& page_key, const StoredFile& file);
void put_moved_file(Batch& batch, const std::string& page_key, const std::string& to);

// Through redirects; absent when nothing came of it.
[[nodiscard]] Result<std::optional<StoredFile>> file_of(const Database& database, const std::string& url);

// Whether any file was ever kept: without, no record needs a look at what it names.
[[nodiscard]] Result<bool> has_files(const Database& database);

// A record's JSON line with `files` at its end: of each image and attachment that it names, in their order,
// what is kept of it. Without the key when there is none.
[[nodiscard]] Result<std::string> with_files(const Database& database, std::string_view json);

}  // namespace boardwalk::store
