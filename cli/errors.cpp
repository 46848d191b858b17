#include <fmt/format.h>

#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/page_selection.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"
#include "crawler/page_states.hpp"
#include "store/json_text.hpp"
#include "store/visits.hpp"

namespace boardwalk::cli {
namespace {

struct ErrorsLine {
  PageSelection pages;
  std::int64_t limit = 50;
  bool json = false;
};

Result<std::string> detail_of(const store::Database& database, const std::string& key) {
  const auto visit = store::last_visit(database, key);
  if (!visit) return tl::unexpected(visit.error());
  return *visit ? (*visit)->detail : std::string{};
}

std::string next_of(const crawler::PageState& page) {
  if (!page.queued) return "-";
  return page.due ? time_or_dash(page.due) : "next run";
}

std::string as_json(const crawler::PageState& page, const std::string& detail) {
  store::JsonText json;
  json.start_object();
  json.field("site", page.row.site);
  json.field("url", page.row.url);
  json.field("outcome", to_string(*page.row.outcome()));
  json.field("status", page.row.last_status);
  json.field("time", time_or_dash(page.row.last_fetch));
  json.field("next", next_of(page));
  json.field("detail", detail);
  json.end_object();
  return std::string(json.view()) + "\n";
}

struct Found {
  std::vector<crawler::PageState> pages;                                // the first `limit`
  std::map<std::pair<std::string, std::string>, std::int64_t> classes;  // pages by host and outcome
  std::int64_t all = 0;
};

Result<Found> find(const store::Database& database, const ErrorsLine& words) {
  Found found;
  const auto limit = words.limit == 0 ? std::numeric_limits<std::int64_t>::max() : words.limit;
  const auto selected = for_each_selected(database, words.pages, [&](const crawler::PageState& page) {
    ++found.classes[{page.row.site, std::string(to_string(*page.row.outcome()))}];
    if (found.all++ < limit) found.pages.push_back(page);
    return true;
  });
  if (!selected) return tl::unexpected(selected.error());
  return found;
}

// A page in three lines: URLs and reasons are too long for columns.
std::string for_a_person(const crawler::PageState& page, const std::string& detail) {
  return fmt::format("{}  {}\n  {}\n  last try {}, next try {}\n", to_string(*page.row.outcome()),
                     shown(page.row.url), detail.empty() ? "-" : shown(detail),
                     time_or_dash(page.row.last_fetch), next_of(page));
}

std::string classes_table(const Found& found) {
  if (found.classes.empty()) return "no such page\n";
  std::vector<std::vector<std::string>> classes;
  for (const auto& [what, pages] : found.classes)
    classes.push_back({what.first, what.second, std::to_string(pages)});
  return table({"host", "outcome", "pages"}, classes, terminal_width());
}

int show(const Found& found, const ErrorsLine& words, const store::Database& database) {
  if (!words.json && !print(classes_table(found))) return kDone;
  for (const auto& page : found.pages) {
    const auto detail = detail_of(database, page.key);
    if (!detail) return report_error(detail.error());
    if (!print(words.json ? as_json(page, *detail) : "\n" + for_a_person(page, *detail))) return kDone;
  }
  const auto left = found.all - static_cast<std::int64_t>(found.pages.size());
  if (!words.json && left > 0) (void)print(fmt::format("\n… and {} more; --limit 0 shows all\n", left));
  return kDone;
}

int errors(const ErrorsLine& words, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  const auto found = find(*database, words);
  if (!found) return report_error(found.error());
  return show(*found, words, *database);
}

}  // namespace

void add_errors(CLI::App& app, Line& line) {
  auto words = std::make_shared<ErrorsLine>();
  auto* command = app.add_subcommand("errors", "pages whose last fetch failed, and why");
  add_selection_options(*command, words->pages);
  command->add_option("--limit", words->limit, "show this many pages (0: all)")->check(not_negative());
  command->add_flag("--json", words->json, "a JSON object a line and page");
  command->callback([words, &line] { line.chosen = [words, &line] { return errors(*words, line); }; });
}

}  // namespace boardwalk::cli
