#include "store/care/taken_files.hpp"

#include <utility>

#include "store/files.hpp"
#include "store/forgotten.hpp"
#include "store/record_rows.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

class Files {
 public:
  explicit Files(Database& database) : database_(database), batch_(database) {}

  Result<std::int64_t> take_down(const std::set<std::string>& keys) {
    std::int64_t count = 0;
    for (const auto& key : keys) {
      const auto held = database_.get(Family::kMeta, file_row_key(key));
      if (!held) return tl::unexpected(held.error());
      if (!*held) continue;
      ++count;
      batch_.erase(Family::kMeta, file_row_key(key));
      if (auto erased = erase_visits(key); !erased) return tl::unexpected(erased.error());
    }
    if (auto kept = keep_shared(); !kept) return tl::unexpected(kept.error());
    for (const auto& digest : digests_) batch_.erase(Family::kBodies, digest);
    if (auto committed = database_.commit(batch_); !committed) return tl::unexpected(committed.error());
    return count;
  }

 private:
  Result<void> erase_visits(const std::string& key) {
    const auto visits = visits_of(database_, key);
    if (!visits) return tl::unexpected(visits.error());
    for (const auto& visit : *visits) {
      if (const auto digest = digest_key(visit.sha256)) digests_.insert(*digest);
      batch_.erase(Family::kVisits, visit_key(key, visit.fetched_at));
      erased_.insert(visit_key(key, visit.fetched_at));
    }
    return {};
  }

  Result<void> keep_shared() {
    if (digests_.empty()) return {};
    return for_each_visit(database_, [this](const Visit& visit) {
      if (const auto digest = digest_key(visit.sha256))
        if (!erased_.contains(visit_key(visit.key, visit.fetched_at))) digests_.erase(*digest);
      return !digests_.empty();
    });
  }

  Database& database_;
  Batch batch_;
  std::set<std::string> digests_, erased_;
};

}  // namespace

Result<void> leave_out_named(
    const Database& database, std::set<std::string>& keys,
    const std::function<bool(const RecordKey& key, std::string_view json)>& is_to_go) {
  Result<void> done;
  const auto leave_out = [&](std::string_view json) {
    for (const auto& key : files_named_in(json)) {
      const auto chain = moves_of_file(database, key);
      if (!chain) done = tl::unexpected(chain.error());
      if (!done) return false;
      for (const auto& named : *chain) keys.erase(named);
    }
    return !keys.empty();
  };
  auto scanned = database.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
    const auto parsed = parse_record_key(key);
    const auto row = parse_record_value(value);
    return !parsed || !row || is_to_go(*parsed, row->json) || leave_out(row->json);
  });
  return scanned ? done : scanned;
}

Result<std::int64_t> take_down_files(Database& database, const std::set<std::string>& keys) {
  return Files(database).take_down(keys);
}

Result<std::int64_t> take_down_files(Database& database, const std::set<std::string>* may_stay) {
  const auto forgotten = Forgotten::load(database);
  if (!forgotten) return tl::unexpected(forgotten.error());
  if (forgotten->files().empty()) return 0;
  std::set<std::string> going = forgotten->files();
  if (auto done = leave_out_named(database, going, [](const RecordKey&, std::string_view) { return false; });
      !done)
    return tl::unexpected(done.error());
  Batch batch(database);
  for (const auto& key : forgotten->files()) {
    if (going.contains(key)) continue;
    if (forgotten->has_site(key.substr(0, key.find(' '))))
      going.insert(key);
    else if (may_stay == nullptr || may_stay->contains(key))
      batch.erase(Family::kForgotten, forgotten_key({Target::Kind::kFile, {}, key}));
  }
  if (auto committed = database.commit(batch); !committed) return tl::unexpected(committed.error());
  return take_down_files(database, going);
}

}  // namespace boardwalk::store
