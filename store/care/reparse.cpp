#include "store/care/reparse.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "store/json_field.hpp"
#include "store/record_rows.hpp"
#include "store/text_documents.hpp"
#include "store/text_marks.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

// What follows from pages.
constexpr std::array kDerived{Family::kRecords,  Family::kIds,     Family::kVersions,
                              Family::kFolds,    Family::kThreads, Family::kByTime,
                              Family::kByAuthor, Family::kBands,   Family::kNear};

// An archive of its own that goes with its end.
class Scratch {
 public:
  explicit Scratch(const fs::path& directory) : path_(directory / fmt::format("reparse.{}.tmp", getpid())) {}
  ~Scratch() {
    database_.reset();
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  Result<void> open() {
    std::error_code error;
    fs::remove_all(path_, error);
    auto opened = Database::open(path_, Database::Access::kWrite, config::Sync::kOs);
    if (!opened) return tl::unexpected(opened.error());
    database_ = std::move(*opened);
    return {};
  }
  Database& database() { return *database_; }

 private:
  fs::path path_;
  std::unique_ptr<Database> database_;
};

std::vector<std::string> fields_that_differ(std::string_view before, std::string_view now) {
  rapidjson::Document a, b;
  a.Parse(before.data(), before.size());
  b.Parse(now.data(), now.size());
  std::vector<std::string> fields;
  if (!a.IsObject() || !b.IsObject()) return fields;
  for (const auto& member : std::as_const(b).GetObject())
    if (!a.HasMember(member.name) || a[member.name] != member.value)
      fields.emplace_back(member.name.GetString());
  return fields;
}

class Comparison {
 public:
  Comparison(const Database& held, const Database& derived,
             const std::function<void(const RecordChange&)>& tell)
      : held_(held), derived_(derived), tell_(tell) {}

  // Calls `row` for each row that has to be put, or (nullopt) erased.
  using EachRow = std::function<void(Family, std::string_view key, const std::optional<std::string>& value)>;
  Result<std::int64_t> run(const EachRow& row) {
    for (const Family family : kDerived) {
      if (auto done = compare(family, row); !done) return tl::unexpected(done.error());
    }
    return changes_;
  }

 private:
  Result<void> compare(Family family, const EachRow& row) {
    std::optional<Error> error;
    auto scanned = held_.scan(family, "", "", [&](std::string_view key, std::string_view value) {
      const auto now = derived_.get(family, key);
      if (!now) error = now.error();
      if (error || *now == value) return !error;
      if (family == Family::kRecords) note(value, *now ? std::string_view(**now) : std::string_view{});
      row(family, key, *now);
      return true;
    });
    if (!scanned) return scanned;
    if (error) return tl::unexpected(*error);
    scanned = derived_.scan(family, "", "", [&](std::string_view key, std::string_view value) {
      const auto before = held_.get(family, key);
      if (!before) error = before.error();
      if (error || *before) return !error;
      if (family == Family::kRecords) note({}, value);
      row(family, key, std::string(value));
      return true;
    });
    if (!scanned) return scanned;
    return error ? Result<void>(tl::unexpected(*error)) : Result<void>{};
  }

  // Two values of `records`; empty when there is none.
  void note(std::string_view before, std::string_view now) {
    const auto json_of = [](std::string_view value) {
      const auto row = parse_record_value(value);
      return row ? row->json : std::string_view{};
    };
    using Kind = RecordChange::Kind;
    const std::string_view held = json_of(before), derived = json_of(now);
    RecordChange change{held.empty()      ? Kind::kNew
                        : derived.empty() ? Kind::kGone
                                          : Kind::kChanged,
                        text_field(held.empty() ? derived : held, "id").value_or(""),
                        {}};
    if (change.kind == Kind::kChanged) {
      change.fields = fields_that_differ(held, derived);
      if (change.fields.empty()) return;  // marks alone
      if (change.fields == std::vector<std::string>{"parser"}) change.kind = Kind::kParser;
    }
    ++changes_;
    tell_(change);
  }

  const Database& held_;
  const Database& derived_;
  const std::function<void(const RecordChange&)>& tell_;
  std::int64_t changes_ = 0;
};

// The pages read again, and how the archive differs from what they say.
Result<Reparsed> derive(const Database& database, const Reading& reading,
                        const std::function<void(const RecordChange&)>& tell,
                        const Comparison::EachRow& row) {
  Scratch scratch(database.directory());
  if (auto opened = scratch.open(); !opened) return tl::unexpected(opened.error());
  const auto pages = replay(database, reading, scratch.database());
  if (!pages) return tl::unexpected(pages.error());
  const auto changes = Comparison(database, scratch.database(), tell).run(row);
  if (!changes) return tl::unexpected(changes.error());
  return Reparsed{*pages, *changes};
}

}  // namespace

std::string_view to_string(RecordChange::Kind kind) {
  switch (kind) {
    case RecordChange::Kind::kNew:
      return "new";
    case RecordChange::Kind::kGone:
      return "gone";
    case RecordChange::Kind::kChanged:
      return "changed";
    case RecordChange::Kind::kParser:
      return "parser";
  }
  return {};
}

Result<Reparsed> compare_reparsed(const Database& database, const Reading& reading,
                                  const std::function<void(const RecordChange&)>& tell) {
  return derive(database, reading, tell, [](Family, std::string_view, const auto&) {});
}

Result<Reparsed> reparse(Database& database, const Reading& reading,
                         const std::function<void(const RecordChange&)>& tell) {
  Batch batch(database);
  auto reparsed = derive(database, reading, tell,
                         [&](Family family, std::string_view key, const std::optional<std::string>& value) {
                           value ? batch.put(family, key, *value) : batch.erase(family, key);
                           if (family == Family::kRecords && is_indexed(key.front())) mark_text(batch, key);
                         });
  if (!reparsed) return reparsed;
  if (auto committed = database.commit(batch); !committed) return tl::unexpected(committed.error());
  if (auto flushed = database.flush(); !flushed) return tl::unexpected(flushed.error());
  return reparsed;
}

}  // namespace boardwalk::store
