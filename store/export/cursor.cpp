#include "store/export/cursor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <utility>

#include "config/whole_file.hpp"
#include "parsers/digest.hpp"
#include "store/archive_directory.hpp"
#include "store/json_text.hpp"
#include "store/packed.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/shallow_document.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDigestKept = 16;  // hexadecimal digits

struct CursorRow {
  std::int64_t shared = 0;
  std::string rest;
  std::string digest;
};

template <typename Archive, typename Row>
void fields(Archive& archive, Row& row) {
  archive(row.shared);
  archive(row.rest);
  archive(row.digest);
}

struct CursorHead {
  std::string choice;
  Cursor::Names names;
};

std::string head_line(const CursorHead& head) {
  JsonText json;
  json.start_object();
  json.field("boardwalk_cursor", head.choice);
  json.field("export", head.names.temporary);
  json.field("file", head.names.file);
  json.field("manifest_temporary", head.names.manifest_temporary);
  json.field("manifest", head.names.manifest);
  json.end_object();
  return std::string(json.view()) + '\n';
}

std::optional<CursorHead> parse_head(const std::string& line) {
  ShallowDocument json;
  json.parse(line);
  const auto text = [&](const char* name) -> std::optional<std::string> {
    if (!json.IsObject() || !json.HasMember(name) || !json[name].IsString()) return std::nullopt;
    return std::string(json[name].GetString(), json[name].GetStringLength());
  };
  auto choice = text("boardwalk_cursor");
  auto temporary = text("export");
  if (!choice || !temporary) return std::nullopt;
  return CursorHead{std::move(*choice),
                    {std::move(*temporary), text("file").value_or(""),
                     text("manifest_temporary").value_or(""), text("manifest").value_or("")}};
}

std::string sha256_of_file(const fs::path& path) {
  constexpr std::size_t kRead = std::size_t{1} << 20;
  std::ifstream in(path, std::ios::binary);
  std::string piece(kRead, '\0');
  parsers::Sha256 digest;
  while (in.read(piece.data(), static_cast<std::streamsize>(kRead)) || in.gcount() > 0)
    digest.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
  return parsers::hex(digest.finish());
}

// Whether the manifest of a published export has its name, and if need be now gets it. False also when what
// stands under the export's name is not what it tells of.
bool name_manifest(const Cursor::Names& names) {
  const auto manifest = config::read_whole_file(names.manifest_temporary);
  if (!manifest) return errno == ENOENT;
  if (manifest->find(fmt::format("\"sha256\": \"{}\"", sha256_of_file(names.file))) == std::string::npos)
    return false;
  std::error_code error;
  fs::rename(names.manifest_temporary, names.manifest, error);
  return !error && sync_path(fs::path(names.manifest).parent_path()).has_value();
}

// Rows of the cursor before, one at a time.
class OldRows {
 public:
  OldRows() = default;
  explicit OldRows(std::string bytes)
      : bytes_(std::make_unique<const std::string>(std::move(bytes))), unpacker_(*bytes_) {
    advance();
  }

  [[nodiscard]] bool at_end() const { return !valid_; }
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::string& digest() const { return digest_; }
  [[nodiscard]] bool damaged() const { return damaged_; }

  void advance() {
    valid_ = false;
    if (unpacker_.at_end()) return;
    CursorRow row;
    fields(unpacker_, row);
    damaged_ = !unpacker_.ok() || row.shared < 0 || static_cast<std::size_t>(row.shared) > key_.size() ||
               row.digest.size() != kDigestKept;
    if (damaged_) return;
    key_.resize(static_cast<std::size_t>(row.shared));
    key_ += row.rest;
    digest_ = row.digest;
    valid_ = true;
  }

 private:
  std::unique_ptr<const std::string> bytes_;  // stays where it is when this is moved
  Unpacker unpacker_{std::string_view{}};
  std::string key_;
  std::string digest_;
  bool valid_ = false;
  bool damaged_ = false;
};

std::string key_of(const Row& row) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(row.kind)));
  key += row.key;
  return key;
}

std::string record_id_of(std::string_view cursor_key) {
  const auto key = parse_record_key(cursor_key.substr(1));
  if (!key) return {};
  const std::string_view kind = key->kind == kBoardRow    ? "board"
                                : key->kind == kThreadRow ? "thread"
                                : key->kind == kPostRow   ? "post"
                                                          : "article";
  return fmt::format("{}/{}/{}", key->site, kind, key->id);
}

tl::unexpected<Error> no_cursor(const std::string& name) {
  return fail(
      ErrorKind::kDamaged,
      fmt::format("--cursor {}: that is no cursor, or a damaged one; name another to begin anew", name));
}

}  // namespace

struct Cursor::State {
  std::string name;
  OldRows old;
  OutputFile file;
  std::string last_key;  // of the rows written
  bool is_first;
  std::vector<std::string> passed;  // old rows that were not asked about: ids of records
  std::vector<std::size_t> unheld;  // posts without an old row, unless there are none: hashes of ids
  std::vector<std::string> gone, left;
  bool published = false;

  State(std::string cursor, OldRows rows, OutputFile next)
      : name(std::move(cursor)), old(std::move(rows)), file(std::move(next)), is_first(old.at_end()) {}
  // Where the export itself failed, nothing may be left that says it is there.
  ~State() {
    std::error_code ignored;
    if (!published) fs::remove(name + ".next", ignored);
  }

  void pass_until(const std::string& key) {
    for (; !old.at_end() && old.key() < key; old.advance()) passed.push_back(record_id_of(old.key()));
  }

  // A post that has moved to another thread stands under another key.
  Result<void> sort_passed(const Database& database) {
    std::sort(unheld.begin(), unheld.end());
    for (auto& id : passed) {
      if (std::binary_search(unheld.begin(), unheld.end(), std::hash<std::string>{}(id))) continue;
      const auto key = find_key(database, id);
      if (!key) return tl::unexpected(key.error());
      const auto row = *key ? database.get(Family::kRecords, **key) : std::nullopt;
      if (!row) return tl::unexpected(row.error());
      (*row ? left : gone).push_back(std::move(id));
    }
    return {};
  }

  void keep(const std::string& key, const std::string& digest) {
    const auto differs = std::mismatch(key.begin(), key.end(), last_key.begin(), last_key.end());
    const auto shared = differs.first - key.begin();
    const CursorRow row{shared, key.substr(static_cast<std::size_t>(shared)), digest};
    (void)file.write(pack(row));  // seal() tells when it could not
    last_key = key;
  }
};

Cursor::Cursor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Cursor::~Cursor() = default;
Cursor::Cursor(Cursor&&) noexcept = default;

std::string Cursor::ending(const std::string& name) {
  constexpr std::size_t kDigits = 8;
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(name, error), error);
  return ".cursor-" + parsers::sha256_hex(error ? name : whole.string()).substr(0, kDigits) + ".tmp";
}

void Cursor::settle(const std::string& name) {
  const std::string next = name + ".next";
  std::ifstream in(next, std::ios::binary);
  std::string line;
  if (!in || !std::getline(in, line)) return;
  const auto head = parse_head(line);
  std::error_code error;
  const auto is_there = [&](const fs::path& file) { return fs::exists(file, error); };
  if (head && !is_there(head->names.temporary) && is_there(head->names.file) && name_manifest(head->names)) {
    fs::rename(next, name, error);
    return;
  }
  fs::remove(next, error);  // first: without it, nothing takes the export for published
  if (!head || error) return;
  fs::remove(head->names.temporary, error);
  fs::remove(head->names.manifest_temporary, error);
}

Cursor::Names Cursor::names_of(const OutputFile& file, const OutputFile& manifest) {
  return {file.temporary(), file.target(), manifest.temporary(), manifest.target()};
}

Result<Cursor> Cursor::open(const std::string& name, const std::string& choice, const Names& names) {
  std::string rows;
  auto held = config::read_whole_file(name);
  if (!held && errno != ENOENT)
    return fail(ErrorKind::kUsage, fmt::format("--cursor {}: cannot be read: {}; name another to begin anew",
                                               name, std::strerror(errno)));
  if (held) {
    const auto end = std::min(held->find('\n'), held->size());
    const auto head = parse_head(held->substr(0, end));
    if (!head) return no_cursor(name);
    if (head->choice != choice)
      return fail(
          ErrorKind::kUsage,
          fmt::format("--cursor {} goes with another export ({}); name another cursor for this one ({})",
                      name, head->choice, choice));
    held->erase(0, end + 1);
    rows = std::move(*held);
  }
  auto file = OutputFile::open(name + ".next", Compression::kNone);
  if (!file) return tl::unexpected(file.error());
  (void)file->write(head_line({choice, names}));
  OldRows old(std::move(rows));
  if (old.damaged()) return no_cursor(name);
  return Cursor(std::make_unique<State>(name, std::move(old), std::move(*file)));
}

bool Cursor::has_printed(const Row& row) {
  const std::string key = key_of(row);
  state_->pass_until(key);
  return !state_->old.at_end() && state_->old.key() == key;
}

bool Cursor::is_news(const Row& row) {
  const std::string key = key_of(row);
  const std::string digest = news_digest(row.json);
  state_->keep(key, digest);
  const bool held = !state_->old.at_end() && state_->old.key() == key;
  const bool same = held && state_->old.digest() == digest;
  if (held)
    state_->old.advance();
  else if (row.kind == RecordKind::kPost && !state_->is_first)
    state_->unheld.push_back(std::hash<std::string>{}(record_id_of(key)));
  return !same;
}

Result<void> Cursor::finish(const Database& database) {
  for (; !state_->old.at_end(); state_->old.advance())
    state_->passed.push_back(record_id_of(state_->old.key()));
  if (state_->old.damaged()) return no_cursor(state_->name);
  return state_->sort_passed(database);
}

Result<void> Cursor::seal() {
  if (auto sealed = state_->file.seal(); !sealed) return sealed;
  return state_->file.publish();
}

const std::vector<std::string>& Cursor::gone() const { return state_->gone; }
const std::vector<std::string>& Cursor::left() const { return state_->left; }

Result<void> Cursor::publish() {
  state_->published = true;  // from here on NAME.next holds, even if it keeps that name
  std::error_code error;
  fs::rename(state_->name + ".next", state_->name, error);
  if (error)
    return fail(ErrorKind::kIo,
                fmt::format("cannot write {}: {}", state_->name, std::strerror(error.value())));
  return {};
}

// The writer puts these fields in this order, and a quote inside a text is escaped: no text holds such a
// mark.
std::string news_digest(std::string_view json) {
  std::string kept;
  kept.reserve(json.size());
  const auto keep_until = [&](std::string_view mark) {
    const std::size_t at = json.find(mark);
    if (at == std::string_view::npos) return false;
    kept += json.substr(0, at + mark.size());
    json.remove_prefix(at + mark.size());
    return true;
  };
  const auto drop_number = [&] { json.remove_prefix(std::min(json.find_first_of(",}"), json.size())); };
  if (json.starts_with(R"({"kind":"thread")") && keep_until("\"views\":")) drop_number();
  while (keep_until("\"downloads\":")) drop_number();
  if (keep_until("\"last_seen\":")) json.remove_prefix(std::min(json.find(",\"gone_at\":"), json.size()));
  if (keep_until(",\"page\":{")) json.remove_prefix(std::min(json.find("},\"parser\":\""), json.size()));
  if (keep_until("},\"parser\":\"")) json.remove_prefix(std::min(json.find('"'), json.size()));
  if (keep_until(",\"parts\":["))
    while (keep_until(",\"fetched_at\":")) json.remove_prefix(std::min(json.find('}'), json.size()));
  kept += json;
  return parsers::sha256_hex(kept).substr(0, kDigestKept);
}

}  // namespace boardwalk::store
