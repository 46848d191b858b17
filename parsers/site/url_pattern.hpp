// URL patterns of site files: `*` is any run of characters, `{id}` a run of letters, digits, - and _,
// `{page}` a run of digits, everything else itself. A pattern covers the whole URL, as resolve_url spells it.
// Where it does so in several ways, each `*` from the left is as short as it can be, `{id}` and `{page}` as
// long as what follows them allows: `t-{id}-{page}` reads 12 and 2 in `t-12-2`, `t-{id}` reads 12-2.
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
  std::size_t id_end = 0;  // place in the URL behind the id
};

class UrlPattern {
 public:
  [[nodiscard]] static tl::expected<UrlPattern, TextError> parse(std::string_view text);

  // Time and room are at most the product of both lengths; a URL without the pattern's own words takes
  // little.
  [[nodiscard]] std::optional<UrlMatch> match(std::string_view url) const;
  [[nodiscard]] bool has_id() const;
  [[nodiscard]] bool has_page() const;

 private:
  enum class Kind { kLiteral, kStar, kId, kPage };
  struct Token {
    Kind kind;
    std::string text;
  };
  [[nodiscard]] bool has(Kind kind) const;
  [[nodiscard]] bool has_literals(std::string_view url) const;  // all of them, one behind the other
  // Row by row for each token and the end behind them: whether the URL's rest at a place can be covered by
  // the tokens from this one on.
  [[nodiscard]] std::vector<bool> fits(std::string_view url) const;

  std::vector<Token> tokens_;
};

}  // namespace boardwalk::parsers::site
