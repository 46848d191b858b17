#include "store/care/merge_archives.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "store/bodies.hpp"
#include "store/body_writer.hpp"
#include "store/care/redact_bodies.hpp"
#include "store/care/reparse.hpp"
#include "store/care/taken_files.hpp"
#include "store/care/unsettled.hpp"
#include "store/files.hpp"
#include "store/forgotten.hpp"
#include "store/run_reading.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

namespace boardwalk::store {
namespace {

class Merge {
 public:
  Merge(Database& into, const Database& from) : into_(into), from_(from), bodies_(into) {}

  Result<Merged> run() {
    if (auto done = copy_forgotten(); !done) return tl::unexpected(done.error());
    if (auto done = copy_files(); !done) return tl::unexpected(done.error());
    if (auto done = find_last_run(); !done) return tl::unexpected(done.error());
    if (auto done = learn_runs(); !done) return tl::unexpected(done.error());
    if (auto done = learn_readings(); !done) return tl::unexpected(done.error());
    std::optional<Error> error;
    auto scanned = for_each_visit(from_, [&](Visit visit) {
      if (auto put = put_one(std::move(visit)); !put) error = put.error();
      return !error;
    });
    if (!scanned) return tl::unexpected(scanned.error());
    if (error) return tl::unexpected(*error);
    return merged_;
  }

 private:
  Result<void> copy_forgotten() {
    Batch batch(into_);
    Result<void> done;
    auto scanned = from_.scan(Family::kForgotten, "", "", [&](std::string_view key, std::string_view value) {
      const auto held = into_.get(Family::kForgotten, key);
      if (!held) return done = tl::unexpected(held.error()), false;
      const auto both = *held ? merged_forgetting(**held, value) : Result<std::string>(value);
      if (!both) return done = tl::unexpected(both.error()), false;
      if (*held == *both) return true;
      batch.put(Family::kForgotten, key, *both);
      ++merged_.forgotten;
      return true;
    });
    if (!scanned) return scanned;
    return done && merged_.forgotten > 0 ? commit(batch) : done;
  }

  Result<void> copy_files() {
    Batch batch(into_);
    Result<void> done;
    auto scanned = scan_file_rows(from_, [&](std::string_view key, std::string_view value) {
      const auto newer = is_newer_file(std::string(key), value);
      if (!newer) done = tl::unexpected(newer.error());
      if (!newer || !*newer) return done.has_value();
      batch.put(Family::kMeta, file_row_key(std::string(key)), value);
      ++merged_.files;
      return true;
    });
    if (!scanned) return scanned;
    return done && merged_.files > 0 ? commit(batch) : done;
  }

  // Whether the file of that key is to become what `from` holds. Between equally old ones the bytes decide,
  // so that the order of merging does not.
  Result<bool> is_newer_file(const std::string& key, std::string_view value) {
    const auto held = into_.get(Family::kMeta, file_row_key(key));
    if (!held) return tl::unexpected(held.error());
    if (!*held || *held == value) return !*held;
    const auto ours = last_state(into_, key);
    if (!ours) return tl::unexpected(ours.error());
    const auto theirs = last_state(from_, key);
    if (!theirs) return tl::unexpected(theirs.error());
    return std::pair(*theirs, value) > std::pair(*ours, std::string_view(**held));
  }

  // When the file was fetched last to become what it is.
  static Result<std::int64_t> last_state(const Database& database, const std::string& key) {
    const auto visits = visits_of(database, key);
    if (!visits) return tl::unexpected(visits.error());
    std::int64_t last = 0;
    for (const auto& visit : *visits)
      if (visit.outcome == parsers::Outcome::kOk || visit.outcome == parsers::Outcome::kRedirected)
        last = visit.fetched_at;
    return last;
  }

  Result<void> find_last_run() {
    return for_each_visit(into_, [this](const Visit& visit) {
      last_run_ = std::min(last_run_, visit.run);
      return true;
    });
  }

  // A run of which visits are here already, from a backup perhaps, goes on under its number.
  Result<void> learn_runs() {
    std::optional<Error> error;
    auto scanned = for_each_visit(from_, [&](const Visit& visit) {
      if (runs_.contains(visit.run)) return true;
      const auto run = run_held(visit);
      if (!run) return error = run.error(), false;
      if (*run) runs_.emplace(visit.run, **run);
      return true;
    });
    if (!scanned) return scanned;
    return error ? tl::unexpected(*error) : Result<void>{};
  }

  // How runs read that are here already, and do not tell it here.
  Result<void> learn_readings() {
    auto here = run_readings(into_);
    if (!here) return tl::unexpected(here.error());
    told_here_ = std::move(*here);
    if (!told_here_.empty()) last_run_ = std::min(last_run_, told_here_.begin()->first);
    auto there = run_readings(from_);
    if (!there) return tl::unexpected(there.error());
    told_there_ = std::move(*there);
    Batch batch(into_);
    bool any = false;
    for (const auto& [run, number] : runs_) any |= put_reading(batch, run, number);
    return any ? commit(batch) : Result<void>{};
  }

  bool put_reading(Batch& batch, int run, int number) {
    const auto told = told_there_.find(run);
    if (told == told_there_.end() || !told_here_.emplace(number, told->second).second) return false;
    put_run_reading(batch, number, told->second);
    return true;
  }

  // That of the same visit here, if there is one.
  Result<std::optional<int>> run_held(const Visit& visit) {
    const auto row = into_.get(Family::kVisits, visit_key(visit.key, visit.fetched_at));
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::nullopt;
    const auto held =
        last_visit(into_, visit.key, [&](const Visit& one) { return one.fetched_at == visit.fetched_at; });
    if (!held) return tl::unexpected(held.error());
    return *held ? std::optional((*held)->run) : std::nullopt;
  }

  int run_here(int run) {
    const auto [at, fresh] = runs_.try_emplace(run, 0);
    if (fresh) at->second = --last_run_;
    return at->second;
  }

  Result<void> put_one(Visit visit) {
    const auto held = into_.get(Family::kVisits, visit_key(visit.key, visit.fetched_at));
    if (!held) return tl::unexpected(held.error());
    if (*held) return {};
    Batch batch(into_);
    if (const auto digest = digest_key(visit.sha256)) {
      const auto put = put_bytes(batch, visit, *digest);
      if (!put) return tl::unexpected(put.error());
      if (!*put) return ++merged_.lost, Result<void>{};
    }
    const int number = run_here(visit.run);
    (void)put_reading(batch, visit.run, number);
    visit.run = number;
    put_visit(batch, visit);
    ++merged_.visits;
    return commit(batch);
  }

  // False when neither archive has them.
  Result<bool> put_bytes(Batch& batch, const Visit& visit, const std::string& digest) {
    const auto held = into_.get(Family::kBodies, digest);
    if (!held) return tl::unexpected(held.error());
    if (*held) return true;
    const auto value = from_.get(Family::kBodies, digest);
    if (!value) return tl::unexpected(value.error());
    if (!*value) return false;
    const auto body = decode_body(from_, digest, **value);
    if (!body) return tl::unexpected(body.error());
    ++merged_.bodies;
    if (body->redacted) return replace_body(batch, digest, *body, nullptr), true;
    const auto put = bodies_.put(batch, site_of(visit), visit.sha256, body->bytes);
    return put ? Result<bool>(true) : tl::unexpected(put.error());
  }

  // With the first change comes the mark that settle_merge takes away.
  Result<void> commit(Batch& batch) {
    if (!std::exchange(marked_, true)) mark_unsettled(batch, kMergeCommand);
    return into_.commit(batch);
  }

  Database& into_;
  const Database& from_;
  BodyWriter bodies_;
  bool marked_ = false;
  std::map<int, int> runs_;  // of `from` → here
  int last_run_ = 0;         // below zero
  std::map<int, RunReading> told_here_, told_there_;
  Merged merged_;
};

}  // namespace

Result<Merged> merge_pages(Database& into, const Database& from) { return Merge(into, from).run(); }

Result<Reparsed> settle_merge(Database& into, const ReplayOptions& reading,
                              const std::function<void(const RecordChange&)>& tell) {
  if (const auto redacted = redact_bodies(into, reading); !redacted) return tl::unexpected(redacted.error());
  auto derived = reparse(into, reading, tell);
  if (!derived) return derived;
  if (const auto files = take_down_files(into); !files) return tl::unexpected(files.error());
  if (auto settled = mark_settled(into, kMergeCommand); !settled) return tl::unexpected(settled.error());
  return derived;
}

}  // namespace boardwalk::store
