#include "store/care/verify.hpp"

#include <fmt/format.h>

#include <future>

#include "store/care/sums.hpp"
#include "store/care/unsettled.hpp"

namespace boardwalk::store {
namespace {

Result<void> verify_settled(const Database& database, const Tell& tell) {
  const auto commands = unsettled_commands(database);
  if (!commands) return tl::unexpected(commands.error());
  for (const auto& command : *commands)
    tell({unsettled_words(command),
          fmt::format("{}; {}",
                      command == kMergeCommand ? "records, which are not those of all pages"
                                               : "what was to go, which may still be held",
                      way_to_settle(command))});
  return {};
}

}  // namespace

Result<Verified> verify(const Database& database, const Tell& tell) {
  Verified verified, beside;
  DigestSet bodies, named;  // pages: whose bytes are there, and which records name
  const Tell count = [&](const Finding& finding) {
    ++verified.findings;
    tell(finding);
  };
  // Beside the rest, or behind it where no thread is to be had.
  auto adding = std::async(std::launch::async | std::launch::deferred,
                           [&] { return adds_up(database, beside, named); });
  const auto checked = verify_tables(database, verified, count);
  // A table that cannot be read fails every scan through it: it has been told, and what affects.
  const std::int64_t tables = verified.findings;
  const auto scanned = [&](const Result<void>& done) {
    if (!done && tables == 0) count({done.error().message, "everything behind that row in its family"});
  };
  Result<void> pages_read;
  if (checked) scanned(pages_read = verify_pages(database, verified, bodies, count));
  const auto even = adding.get();
  verified.records = beside.records;
  if (!checked) return tl::unexpected(checked.error());
  scanned(verify_text(database, count));
  scanned(verify_settled(database, count));
  if (even && *even && bodies.contains_all(named)) return verified;
  const std::int64_t before = verified.findings;
  scanned(verify_records(database, count));
  scanned(verify_threads(database, count));
  scanned(verify_likeness(database, count));
  if (verified.findings == before && tables == 0 && pages_read)
    count({"records, threads and indexes do not add up, though each of their rows looks right",
           "queries and duplicates; `reparse` derives them again"});
  return verified;
}

}  // namespace boardwalk::store
