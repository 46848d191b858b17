// URL patterns of site files: `*` is any run of characters, `{id}` a run of letters, digits, - and _,
// `{page}` a run of digits, everything else itself. A pattern covers the whole URL, as resolve_url spells it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "parsers/selector.hpp"

namespace boardwalk::parsers::site {

using TextError = SelectorError;  // where in a text, and what is wrong there

struct UrlMatch {
  std::string id;  // empty when the pattern has no {id}
  std::optional<int> page;
};

class UrlPattern {
 public:
  [[nodiscard]] static tl::expected<UrlPattern, TextError> parse(std::string_view text);

  // Time is at most the product of both lengths.
  [[nodiscard]] std::optional<UrlMatch> match(std::string_view url) const;
  [[nodiscard]] bool has_id() const;

 private:
  enum class Kind { kLiteral, kStar, kId, kPage };
  struct Token {
    Kind kind;
    std::string text;
  };
  static std::size_t length_of(const Token& token, std::string_view rest);  // npos: it does not match there

  std::vector<Token> tokens_;
};

}  // namespace boardwalk::parsers::site
