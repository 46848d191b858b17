#include <fmt/format.h>

#include "cli/command.hpp"
#include "config/job.hpp"
#include "store/care/backup.hpp"

namespace boardwalk::cli {
namespace {

struct BackupLine {
  std::string directory;
  bool copy = false;
};

int copy_archive(const std::string& from, const std::string& to, bool links) {
  const auto counts = store::backup(from, to, links);
  if (!counts) return report_error(counts.error());
  (void)print(fmt::format("{}: {} tables ({} linked, {} there before), {:.1f} MiB copied\n", to,
                          counts->tables, counts->linked, counts->kept,
                          static_cast<double>(counts->copied) / (1 << 20)));
  return kDone;
}

std::string archive_of(const Line& line) { return line.archive_or(config::default_job().archive.path); }

}  // namespace

void add_backup(CLI::App& app, Line& line) {
  auto words = std::make_shared<BackupLine>();
  auto* command = app.add_subcommand(
      "backup", "copy the archive, also beside a crawl; again into the same place: only what is new");
  command->add_option("directory", words->directory, "where to; becomes an archive itself")->required();
  command->add_flag("--copy", words->copy, "copy tables, even where hard links would do");
  command->callback([words, &line] {
    line.chosen = [words, &line] { return copy_archive(archive_of(line), words->directory, !words->copy); };
  });
}

void add_restore(CLI::App& app, Line& line) {
  auto words = std::make_shared<BackupLine>();
  auto* command =
      app.add_subcommand("restore", "make the archive what a backup of it is; the backup stays as it is");
  command->add_option("directory", words->directory, "the backup")->required();
  command->callback([words, &line] {
    line.chosen = [words, &line] { return copy_archive(words->directory, archive_of(line), false); };
  });
}

}  // namespace boardwalk::cli
