#include <fmt/format.h>

#include "cli/command.hpp"
#include "store/archive_directory.hpp"
#include "store/care/backup.hpp"

namespace boardwalk::cli {
namespace {

struct BackupLine {
  std::string directory;
  bool copy = false;
};

int tell_counts(const Result<store::BackupCounts>& counts, const std::string& to) {
  if (!counts) return report_error(counts.error());
  (void)print(fmt::format("{}: {} tables ({} linked, {} there before), {:.1f} MiB copied\n", to,
                          counts->tables, counts->linked, counts->kept,
                          static_cast<double>(counts->copied) / (1 << 20)));
  return kDone;
}

int backup(const BackupLine& words, const Line& line) {
  const auto counts = store::backup(line.archive_of(), words.directory, !words.copy);
  if (counts) return tell_counts(counts, words.directory);
  // The store takes the directory that is written for the one of --archive.
  Error error = counts.error();
  constexpr std::string_view kOption = " with --archive";
  if (error.message.ends_with("; name another directory with --archive"))
    error.message.resize(error.message.size() - kOption.size());
  return report_error(error);
}

int restore(const std::string& from, const Line& line) {
  const auto layout = store::read_layout(from);
  if (layout && !*layout)
    return report_error({ErrorKind::kNotFound, fmt::format("no archive at {}; name a backup", from)});
  const std::string to = line.archive_of();
  return tell_counts(store::restore(from, to), to);
}

}  // namespace

void add_backup(CLI::App& app, Line& line) {
  auto words = std::make_shared<BackupLine>();
  auto* command = app.add_subcommand(
      "backup", "copy the archive, also beside a crawl; again into the same place: only what is new");
  command->add_option("directory", words->directory, "where to; becomes an archive itself")->required();
  command->add_flag("--copy", words->copy, "copy tables, even where hard links would do");
  command->callback([words, &line] { line.chosen = [words, &line] { return backup(*words, line); }; });
}

void add_restore(CLI::App& app, Line& line) {
  auto words = std::make_shared<BackupLine>();
  auto* command =
      app.add_subcommand("restore", "make the archive what a backup of it is; the backup stays as it is");
  command->add_option("directory", words->directory, "the backup")->required();
  command->callback(
      [words, &line] { line.chosen = [words, &line] { return restore(words->directory, line); }; });
}

}  // namespace boardwalk::cli
