#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/command.hpp"
#include "cli/job_replay.hpp"
#include "cli/terminal.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/care/unsettled.hpp"

namespace boardwalk::cli {
namespace {

struct ReparseLine {
  JobOptions job;
  bool dry_run = false;
};

using Tell = std::function<void(const store::RecordChange&)>;

// What a merge that was cut off has left to do is done with it.
Result<store::Reparsed> derive(store::Database& database, const store::ReplayOptions& options,
                               const Tell& tell) {
  const auto unsettled = store::is_unsettled(database, store::kMergeCommand);
  if (!unsettled) return tl::unexpected(unsettled.error());
  return *unsettled ? store::settle_merge(database, options, tell) : store::reparse(database, options, tell);
}

int reparse(const ReparseLine& words, const Line& line) {
  const auto job = replay_of_all_from(words.job);
  if (!job) return report_error(job.error());
  int exit_code = kDone;
  const auto database = words.dry_run ? open_for_reading(line, exit_code, (*job)->job)
                                      : open_for_care(line, exit_code, (*job)->job);
  if (!database) return exit_code;
  std::int64_t versions = 0;
  const auto tell = [&versions](const store::RecordChange& change) {
    if (change.kind == store::RecordChange::Kind::kParser)
      ++versions;
    else
      (void)print(fmt::format("{:<8} {}{}{}\n", to_string(change.kind), shown(change.record_id),
                              change.fields.empty() ? "" : "  ", fmt::join(change.fields, " ")));
  };
  const auto reparsed = words.dry_run ? store::compare_reparsed(*database, (*job)->options, tell)
                                      : derive(*database, (*job)->options, tell);
  if (!reparsed) return report_error(reparsed.error());
  (void)print(fmt::format("{} pages read; {} records {}; {} more in the parser's version alone\n",
                          reparsed->pages, reparsed->changes - versions,
                          words.dry_run ? "would differ" : "differ", versions));
  return kDone;
}

}  // namespace

void add_reparse(CLI::App& app, Line& line) {
  auto words = std::make_shared<ReparseLine>();
  auto* command = app.add_subcommand(
      "reparse", "derive all records again from the archived pages, by today's parsers; tells what differs");
  command->add_flag("--dry-run", words->dry_run, "tell, and change nothing; also beside a crawl");
  add_job_options(*command, words->job);
  command->callback([words, &line] { line.chosen = [words, &line] { return reparse(*words, line); }; });
}

}  // namespace boardwalk::cli
