// Who a link to a profile means, over all spellings: `home.php?mod=space&uid=5`, `space-uid-5.html`,
// `space.php?uid=5`, `suid-5`, `space-username-NAME.html`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/dom.hpp"

namespace boardwalk::parsers::discuz {

// Whether an href leads to a member's own page; not to a view of it (`do=thread`), nor to an action
// (`mod=spacecp`).
[[nodiscard]] bool is_profile(std::string_view href);

// The member's number in a profile's href, or nullopt.
[[nodiscard]] std::optional<std::string> uid_of(std::string_view href);

// What an element shows, on one line: its words without hidden ones.
[[nodiscard]] std::string shown_text(dom::Node element);

// What an element says itself, between and beside its child elements, on one line.
[[nodiscard]] std::string own_text(dom::Node element);

// The first link to a profile in `root` that shows a name; the empty Node when there is none.
[[nodiscard]] dom::Node profile_link(dom::Node root);

// The first of `words` that `text` contains; empty when none. For labels in the interface's languages.
template <typename Words>
[[nodiscard]] std::string_view word_in(std::string_view text, const Words& words) {
  for (const std::string_view word : words)
    if (text.find(word) != std::string_view::npos) return word;
  return {};
}

}  // namespace boardwalk::parsers::discuz
