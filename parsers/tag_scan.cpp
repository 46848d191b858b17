// estimate_work() of html.hpp: a walk over the tags of a page by the rules of the HTML tokenizer (HTML
// §13.2.5), close enough to tell how many elements stand open at each.
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/html.hpp"

namespace boardwalk::parsers {
namespace {

using ascii::is_html_space;
using ascii::is_letter;

bool ends_name(char c) { return is_html_space(c) || c == '/' || c == '>'; }

constexpr std::uint64_t add_to_hash(std::uint64_t hash, char c) {  // FNV-1a, letters in lower case
  return (hash ^ static_cast<unsigned char>(ascii::lower(c))) * 1099511628211ULL;
}

constexpr std::uint64_t kEmptyName = 14695981039346656037ULL;

constexpr std::uint64_t name_of(std::string_view name) {
  std::uint64_t hash = kEmptyName;
  for (const char c : name) hash = add_to_hash(hash, c);
  return hash;
}

template <std::size_t N>
constexpr std::array<std::uint64_t, N> names_of(const std::array<std::string_view, N>& names) {
  std::array<std::uint64_t, N> hashes{};
  std::transform(names.begin(), names.end(), hashes.begin(), name_of);
  return hashes;
}

template <std::size_t N>
bool among(const std::array<std::uint64_t, N>& names, std::uint64_t name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::uint64_t kScript = name_of("script");
constexpr auto kRawText = names_of(
    std::to_array<std::string_view>({"style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"}));
constexpr auto kForeignRoots = names_of(std::to_array<std::string_view>({"svg", "math"}));
// Where foreign content holds HTML again (integration points).
constexpr auto kHtmlInForeign = names_of(std::to_array<std::string_view>(
    {"foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"}));
// Start tags that end foreign content (HTML §13.2.6.5).
constexpr auto kBreakOut = names_of(std::to_array<std::string_view>(
    {"b",      "big",    "blockquote", "body",  "br",    "center", "code", "dd",      "div",
     "dl",     "dt",     "em",         "embed", "font",  "h1",     "h2",   "h3",      "h4",
     "h5",     "h6",     "head",       "hr",    "i",     "img",    "li",   "listing", "menu",
     "meta",   "nobr",   "ol",         "p",     "pre",   "ruby",   "s",    "small",   "span",
     "strong", "strike", "sub",        "sup",   "table", "tt",     "u",    "ul",      "var"}));
// Void elements, and those whose like closes them, so that they do not nest by mere repetition.
constexpr auto kStaysClosed = names_of(std::to_array<std::string_view>(
    {"br", "img", "input", "meta", "link", "hr",  "p",     "li",     "td",    "th",    "tr",     "tbody",
     "dt", "dd",  "col",   "area", "base", "wbr", "embed", "source", "track", "param", "option", "a"}));

class TagScan {
 public:
  explicit TagScan(std::string_view source) : source_(source) {}

  std::size_t work(std::size_t stop_at) {
    std::size_t at = 0;
    while (work_ <= stop_at && (at = source_.find('<', at)) != std::string_view::npos) at = markup(at);
    return work_;
  }

 private:
  struct Open {
    std::uint64_t name;
    bool foreign;  // its children are SVG or MathML
  };

  [[nodiscard]] bool in_foreign() const { return !open_.empty() && open_.back().foreign; }
  [[nodiscard]] char char_at(std::size_t at) const { return at < source_.size() ? source_[at] : '\0'; }

  std::size_t markup(std::size_t at) {
    const char next = char_at(at + 1);
    if (is_letter(next)) return start_tag(at + 1);
    if (next == '/') return is_letter(char_at(at + 2)) ? end_tag(at + 2) : behind(">", at + 2);
    if (source_.compare(at, 4, "<!--") == 0) return comment(at + 2);
    if (in_foreign() && source_.compare(at, 9, "<![CDATA[") == 0) return behind("]]>", at + 9);
    return next == '!' || next == '?' ? behind(">", at + 2) : at + 1;
  }

  [[nodiscard]] std::size_t behind(std::string_view what, std::size_t from) const {
    const std::size_t found = source_.find(what, from);
    return found == std::string_view::npos ? source_.size() : found + what.size();
  }

  // `-->`, `--!>`, also right at the start (`<!-->`).
  [[nodiscard]] std::size_t comment(std::size_t at) const {
    while ((at = source_.find("--", at)) != std::string_view::npos) {
      if (char_at(at + 2) == '>') return at + 3;
      if (char_at(at + 2) == '!' && char_at(at + 3) == '>') return at + 4;
      ++at;
    }
    return source_.size();
  }

  std::uint64_t name_at(std::size_t& at) const {
    std::uint64_t hash = kEmptyName;
    for (; at < source_.size() && !ends_name(source_[at]); ++at) hash = add_to_hash(hash, source_[at]);
    return hash;
  }

  std::size_t end_tag(std::size_t at) {
    const std::uint64_t name = name_at(at);
    work_ += open_.size() / 2 + 1;
    const auto match =
        std::find_if(open_.rbegin(), open_.rend(), [name](const Open& open) { return open.name == name; });
    if (match != open_.rend()) open_.erase(std::prev(match.base()), open_.end());
    return attributes(at);
  }

  std::size_t start_tag(std::size_t at) {
    const std::uint64_t name = name_at(at);
    at = attributes(at);
    work_ += open_.size() + 1;
    if (in_foreign() && among(kBreakOut, name))
      while (in_foreign()) open_.pop_back();
    const bool foreign = in_foreign();
    if (foreign && at >= 2 && source_[at - 2] == '/') return at;
    if (!foreign && name == kScript) return script(at);
    if (!foreign && among(kRawText, name)) return raw_text(at, name);
    if (foreign || !among(kStaysClosed, name))
      open_.push_back({name, among(kForeignRoots, name) || (foreign && !among(kHtmlInForeign, name))});
    return at;
  }

  // Every attribute is compared with those before it on its tag. Ends behind the tag's '>'.
  std::size_t attributes(std::size_t at) {
    for (std::size_t count = 1; at < source_.size(); ++count) {
      while (is_html_space(char_at(at)) || char_at(at) == '/') ++at;
      if (char_at(at) == '>') return at + 1;
      work_ += count;
      at = attribute(at);
    }
    return source_.size();
  }

  [[nodiscard]] std::size_t attribute(std::size_t at) const {
    const auto skip_space = [&] {
      while (is_html_space(char_at(at))) ++at;
    };
    for (++at; at < source_.size() && !ends_name(source_[at]) && source_[at] != '=';) ++at;
    skip_space();
    if (char_at(at) != '=') return at;
    ++at;
    skip_space();
    const char quote = char_at(at);
    if (quote == '"' || quote == '\'') return behind({&source_[at], 1}, at + 1);
    while (at < source_.size() && !is_html_space(source_[at]) && source_[at] != '>') ++at;
    return at;
  }

  std::size_t raw_text(std::size_t at, std::uint64_t name) {
    while ((at = source_.find("</", at)) != std::string_view::npos) {
      std::size_t after = at += 2;
      if (name_at(after) == name) return attributes(after);
    }
    return source_.size();
  }

  // A script inside `<!--` may hold a whole <script>…</script> (script data double escaped state).
  std::size_t script(std::size_t at) {
    bool escaped = false;
    bool twice = false;
    for (; at < source_.size(); ++at) {
      if (source_.compare(at, 4, "<!--") == 0) {
        escaped = true;
        at += 1;
      } else if (source_.compare(at, 3, "-->") == 0) {
        escaped = twice = false;
      } else if (source_[at] == '<') {
        const bool ends = char_at(at + 1) == '/';
        constexpr std::size_t kLength = 6;
        const std::size_t name = at + (ends ? 2 : 1);
        const std::size_t after = name + kLength;
        if (after >= source_.size() || !ends_name(source_[after])) continue;
        if (name_of(source_.substr(name, kLength)) != kScript) continue;
        if (ends && !twice) return attributes(after);
        twice = escaped && !ends;
      }
    }
    return source_.size();
  }

  std::string_view source_;
  std::vector<Open> open_;
  std::size_t work_ = 0;
};

}  // namespace

std::size_t estimate_work(std::string_view source, std::size_t stop_at) {
  return TagScan(source).work(stop_at);
}

}  // namespace boardwalk::parsers
