// What stands beside an export, as `FILE.manifest.json`: what it holds and where that came from, so that the
// file can be checked and made again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/export/records.hpp"

namespace boardwalk::store {

struct Manifest {
  std::string format;  // the word behind `export`
  std::string file;    // its name, without the directory
  std::string compression = "none";
  std::uint64_t bytes = 0;
  std::string sha256;  // hex
  Selection selection;
  ExportCounts counts;
  std::optional<std::int64_t> pages;  // of a format made of pages instead of records
  std::string outcome;                // of the pages, when they were chosen by it
  int pages_of_run = 0;               // the same; 0: of all runs
  bool cursor = false;                // only what was news to one
  std::vector<std::string> gone;      // ids that an earlier export with it had and the archive has not
  std::vector<std::string> left;      // ids that one had and the filters do not choose any more
  bool pseudonyms = false;
  bool hides_author = false;  // chosen by an author whose name is not to be told: null among the filters
  std::optional<int> run;     // the last run whose pages may be in it
  std::string version;        // of the program
  std::int64_t made_at = 0;   // UTC epoch seconds
};

// One JSON object over several lines, for people and programs.
[[nodiscard]] std::string to_json(const Manifest& manifest);

}  // namespace boardwalk::store
