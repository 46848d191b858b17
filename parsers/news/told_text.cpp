#include "parsers/news/told_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace boardwalk::parsers::news {
namespace {

using Escape = std::pair<std::string_view, std::string_view>;
// `&amp;` last: what it uncovers waits for the next round.
constexpr auto kEscapes = std::to_array<Escape>({{"&lt;", "<"},
                                                 {"&gt;", ">"},
                                                 {"&quot;", "\""},
                                                 {"&#34;", "\""},
                                                 {"&#39;", "'"},
                                                 {"&#x3D;", "="},
                                                 {"&amp;", "&"}});

std::string unescaped(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find('&'), text.size());
    plain += text.substr(0, at);
    text.remove_prefix(at);
    if (text.empty()) break;
    const auto* escape = std::find_if(kEscapes.begin(), kEscapes.end(),
                                      [text](const Escape& one) { return text.starts_with(one.first); });
    const bool known = escape != kEscapes.end();
    plain += known ? escape->second : "&";
    text.remove_prefix(known ? escape->first.size() : 1);
  }
  return plain;
}

bool has_tags(std::string_view text) {
  for (const std::string_view tag : {"</", "<p", "<br", "<div", "<img", "<P", "<BR"})
    if (text.find(tag) != std::string_view::npos) return true;
  return false;
}

bool has_escaped_tags(std::string_view text) {
  for (const std::string_view tag : {"&lt;p", "&lt;br", "&lt;/", "&lt;div", "&amp;lt;p", "&amp;lt;br"})
    if (text.find(tag) != std::string_view::npos) return true;
  return false;
}

std::string paragraphs(std::string_view text) {
  std::string html;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    html += "<p>";
    for (const char c : text.substr(0, end)) c == '<' ? html += "&lt;" : html += c;
    html += "</p>";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return html;
}

}  // namespace

std::string as_markup(std::string_view told) {
  for (const std::string_view quote : {"&quot;", "\""}) {  // JSON in JavaScript, before it is sliced
    if (told.size() <= 2 * quote.size() || !told.starts_with(quote) || !told.ends_with(quote)) continue;
    told.remove_prefix(quote.size());
    told.remove_suffix(quote.size());
  }
  std::string text(told);
  constexpr int kRounds = 2;
  for (int round = 0; round < kRounds && !has_tags(text) && has_escaped_tags(text); ++round)
    text = unescaped(text);
  return has_tags(text) ? "<div>" + text + "</div>" : paragraphs(text);
}

}  // namespace boardwalk::parsers::news
