// How several observations of one thing become one record. Pure functions: the archive is not touched. Which
// of two observations is the newer one is told by the pages' fetch times and, between equals, by their URLs
// and digests, so that the result does not depend on the order in which pages are committed.
#pragma once

#include <vector>

#include "parsers/records.hpp"

namespace boardwalk::store {

[[nodiscard]] bool is_newer(const parsers::PageRef& page, const parsers::PageRef& than);

// The fields of the newer one; where it says nothing, those of the older. First and last sight span both.
// Posts and articles keep the newer one's text and lists and the version of `held`. Of a board its own first
// page tells more than its others, and these more than the index, whose counts may take in sub-boards: within
// a day of one another the nearer page counts, whichever came last. A thread's marks and counters are the newer
// one's alone: see thread_layer.hpp.
[[nodiscard]] parsers::Board merged(const parsers::Board& held, const parsers::Board& seen);
[[nodiscard]] parsers::Thread merged(const parsers::Thread& held, const parsers::Thread& seen);
[[nodiscard]] parsers::Post merged(const parsers::Post& held, const parsers::Post& seen);
[[nodiscard]] parsers::Article merged(const parsers::Article& held, const parsers::Article& seen);
// Puts an observation into its place among the versions, oldest first: with a neighbour of the same text, or
// as a version of its own.
void insert_version(std::vector<parsers::Post>& history, const parsers::Post& seen);
void insert_version(std::vector<parsers::Article>& history, const parsers::Article& seen);

// The record of a thread from what board rows and what its own pages say, but for its counters.
[[nodiscard]] parsers::Thread thread_record(const parsers::Thread& row, const parsers::Thread& own);

}  // namespace boardwalk::store
