#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/job_replay.hpp"
#include "store/archive_directory.hpp"
#include "store/care/lost_records.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/unsettled.hpp"

namespace boardwalk::cli {
namespace {

struct MergeLine {
  std::vector<std::string> archives;
  JobOptions job;
};

using Databases = std::vector<std::unique_ptr<store::Database>>;

Result<Databases> open_all(const std::vector<std::string>& paths) {
  Databases all;
  for (const auto& path : paths) {
    const auto layout = store::read_layout(path);
    if (layout && !*layout)
      return fail(ErrorKind::kNotFound, fmt::format("no archive at {}; name an archive", path));
    auto opened = store::Database::open(path, store::Database::Access::kRead);
    if (!opened) return tl::unexpected(opened.error());
    all.push_back(std::move(*opened));
  }
  return all;
}

// Made first when there is none, so that its lock tells of no crawl in any case.
Result<std::unique_ptr<store::Database>> open_to_fill(const std::string& path) {
  using Access = store::Database::Access;
  auto opened = store::Database::open(path, Access::kChange, config::Sync::kAlways);
  if (opened || opened.error().kind != ErrorKind::kNotFound) return opened;
  if (const auto made = store::Database::open(path, Access::kWrite, config::Sync::kAlways); !made)
    return tl::unexpected(made.error());
  return store::Database::open(path, Access::kChange, config::Sync::kAlways);
}

// Between its steps what was to go may stand in an archive under a name that nothing tells any more.
Result<void> check_no_forget_is_cut_off(const store::Database& source) {
  const auto commands = store::unsettled_commands(source);
  if (!commands) return tl::unexpected(commands.error());
  for (const auto& command : *commands)
    if (command != store::kMergeCommand)
      return fail(ErrorKind::kUsage,
                  fmt::format("{}: {}; {}", source.directory().string(), store::unsettled_words(command),
                              store::way_to_settle(command)));
  return {};
}

Result<void> take(store::Database& into, const Databases& sources) {
  for (const auto& source : sources) {
    const auto merged = store::merge_pages(into, *source);
    if (!merged) return tl::unexpected(merged.error());
    (void)print(fmt::format("{}: {} visits, {} pages and {} files that were not there{}\n",
                            source->directory().string(), merged->visits, merged->bodies, merged->files,
                            merged->lost == 0
                                ? ""
                                : fmt::format("; {} visits left out, whose pages are missing there "
                                              "(boardwalk verify names them)",
                                              merged->lost)));
  }
  return {};
}

Result<void> settle(store::Database& into, const store::ReplayOptions& options) {
  store::LostRecords lost;
  const auto settled =
      store::settle_merge(into, options, [&lost](const store::RecordChange& change) { lost.note(change); });
  if (!settled) return tl::unexpected(settled.error());
  const auto count = lost.count(into);
  if (!count) return tl::unexpected(count.error());
  if (*count > 0)
    tell(fmt::format(
        "boardwalk: {} records that were here are gone, taken down in another archive or not read from their "
        "pages any more; boardwalk reparse with the crawl's --job brings back what a site file gave\n",
        *count));
  return {};
}

int merge(const MergeLine& words, const Line& line) {
  const auto job = replay_from(words.job);
  if (!job) return report_error(job.error());
  const store::ReplayOptions& options = (*job)->options;
  const auto sources = open_all(words.archives);
  if (!sources) return report_error(sources.error());
  for (const auto& source : *sources) {
    if (auto checked = check_no_forget_is_cut_off(*source); !checked) return report_error(checked.error());
    if (auto checked = store::check_site_files(*source, options); !checked)
      return report_error(checked.error());
  }
  const auto into = open_to_fill(line.archive_of((*job)->job));
  if (!into) return report_error(into.error());
  if (auto checked = store::check_site_files(**into, options); !checked) return report_error(checked.error());
  for (const auto& source : *sources)
    if (auto told = tell_untold_runs(*source, words.job); !told) return report_error(told.error());
  if (auto told = tell_untold_runs(**into, words.job); !told) return report_error(told.error());
  auto merged = take(**into, *sources);
  if (merged) merged = settle(**into, options);
  if (!merged) return report_error(store::ended_unsettled(**into, store::kMergeCommand, merged.error()));
  return kDone;
}

}  // namespace

void add_merge(CLI::App& app, Line& line) {
  auto words = std::make_shared<MergeLine>();
  auto* command = app.add_subcommand(
      "merge", "take the pages of other archives into this one (made when there is none), each once");
  command->add_option("archives", words->archives, "the other archives; they stay as they are")->required();
  add_job_options(*command, words->job);
  command->callback([words, &line] { line.chosen = [words, &line] { return merge(*words, line); }; });
}

}  // namespace boardwalk::cli
