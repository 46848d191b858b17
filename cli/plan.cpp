#include "cli/plan.hpp"

#include <fmt/format.h>

#include "cli/command.hpp"
#include "crawler/plan.hpp"
#include "crawler/scope.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::cli {
namespace {

std::string line_of(const crawler::PlannedPage& page, std::int64_t now) {
  const bool later = page.due && *page.due > now;
  const std::string when = later ? parsers::utc_rfc3339(*page.due / 1000) : "now";
  const std::string back = page.held_back.empty() ? "" : fmt::format(" ({})", page.held_back);
  return fmt::format("{}  {}{}  {}\n", when, page.reason, back, page.url);
}

// An archive that is not there yet: all that is known are the seeds.
int plan_from_seeds(const config::Job& job) {
  const auto scope = crawler::Scope::make(job);
  if (!scope) return report_error(scope.error());
  for (const auto& seed : scope->seeds())
    (void)print(line_of({seed.url.str(), "a seed, never fetched", {}, {}}, 0));
  (void)print(fmt::format("{} pages now, 0 later; more as they lead to more\n", scope->seeds().size()));
  return kDone;
}

}  // namespace

int show_plan(const config::Job& job, const RunFiles& files) {
  if (const auto checked = check_job(job); !checked) return report_error(checked.error());
  const auto database = store::Database::open(files.archive, store::Database::Access::kRead);
  if (!database && database.error().kind == ErrorKind::kNotFound) return plan_from_seeds(job);
  if (!database) return report_error(database.error());
  const std::int64_t now = now_ms();
  std::int64_t first = 0;
  std::int64_t later = 0;
  const auto each = [&](const crawler::PlannedPage& page) {
    const bool waits = (page.due && *page.due > now) || !page.held_back.empty();
    ++(waits ? later : first);
    return print(line_of(page, now));
  };
  const auto planned = crawler::plan(**database, job, now, files.full, each, files.job_name);
  if (!planned) return report_error(planned.error());
  (void)print(fmt::format("{} pages now, {} later; more as they lead to more\n", first, later));
  return kDone;
}

}  // namespace boardwalk::cli
