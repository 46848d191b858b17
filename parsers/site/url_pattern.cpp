#include "parsers/site/url_pattern.hpp"

#include <algorithm>
#include <charconv>

#include "config/ascii.hpp"

namespace boardwalk::parsers::site {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

using ascii::is_digit;
bool is_id_char(char c) { return ascii::is_alphanumeric(c) || c == '-' || c == '_'; }
bool belongs(bool to_id, char c) { return to_id ? is_id_char(c) : is_digit(c); }

std::optional<int> small_number(std::string_view digits) {
  int value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return read.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

}  // namespace

tl::expected<UrlPattern, TextError> UrlPattern::parse(std::string_view text) {
  UrlPattern pattern;
  const auto add = [&pattern](Kind kind, std::string_view literal) {
    pattern.tokens_.push_back({kind, std::string(literal)});
  };
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '*') {
      add(Kind::kStar, {});
      ++at;
    } else if (text[at] == '{') {
      const std::size_t end = text.find('}', at);
      if (end == kNowhere) return tl::unexpected(TextError{at, "the brace is not closed"});
      const std::string_view name = text.substr(at, end - at);
      const Kind kind = name == "{page" ? Kind::kPage : Kind::kId;
      if (name != "{id" && name != "{page")
        return tl::unexpected(TextError{at, "a pattern knows {id} and {page}; nothing else in braces"});
      const auto same = [kind](const Token& token) { return token.kind == kind; };
      if (std::any_of(pattern.tokens_.begin(), pattern.tokens_.end(), same))
        return tl::unexpected(TextError{at, std::string(name) + "} stands twice"});
      add(kind, {});
      at += name.size() + 1;
    } else {
      const std::size_t end = std::min(text.find_first_of("*{", at), text.size());
      add(Kind::kLiteral, text.substr(at, end - at));
      at = end;
    }
  }
  return pattern;
}

bool UrlPattern::has_literals(std::string_view url) const {
  std::size_t at = 0;
  for (const Token& token : tokens_) {
    at = url.find(token.text, at);
    if (at == kNowhere) return false;
    at += token.text.size();
  }
  return true;
}

std::vector<bool> UrlPattern::fits(std::string_view url) const {
  const std::size_t width = url.size() + 1;
  std::vector<bool> fits((tokens_.size() + 1) * width);
  fits.back() = true;
  for (std::size_t i = tokens_.size(); i-- > 0;) {
    const Token& token = tokens_[i];
    const std::size_t row = i * width;
    const std::size_t next = row + width;
    for (std::size_t at = width; at-- > 0;) {
      if (token.kind == Kind::kLiteral) {
        fits[row + at] = url.substr(at).starts_with(token.text) && fits[next + at + token.text.size()];
      } else if (token.kind == Kind::kStar) {
        fits[row + at] = fits[next + at] || (at < url.size() && fits[row + at + 1]);
      } else {
        fits[row + at] = at < url.size() && belongs(token.kind == Kind::kId, url[at]) &&
                         (fits[next + at + 1] || fits[row + at + 1]);
      }
    }
  }
  return fits;
}

// What covers the whole is known from the end, so that no step has to be taken back.
std::optional<UrlMatch> UrlPattern::match(std::string_view url) const {
  if (!has_literals(url)) return std::nullopt;
  const std::vector<bool> fit = fits(url);
  if (!fit.front()) return std::nullopt;
  UrlMatch found;
  std::size_t at = 0;
  std::size_t next = 0;  // the next token's row
  for (const Token& token : tokens_) {
    next += url.size() + 1;
    std::size_t end = at + token.text.size();
    if (token.kind == Kind::kStar) {
      while (!fit[next + end]) ++end;
    } else if (token.kind != Kind::kLiteral) {
      while (end < url.size() && belongs(token.kind == Kind::kId, url[end])) ++end;
      while (!fit[next + end]) --end;
    }
    const std::string_view piece = url.substr(at, end - at);
    if (token.kind == Kind::kId) found.id = piece, found.id_end = end;
    if (token.kind == Kind::kPage) found.page = small_number(piece);
    at = end;
  }
  return found;
}

bool UrlPattern::has(Kind kind) const {
  return std::any_of(tokens_.begin(), tokens_.end(), [kind](const Token& t) { return t.kind == kind; });
}

bool UrlPattern::has_id() const { return has(Kind::kId); }

bool UrlPattern::has_page() const { return has(Kind::kPage); }

}  // namespace boardwalk::parsers::site
