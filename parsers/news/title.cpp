#include "parsers/news/title.hpp"

#include <algorithm>
#include <array>

#include "parsers/fold.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr std::size_t kLongestClaim = 1000;  // bytes

// <title> without what follows its last strong separators: `头条_频道_站名`, `Headline | Site`.
std::string without_suffix(std::string_view title) {
  static constexpr std::array<std::string_view, 12> kSeparators{" - ", " | ", " – ", " — ",  "_",   "--",
                                                                "——",  "|",   "｜",  " :: ", " » ", "-"};
  for (const std::string_view separator : kSeparators) {
    const std::size_t at = title.find(separator);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view first = strip(title.substr(0, at));
    const std::string_view rest = strip(title.substr(at + separator.size()));
    if (separator == "-" && weigh(rest).weight > 12) continue;  // a hyphen of the headline's own
    if (weigh(first).weight >= 5 && weigh(first).weight >= weigh(rest).weight / 2) return std::string(first);
  }
  return std::string(strip(title));
}

// How well a line fits as the headline; 0 when it does not.
double fitness(const Line& line, const std::string& line_fold, const std::vector<std::string>& claims,
               bool before_body) {
  double best = 0;
  for (const std::string& claim : claims) {
    if (claim.empty()) continue;
    const bool same = claim == line_fold;
    const bool begins = claim.starts_with(line_fold);
    const bool holds = claim.find(line_fold) != std::string::npos;
    const bool held = line_fold.find(claim) != std::string::npos && line_fold.size() < 2 * claim.size();
    if (!holds && !held) continue;
    const double share =
        static_cast<double>(std::min(claim.size(), line_fold.size())) / static_cast<double>(claim.size());
    best = std::max(best, share + (same ? 0.5 : begins ? 0.3 : 0));
  }
  if (best == 0) return 0;
  if (line.heading > 0) best += line.heading == 1 ? 0.6 : 0.4;
  if (before_body) best += 0.2;
  return best;
}

}  // namespace

Headline read_headline(const PageText& page, const Metadata& data, int first_of_body) {
  std::vector<std::string> claims;
  for (const std::string_view claim :
       {std::string_view(data.title), data.meta({"og:title", "twitter:title", "articletitle"}),
        std::string_view(data.linked.headline)})
    claims.push_back(fold(claim.substr(0, kLongestClaim)));
  Headline headline;
  double best = 0;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    constexpr int kLongest = 120;
    if (line.weight < 3 || line.weight > kLongest || line.text.size() > kLongestClaim) continue;
    if (2 * line.link_weight > line.weight && line.heading == 0) continue;
    const std::string line_fold = fold(line.text);
    constexpr std::size_t kShortest = 6;  // bytes: two Chinese characters
    if (line_fold.size() < kShortest) continue;
    const double fits = fitness(line, line_fold, claims, static_cast<int>(i) <= first_of_body);
    if (fits <= best || fits < 0.45) continue;
    best = fits;
    headline = {line.text, static_cast<int>(i)};
  }
  if (!headline.text.empty()) return headline;
  for (int i = first_of_body - 1; i >= 0 && i >= first_of_body - 15; --i)
    if (const Line& line = page.lines[static_cast<std::size_t>(i)];
        line.heading == 1 && line.link_weight == 0)
      return {line.text, i};
  const std::string_view open_graph = data.meta({"og:title", "articletitle"});
  headline.text = !open_graph.empty() ? std::string(open_graph) : without_suffix(data.title);
  return headline;
}

}  // namespace boardwalk::parsers::news
