#include "parsers/text.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "config/ascii.hpp"
#include "parsers/utf8.hpp"
#include "parsers/word.hpp"
#include "parsers/word_table.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kIdeographicSpace = "\xE3\x80\x80";

enum class Kind : std::uint8_t { kInline, kBlock, kUnread };
using enum Kind;

constexpr WordTable kKinds(std::to_array<KnownWord<Kind>>({
    {"address", kBlock},   {"article", kBlock},   {"aside", kBlock},     {"blockquote", kBlock},
    {"body", kBlock},      {"caption", kBlock},   {"center", kBlock},    {"dd", kBlock},
    {"details", kBlock},   {"dialog", kBlock},    {"dir", kBlock},       {"div", kBlock},
    {"dl", kBlock},        {"dt", kBlock},        {"fieldset", kBlock},  {"figcaption", kBlock},
    {"figure", kBlock},    {"footer", kBlock},    {"form", kBlock},      {"h1", kBlock},
    {"h2", kBlock},        {"h3", kBlock},        {"h4", kBlock},        {"h5", kBlock},
    {"h6", kBlock},        {"header", kBlock},    {"hgroup", kBlock},    {"hr", kBlock},
    {"html", kBlock},      {"legend", kBlock},    {"li", kBlock},        {"listing", kBlock},
    {"main", kBlock},      {"menu", kBlock},      {"nav", kBlock},       {"ol", kBlock},
    {"optgroup", kBlock},  {"option", kBlock},    {"p", kBlock},         {"pre", kBlock},
    {"section", kBlock},   {"summary", kBlock},   {"table", kBlock},     {"tbody", kBlock},
    {"tfoot", kBlock},     {"thead", kBlock},     {"tr", kBlock},        {"ul", kBlock},
    {"applet", kUnread},   {"audio", kUnread},    {"button", kUnread},   {"canvas", kUnread},
    {"datalist", kUnread}, {"embed", kUnread},    {"frameset", kUnread}, {"head", kUnread},
    {"iframe", kUnread},   {"math", kUnread},     {"noframes", kUnread}, {"noscript", kUnread},
    {"object", kUnread},   {"script", kUnread},   {"select", kUnread},   {"style", kUnread},
    {"svg", kUnread},      {"template", kUnread}, {"textarea", kUnread}, {"title", kUnread},
    {"video", kUnread},
}));

Kind kind_of(std::string_view name) {
  const Kind* known = kKinds.find(name);
  return known != nullptr ? *known : kInline;
}

using ascii::is_digit;
using ascii::lower;

// Where white space that folds may begin, from `at` on; the text's size when nowhere.
std::size_t next_that_may_fold(std::string_view text, std::size_t at) {
  const auto may_fold = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == kNoBreakSpace.front();
  };
  constexpr auto kFirst = static_cast<unsigned char>(kNoBreakSpace.front());
  for (; text.size() - at >= kWordBytes; at += kWordBytes) {
    const Word word = word_at(text.data() + at);
    const Word marks = marks_below(word, ' ' + 1) | marks_equal(word, kFirst);
    if (marks != 0) return at + bytes_before(marks);
  }
  while (at < text.size() && !may_fold(text[at])) ++at;
  return at;
}

// Bytes of the white space that folds at the beginning of `text`, 0 when there is none.
std::size_t folding_space(std::string_view text) {
  if (text.empty()) return 0;
  if (ascii::is_space(text.front())) return 1;
  return text.starts_with(kNoBreakSpace) ? kNoBreakSpace.size() : 0;
}

std::string_view strip_line(std::string_view line) {
  while (line.starts_with(' ') || line.starts_with(kIdeographicSpace))
    line.remove_prefix(line.front() == ' ' ? 1 : kIdeographicSpace.size());
  while (line.ends_with(' ') || line.ends_with(kIdeographicSpace))
    line.remove_suffix(line.back() == ' ' ? 1 : kIdeographicSpace.size());
  return line;
}

// A depth-first walk that tells where elements begin and end.
class Reader {
 public:
  Reader(dom::Node root, TextLines& lines, const std::function<Visit(dom::Node)>& on_element)
      : root_(root), lines_(lines), on_element_(on_element) {}

  void read() {
    if (is_preformatted(root_)) ++preformatted_;
    dom::Node node = root_.first_child();
    while (node) node = enter(node) && node.first_child() ? node.first_child() : behind(node);
  }

 private:
  static bool is_preformatted(dom::Node node) { return node.is("pre") || node.is("listing"); }
  static bool is_cell(std::string_view name) { return name == "td" || name == "th"; }

  // Whether the node's children are to be read.
  bool enter(dom::Node node) {
    if (node.is_text()) {
      preformatted_ > 0 ? lines_.append_preformatted(node.value()) : lines_.append(node.value());
      return false;
    }
    const std::string_view name = node.name();
    const Kind kind = kind_of(name);
    unseen_ = name.empty() || kind == kUnread || is_hidden(node);
    if (unseen_) return false;
    if (name == "br" || kind == kBlock) lines_.end_line();
    if (is_cell(name)) lines_.space();
    if (on_element_(node) == Visit::kSkip) {
      skipped_ = true;
      return false;
    }
    if (is_preformatted(node)) ++preformatted_;
    return true;
  }

  void leave(dom::Node node) {
    if (unseen_ || !node.is_element()) {
      unseen_ = false;
      return;
    }
    const std::string_view name = node.name();
    if (!skipped_ && is_preformatted(node)) --preformatted_;
    skipped_ = false;
    if (kind_of(name) == kBlock) lines_.end_line();
    if (is_cell(name)) lines_.space();
  }

  // Leaves this node and every ancestor that ends with it; the node that follows, or none at the end of the
  // root.
  dom::Node behind(dom::Node node) {
    while (node && node != root_) {
      leave(node);
      if (const dom::Node next = node.next_sibling()) return next;
      node = node.parent();
    }
    return {};
  }

  dom::Node root_;
  TextLines& lines_;
  const std::function<Visit(dom::Node)>& on_element_;
  int preformatted_ = 0;
  bool unseen_ = false;   // the node just entered is one that no browser shows
  bool skipped_ = false;  // the node just entered was skipped by the caller
};

std::int64_t times(std::int64_t number, std::int64_t factor) {
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  return number > kMax / factor ? kMax : number * factor;
}

// Bytes of a separator of thousands at the beginning of `text`: one that three digits, and no fourth, follow.
std::size_t thousands_separator(std::string_view text) {
  std::size_t size = 0;
  if (text.starts_with(',') || text.starts_with(' ')) size = 1;
  if (text.starts_with(kNoBreakSpace)) size = kNoBreakSpace.size();
  if (size == 0 || text.size() < size + 3) return 0;
  const std::string_view digits = text.substr(size);
  const bool three = is_digit(digits[0]) && is_digit(digits[1]) && is_digit(digits[2]);
  return three && (digits.size() == 3 || !is_digit(digits[3])) ? size : 0;
}

bool ten_thousands(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  return text.starts_with("万") || text.starts_with("萬");
}

// `.2万` of `1.2万`: what the decimals add, in units; nullopt when no 万 follows them.
std::optional<std::int64_t> decimals_of_ten_thousand(std::string_view text) {
  if (ten_thousands(text)) return 0;
  if (!text.starts_with('.')) return std::nullopt;
  std::int64_t sum = 0;
  std::int64_t unit = 1000;
  std::size_t at = 1;
  for (; at < text.size() && is_digit(text[at]); ++at, unit /= 10) sum += (text[at] - '0') * unit;
  if (at == 1 || !ten_thousands(text.substr(at))) return std::nullopt;
  return sum;
}

}  // namespace

void TextLines::append(std::string_view utf8) {
  for (std::size_t i = 0; i < utf8.size();) {
    if (const std::size_t blank = folding_space(utf8.substr(i)); blank > 0) {
      space();
      i += blank;
      continue;
    }
    std::size_t end = i + 1;
    while (end < utf8.size() && folding_space(utf8.substr(end)) == 0) end = next_that_may_fold(utf8, end + 1);
    line_.append(utf8, i, end - i);
    i = end;
  }
}

void TextLines::append_preformatted(std::string_view utf8) {
  for (;;) {
    const auto* const end =
        std::find_if(utf8.begin(), utf8.end(), [](char c) { return c == '\r' || c == '\n'; });
    append({utf8.begin(), end});
    if (end == utf8.end()) return;
    end_line();
    utf8 = {end + 1, utf8.end()};
  }
}

void TextLines::space() {
  if (!line_.empty() && line_.back() != ' ') line_ += ' ';
}

void TextLines::end_line() {
  if (const std::string_view line = strip_line(line_); !line.empty()) {
    if (!done_.empty()) done_ += '\n';
    done_ += line;
  }
  line_.clear();
}

std::string TextLines::take() {
  end_line();
  std::string lines;
  lines.swap(done_);
  return lines;
}

void read_text(dom::Node root, TextLines& lines, const std::function<Visit(dom::Node)>& on_element) {
  Reader(root, lines, on_element).read();
}

std::string text_lines(dom::Node root) {
  TextLines lines;
  read_text(root, lines, [](dom::Node) { return Visit::kDescend; });
  return lines.take();
}

std::string style_value(std::string_view style, std::string_view property) {
  std::string value;
  while (!style.empty()) {
    const std::string_view declaration = style.substr(0, style.find(';'));
    style.remove_prefix(std::min(style.size(), declaration.size() + 1));
    std::string tight;
    for (const char c : declaration)
      if (!ascii::is_space(c)) tight += lower(c);
    if (tight.starts_with(property) && tight.size() > property.size() && tight[property.size()] == ':')
      value = tight.substr(property.size() + 1);
  }
  return value;
}

bool is_hidden(dom::Node element) {
  if (element.attr("hidden")) return true;
  const std::string_view style = element.attr_or("style");
  if (style.empty()) return false;
  return style_value(style, "display").starts_with("none") ||
         style_value(style, "visibility").starts_with("hidden");
}

bool is_block(dom::Node element) { return kind_of(element.name()) == kBlock; }

std::string_view strip(std::string_view utf8) {
  constexpr std::array<std::string_view, 3> kWide = {kNoBreakSpace, kIdeographicSpace, kByteOrderMark};
  for (bool more = true; more && !utf8.empty();) {
    more = ascii::is_space(utf8.front());
    if (more) utf8.remove_prefix(1);
    for (const std::string_view wide : kWide)
      if (utf8.starts_with(wide)) utf8.remove_prefix(wide.size()), more = true;
  }
  for (bool more = true; more && !utf8.empty();) {
    more = ascii::is_space(utf8.back());
    if (more) utf8.remove_suffix(1);
    for (const std::string_view wide : kWide)
      if (utf8.ends_with(wide)) utf8.remove_suffix(wide.size()), more = true;
  }
  return utf8;
}

std::optional<std::int64_t> first_number(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !is_digit(text[at])) ++at;
  if (at == text.size()) return std::nullopt;
  constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
  std::int64_t number = 0;
  for (std::size_t run = 0; at < text.size();) {
    if (is_digit(text[at])) {
      number = times(number, 10);
      number = std::min(number, kMax - 9) + (text[at++] - '0');
      ++run;
      continue;
    }
    const std::size_t separator = run <= 3 ? thousands_separator(text.substr(at)) : 0;
    if (separator == 0) break;
    at += separator;
    run = 0;
  }
  if (const auto decimals = decimals_of_ten_thousand(text.substr(at)))
    return std::min(times(number, 10000), kMax - *decimals) + *decimals;
  return number;
}

}  // namespace boardwalk::parsers
