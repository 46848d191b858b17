#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/live_line.hpp"
#include "store/text_documents.hpp"
#include "store/text_update.hpp"

namespace boardwalk::cli {
namespace {

int index(bool anew, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_care(line, exit_code);
  if (!database) return exit_code;
  LiveLine live;
  store::TextUpdate update;
  update.anew = anew;
  update.progress = [&live](std::int64_t done) {
    if (live.is_due()) live.show(fmt::format("{} records", done));
  };
  const auto updated = store::update_text_index(*database, update);
  if (!updated) return report_error(updated.error());
  (void)print(fmt::format("{}: {}, {} records taken in, {} taken out\n",
                          store::text_index_path(database->directory()).string(),
                          updated->anew ? "made anew" : "up to date", updated->put, updated->removed));
  return kDone;
}

}  // namespace

void add_index(CLI::App& app, Line& line) {
  auto anew = std::make_shared<bool>(false);
  auto* command = app.add_subcommand(
      "index", "bring the full-text index of `query --text` and `--fold` up to date, or make it");
  command->add_flag("--anew", *anew, "make it anew, whatever there is");
  command->callback([anew, &line] { line.chosen = [anew, &line] { return index(*anew, line); }; });
}

}  // namespace boardwalk::cli
