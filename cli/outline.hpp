// The command line told to other programs, from the same table that parses it: scripts by which shells
// complete its words, and the manual page.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace boardwalk::cli {

[[nodiscard]] std::string bash_completion(const CLI::App& app);
[[nodiscard]] std::string zsh_completion(const CLI::App& app);
// In the language of man(7).
[[nodiscard]] std::string man_page(const CLI::App& app, const std::string& version);

}  // namespace boardwalk::cli
