// The options that choose records or pages, as query and export have them in common.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "config/error.hpp"
#include "store/query.hpp"

namespace boardwalk::cli {

struct FilterOptions {
  std::string site, board, thread, author, title, text, fold, since, until;
};
void add_filter_options(CLI::App& command, FilterOptions& options);
// The same of pages, as they were fetched: site, board, thread and the time of the fetch.
void add_page_filter_options(CLI::App& command, FilterOptions& options);
// kUsage when a time is neither a date (`2026-01-31`) nor an RFC 3339 date-time.
[[nodiscard]] Result<store::Filter> filter_from(const FilterOptions& options);

// What --run says: any number but 0, below zero for merged pages; 0 when it is not given. kUsage for others.
[[nodiscard]] Result<int> run_from(const std::string& text);

}  // namespace boardwalk::cli
