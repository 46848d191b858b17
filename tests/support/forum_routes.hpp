// Which page an address of the forum means, in each of Discuz's spellings, and what a guest gets for it: a
// page, a redirect, a message. Everything but pages that the news site, files and faults answer.
#pragma once

#include "tests/support/http_server.hpp"
#include "tests/support/markup.hpp"

namespace boardwalk::sample {

// The body is UTF-8 still and the Content-Type missing: the server encodes. An address that the forum does
// not know has status 404.
[[nodiscard]] Response forum_response(const PageContext& page, const Request& request);

}  // namespace boardwalk::sample
