#include "cli/table.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string_view>

#include "cli/terminal.hpp"
#include "cli/text_width.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kGap = 2;          // columns between two cells
constexpr std::size_t kWidestCell = 40;  // of all columns but the last
constexpr std::size_t kNarrowest = 4;
constexpr std::size_t kNarrowestLast = 16;

// A cell has one line: each control is a space.
std::string printable(std::string_view text) {
  std::string cell;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t control = control_at(text, i);
    cell += control > 0 ? ' ' : text[i];
    i += std::max<std::size_t>(control, 1);
  }
  return cell;
}

// The last column gets what the others leave of `total`. When that is too little, the widest of them gives
// way, again and again; the first, which names the row, does only where it takes more than half.
void share(std::vector<std::size_t>& widths, std::size_t total) {
  const auto last = std::prev(widths.end());
  const auto first =
      last != widths.begin() && widths.front() <= total / 2 ? std::next(widths.begin()) : widths.begin();
  std::size_t taken = kGap * (widths.size() - 1);
  taken += std::accumulate(widths.begin(), last, std::size_t{0});
  while (taken + kNarrowestLast > total && last != first) {
    const auto widest = std::max_element(first, last);
    if (*widest <= kNarrowest) break;
    --*widest;
    --taken;
  }
  *last = std::max(kNarrowestLast, total > taken ? total - taken : 0);
}

}  // namespace

std::string time_or_dash(std::optional<std::int64_t> milliseconds) {
  return milliseconds && *milliseconds > 0 ? parsers::utc_rfc3339(*milliseconds / 1000) : "-";
}

Columns::Columns(const Cells& header, const std::vector<Cells>& rows, std::size_t total) {
  for (const auto& cell : header) widths_.push_back(width(cell));
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths_[i] = std::max(widths_[i], std::min(width(row[i]), kWidestCell));
  share(widths_, total);
}

std::string Columns::line(const Cells& row) const {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i)
    line += fit(printable(row[i]), widths_[i]) + std::string(i + 1 < row.size() ? kGap : 0, ' ');
  line.erase(line.find_last_not_of(' ') + 1);
  return line + '\n';
}

std::string table(const Cells& header, const std::vector<Cells>& rows, std::size_t total) {
  const Columns columns(header, rows, total);
  std::string text = columns.line(header);
  for (const auto& row : rows) text += columns.line(row);
  return text;
}

}  // namespace boardwalk::cli
