#include "store/files.hpp"

#include <array>
#include <concepts>
#include <type_traits>
#include <vector>

#include "parsers/page_key.hpp"
#include "store/damage.hpp"
#include "store/json_text.hpp"
#include "store/packed.hpp"
#include "store/shallow_document.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, FileRow>
void fields(Archive& archive, Row& row) {
  archive(row.file.sha256);
  archive(row.file.type);
  archive(row.file.bytes);
  archive(row.moved_to);
}

namespace {

constexpr std::string_view kPrefix = "file/";
constexpr std::size_t kMostMoves = 10;

std::string key_of(const std::string& url) {
  const auto parsed = parsers::parse_url(url);
  return parsed ? parsers::page_key(*parsed).key : std::string();
}

// What the record names, in the order of its lists.
std::vector<std::string> named_in(std::string_view json) {
  ShallowDocument document;
  document.parse(json);
  std::vector<std::string> urls;
  if (!document.IsObject()) return urls;
  for (const char* list : std::array{"images", "attachments"}) {
    if (!document.HasMember(list) || !document[list].IsArray()) continue;
    for (const auto& each : document[list].GetArray())
      if (each.IsObject() && each.HasMember("url") && each["url"].IsString())
        urls.emplace_back(each["url"].GetString(), each["url"].GetStringLength());
  }
  return urls;
}

}  // namespace

std::string file_row_key(const std::string& page_key) { return std::string(kPrefix) + page_key; }

std::optional<FileRow> parse_file_row(std::string_view value) { return unpack<FileRow>(value); }

Result<void> scan_file_rows(
    const Database& database,
    const std::function<bool(std::string_view page_key, std::string_view value)>& each) {
  return database.scan(Family::kMeta, kPrefix, kPrefix, [&](std::string_view key, std::string_view value) {
    return each(key.substr(kPrefix.size()), value);
  });
}

Result<std::set<std::string>> files_of_site(const Database& database, const std::string& site) {
  std::set<std::string> keys;
  const std::string prefix = file_row_key(site + " ");
  auto scanned = database.scan(Family::kMeta, prefix, prefix, [&](std::string_view key, std::string_view) {
    keys.emplace(key.substr(kPrefix.size()));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return keys;
}

std::vector<std::string> files_named_in(std::string_view json) {
  std::vector<std::string> keys;
  for (const auto& url : named_in(json))
    if (auto key = key_of(url); !key.empty()) keys.push_back(std::move(key));
  return keys;
}

void put_file(Batch& batch, const std::string& page_key, const StoredFile& file) {
  FileRow row;
  row.file = file;
  batch.put(Family::kMeta, file_row_key(page_key), pack(row));
}

void put_moved_file(Batch& batch, const std::string& page_key, const std::string& to) {
  FileRow row;
  row.moved_to = to;
  batch.put(Family::kMeta, file_row_key(page_key), pack(row));
}

Result<std::optional<StoredFile>> file_of(const Database& database, const std::string& url) {
  const auto moves = moves_of_file(database, key_of(url));
  if (!moves) return tl::unexpected(moves.error());
  const auto bytes = moves->empty() ? std::nullopt : database.get(Family::kMeta, file_row_key(moves->back()));
  if (!bytes) return tl::unexpected(bytes.error());
  const auto row = *bytes ? parse_file_row(**bytes) : std::nullopt;
  return row && row->moved_to.empty() ? std::optional(row->file) : std::nullopt;
}

Result<std::vector<std::string>> moves_of_file(const Database& database, std::string page_key) {
  std::vector<std::string> moves;
  while (!page_key.empty() && moves.size() <= kMostMoves) {
    const auto bytes = database.get(Family::kMeta, file_row_key(page_key));
    if (!bytes) return tl::unexpected(bytes.error());
    auto row = *bytes ? parse_file_row(**bytes) : std::nullopt;
    if (*bytes && !row) return damaged_row("meta", "the file " + page_key);
    moves.push_back(std::move(page_key));
    page_key = row ? std::move(row->moved_to) : std::string();
  }
  return moves;
}

Result<bool> has_files(const Database& database) {
  bool any = false;
  auto scanned = database.scan(Family::kMeta, kPrefix, kPrefix, [&any](std::string_view, std::string_view) {
    any = true;
    return false;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return any;
}

Result<std::string> with_files(const Database& database, std::string_view json) {
  JsonText list;
  bool any = false;
  list.start_array();
  for (const auto& url : named_in(json)) {
    auto file = file_of(database, url);
    if (!file) return tl::unexpected(file.error());
    if (!*file) continue;
    any = true;
    list.start_object();
    list.field("url", url);
    list.field("sha256", (*file)->sha256);
    list.field("type", (*file)->type);
    list.field("bytes", (*file)->bytes);
    list.end_object();
  }
  list.end_array();
  std::string line(json);
  if (!any || !line.ends_with('}')) return line;
  line.pop_back();
  return line + ",\"files\":" + std::string(list.view()) + "}";
}

}  // namespace boardwalk::store
