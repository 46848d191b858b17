#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "crawler/verify_frontier.hpp"
#include "store/care/verify.hpp"

namespace boardwalk::cli {
namespace {

int verify(const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  const store::Tell tell = [](const store::Finding& finding) {
    (void)print(fmt::format("damaged: {}\n  affects: {}\n", shown(finding.what), shown(finding.affects)));
  };
  auto verified = store::verify(*database, tell);
  if (!verified) return report_error(verified.error());
  const auto frontier = crawler::verify_frontier(*database, [&](const store::Finding& finding) {
    ++verified->findings;
    tell(finding);
  });
  if (!frontier && verified->findings == 0) return report_error(frontier.error());
  (void)print(
      fmt::format("{}: {} tables, {} pages, {} visits, {} records; {}\n", database->directory().string(),
                  verified->tables, verified->bodies, verified->visits, verified->records,
                  verified->findings == 0 ? "all whole" : fmt::format("{} findings", verified->findings)));
  return verified->findings == 0 ? kDone : kArchiveTrouble;
}

}  // namespace

void add_verify(CLI::App& app, Line& line) {
  auto* command = app.add_subcommand(
      "verify",
      "check every file, page, record, reference and count; name what is wrong and what it affects");
  command->callback([&line] { line.chosen = [&line] { return verify(line); }; });
}

}  // namespace boardwalk::cli
