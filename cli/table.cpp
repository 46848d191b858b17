#include "cli/table.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string_view>

#include "cli/text_width.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kGap = 2;          // columns between two cells
constexpr std::size_t kWidestCell = 40;  // of all columns but the last
constexpr std::size_t kNarrowest = 4;
constexpr std::size_t kNarrowestLast = 16;

std::string printable(std::string_view text) {
  std::string cell(text);
  std::replace_if(
      cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      ' ');
  return cell;
}

// The last column gets what the others leave of `total`. When that is too little, the widest of them gives
// way, again and again.
void share(std::vector<std::size_t>& widths, std::size_t total) {
  const auto last = std::prev(widths.end());
  std::size_t taken = kGap * (widths.size() - 1);
  taken += std::accumulate(widths.begin(), last, std::size_t{0});
  while (taken + kNarrowestLast > total && last != widths.begin()) {
    const auto widest = std::max_element(widths.begin(), last);
    if (*widest <= kNarrowest) break;
    --*widest;
    --taken;
  }
  *last = std::max(kNarrowestLast, total > taken ? total - taken : 0);
}

}  // namespace

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                  std::size_t total) {
  std::vector<std::size_t> widths;
  for (const auto& cell : header) widths.push_back(width(cell));
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], std::min(width(row[i]), kWidestCell));
  share(widths, total);
  std::string text;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      line += fit(printable(row[i]), widths[i]) + std::string(i + 1 < row.size() ? kGap : 0, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  };
  add(header);
  for (const auto& row : rows) add(row);
  return text;
}

}  // namespace boardwalk::cli
