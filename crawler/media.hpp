// Files that come with pages: attachments, images, and what a page needs to be shown (`fetch.media`). Each is
// a page of its own in the frontier, with the role of an attachment, fetched after everything else; it is
// kept, not read. Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/job.hpp"
#include "crawler/offer.hpp"
#include "crawler/rows.hpp"
#include "crawler/scope.hpp"
#include "parsers/page.hpp"

namespace boardwalk::crawler {

[[nodiscard]] bool is_file(const UrlRow& row);
// Whether what is linked so is a page, whatever else names it as a picture.
[[nodiscard]] bool is_page(parsers::LinkRole role);

// Whether a file may stand at the URL: no page, nor what a forum does by an address of its own, such as to log a
// member out.
[[nodiscard]] bool may_be_file(const parsers::Url& url, const parsers::PageKey& key);

// What the page's records and links name of the wanted kind, each URL once, as the site spells it.
[[nodiscard]] std::vector<std::string> files_of(const parsers::ParsedPage& page, config::Media wanted);

// The offers of those that may be fetched; `from` is the page that names them.
[[nodiscard]] std::vector<Offer> files_to_fetch(const std::vector<std::string>& urls,
                                                const parsers::PageKey& from, int depth, const Scope& scope);

// Whether a file of this type is kept; no patterns: of any.
[[nodiscard]] bool is_wanted_type(std::string_view content_type, const std::vector<std::string>& patterns);

}  // namespace boardwalk::crawler
