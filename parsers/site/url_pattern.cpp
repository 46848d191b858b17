#include "parsers/site/url_pattern.hpp"

#include <algorithm>
#include <charconv>

#include "config/ascii.hpp"

namespace boardwalk::parsers::site {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

using ascii::is_digit;
bool is_id_char(char c) { return ascii::is_alphanumeric(c) || c == '-' || c == '_'; }

std::size_t run(std::string_view text, bool (*belongs)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), belongs);
  return end == text.begin() ? kNowhere : static_cast<std::size_t>(end - text.begin());
}

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
      const std::string_view name = text.substr(at, text.find('}', at) - at);
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

std::size_t UrlPattern::length_of(const Token& token, std::string_view rest) {
  if (token.kind == Kind::kLiteral) return rest.starts_with(token.text) ? token.text.size() : kNowhere;
  return run(rest, token.kind == Kind::kId ? is_id_char : is_digit);
}

// A token's length depends on its place alone and ends move with beginnings, so that only the last star need
// ever be stretched.
std::optional<UrlMatch> UrlPattern::match(std::string_view url) const {
  UrlMatch found;
  std::size_t token = 0, at = 0, star = kNowhere, from = 0;
  while (token < tokens_.size() || at < url.size()) {
    if (token < tokens_.size() && tokens_[token].kind == Kind::kStar) {
      if (token + 1 == tokens_.size()) return found;
      star = token++;
      from = at;
      continue;
    }
    const std::size_t length = token < tokens_.size() ? length_of(tokens_[token], url.substr(at)) : kNowhere;
    if (length != kNowhere) {
      const std::string_view piece = url.substr(at, length);
      if (tokens_[token].kind == Kind::kId) found.id = piece;
      if (tokens_[token].kind == Kind::kPage) found.page = small_number(piece);
      at += length;
      ++token;
      continue;
    }
    if (star == kNowhere || from >= url.size()) return std::nullopt;
    token = star + 1;
    at = ++from;
  }
  return found;
}

bool UrlPattern::has_id() const {
  return std::any_of(tokens_.begin(), tokens_.end(), [](const Token& t) { return t.kind == Kind::kId; });
}

}  // namespace boardwalk::parsers::site
