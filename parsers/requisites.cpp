#include "parsers/requisites.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/dom.hpp"
#include "parsers/html.hpp"
#include "parsers/site/rules.hpp"
#include "parsers/sniff.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kMost = 2000;  // of one page; no page that people look at has more

// URLs in the order in which they are met, each once.
class Found {
 public:
  Found(Url base, std::string charset) : base_(std::move(base)), charset_(std::move(charset)) {}

  void add(std::string_view reference) {
    if (is_full() || reference.empty() || reference.starts_with("data:")) return;
    const auto url = resolve_url(base_, reference, charset_);
    if (url && seen_.insert(url->str()).second) urls_.push_back(url->str());
  }

  // `a.jpg 1x, b.jpg 2x` (HTML §4.8.4.2.1); a comma within a URL is taken for its end only before a space.
  void add_set(std::string_view candidates) {
    while (!candidates.empty()) {
      const std::size_t begin = candidates.find_first_not_of(" \t\n\f\r,");
      if (begin == std::string_view::npos) return;
      candidates.remove_prefix(begin);
      const std::size_t end = std::min(candidates.find_first_of(ascii::kHtmlSpace), candidates.size());
      std::string_view url = candidates.substr(0, end);
      candidates.remove_prefix(end);
      const bool alone = url.ends_with(',');
      while (url.ends_with(',')) url.remove_suffix(1);
      add(url);
      if (!alone) candidates.remove_prefix(std::min(candidates.find(','), candidates.size()));
    }
  }

  void add_css(std::string_view css);

  [[nodiscard]] bool is_full() const { return urls_.size() >= kMost; }
  [[nodiscard]] std::vector<std::string> take() { return std::move(urls_); }

 private:
  Url base_;
  std::string charset_;
  std::vector<std::string> urls_;
  std::unordered_set<std::string> seen_;
};

// The value in front of `css`, quoted or up to one of `ends`; moves `css` behind it.
std::string_view css_value(std::string_view& css, std::string_view ends) {
  css.remove_prefix(std::min(css.find_first_not_of(ascii::kHtmlSpace), css.size()));
  const bool quoted = css.starts_with('"') || css.starts_with('\'');
  const std::string_view stop = quoted ? css.substr(0, 1) : ends;
  if (quoted) css.remove_prefix(1);
  const std::size_t end = std::min(css.find_first_of(stop), css.size());
  const std::string_view value = css.substr(0, end);
  css.remove_prefix(end);
  return quoted ? value : ascii::trimmed(value, ascii::kHtmlSpace);
}

// The places of one token, asked for from the front to the back: the text is searched once, however often the
// other tokens stand in it.
class Places {
 public:
  Places(std::string_view text, std::string_view token)
      : text_(text), token_(token), next_(text.find(token)) {}

  // The first one at `begin` or behind it; npos when there is none. REQUIRES: begin does not go back.
  [[nodiscard]] std::size_t from(std::size_t begin) {
    if (next_ < begin) next_ = text_.find(token_, begin);
    return next_;
  }

 private:
  std::string_view text_;
  std::string_view token_;
  std::size_t next_;
};

void Found::add_css(std::string_view css) {
  constexpr std::string_view kUrl = "url(";
  constexpr std::string_view kImport = "@import";
  constexpr std::string_view kComment = "/*";
  constexpr std::string_view kCommentEnd = "*/";
  Places urls(css, kUrl), imports(css, kImport), comments(css, kComment);
  std::string_view rest = css;
  while (!rest.empty() && !is_full()) {
    const std::size_t begin = css.size() - rest.size();
    const std::size_t url = urls.from(begin);
    const std::size_t comment = comments.from(begin);
    const std::size_t next = std::min({url, imports.from(begin), comment});
    if (next == std::string_view::npos) return;
    rest.remove_prefix(next - begin);
    if (next == comment) {
      const std::size_t end = rest.find(kCommentEnd, kComment.size());
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + kCommentEnd.size());
    } else if (next == url) {
      rest.remove_prefix(kUrl.size());
      add(css_value(rest, ")"));
    } else {
      rest.remove_prefix(kImport.size());
      rest.remove_prefix(std::min(rest.find_first_not_of(ascii::kHtmlSpace), rest.size()));
      if (!rest.starts_with(kUrl)) add(css_value(rest, ";"));
    }
  }
}

bool has_word(std::string_view list, std::string_view word) {
  return ascii::lowered(list).find(word) != std::string::npos;
}

void read_element(dom::Node node, Found& found) {
  // Where pages that show images late keep their address (Discuz!: zoomfile and file).
  static constexpr std::array<std::string_view, 5> kLate{"zoomfile", "file", "data-src", "data-original",
                                                         "data-lazy-src"};
  const std::string_view name = node.name();
  if (name == "link") {
    const std::string_view rel = node.attr_or("rel");
    if (has_word(rel, "stylesheet") || has_word(rel, "icon") || has_word(rel, "preload"))
      found.add(node.attr_or("href"));
  } else if (name == "script" || name == "input" || name == "embed") {
    if (name != "input" || has_word(node.attr_or("type"), "image")) found.add(node.attr_or("src"));
  } else if (name == "img" || name == "source") {
    if (name == "img") found.add(node.attr_or("src"));  // a film's source is the film
    found.add_set(node.attr_or("srcset"));
    for (const std::string_view late : kLate) found.add(node.attr_or(late));
  } else if (name == "video") {
    found.add(node.attr_or("poster"));
  } else if (name == "style") {
    found.add_css(node.first_child().value());
  }
  if (name != "video" && name != "style") found.add(node.attr_or("background"));
  found.add_css(node.attr_or("style"));
}

}  // namespace

std::vector<std::string> requisites_of_page(const PageInput& input, Workspace& workspace) {
  const auto url = parse_url(input.url);
  if (!url || !sniff_other_than_html(input.body, input.content_type).empty()) return {};
  const Decoded decoded =
      decode_as(input.body, input.content_type, input.rules ? input.rules->charset : std::string());
  const auto document = parse_html(decoded.text, workspace.arena(), decoded.clean);
  if (!document) return {};
  const dom::Node root = document->root();
  const dom::Node base = dom::find(root, [](dom::Node node) { return node.is("base") && node.attr("href"); });
  Found found(base ? resolve_url(*url, base.attr_or("href")).value_or(*url) : *url, decoded.use.used);
  for (dom::Node node = root; node; node = node.next_in(root))
    if (node.is_element()) read_element(node, found);
  return found.take();
}

std::vector<std::string> requisites_of_css(std::string_view css, const Url& url) {
  Found found(url, "utf-8");
  found.add_css(css);
  return found.take();
}

}  // namespace boardwalk::parsers
