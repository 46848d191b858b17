#include "store/care/reparse.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <map>
#include <set>
#include <utility>

#include "store/json_field.hpp"
#include "store/left_behind.hpp"
#include "store/origin.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/shallow_document.hpp"
#include "store/table_changes.hpp"
#include "store/text_documents.hpp"
#include "store/text_marks.hpp"
#include "store/walk.hpp"

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
  explicit Scratch(const fs::path& directory)
      : directory_(directory), path_(directory / fmt::format("{}.{}{}", kName, getpid(), kEnding)) {}
  ~Scratch() {
    database_.reset();
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  Result<void> open() {
    remove_left_behind(directory_ / kName, kEnding);
    std::error_code error;
    fs::remove_all(path_, error);
    auto opened = Database::open(path_, Database::Access::kScratch, config::Sync::kOs);
    if (!opened) return tl::unexpected(opened.error());
    database_ = std::move(*opened);
    return {};
  }
  Database& database() { return *database_; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  static constexpr const char* kName = "reparse";
  static constexpr const char* kEnding = ".tmp";

  fs::path directory_, path_;
  std::unique_ptr<Database> database_;
};

std::vector<std::string> fields_that_differ(std::string_view before, std::string_view now) {
  ShallowDocument a, b;
  a.parse(before);
  b.parse(now);
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

  // Calls `row` for each row that has to be put, or (nullopt) erased, in key order of each family.
  using EachRow = std::function<void(Family, std::string_view key, std::optional<std::string_view> value)>;
  Result<std::int64_t> run(const EachRow& row) {
    for (const Family family : kDerived) {
      if (auto done = compare(family, row); !done) return tl::unexpected(done.error());
    }
    return changes_;
  }

 private:
  Result<void> compare(Family family, const EachRow& row) {
    Walk held(held_, family, {}), derived(derived_, family, {});
    while (held.valid() || derived.valid()) {
      const bool is_held = held.valid() && (!derived.valid() || held.key() <= derived.key());
      const bool is_derived = derived.valid() && (!held.valid() || derived.key() <= held.key());
      const std::string_view before = is_held ? held.value() : std::string_view{};
      const std::string_view now = is_derived ? derived.value() : std::string_view{};
      if (family == Family::kRecords) note(before, now);
      if (is_held != is_derived || before != now)
        row(family, is_held ? held.key() : derived.key(), is_derived ? std::optional(now) : std::nullopt);
      if (is_held) held.next();
      if (is_derived) derived.next();
    }
    if (auto read = held.status(); !read) return read;
    return derived.status();
  }

  // Two values of `records`; empty when there is none. What one is a copy of other rows tell.
  void note(std::string_view before, std::string_view now) {
    const auto marks_of = [](std::string_view value) { return value.empty() ? 0 : value.front(); };
    if (before != now || (marks_of(now) & (kInCluster | kHasNear)) != 0)
      tell_change(line_in(held_, before), line_in(derived_, now));
  }

  // As it is read, as far as it can be; empty of what is no record.
  static std::string line_in(const Database& database, std::string_view value) {
    const auto record = parse_record_value(value);
    if (!record) return {};
    const auto origin = origin_of(database, *record);
    std::string filled;
    return std::string(line_of(*record, origin.value_or(Origin{}), filled));
  }

  void tell_change(std::string_view held, std::string_view derived) {
    if (held == derived) return;
    using Kind = RecordChange::Kind;
    RecordChange change{held.empty()      ? Kind::kNew
                        : derived.empty() ? Kind::kGone
                                          : Kind::kChanged,
                        text_field(held.empty() ? derived : held, "id").value_or(""),
                        {}};
    if (change.kind == Kind::kChanged) {
      change.fields = fields_that_differ(held, derived);
      if (change.fields.empty()) return;
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

// Calls `row` for what the runs tell of their reading from now on, so that whatever derives the records next
// reads as it was asked for here.
Result<void> compare_readings(const Database& database, const ReplayOptions& reading,
                              const std::set<int>& runs, const Comparison::EachRow& row) {
  const auto told = run_readings(database);
  if (!told) return tl::unexpected(told.error());
  const auto now = ReadingOfRuns::load(database, reading);
  if (!now) return tl::unexpected(now.error());
  std::map<std::string, RunReading> changed;  // in key order, merged runs last
  for (const int run : runs) {
    const auto before = told->find(run);
    // Of a run of an earlier version half would be told, and the other half be the default for ever.
    const bool whole = before != told->end() || (reading.is_zone_of_all && reading.is_min_chars_of_all);
    if (whole && (before == told->end() || before->second != now->of(run)))
      changed.emplace(run_reading_key(run), now->of(run));
  }
  for (const auto& [key, read] : changed) row(Family::kRuns, key, pack_run_reading(read));
  return {};
}

// The pages read again in `scratch`, and how the archive differs from what they say.
Result<Reparsed> derive(const Database& database, const ReplayOptions& reading, Scratch& scratch,
                        const std::function<void(const RecordChange&)>& tell,
                        const Comparison::EachRow& row) {
  if (auto opened = scratch.open(); !opened) return tl::unexpected(opened.error());
  const auto replayed = replay(database, reading, scratch.database());
  if (!replayed) return tl::unexpected(replayed.error());
  const auto changes = Comparison(database, scratch.database(), tell).run(row);
  if (!changes) return tl::unexpected(changes.error());
  if (reading.is_zone_of_all || reading.is_min_chars_of_all)
    if (auto done = compare_readings(database, reading, replayed->runs, row); !done)
      return tl::unexpected(done.error());
  return Reparsed{replayed->pages, *changes};
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

Result<Reparsed> compare_reparsed(const Database& database, const ReplayOptions& reading,
                                  const std::function<void(const RecordChange&)>& tell) {
  Scratch scratch(database.directory());
  return derive(database, reading, scratch, tell, [](Family, std::string_view, auto) {});
}

Result<Reparsed> reparse(Database& database, const ReplayOptions& reading,
                         const std::function<void(const RecordChange&)>& tell) {
  const auto text_index = text_index_row(database);
  if (!text_index) return tl::unexpected(text_index.error());
  Scratch scratch(database.directory());
  std::optional<TableChanges> changes;
  auto reparsed = derive(database, reading, scratch, tell,
                         [&](Family family, std::string_view key, std::optional<std::string_view> value) {
                           if (!changes) changes.emplace(database, scratch.path() / "changes");
                           value ? changes->put(family, key, *value) : changes->erase(family, key);
                           if (family == Family::kRecords && *text_index && is_indexed(key.front()))
                             changes->put(Family::kMeta, text_mark(key), {});
                         });
  if (!reparsed) return reparsed;
  if (changes)
    if (auto taken = changes->take_in(); !taken) return tl::unexpected(taken.error());
  if (auto flushed = database.flush(); !flushed) return tl::unexpected(flushed.error());
  return reparsed;
}

}  // namespace boardwalk::store
