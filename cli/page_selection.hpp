// Pages by host and last outcome: what `errors` shows and `retry` queues again.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "config/error.hpp"
#include "crawler/page_states.hpp"
#include "store/database.hpp"

namespace boardwalk::cli {

struct PageSelection {
  std::string host;     // as in URLs, with its port; empty: all
  std::string outcome;  // empty: every one that counts as a failure
};

void add_selection_options(CLI::App& command, PageSelection& selection);

// Pages that were fetched and whose last outcome is asked for, by key, until `each` returns false.
[[nodiscard]] Result<void> for_each_selected(const store::Database& database, const PageSelection& selection,
                                             const std::function<bool(const crawler::PageState&)>& each);

}  // namespace boardwalk::cli
