#include "cli/input.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "config/whole_file.hpp"

namespace boardwalk::cli {

Result<std::string> read_input(const std::string& file) {
  auto text = file == "-" ? config::read_all(STDIN_FILENO) : config::read_whole_file(file);
  if (!text) return fail(ErrorKind::kUsage, fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  return std::move(*text);
}

}  // namespace boardwalk::cli
