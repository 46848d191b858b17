#include "store/text_nodes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "config/ascii.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::store {
namespace {

constexpr char32_t kFirst = 0xF0000;
constexpr std::size_t kInPlane = 0xFFFE;  // the last two code points of a plane are no characters

constexpr std::array<std::string_view, 3> kOpaque{"script", "style", "title"};

using ascii::is_letter;

// The name of the element whose insides are no nodes, if a tag that begins at `at` opens one.
std::optional<std::string_view> opaque_at(std::string_view page, std::size_t at) {
  for (const auto name : kOpaque) {
    const std::size_t behind = at + 1 + name.size();
    if (ascii::starts_same(page.substr(at + 1), name) && behind < page.size() && !is_letter(page[behind]))
      return name;
  }
  return std::nullopt;
}

// Behind the tag that begins at `at`; a `>` inside quotes does not end it.
std::size_t behind_tag(std::string_view page, std::size_t at) {
  char quote = 0;
  for (; at < page.size(); ++at) {
    if (quote != 0) {
      if (page[at] == quote) quote = 0;
    } else if (page[at] == '>') {
      return at + 1;
    } else if ((page[at] == '"' || page[at] == '\'') && page[at - 1] == '=') {
      quote = page[at];
    }
  }
  return page.size();
}

std::size_t behind_end_tag(std::string_view page, std::size_t at, std::string_view name) {
  for (at = page.find("</", at); at != std::string_view::npos; at = page.find("</", at + 2))
    if (ascii::starts_same(page.substr(at + 2), name)) return behind_tag(page, at);
  return page.size();
}

// Behind the markup that begins at `at`; `at` itself when it is text.
std::size_t behind_markup(std::string_view page, std::size_t at) {
  const std::string_view rest = page.substr(at);
  if (rest.starts_with("<!--")) {
    const std::size_t end = page.find("-->", at + 4);
    return end == std::string_view::npos ? page.size() : end + 3;
  }
  if (rest.size() < 2 || (!is_letter(rest[1]) && rest[1] != '/' && rest[1] != '!' && rest[1] != '?'))
    return at;
  const auto opaque = opaque_at(page, at);
  const std::size_t end = behind_tag(page, at);
  return opaque ? behind_end_tag(page, end, *opaque) : end;
}

bool is_mark(char32_t c) { return c >= kFirst && c <= 0x10FFFF; }

void append_without_marks(std::string_view from, std::string& to) {
  for (std::size_t at = 0; at < from.size();) {
    const std::size_t plain = std::min(from.find_first_of("\xF3\xF4", at), from.size());
    to += from.substr(at, plain - at);
    at = plain;
    if (at == from.size()) return;
    const char32_t c = parsers::next_code_point(from, at);
    if (c == parsers::kMalformed || !is_mark(c)) to += from.substr(plain, at - plain);
  }
}

}  // namespace

std::vector<TextNode> text_nodes(std::string_view page) {
  std::vector<TextNode> nodes;
  for (std::size_t at = 0; at < page.size();) {
    std::size_t end = at;
    std::size_t behind = page.size();
    while ((end = std::min(page.find('<', end), page.size())) < page.size()) {
      behind = behind_markup(page, end);
      if (behind != end) break;
      ++end;
    }
    const std::string_view text = page.substr(at, end - at);
    const std::size_t first = text.find_first_not_of(ascii::kHtmlSpace);
    if (first != std::string_view::npos)
      nodes.push_back({at + first, at + text.find_last_not_of(ascii::kHtmlSpace) + 1});
    at = std::max(behind, end);
  }
  return nodes;
}

std::string marked(std::string_view page, const std::vector<TextNode>& nodes) {
  std::string copy;
  copy.reserve(page.size() + 4 * nodes.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < std::min(nodes.size(), 2 * kInPlane); ++i) {
    append_without_marks(page.substr(at, nodes[i].begin - at), copy);
    const std::size_t plane = i / kInPlane;
    parsers::append_code_point(static_cast<char32_t>(kFirst + plane * 0x10000 + i % kInPlane), copy);
    at = nodes[i].begin;
  }
  append_without_marks(page.substr(at), copy);
  return copy;
}

std::vector<std::size_t> take_marks(std::string& text) {
  std::vector<std::size_t> numbers;
  for (std::size_t at = text.find_first_of("\xF3\xF4"); at < text.size();
       at = text.find_first_of("\xF3\xF4", at)) {
    const char32_t c = parsers::next_code_point(text, at);
    if (c == parsers::kMalformed || !is_mark(c)) continue;
    const auto offset = static_cast<std::size_t>(c - kFirst);
    numbers.push_back(offset / 0x10000 * kInPlane + offset % 0x10000);
  }
  std::string plain;
  append_without_marks(text, plain);
  text = std::move(plain);
  return numbers;
}

}  // namespace boardwalk::store
