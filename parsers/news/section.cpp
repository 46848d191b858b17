#include "parsers/news/section.hpp"

#include <algorithm>
#include <array>

#include "parsers/news/key_text.hpp"

namespace boardwalk::parsers::news {
namespace {

bool names_breadcrumb(dom::Node node) {
  for (const std::string_view names : {node.classes(), node.id()})
    if (names.find("crumb") != std::string_view::npos || names.find("position") != std::string_view::npos)
      return true;
  return node.attr_or("itemtype").ends_with("BreadcrumbList");
}

bool is_step(const std::string& words) {
  static constexpr std::array<std::string_view, 4> kNone{"正文", "首页", "Home", "首頁"};
  constexpr std::size_t kLongest = 60;  // bytes
  return !words.empty() && words.size() <= kLongest &&
         std::find(kNone.begin(), kNone.end(), words) == kNone.end();
}

OptionalString last_step(dom::Node crumbs) {
  OptionalString last;
  for (const dom::Node step : dom::find_tags(crumbs, "a"))
    if (std::string words = dom::text_of(step); is_step(words)) last = std::move(words);
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

OptionalString read_section(const PageText& page, int head, const Metadata& data) {
  if (!data.linked.section.empty()) return data.linked.section;
  for (const std::string_view told : {data.meta({"article:section", "og:article:section", "columnname"})})
    if (!told.empty()) return std::string(told);
  const dom::Node crumbs = dom::find(page.blocks.front().node, [](dom::Node node) {
    return node.is_element() && names_breadcrumb(node) && last_step(node);
  });
  if (crumbs) return last_step(crumbs);
  const int above = head >= 0 ? head : static_cast<int>(page.lines.size());
  for (int i = 0; i < above; ++i)
    if (const Line& line = page.line_at(i); is_breadcrumb(line))
      return last_step(page.block_at(line.block).node);
  return std::nullopt;
}

}  // namespace boardwalk::parsers::news
