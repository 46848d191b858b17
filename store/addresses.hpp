// The addresses (URLs) that stand in a page's bytes, whoever wrote them there: in text an unbroken word of
// ASCII that has a scheme, or begins with `www.`; in markup and scripts any that has a path or a query, as
// attributes hold it whatever they are named (`href`, `file`, `data-src`, `"https:\/\/…"`).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "store/text_nodes.hpp"

namespace boardwalk::store {

struct Address {
  std::size_t begin = 0;  // bytes of the page
  std::size_t end = 0;
};

// In page order. `nodes` are the page's text_nodes().
[[nodiscard]] std::vector<Address> addresses(std::string_view page, const std::vector<TextNode>& nodes);

// The one that the byte at `at` is of; nullptr when it is of none.
[[nodiscard]] const Address* address_at(const std::vector<Address>& addresses, std::size_t at);

// Whether this word of a text (`is_markup`: of markup or a script) is one.
[[nodiscard]] bool is_address(std::string_view word, bool is_markup);

}  // namespace boardwalk::store
