#include "cli/page_selection.hpp"

#include <fmt/format.h>

#include "cli/command.hpp"
#include "parsers/outcome.hpp"

namespace boardwalk::cli {

void add_selection_options(CLI::App& command, PageSelection& selection) {
  command.add_option("--host", selection.host, "of this host (bbs.example.cn, or with its port)")
      ->check(not_empty());
  command
      .add_option("--outcome", selection.outcome,
                  "with this last outcome; without, all that count as failures")
      ->check([](const std::string& word) {
        return parsers::outcome_from(word) ? std::string{} : fmt::format("\"{}\" is no outcome", word);
      });
}

Result<void> for_each_selected(const store::Database& database, const PageSelection& selection,
                               const std::function<bool(const crawler::PageState&)>& each) {
  const auto wanted = parsers::outcome_from(selection.outcome);
  return crawler::for_each_page(database, selection.host, [&](const crawler::PageState& page) {
    const auto outcome = page.row.outcome();
    if (!outcome || (wanted ? *outcome != *wanted : !is_failure(*outcome))) return true;
    return each(page);
  });
}

}  // namespace boardwalk::cli
