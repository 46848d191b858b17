// Which pages of a thread are read when its row in a listing tells of a change.
#pragma once

#include <string>
#include <vector>

#include "crawler/offer.hpp"
#include "parsers/page.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// Keys of the pages of the thread whose first page is offered. A thread that has grown is read on from the
// last page that is known of it, or from the first where that shows the newest posts; one of a site file from
// both, since its URLs tell no page numbers. Of one that has lost replies (`fell`) every page may show which.
// More follows from the pages themselves: page_to_go_on_with() and pages_grown_back().
[[nodiscard]] Result<std::vector<std::string>> pages_to_read(const store::Database& database,
                                                             const Offer& first, bool fell);

// The number of the page to read next when no post on this page was held before: there is a gap between it
// and what is held, on the side where the older posts stand. 0 when there is none. `added` posts of the page
// were new.
[[nodiscard]] int page_to_go_on_with(const parsers::ThreadPage& page, int added);

// How many pages the thread had by the newest of its pages that is held; 0 when none is.
[[nodiscard]] Result<int> pages_before(const store::Database& database, const std::string& site,
                                       const std::string& thread_id);

// The numbers of the pages behind this one, when it was the last of the `before` pages and is no longer: what
// is held of them, if anything, is of a time before the thread lost replies.
[[nodiscard]] std::vector<int> pages_grown_back(const parsers::ThreadPage& page, int before);

// The key of another page of the same thread.
[[nodiscard]] std::string key_of_page(const std::string& key, int number);

}  // namespace boardwalk::crawler
