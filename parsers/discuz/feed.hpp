// RSS 2.0 as `forum.php?mod=rss` makes it. Its items name the newest threads; their words are cut, so that no
// post is made of them. Read from the tree that an HTML parser makes of XML: `<link>` is empty there and its
// URL stands behind it.
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

void read_feed(const Context& context, dom::Node root, ParsedPage& page);

// RFC 822 as RSS has it: `Sun, 22 Nov 2026 13:48:12 +0000`. In the zone that it names.
[[nodiscard]] std::optional<Moment> read_feed_time(std::string_view text);

}  // namespace boardwalk::parsers::discuz
