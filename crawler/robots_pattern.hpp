// The path patterns of robots.txt (RFC 9309 §2.2.2 and §2.2.3): escapes brought to one spelling, `*` and a
// final `$` matched in time linear in the target for each run between stars, without backtracking. Pure
// functions.
#pragma once

#include <string>
#include <string_view>

namespace boardwalk::crawler::robots_pattern {

// Which escapes of unreserved characters stay as written. `%7E`, `%2D`, `%2E` and `%5F` are always undone, as
// encoders never agreed on them; hexadecimal digits always become capitals; escapes of reserved characters
// stay, but those of `:`, `/` and `@` behind a pattern's `?` (§2.2.2 has `?baz=https://foo.bar` equal
// `?baz=https%3A%2F%2Ffoo.bar`).
enum class Spelling {
  kNone,     // §2.2.2 to the letter: `%62` is `b`
  kLetters,  // escaped letters and digits stay escaped
};

// A rule's value: white space and octets outside ASCII are escaped, a `$` that is not final too; `*` and the
// final `$` stay signs.
[[nodiscard]] std::string normalise_pattern(std::string_view pattern, Spelling spelling);

// A URL's path and query in the spellings that rules are held against.
class Target {
 public:
  explicit Target(std::string_view target);  // an empty one is `/`

  // A disallow matches by equivalence; an allow only where equivalence and the literal reading of
  // google/robotstxt agree (robots.hpp). REQUIRES: `pattern` from normalise_pattern.
  [[nodiscard]] bool matched_by(std::string_view pattern, bool allow) const;

 private:
  struct Spellings {
    explicit Spellings(std::string_view target);
    std::string equivalent;  // unreserved undone, octets outside ASCII escaped
    std::string as_sent;     // letters and octets as they came
    std::string undone;      // unreserved undone, octets as they came
  };
  Spellings plain_;
  Spellings query_undone_;  // for patterns that name a query
};

}  // namespace boardwalk::crawler::robots_pattern
