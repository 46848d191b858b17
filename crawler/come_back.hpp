// What a page that was read tells of coming back: to itself, to its neighbours in the thread, to what
// vanished. Part of the crawl step: everything goes through the caller's batch.
#pragma once

#include <cstdint>
#include <optional>

#include "crawler/frontier.hpp"
#include "crawler/recrawl.hpp"
#include "crawler/step.hpp"
#include "parsers/site/rules.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

// The page as recrawl.hpp looks at it. `before` is its row as it stood, `led_on` whether it led to new pages.
[[nodiscard]] Found found_now(const Step& step, const UrlRow& before, parsers::Outcome outcome, bool led_on);

// Posts that are newly gone: those that a page which was read before should show and does not, or all that
// are held of a thread that is no longer there; an article that is not is marked, too. `since` is the start
// of the run, epoch ms.
[[nodiscard]] Result<int> vanished_posts(store::Batch& batch, const Step& step, const UrlRow& before,
                                         parsers::Outcome outcome, const parsers::site::RuleSet* rules,
                                         std::int64_t since);

// Queues further pages of the thread that a page belongs to, as far as they were last read in an earlier
// sweep: its neighbour when none of its posts was held before (`added` were new), and those that the thread
// lost and has again. REQUIRES: the database is as it was before the step.
[[nodiscard]] Result<void> go_on_by_posts(const store::Database& database, store::Batch& batch,
                                          Frontier& frontier, const Step& step, int added);

}  // namespace boardwalk::crawler
