#include "crawler/sweeps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

#include "store/packed.hpp"

namespace boardwalk::crawler {
namespace {

struct LeftRow {
  std::vector<std::string> sites;
  std::vector<std::int64_t> sweeps;
};

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, LeftRow>
void fields(Archive& archive, Row& row) {
  archive(row.sites);
  archive(row.sweeps);
}

std::string left_key(int run) { return store::big_endian(static_cast<std::uint64_t>(run)) + "/left"; }

// Absent when the run kept none, as those of earlier versions.
Result<std::optional<SweepsByHost>> left_by(const store::Database& database, int run) {
  const auto bytes = database.get(store::Family::kRuns, left_key(run));
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return std::optional<SweepsByHost>{};
  const auto row = store::unpack<LeftRow>(**bytes);
  if (!row || row->sites.size() != row->sweeps.size())
    return fail(
        ErrorKind::kDamaged,
        fmt::format("the archive's row of what run {} left is damaged; restore it from a backup", run));
  SweepsByHost left;
  for (std::size_t i = 0; i < row->sites.size(); ++i) left.emplace(row->sites[i], row->sweeps[i]);
  return std::optional(std::move(left));
}

}  // namespace

std::int64_t Sweeps::of(const std::string& site) const {
  const auto found = left.find(site);
  return found == left.end() ? run : found->second;
}

bool came_to_its_end(std::string_view stop) {
  return stop == "done" || stop == "outside_hours" || stop.starts_with("host_");
}

std::int64_t next_sweep(const std::vector<RunReport>& runs, const RunReport* last) {
  return last != nullptr && !came_to_its_end(last->stop) ? last->sweep : new_sweep(runs);
}

std::int64_t new_sweep(const std::vector<RunReport>& runs) {
  std::int64_t highest = 0;
  for (const auto& run : runs) highest = std::max(highest, run.sweep);
  return highest + 1;
}

Result<Sweeps> next_sweeps(const store::Database& database, const std::vector<RunReport>& runs,
                           const RunReport* last) {
  Sweeps sweeps(next_sweep(runs, last));
  if (last == nullptr || last->stop == "done") return sweeps;
  auto left = left_by(database, last->run);
  if (!left) return tl::unexpected(left.error());
  if (!*left) return Sweeps(last->sweep);
  sweeps.left = std::move(**left);
  return sweeps;
}

void put_left(store::Batch& batch, int run, const SweepsByHost& left) {
  LeftRow row;
  for (const auto& [site, sweep] : left) {
    row.sites.push_back(site);
    row.sweeps.push_back(sweep);
  }
  batch.put(store::Family::kRuns, left_key(run), store::pack(row));
}

void erase_left(store::Batch& batch, int run) { batch.erase(store::Family::kRuns, left_key(run)); }

}  // namespace boardwalk::crawler
