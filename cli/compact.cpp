#include <fmt/format.h>

#include "cli/command.hpp"
#include "store/text_update.hpp"

namespace boardwalk::cli {
namespace {

int compact(const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_care(line, exit_code);
  if (!database) return exit_code;
  const std::uint64_t before = database->size_on_disk();
  if (auto compacted = database->compact(); !compacted) return report_error(compacted.error());
  if (auto compacted = store::compact_text_index(*database); !compacted)
    return report_error(compacted.error());
  (void)print(fmt::format("{}: {:.1f} MiB before, {:.1f} MiB now\n", database->directory().string(),
                          static_cast<double>(before) / (1 << 20),
                          static_cast<double>(database->size_on_disk()) / (1 << 20)));
  return kDone;
}

}  // namespace

void add_compact(CLI::App& app, Line& line) {
  auto* command = app.add_subcommand(
      "compact",
      "rewrite the archive's files without what was superseded; brings an older layout to this one");
  command->callback([&line] { line.chosen = [&line] { return compact(line); }; });
}

}  // namespace boardwalk::cli
