#include "parsers/news/body_line.hpp"

#include <algorithm>

#include "parsers/news/byline.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/noise.hpp"
#include "parsers/news/time_text.hpp"
#include "parsers/text.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

// Figures hold quotations, tables and code too, which are no captions.
bool in_figure(const PageText& page, int block) {
  for (; block >= 0; block = page.block_at(block).parent) {
    const dom::Node node = page.block_at(block).node;
    if (node.is("figure") || node.is("caption")) return true;
    if (node.is("blockquote") || node.is("table") || node.is("pre")) return false;
  }
  return false;
}

bool is_centred(dom::Node node) {
  return node.is("center") || node.attr_or("align") == "center" ||
         node.attr_or("style").find("text-align:center") != std::string_view::npos ||
         node.attr_or("style").find("text-align: center") != std::string_view::npos;
}

// A paragraph that holds a picture and these words alone.
bool shares_block_with_picture(const PageText& page, const Line& line) {
  const Block& block = page.block_at(line.block);
  constexpr int kLongest = 50;  // weight
  return block.node.is("p") && block.last_line - block.first_line == 1 && line.weight <= kLongest &&
         dom::find_tag(block.node, "img");
}

// In the picture's own wrapper: `img-box`, `photo`, ….
bool is_in_picture_box(const PageText& page, const Line& line) {
  const Block& block = page.block_at(line.block);
  if (block.node.is("p") || block.last_line - block.first_line > 2) return false;
  return names_picture(block.node.classes()) && dom::find_tag(block.node, "img");
}

// A short line under a picture.
bool is_caption(const PageText& page, const Line& line) {
  if (in_figure(page, line.block)) return true;
  constexpr int kLongest = 120;  // weight
  if (line.weight > kLongest) return false;
  const bool centred = is_centred(page.block_at(line.block).node);
  if (line.pictured && is_in_picture_box(page, line)) return true;
  if (!line.pictured && !centred) return false;
  if (is_caption_text(line.text)) return true;
  if (line.pictured && has_han(line.text) && shares_block_with_picture(page, line)) return true;
  return line.pictured && centred && line.marks <= 2;
}

bool is_listed(const PageText& page, const Line& line) {
  const Block& block = page.block_at(line.block);
  return block.node.is("li") || (block.parent >= 0 && page.block_at(block.parent).node.is("li"));
}

// Footnotes give addresses: `[1] http://…`.
bool tells_address(const Line& line) {
  return line.text.find("://") != std::string::npos && !has_han(line.text);
}

// A line of links stands for something else, unless it ends as a sentence does outside a list.
bool is_link_line(const PageText& page, const Line& line) {
  const bool linked = 10 * line.link_weight >= 8 * line.weight && line.weight > 0;
  return linked && !tells_address(line) && (!ends_sentence(line.text) || is_listed(page, line));
}

bool has_commas(std::string_view text) {
  return text.find("，") != std::string_view::npos || text.find(", ") != std::string_view::npos;
}

// What stands behind a time tells what happened then: words without labels, or whatever a colon leads in.
bool tells_event(std::string_view behind) {
  constexpr int kLeastHan = 4;  // weights
  constexpr int kLeast = 8;
  if (behind.starts_with(':') || behind.starts_with("：")) return true;
  return weigh(behind).weight >= (has_han(behind) ? kLeastHan : kLeast) && !is_info_text(behind);
}

// `http://www.example.cn 2003年12月25日 08:12`: old pages print their site's address before the time.
bool is_address(std::string_view text) {
  const std::string_view bare = strip(text);
  return bare.starts_with("http://") && bare.find(' ') == std::string_view::npos;
}

// The line under a headline: a time to the minute that begins it, or a time and the labels that go with it.
bool is_info_line(const Line& line, bool behind_text) {
  constexpr int kLongest = 60;  // weights
  constexpr int kLongestBare = 30;
  constexpr int kLongestAddress = 10;
  constexpr int kMostMarks = 3;
  if (line.weight <= kLongestBare && (tells_reading_time(line.text) || tells_update(line.text))) return true;
  if (line.weight > 2 * kLongest || line.text.ends_with("。")) return false;
  const auto time = find_time(line.text);
  if (!time || (line.weight > kLongest && time->begin != 0)) return false;
  const std::string_view text = line.text;
  if (behind_text && is_day_alone(line)) return false;
  if (behind_text && time->begin == 0 &&
      (text.find("，") != std::string_view::npos || tells_event(text.substr(time->end))))
    return false;
  const bool addressed = is_address(text.substr(0, time->begin));
  const bool bare = (time->begin == 0 || addressed) && time->moment.precision != Precision::kDay;
  if (bare && line.weight <= kLongestBare + (addressed ? kLongestAddress : 0)) return true;
  return (line.marks <= kMostMarks || !has_commas(line.text)) && is_info_text(line.text);
}

}  // namespace

bool is_body_line(const PageText& page, const Line& line, Where where) {
  const bool spared = where == Where::kAmidText && line.link_weight == 0 && may_be_text(line.text);
  return (spared || !is_tail_line(line.text)) && (line.heading > 0 || !is_button(line.text)) &&
         !is_caption(page, line) && !is_link_line(page, line) &&
         !is_info_line(line, where != Where::kAnywhere) && !is_byline_only(line.text);
}

bool is_above_text(const Line& line) {
  constexpr int kWord = 2;  // weights
  constexpr int kLongest = 30;
  if (line.heading > 0) return false;
  if (line.weight <= kWord) return line.marks == 0;
  if (line.weight > kLongest || ends_sentence(line.text) || has_han(line.text)) return false;
  return find_time(line.text).has_value();
}

bool is_day_alone(const Line& line) {
  constexpr std::size_t kLongest = 60;  // bytes
  if (line.text.size() > kLongest) return false;
  const auto time = find_time(line.text);
  if (!time || time->moment.precision != Precision::kDay) return false;
  const std::string_view text = line.text;
  const std::string_view before = text.substr(0, time->begin);
  const std::string_view behind = text.substr(time->end);
  const bool bracketed = (before == "（" && behind == "）") || (before == "(" && behind == ")");
  const bool spelled = text.substr(0, time->end).ends_with("日");
  return (line.heading > 0 || spelled) && (bracketed || (before.empty() && behind.empty()));
}

bool ends_sentence(std::string_view text) {
  constexpr std::string_view kClosers[] = {"。", "！", "？", "”", "…", ".", "!", "?",
                                           "\"", "；", "：", "।", "؟", "۔", "»"};
  return std::any_of(std::begin(kClosers), std::end(kClosers),
                     [text](std::string_view end) { return text.ends_with(end); });
}

bool has_han(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (is_han(next_code_point(text, at))) return true;
  return false;
}

}  // namespace boardwalk::parsers::news
