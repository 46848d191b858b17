// What an archive holds, counted: records per site, board and day, pages per outcome and day, bytes per
// family. One pass over records and visits.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

struct SiteStats {
  std::int64_t boards = 0, threads = 0, posts = 0, articles = 0, gone = 0, pages = 0;
};

struct BoardStats {
  std::string site, id, name;
  std::int64_t threads = 0, posts = 0;
};

struct FamilyStats {
  std::string_view name;
  std::uint64_t bytes = 0;  // on disk, in tables
};
// In the order of Family, then `fulltext`, the full-text index; asks the files alone.
[[nodiscard]] std::vector<FamilyStats> family_sizes(const Database& database);

struct Stats {
  std::map<std::string, SiteStats> sites;
  std::vector<BoardStats> boards;                 // by site, then by posts, most first
  std::map<std::string, std::int64_t> published;  // posts and articles by the day that the site prints
  std::map<std::string, std::int64_t> fetched;    // pages by day, UTC
  std::map<std::string, std::int64_t> outcomes;   // pages
  std::vector<FamilyStats> families;
  std::uint64_t bytes = 0;  // of all files
};
[[nodiscard]] Result<Stats> stats_of(const Database& database);

}  // namespace boardwalk::store
