#include "cli/plot.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace boardwalk::cli {
namespace {

constexpr int kWidth = 960;
constexpr int kPanel = 260;  // height of one panel, its words included
constexpr int kMargin = 48;
constexpr int kBars = 160;  // height of the tallest
constexpr std::size_t kMostBars = 240;

using Counts = std::map<std::string, std::int64_t>;

// By day, else by month, else by year.
Counts gathered(const Counts& days) {
  for (const std::size_t size : {std::size_t{10}, std::size_t{7}}) {
    Counts counts;
    for (const auto& [day, count] : days) counts[day.substr(0, size)] += count;
    if (counts.size() <= kMostBars) return counts;
  }
  Counts years;
  for (const auto& [day, count] : days) years[day.substr(0, 4)] += count;
  return years;
}

std::string panel(const DaysPanel& panel, int top) {
  std::string svg =
      fmt::format(R"(<text x="{}" y="{}" font-weight="bold">{}</text>)", kMargin, top + 24, panel.title) +
      "\n";
  const Counts counts = gathered(*panel.counts);
  const int base = top + 48 + kBars;
  if (counts.empty()) return svg + fmt::format(R"(<text x="{}" y="{}">nothing</text>)", kMargin, base) + "\n";
  std::int64_t most = 1;
  for (const auto& [day, count] : counts) most = std::max(most, count);
  const double step = static_cast<double>(kWidth - 2 * kMargin) / static_cast<double>(counts.size());
  double x = kMargin;
  for (const auto& [day, count] : counts) {
    const double height = kBars * static_cast<double>(count) / static_cast<double>(most);
    svg += fmt::format(
        R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}: {}</title></rect>)", x,
        base - height, std::max(1.0, step * 0.8), height, day, count);
    svg += '\n';
    x += step;
  }
  svg += fmt::format(R"(<text x="{}" y="{}">{}</text>)", kMargin, base + 20, counts.begin()->first) + "\n";
  if (counts.size() > 1)
    svg += fmt::format(R"(<text x="{}" y="{}" text-anchor="end">{}</text>)", kWidth - kMargin, base + 20,
                       counts.rbegin()->first) +
           "\n";
  return svg +
         fmt::format(R"(<text x="{}" y="{}" text-anchor="end">at most {}</text>)", kWidth - kMargin, top + 24,
                     most) +
         "\n";
}

}  // namespace

std::string plot_days(const std::vector<DaysPanel>& panels) {
  const int height = kPanel * static_cast<int>(panels.size());
  std::string svg = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" font-size="14">
<style>text {{ fill: #333 }} rect {{ fill: #3b6ea5 }} @media (prefers-color-scheme: dark) {{ text {{ fill: #ddd }} rect {{ fill: #7fb0e6 }} }}</style>
)",
      kWidth, height);
  int top = 0;
  for (const auto& each : panels) {
    svg += panel(each, top);
    top += kPanel;
  }
  return svg + "</svg>\n";
}

}  // namespace boardwalk::cli
