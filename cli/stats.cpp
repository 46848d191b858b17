#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "cli/command.hpp"
#include "cli/plot.hpp"
#include "cli/sizes.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"
#include "store/care/stats.hpp"
#include "store/json_text.hpp"

namespace boardwalk::cli {
namespace {

struct StatsLine {
  bool json = false;
  std::string plot;
};

using Rows = std::vector<std::vector<std::string>>;
using Counts = std::map<std::string, std::int64_t>;

constexpr std::size_t kDaysShown = 14;

std::string words(std::int64_t count) { return std::to_string(count); }

std::string counts_table(const std::string& name, const std::string& count, const Counts& counts,
                         std::size_t last) {
  Rows rows;
  std::size_t skip = counts.size() > last ? counts.size() - last : 0;
  for (const auto& [key, value] : counts)
    if (skip == 0 || skip-- == 0) rows.push_back({key, words(value)});
  return "\n" + table({name, count}, rows, terminal_width());
}

std::string for_a_person(const store::Stats& stats) {
  Rows sites;
  for (const auto& [site, counts] : stats.sites)
    sites.push_back({site, words(counts.boards), words(counts.threads), words(counts.posts),
                     words(counts.articles), words(counts.gone), words(counts.pages)});
  std::string text =
      table({"site", "boards", "threads", "posts", "articles", "gone", "pages"}, sites, terminal_width());
  Rows boards;
  for (const auto& board : stats.boards)
    boards.push_back({board.site, board.id, words(board.threads), words(board.posts), board.name});
  if (!boards.empty())
    text += "\n" + table({"site", "board", "threads", "posts", "name"}, boards, terminal_width());
  text += counts_table("outcome", "pages", stats.outcomes, stats.outcomes.size());
  text += counts_table("fetched on", "pages", stats.fetched, kDaysShown);
  text += counts_table("published on", "posts and articles", stats.published, kDaysShown);
  return text + "\n" + sizes_table(stats.families, stats.bytes);
}

void put_counts(store::JsonText& json, const Counts& counts) {
  json.start_object();
  for (const auto& [key, count] : counts) {
    json.any_key(key);
    json.integer(count);
  }
  json.end_object();
}

std::string as_json(const store::Stats& stats) {
  store::JsonText json;
  json.start_object();
  json.key("sites");
  json.start_object();
  for (const auto& [site, counts] : stats.sites) {
    json.any_key(site);
    put_counts(json, {{"boards", counts.boards},
                      {"threads", counts.threads},
                      {"posts", counts.posts},
                      {"articles", counts.articles},
                      {"gone", counts.gone},
                      {"pages", counts.pages}});
  }
  json.end_object();
  json.key("boards");
  json.start_array();
  for (const auto& board : stats.boards) {
    json.start_object();
    json.field("site", board.site);
    json.field("id", board.id);
    json.field("name", board.name);
    json.field("threads", board.threads);
    json.field("posts", board.posts);
    json.end_object();
  }
  json.end_array();
  for (const auto& [key, counts] : {std::pair{"outcomes", &stats.outcomes},
                                    {"fetched", &stats.fetched},
                                    {"published", &stats.published}}) {
    json.key(key);
    put_counts(json, *counts);
  }
  Counts families;
  for (const auto& family : stats.families)
    families[std::string(family.name)] = static_cast<std::int64_t>(family.bytes);
  json.key("families");
  put_counts(json, families);
  json.field("bytes_on_disk", static_cast<std::int64_t>(stats.bytes));
  json.end_object();
  return std::string(json.view()) + "\n";
}

int stats(const StatsLine& words, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  const auto stats = store::stats_of(*database);
  if (!stats) return report_error(stats.error());
  if (!words.plot.empty()) {
    std::ofstream file(words.plot, std::ios::binary);
    file << plot_days({{"posts and articles by the day they were published", &stats->published},
                       {"pages by the day they were fetched", &stats->fetched}});
    if (!file.flush())
      return report_error({ErrorKind::kIo, fmt::format("cannot write {}: {}; name another file with --plot",
                                                       words.plot, std::strerror(errno))});
  }
  (void)print(words.json ? as_json(*stats) : for_a_person(*stats));
  return kDone;
}

}  // namespace

void add_stats(CLI::App& app, Line& line) {
  auto words = std::make_shared<StatsLine>();
  auto* command =
      app.add_subcommand("stats", "counts per site, board, day and outcome, and the bytes of each family");
  command->add_flag("--json", words->json, "for programs");
  command
      ->add_option("--plot", words->plot, "draw what was published and fetched by day into this file (SVG)")
      ->check(not_empty());
  command->callback([words, &line] { line.chosen = [words, &line] { return stats(*words, line); }; });
}

}  // namespace boardwalk::cli
