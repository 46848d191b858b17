#include "crawler/host_report.hpp"

#include <algorithm>

namespace boardwalk::crawler {
namespace {

std::string run_key(int run) { return store::big_endian(static_cast<std::uint64_t>(run)); }

template <typename Archive, typename Row>
void host_report_fields(Archive& archive, Row& row, std::vector<std::int64_t>& outcomes) {
  archive(row.fetches), archive(row.bytes), archive(row.milliseconds), archive(row.failed);
  archive(outcomes);
  auto& records = row.records;
  archive(records.new_boards), archive(records.new_threads), archive(records.new_posts);
  archive(records.changed_posts), archive(records.new_articles), archive(records.changed_articles);
  archive(records.duplicates), archive(row.gone_posts);
}

}  // namespace

void fields(store::Packer& archive, const HostReport& row) {
  std::vector<std::int64_t> outcomes(row.outcomes.begin(), row.outcomes.end());
  host_report_fields(archive, row, outcomes);
}

void fields(store::Unpacker& archive, HostReport& row) {
  std::vector<std::int64_t> outcomes;
  host_report_fields(archive, row, outcomes);
  std::copy_n(outcomes.begin(), std::min(outcomes.size(), row.outcomes.size()), row.outcomes.begin());
}

void put_host_report(store::Batch& batch, int run, const std::string& site, const HostReport& report) {
  batch.put(store::Family::kRuns, run_key(run) + site, store::pack(report));
}

Result<HostReports> host_reports(const store::Database& database, int run) {
  HostReports reports;
  std::string damaged;
  const std::string prefix = run_key(run);
  const auto scanned =
      database.scan(store::Family::kRuns, prefix, prefix, [&](std::string_view key, std::string_view bytes) {
        const std::string site(key.substr(prefix.size()));
        if (site.empty()) return true;  // the run's own row
        auto report = store::unpack<HostReport>(bytes);
        if (!report) damaged = site;
        if (report) reports.emplace(site, *report);
        return damaged.empty();
      });
  if (!scanned) return tl::unexpected(scanned.error());
  if (!damaged.empty())
    return fail(ErrorKind::kDamaged, "the archive's row of a run at " + damaged +
                                         " is damaged; restore the archive from a backup");
  return reports;
}

}  // namespace boardwalk::crawler
