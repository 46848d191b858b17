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

// The site's name, linked to its front page.
bool leads_home(const Line& line) {
  const dom::Node anchor = line.begin.closest([](dom::Node node) { return node.is("a"); });
  if (!anchor) return false;
  std::string_view href = strip(anchor.attr_or("href"));
  if (const std::size_t scheme = href.find("//"); scheme != std::string_view::npos)
    href = href.substr(std::min(href.find('/', scheme + 2), href.size()));
  return href.empty() || href == "/" || href.starts_with("/index.") || href.starts_with("index.");
}

// How well a line fits as the headline; 0 when it does not. The last claim is <title> without the site's
// name: a guess, of which a part says nothing.
double fitness(const Line& line, const std::string& line_fold, const std::vector<std::string>& claims,
               bool before_body) {
  double best = 0;
  for (const std::string& claim : claims) {
    if (claim.empty()) continue;
    if (&claim == &claims.back() && line_fold.find(claim) == std::string::npos) continue;
    const bool same = claim == line_fold;
    const bool begins = claim.starts_with(line_fold) || claim.ends_with(line_fold);
    const bool holds = claim.find(line_fold) != std::string::npos;
    const bool held = line_fold.find(claim) != std::string::npos && line_fold.size() < 2 * claim.size();
    if (!holds && !held) continue;
    const double share =
        static_cast<double>(std::min(claim.size(), line_fold.size())) / static_cast<double>(claim.size());
    best = std::max(best, share + (same ? 0.5 : begins ? 0.3 : 0));
  }
  if (best == 0) return 0;
  if (line.link_weight > 0 && leads_home(line)) return 0;
  if (line.heading > 0) best += line.heading == 1 ? 0.6 : 0.4;
  if (before_body) best += 0.2;
  return best;
}

// A part of <title> that may be the section's or the site's name: no heading, and less than half of what any
// claim says; behind the text's beginning, less than nearly all.
bool is_weak(const PageText& page, const Headline& headline, std::size_t size, int first_of_body,
             const std::vector<std::string>& claims) {
  const bool behind = headline.line > first_of_body;
  if (!behind && page.line_at(headline.line).heading > 0) return false;
  const std::size_t least = behind ? 8 : 5;  // tenths
  return std::none_of(claims.begin(), claims.end(), [&](const std::string& claim) {
    return !claim.empty() && 10 * size >= least * claim.size();
  });
}

// With the lines below and above that continue it as a claim has it.
Headline joined(const PageText& page, Headline headline, const std::vector<std::string>& claims) {
  constexpr int kMost = 3;
  const int count = static_cast<int>(page.lines.size());
  std::string all = fold(headline.text);
  const auto continues = [&claims](const std::string& text) {
    return std::any_of(claims.begin(), claims.end(),
                       [&text](const std::string& claim) { return claim.find(text) != std::string::npos; });
  };
  const auto extend = [&](int index, bool before) {
    if (index < 0 || index >= count || headline.lines >= kMost) return false;
    const Line& line = page.line_at(index);
    constexpr int kLeast = 4;  // weights
    constexpr int kLongest = 60;
    if (line.weight < kLeast || line.weight > kLongest || line.link_weight > 0) return false;
    const Line& head = page.line_at(headline.line);
    if (line.block != head.block && (line.heading > 0 || head.heading > 0)) return false;
    const std::string more = fold(line.text);
    if (more.empty() || !continues(before ? more + all : all + more)) return false;
    all = before ? more + all : all + more;
    const std::string gap = static_cast<unsigned char>(line.text.front()) < 0xE3 ? " " : "";
    headline.text = before ? line.text + gap + headline.text : headline.text + gap + line.text;
    headline.line -= before;
    ++headline.lines;
    return true;
  };
  while (extend(headline.line + headline.lines, false)) {
  }
  while (extend(headline.line - 1, true)) {
  }
  return headline;
}

// A line that holds the headline behind a kicker or a flag: as metadata has it.
Headline without_flag(Headline headline, const Metadata& data) {
  const std::string line = fold(headline.text);
  const std::string bare_title = without_suffix(data.title);
  for (const std::string_view told : {data.meta({"og:title", "twitter:title", "articletitle"}),
                                      std::string_view(data.linked.headline), std::string_view(bare_title)}) {
    const std::string bare = fold(told.substr(0, kLongestClaim));
    if (bare.size() < line.size() && 2 * bare.size() > line.size() && line.ends_with(bare)) {
      headline.text = strip(told);
      break;
    }
  }
  return headline;
}

// Where <title> names no headline: the heading right above the text.
Headline heading_above(const PageText& page, int first_of_body) {
  constexpr int kFarthest = 15;
  constexpr int kLeast = 5;
  Headline found;
  int level = 0;
  for (int i = first_of_body - 1; i >= 0 && i >= first_of_body - kFarthest; --i) {
    const Line& line = page.line_at(i);
    if (line.heading == 0 || line.link_weight > 0 || page.noise(line)) continue;
    if (line.heading > 1 && line.weight < kLeast) continue;
    if (level != 0 && line.heading >= level) continue;
    level = line.heading;
    found = {line.text, i};
  }
  return found;
}

}  // namespace

Headline read_headline(const PageText& page, const Metadata& data, int first_of_body) {
  std::vector<std::string> claims;
  for (const std::string_view claim :
       {std::string_view(data.title), data.meta({"og:title", "twitter:title", "articletitle"}),
        std::string_view(data.linked.headline)})
    claims.push_back(fold(claim.substr(0, kLongestClaim)));
  claims.push_back(fold(without_suffix(data.title).substr(0, kLongestClaim)));
  Headline headline;
  double best = 0;
  std::size_t best_size = 0;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const Line& line = page.lines[i];
    constexpr int kLongest = 120;  // weight
    if (line.weight < 3 || line.weight > kLongest || line.text.size() > kLongestClaim) continue;
    if (2 * line.link_weight > line.weight && line.heading == 0) continue;
    const std::string line_fold = fold(line.text);
    constexpr std::size_t kShortest = 6;  // bytes: two Chinese characters
    if (line_fold.size() < kShortest) continue;
    const double fits = fitness(line, line_fold, claims, static_cast<int>(i) <= first_of_body);
    if (fits <= best || fits < 0.45) continue;
    best = fits;
    best_size = line_fold.size();
    headline = {line.text, static_cast<int>(i)};
  }
  const Headline above = heading_above(page, first_of_body);
  if (!headline.text.empty() &&
      (above.text.empty() || !is_weak(page, headline, best_size, first_of_body, claims)))
    return without_flag(joined(page, std::move(headline), claims), data);
  if (!above.text.empty()) return above;
  const std::string_view open_graph = data.meta({"og:title", "articletitle"});
  headline.text = !open_graph.empty()             ? std::string(open_graph)
                  : !data.linked.headline.empty() ? data.linked.headline
                                                  : without_suffix(data.title);
  return headline;
}

}  // namespace boardwalk::parsers::news
