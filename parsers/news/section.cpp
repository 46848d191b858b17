#include "parsers/news/section.hpp"

#include <algorithm>
#include <array>

#include "parsers/contains.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/script_values.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

// `position`, `news-position`, `positionTxt`: where the reader is. `position-relative`, `logo-position-left`:
// where a box is.
bool names_place(std::string_view name) {
  constexpr auto kPlaces = std::to_array<std::string_view>(
      {"position", "articleposition", "artposition", "curposition", "currentposition", "newsposition",
       "nowposition", "subposition", "positionbar", "positionbox", "positioncon", "positionnav",
       "positiontext", "positiontxt", "positionwrap"});
  return is_one_of(normal_key(name), kPlaces);
}

bool names_breadcrumb(dom::Node node) {
  for (std::string_view names : {node.classes(), node.id()}) {
    if (contains(names, "crumb")) return true;
    if (!contains_any(names, {"position", "Position"})) continue;
    for (std::string_view name = dom::take_word(names); !name.empty(); name = dom::take_word(names))
      if (names_place(name)) return true;
  }
  return node.attr_or("itemtype").ends_with("BreadcrumbList");
}

// Holds no more words than a breadcrumb does, and so no text.
bool is_short(dom::Node box) {
  constexpr std::size_t kLongest = 400;  // bytes
  std::size_t size = 0;
  for (dom::Node node = box.first_child(); node;) {
    if (node.is_text()) size += strip(node.value()).size();
    if (size > kLongest) return false;
    node = node.is("script") || node.is("style") ? node.next_skipping(box) : node.next_in(box);
  }
  return true;
}

bool is_step(const std::string& words) {
  static constexpr std::array<std::string_view, 9> kNone{"正文", "首页",       "Home",    "首頁",  "网站首页",
                                                         "主页", "Startseite", "Accueil", "Inicio"};
  constexpr std::size_t kLongest = 60;  // bytes
  return !words.empty() && words.size() <= kLongest &&
         std::find(kNone.begin(), kNone.end(), words) == kNone.end();
}

// The headline, or what a link to the page itself has of it: `老灯塔…`.
bool is_of_headline(const Context& context, const Headline& headline, dom::Node step,
                    const std::string& words) {
  if (words == headline.text) return true;
  const bool part = contains(headline.text, words) || words.ends_with("…") || words.ends_with("...");
  const std::string_view href = strip(step.attr_or("href"));
  return part && !href.empty() && href.front() != '#' && context.absolute(href) == context.url.str();
}

OptionalString last_step(const Context& context, const Headline& headline, dom::Node crumbs) {
  OptionalString last;
  for (const dom::Node step : dom::find_tags(crumbs, "a"))
    if (std::string words = dom::text_of(step);
        is_step(words) && !is_of_headline(context, headline, step, words))
      last = std::move(words);
  return last;
}

// `当前位置：首页 > 政务 > 动态`, or links with arrows between them above the headline.
bool is_breadcrumb(const Line& line) {
  constexpr int kLongest = 80;  // weight
  if (line.link_weight == 0 || line.weight > kLongest) return false;
  const KeyText key(line.text);
  for (const std::u32string_view label :
       {U"当前位置", U"您的位置", U"所在位置", U"您当前的位置", U"您现在的位置", U"当前的位置", U"现在的位置",
        U"位置:", U"you are here", U"sie sind hier"})
    if (key.view().substr(0, 12).find(label) != std::u32string_view::npos) return true;
  const bool arrows = key.view().find(U'>') != std::u32string_view::npos ||
                      key.view().find(U'»') != std::u32string_view::npos;
  return arrows && 2 * line.link_weight >= line.weight;
}

}  // namespace

OptionalString read_section(const Context& context, const PageText& page, const Headline& headline,
                            const Metadata& data) {
  if (!data.linked.section.empty()) return data.linked.section;
  for (const std::string_view told : {data.meta({"article:section", "og:article:section", "columnname"})})
    if (!told.empty()) return std::string(told);
  const dom::Node crumbs = dom::find(page.blocks.front().node, [&](dom::Node node) {
    return node.is_element() && names_breadcrumb(node) && is_short(node) &&
           last_step(context, headline, node);
  });
  if (crumbs) return last_step(context, headline, crumbs);
  const int above = headline.line >= 0 ? headline.line : static_cast<int>(page.lines.size());
  for (int i = 0; i < above; ++i)
    if (const Line& line = page.line_at(i); is_breadcrumb(line))
      return last_step(context, headline, page.block_at(line.block).node);
  return std::nullopt;
}

}  // namespace boardwalk::parsers::news
