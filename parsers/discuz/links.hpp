// The links of a Discuz! page, each once by its URL, with the role that the spelling and the place on the
// page give it: a pager's links are kPage, its "next" one kNextPage, the one with the highest number
// kLastPage when it is higher than the page's own, links to other sites kExternal, the others what page_key()
// says. A link is `nofollow` when every element with it is; one already noted is not.
// A view that is not worth following keeps its role; page_key() tells so to
// whoever decides.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"
#include "parsers/page_key.hpp"

namespace boardwalk::parsers::discuz {

// What a link of the page leads to; nullopt for one that cannot be fetched. Costs a few microseconds.
[[nodiscard]] std::optional<PageTarget> target_of(const Context& context, std::string_view href);

// Notes a link before gather_links() runs, where a reader knows more of it than its spelling says.
void note_link(const Context& context, std::string_view href, LinkRole role,
               std::optional<std::string> listed, ParsedPage& page);

// Adds what these elements link to `page.links`, in their order behind those already noted, which keep their
// role.
void gather_links(const Context& context, const std::vector<dom::Node>& anchors, ParsedPage& page);

}  // namespace boardwalk::parsers::discuz
