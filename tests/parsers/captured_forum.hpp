// Captured forums of the collection beside the project (shared_corpus.hpp): their pages, parsed as they were
// fetched, and the database's truth of their posts.
#pragma once

#include <rapidjson/document.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "parsers/page.hpp"

namespace boardwalk::tests {

struct Captured {
  std::string url, kind, finer, agent;
  int status = 0;
  parsers::ParsedPage page;
  parsers::ParsedPage records;  // of the same page, asked for them alone
};

// All pages that have a body of HTML.
[[nodiscard]] std::vector<Captured> parse_captured(const std::filesystem::path& forum);

struct TruePost {
  std::string author, text;
  int floor = 0;                  // 0: none is printed
  std::vector<std::string> urls;  // of every desktop page that shows the post
};

// By pid.
[[nodiscard]] std::map<std::string, TruePost> read_truth(const std::filesystem::path& forum);

}  // namespace boardwalk::tests
