// Site files on their way from disk into the parsers.
#pragma once

#include <string>
#include <vector>

#include "config/error.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::cli {

// The rules of these files and directories. kUsage names what is wrong, with its place.
[[nodiscard]] Result<parsers::site::RuleSet> load_rules(const std::vector<std::string>& paths);

}  // namespace boardwalk::cli
