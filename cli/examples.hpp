// What `--help` and the manual page teach by example: for each command a few lines that do something real.
#pragma once

#include <CLI/CLI.hpp>

namespace boardwalk::cli {

// Gives the program and each command that it has by now its examples.
void add_examples(CLI::App& app);

}  // namespace boardwalk::cli
