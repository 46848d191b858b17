// A page's bytes as they may be kept when something on it was taken down: blacked out is what its own record
// was read from (found by marks, text_nodes.hpp, so that a text of one character is found as well as one
// that hidden words stand between), what repeats these words in markup, scripts and nodes of their own, and
// what repeats any text that was taken down (redaction.hpp). What others' records on the page say in their
// own words stays, unless a record holds the greater part of such a text; what they quote is not their own, nor
// is what a feed says. Where the page shows neither such a record nor a copy or a quote of one, what repeats
// these words of others in markup and elsewhere stays too. Addresses stay, so that links, images, forms and the
// page's base lead where they led, but for those that are repeated together with words beside them, that of a
// link whose words are black and print it, and names of authors that are taken down in them.
#pragma once

#include <optional>
#include <string>

#include "parsers/page.hpp"
#include "store/forgotten.hpp"

namespace boardwalk::store {

struct RedactedPage {
  std::string body;          // UTF-8, and says so by its BOM, whatever the page was written in
  parsers::ParsedPage page;  // what it still says, what was taken down left out
};

// nullopt when the page may be kept as it is. `sha256` (hex) is that of the bytes that were fetched: the page
// and its records go on bearing it.
[[nodiscard]] std::optional<RedactedPage> redacted_page(const Forgotten& forgotten,
                                                        const parsers::PageInput& input,
                                                        const std::string& sha256,
                                                        parsers::Workspace& workspace);

}  // namespace boardwalk::store
