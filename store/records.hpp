// How what a page says enters the archive: new records, merged records, new versions, the account of a
// thread's pages, and exact duplicates. Part of the crawl step: everything goes through the caller's Batch.
//
//   post, article   same text digest: fields refreshed, `last_seen` moved, same version; other text: the held
//                   version moves to kVersions and the new one is version + 1. A field that the new page does
//                   not show (floor in a filtered view) keeps its held value. The pages of an article of
//                   several make one record (article_parts.hpp).
//   thread          a thread's own page and a board's row each know fields that the other does not; a field
//                   that only rows tell (sticky, digest, closed, last reply) follows the newest row, replies
//                   and views follow the newest row or page that prints them. `complete`, `missing_pages` and
//                   `posts_archived` come from kThreads.
//   floors          a page that prints none gets them from order, as soon as all pages before it have been
//                   read whole.
//   duplicates      records whose fold has at least `min_chars` characters and is equal form a cluster; its
//                   original is the earliest published, else the first seen, else the smallest id.
//                   `duplicate_of` is resolved when a record is read, so that an earlier copy arriving late
//                   costs one row and not a rewrite of the cluster.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "parsers/page.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct PutCounts {
  int new_posts = 0;
  int changed_posts = 0;  // new versions
  int new_articles = 0;
  int changed_articles = 0;
  int new_threads = 0;
  int new_boards = 0;
  int duplicates = 0;  // new posts and articles whose fold was already held
};

// What a page's records say: the page's address, time and parser, views and download counters aside.
struct PageContent {
  std::string sha256;              // hex; equal ones mean that nothing has changed; empty: no records
  std::vector<std::string> posts;  // lasting_json() of each
};
[[nodiscard]] PageContent content_of(const parsers::ParsedPage& page);

// `content`: of that very page, nothing of it changed since, when it is known; it saves writing the posts once
// more. Its posts may be missing.
[[nodiscard]] Result<PutCounts> put_records(Batch& batch, const parsers::ParsedPage& page,
                                            std::size_t min_chars, const PageContent& content = {});

}  // namespace boardwalk::store
