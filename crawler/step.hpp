// One page on its way through the crawl: the engine makes it of a lease and its answer, a parse worker adds
// what the page says, the step writer commits it. Handed over whole, so that no two threads ever have it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "crawler/fetcher.hpp"
#include "crawler/lease.hpp"
#include "parsers/page.hpp"
#include "store/bodies.hpp"
#include "store/dictionaries.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {

struct HeldPage {
  std::string body;
  std::string sha256;  // of the body, hex
  std::string content_type;
};

struct Step {
  Lease lease{};
  FetchResult answer{};
  std::size_t sent_bytes = 0;  // of the body as the network brought it
  // Of a page that the server says has not changed (304): its body as archived. What was read from
  // them stays; they are parsed again for the links, which may lead to what has changed.
  std::optional<HeldPage> held{};
  std::optional<parsers::ParsedPage> page{};  // absent when there was nothing to parse
  std::string sha256{};                       // of the body; empty when it is
  store::PageContent content{};               // of the page's records, as the server gave them; of one
                                              // that has not changed (304) maybe the digest alone
  std::vector<std::string> requisites{};  // what the page, or style sheet, needs to be shown, when asked for
  std::optional<bool> logged_in{};        // of a host that cookies were given for, when the page tells
  store::DictionaryPtr dictionary{};      // to pack the body with; null: none
  store::PackedBody packed{};             // the body as it was read
  bool redacted = false;                  // what was taken down is blacked out in the answer's body
};

}  // namespace boardwalk::crawler
