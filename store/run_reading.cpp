#include "store/run_reading.hpp"

#include <fmt/format.h>

#include <concepts>
#include <type_traits>

#include "store/damage.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kRunKey = 8;
constexpr std::string_view kReading = "/reading";

struct Row {
  bool has_zone = false;
  int zone = 0;
  std::int64_t min_chars = 0;
};

template <typename Archive, typename Either>
requires std::same_as<std::remove_const_t<Either>, Row>
void fields(Archive& archive, Either& row) {
  archive(row.has_zone);
  archive(row.zone);
  archive(row.min_chars);
}

}  // namespace

std::string run_reading_key(int run) {
  return big_endian(static_cast<std::uint64_t>(std::int64_t{run})).append(kReading);
}

std::string pack_run_reading(const RunReading& reading) {
  return pack(Row{reading.zone.has_value(), reading.zone.value_or(0), reading.min_chars});
}

void put_run_reading(Batch& batch, int run, const RunReading& reading) {
  batch.put(Family::kRuns, run_reading_key(run), pack_run_reading(reading));
}

Result<std::map<int, RunReading>> run_readings(const Database& database) {
  std::map<int, RunReading> readings;
  std::optional<int> damaged;
  auto scanned = database.scan(Family::kRuns, "", "", [&](std::string_view key, std::string_view value) {
    if (key.size() != kRunKey + kReading.size() || !key.ends_with(kReading)) return true;
    const int run = static_cast<int>(static_cast<std::int64_t>(from_big_endian(key)));
    const auto row = unpack<Row>(value);
    if (!row || row->min_chars < 0) return damaged = run, false;
    readings[run] = {row->has_zone ? std::optional(row->zone) : std::nullopt, row->min_chars};
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (damaged) return damaged_row("runs", fmt::format("how run {} reads its pages", *damaged));
  return readings;
}

}  // namespace boardwalk::store
