// A sitemap or a feed as a page of a crawl: what it gives is links alone. Pure: no network, no clock.
#pragma once

#include <cstddef>
#include <optional>

#include "parsers/page.hpp"

namespace boardwalk::crawler {

// Absent for what is no such list (is_url_list). One that is a gzip file of its own (sitemaps.org) is read if
// at most `page_bytes` come out. Unreadable when it lists nothing and its XML is at fault, which `detail` tells.
[[nodiscard]] std::optional<parsers::ParsedPage> read_url_list_page(const parsers::PageInput& input,
                                                                    std::size_t page_bytes);

}  // namespace boardwalk::crawler
