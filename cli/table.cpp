#include "cli/table.hpp"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include <algorithm>

namespace boardwalk::cli {
namespace {

constexpr std::size_t kGap = 2;          // columns between two cells
constexpr std::size_t kWidestCell = 40;  // of all columns but the last

std::size_t columns_of(UChar32 c) {
  if (c < 0x20 || c == 0x7F) return 1;  // shown as a space
  const int type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

// The code point at `at`, which moves behind it; U+FFFD for bytes that are none.
UChar32 next(std::string_view text, std::size_t& at) {
  UChar32 c = 0;
  auto i = static_cast<int32_t>(at);
  U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), i, static_cast<int32_t>(text.size()), c);
  at = static_cast<std::size_t>(i);
  return c;
}

std::string printable(std::string_view text) {
  std::string cell(text);
  std::replace_if(
      cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
      ' ');
  return cell;
}

}  // namespace

std::size_t width(std::string_view utf8) {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < utf8.size();) sum += columns_of(next(utf8, at));
  return sum;
}

std::string fit(std::string_view utf8, std::size_t columns) {
  const std::size_t whole = width(utf8);
  if (whole <= columns) return std::string(utf8) + std::string(columns - whole, ' ');
  if (columns == 0) return {};
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < utf8.size()) {
    std::size_t after = at;
    const std::size_t wide = columns_of(next(utf8, after));
    if (used + wide > columns - 1) break;
    used += wide;
    at = after;
  }
  return std::string(utf8.substr(0, at)) + "…" + std::string(columns - 1 - used, ' ');
}

std::string table(const std::vector<std::string>& header, const std::vector<std::vector<std::string>>& rows,
                  std::size_t total) {
  std::vector<std::size_t> widths;
  for (const auto& cell : header) widths.push_back(width(cell));
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], std::min(width(row[i]), kWidestCell));
  std::size_t before_last = 0;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) before_last += widths[i] + kGap;
  widths.back() = total > before_last + 10 ? total - before_last : 10;
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

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 120;
}

}  // namespace boardwalk::cli
