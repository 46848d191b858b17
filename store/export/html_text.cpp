#include "store/export/html_text.hpp"

#include "parsers/url.hpp"

namespace boardwalk::store {

std::string html_escaped(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default: {
        const bool control = (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        control ? static_cast<void>(html += "\xEF\xBF\xBD") : static_cast<void>(html += c);
      }
    }
  }
  return html;
}

bool is_web_address(std::string_view url) { return parsers::parse_url(url).has_value(); }

}  // namespace boardwalk::store
