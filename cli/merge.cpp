#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/job_reading.hpp"
#include "config/job.hpp"
#include "store/archive_directory.hpp"
#include "store/care/merge_archives.hpp"

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

int merge(const MergeLine& words, const Line& line) {
  const auto job = reading_from(words.job);
  if (!job) return report_error(job.error());
  const auto sources = open_all(words.archives);
  if (!sources) return report_error(sources.error());
  const auto into = store::Database::open(line.archive_or(config::default_job().archive.path),
                                          store::Database::Access::kWrite, config::Sync::kAlways);
  if (!into) return report_error(into.error());
  for (const auto& source : *sources) {
    const auto merged = store::merge_pages(**into, *source);
    if (!merged) return report_error(merged.error());
    (void)print(fmt::format("{}: {} visits, {} pages and {} files that were not there{}\n",
                            source->directory().string(), merged->visits, merged->bodies, merged->files,
                            merged->lost == 0
                                ? ""
                                : fmt::format("; {} visits left out, whose pages are missing there "
                                              "(boardwalk verify names them)",
                                              merged->lost)));
  }
  if (auto settled = store::settle_merge(**into, (*job)->reading); !settled)
    return report_error(settled.error());
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
