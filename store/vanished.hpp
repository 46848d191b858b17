// Records that a site no longer shows. A post is gone when a page of its thread that should show it was read
// whole and does not, a thread or an article when its page is not there; it keeps its words and its versions,
// with `gone_at`, and is back as soon as a page shows it again. What decides is the order of the posts' own numbers, not page numbers, since pages close up
// when posts are deleted. Part of the crawl step: everything goes through the caller's Batch.
#pragma once

#include <cstdint>
#include <string>

#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"
#include "parsers/url.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// Marks the held posts that `page`, a page of a thread, should show and does not: those numbered between its
// first and its last one, before them on the first page, behind them on the last, and between it and a
// neighbour that was read since `since` (epoch seconds, the start of the run). A reply that stands on top out
// of order says nothing of its neighbours. Gives how many are newly gone; 0 for a page that was not read
// whole, and where posts have no numbers. REQUIRES: the page's records are in the batch.
[[nodiscard]] Result<int> mark_vanished(Batch& batch, const parsers::ParsedPage& page, std::int64_t since);

// Marks what is held of a page that is not there any more at `at` (epoch seconds): of a thread's first page
// the thread and all its posts, of an article's first page the article; of others, and of a thread's views
// (archiver, print, mobile, one author's, a single post's), nothing. `rules` tell the threads of forums that
// are read by a site file; nullptr: none are. Gives how many posts are newly gone.
[[nodiscard]] Result<int> mark_page_gone(Batch& batch, const parsers::Url& url,
                                         const parsers::site::RuleSet* rules, std::int64_t at);

}  // namespace boardwalk::store
