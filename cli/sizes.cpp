#include "cli/sizes.hpp"

#include <fmt/format.h>

#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace boardwalk::cli {
namespace {

std::string mebibytes(std::uint64_t bytes) {
  return fmt::format("{:.2f}", static_cast<double>(bytes) / (1 << 20));
}

}  // namespace

std::string sizes_table(const std::vector<store::FamilyStats>& families, std::uint64_t all_files) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& family : families)
    if (family.bytes > 0) rows.push_back({std::string(family.name), mebibytes(family.bytes)});
  rows.push_back({"all files", mebibytes(all_files)});
  return table({"on disk", "MiB"}, rows, terminal_width());
}

}  // namespace boardwalk::cli
