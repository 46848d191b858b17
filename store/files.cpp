#include "store/files.hpp"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <vector>

#include "parsers/page_key.hpp"
#include "store/damage.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {
namespace {

constexpr std::string_view kPrefix = "file/";
constexpr int kMostMoves = 10;

struct FileRow {
  StoredFile file;
  std::string moved_to;
};

template <typename Archive, typename Row>
void fields(Archive& archive, Row& row) {
  archive(row.file.sha256);
  archive(row.file.type);
  archive(row.file.bytes);
  archive(row.moved_to);
}

std::string row_key(const std::string& page_key) { return std::string(kPrefix) + page_key; }

// What the record names, in the order of its lists.
std::vector<std::string> named_in(std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
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

void put_file(Batch& batch, const std::string& page_key, const StoredFile& file) {
  FileRow row;
  row.file = file;
  batch.put(Family::kMeta, row_key(page_key), pack(row));
}

void put_moved_file(Batch& batch, const std::string& page_key, const std::string& to) {
  FileRow row;
  row.moved_to = to;
  batch.put(Family::kMeta, row_key(page_key), pack(row));
}

Result<std::optional<StoredFile>> file_of(const Database& database, const std::string& url) {
  const auto parsed = parsers::parse_url(url);
  std::string key = parsed ? parsers::page_key(*parsed).key : std::string();
  for (int moves = 0; !key.empty() && moves <= kMostMoves; ++moves) {
    auto bytes = database.get(Family::kMeta, row_key(key));
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) break;
    auto row = unpack<FileRow>(**bytes);
    if (!row) return damaged_row("meta", "the file " + key);
    if (row->moved_to.empty()) return std::optional(std::move(row->file));
    key = row->moved_to;
  }
  return std::optional<StoredFile>{};
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
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> list(buffer);
  const auto text = [&list](const char* key, const std::string& value) {
    list.Key(key);
    list.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  bool any = false;
  list.StartArray();
  for (const auto& url : named_in(json)) {
    auto file = file_of(database, url);
    if (!file) return tl::unexpected(file.error());
    if (!*file) continue;
    any = true;
    list.StartObject();
    text("url", url);
    text("sha256", (*file)->sha256);
    text("type", (*file)->type);
    list.Key("bytes");
    list.Int64((*file)->bytes);
    list.EndObject();
  }
  list.EndArray();
  std::string line(json);
  if (!any || !line.ends_with('}')) return line;
  line.pop_back();
  return line + ",\"files\":" + std::string(buffer.GetString(), buffer.GetSize()) + "}";
}

}  // namespace boardwalk::store
