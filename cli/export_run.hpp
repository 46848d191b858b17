// One export as the command line asks for it: from the archive into a file or directory, and the manifest
// beside it.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/filter_options.hpp"

namespace boardwalk::cli {

struct ExportLine {
  std::string format;  // jsonl, csv, warc, mbox, markdown, html
  std::string output = "-";
  std::string compress;  // none, gzip, zstd; empty: as the file is named, else as the format is usual
  std::vector<std::string> kinds;  // boards, threads, posts, articles; empty: all
  std::string pseudonymise;        // the key's file
  std::string cursor;              // its file
  std::string outcome;             // of a WARC's pages
  int run = 0;                     // of a WARC's pages
  bool with_duplicates = false;
  bool drop_near_duplicates = false;
  bool history = false;
  FilterOptions filter;
};

// Runs it and returns the exit code; what went wrong has been told.
[[nodiscard]] int run_export(const ExportLine& words, const Line& line);

}  // namespace boardwalk::cli
