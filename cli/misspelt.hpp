// Words of the command line that the program does not know, and what they were probably meant to be.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace boardwalk::cli {

// One line for a person about the first command or option among `words` that `app` does not have; nullopt
// when there is none.
[[nodiscard]] std::optional<std::string> misspelt(CLI::App& app, const std::vector<std::string>& words);

// The command that the words name, as far as they do: `boardwalk export`.
[[nodiscard]] std::string command_in(CLI::App& app, const std::vector<std::string>& words);

}  // namespace boardwalk::cli
