#include "cli/input.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

namespace boardwalk::cli {
namespace {

Result<std::string> read_whole(std::istream& in, const std::string& file) {
  if (!in) return fail(ErrorKind::kUsage, fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return fail(ErrorKind::kUsage, fmt::format("cannot read {}: it is no readable file", file));
  return text;
}

}  // namespace

Result<std::string> read_input(const std::string& file) {
  if (file == "-") return read_whole(std::cin, file);
  std::ifstream in(file, std::ios::binary);
  return read_whole(in, file);
}

}  // namespace boardwalk::cli
