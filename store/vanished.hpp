// Posts that a site no longer shows. A post is gone when a page of its thread that should show it was read
// whole and does not; it keeps its words and its versions, with `gone_at`, and is back as soon as a page
// shows it again. What decides is the order of the posts' own numbers, not page numbers, since pages close up
// when posts are deleted. Part of the crawl step: everything goes through the caller's Batch.
#pragma once

#include <cstdint>
#include <string>

#include "parsers/page.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// Marks the held posts that `page`, a page of a thread, should show and does not: those numbered between its
// first and its last one, before them on the first page, behind them on the last, and between it and a
// neighbour that was read since `since` (epoch seconds, the start of the run). A reply that stands on top out
// of order says nothing of its neighbours. Gives how many are newly gone; 0 for a page that was not read
// whole, and where posts have no numbers. REQUIRES: the page's records are in the batch.
[[nodiscard]] Result<int> mark_vanished(Batch& batch, const parsers::ParsedPage& page, std::int64_t since);

// The same of a whole thread that is not there any more at `at`: its record and all its posts.
[[nodiscard]] Result<int> mark_thread_gone(Batch& batch, const std::string& site,
                                           const std::string& thread_id, std::int64_t at);

}  // namespace boardwalk::store
