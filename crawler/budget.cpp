#include "crawler/budget.hpp"

namespace boardwalk::crawler {
namespace {

bool reached(std::int64_t spent, std::int64_t limit) { return limit > 0 && spent >= limit; }

}  // namespace

std::string_view run_limit_reached(const Spent& spent, const config::Job::Limits& limits) {
  if (reached(spent.pages, limits.max_pages)) return "max_pages";
  if (reached(spent.bytes, limits.max_bytes)) return "max_bytes";
  if (reached(spent.errors, limits.max_errors)) return "max_errors";
  if (reached(spent.milliseconds, limits.max_time.count())) return "max_time";
  return {};
}

std::string_view host_limit_reached(const Spent& spent, const config::Job::Limits& limits) {
  if (reached(spent.pages, limits.host_pages)) return "host_pages";
  if (reached(spent.bytes, limits.host_bytes)) return "host_bytes";
  if (reached(spent.errors, limits.host_errors)) return "host_errors";
  if (reached(spent.milliseconds, limits.host_time.count())) return "host_time";
  return {};
}

}  // namespace boardwalk::crawler
