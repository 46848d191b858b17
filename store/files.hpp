// Files that records name (images, attachments): which bytes each URL led to. The bytes themselves stand
// among the pages', once per digest; records are linked to them when they are read, as files come later than
// the page that names them.
//
//   kMeta   `file/` page key   → (sha256, type, bytes, moved to: the page key that a redirect named, or "")
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

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

// The row's key in kMeta.
[[nodiscard]] std::string file_row_key(const std::string& page_key);

// A row as it stands.
struct FileRow {
  StoredFile file;
  std::string moved_to;  // page key; empty unless the URL was redirected
};
[[nodiscard]] std::optional<FileRow> parse_file_row(std::string_view value);
// Every file's row by its page key, damaged ones too: those have no row.
[[nodiscard]] Result<void> scan_file_rows(
    const Database& database,
    const std::function<bool(std::string_view page_key, std::string_view value)>& each);
// The page keys of the files that a site served.
[[nodiscard]] Result<std::set<std::string>> files_of_site(const Database& database, const std::string& site);
// A file's key, and behind it those that redirects lead to from there.
[[nodiscard]] Result<std::vector<std::string>> moves_of_file(const Database& database, std::string page_key);
// What a record names, as page keys, in the order of its lists.
[[nodiscard]] std::vector<std::string> files_named_in(std::string_view json);

// Through redirects; absent when nothing came of it.
[[nodiscard]] Result<std::optional<StoredFile>> file_of(const Database& database, const std::string& url);

// Whether any file was ever kept: without, no record needs a look at what it names.
[[nodiscard]] Result<bool> has_files(const Database& database);

// A record's JSON line with `files` at its end: of each image and attachment that it names, in their order,
// what is kept of it. Without the key when there is none.
[[nodiscard]] Result<std::string> with_files(const Database& database, std::string_view json);

}  // namespace boardwalk::store
