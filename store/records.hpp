// How what a page says enters the archive: new records, merged records, new versions, the account of a
// thread's pages, and exact duplicates. Part of the crawl step: everything goes through the caller's Batch.
//
//   post, article   same text digest: fields refreshed, `last_seen` moved, same version; other text: the held
//                   version moves to kVersions and the new one is version + 1. A field that the new page does
//                   not show (floor in a filtered view) keeps its held value. The pages of an article of
//                   several make one record (article_parts.hpp).
//   thread          a thread's own page and a board's row each know fields that the other does not; a field
//                   that only rows tell (sticky, digest, closed, last reply) follows the newest row, replies
//                   and views follow the thread's own pages once one was read. `complete`, `missing_pages` and
//                   `posts_archived` come from kThreads.
//   floors          a page that prints none gets them from order, as soon as all pages before it have been
//                   read whole.
//   duplicates      records whose fold has at least `min_chars` characters and is equal form a cluster; its
//                   original is the earliest published, else the first seen, else the smallest id.
//                   `duplicate_of` is resolved when a record is read, so that an earlier copy arriving late
//                   costs one row and not a rewrite of the cluster.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/page.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

class Dictionary;

struct PutCounts {
  int new_posts = 0;
  int changed_posts = 0;  // new versions
  int new_articles = 0;
  int changed_articles = 0;
  int new_threads = 0;
  int new_boards = 0;
  int duplicates = 0;  // new posts and articles whose fold was already held
};

[[nodiscard]] Result<PutCounts> put_records(Batch& batch, const parsers::ParsedPage& page,
                                            std::size_t min_chars);

// SHA-256 (hex) over what a page's records say: the page's address, time and parser, views and download
// counters aside. Equal digests mean that nothing has changed. Empty when the page yielded no records.
[[nodiscard]] std::string content_digest(const parsers::ParsedPage& page);

// The page's bytes, once per digest (SHA-256, hex), compressed; with a dictionary where one is given.
[[nodiscard]] Result<void> put_body(Batch& batch, std::string_view sha256_hex, std::string_view body,
                                    const Dictionary* dictionary = nullptr);
// The row that put_body would put, made by any thread; BodyWriter takes it.
struct PackedBody {
  std::string row;     // empty: none was made
  int dictionary = 0;  // that it was packed with; 0: none
};
[[nodiscard]] PackedBody pack_body(std::string_view body, const Dictionary* dictionary);
// kNotFound when no body of that digest is held; kDamaged when the bytes no longer have it.
[[nodiscard]] Result<std::string> get_body(const Database& database, std::string_view sha256_hex);
struct StoredBody {
  std::string bytes;
  int dictionary = 0;     // that it is packed with; 0: none
  bool redacted = false;  // what was taken down is blacked out: the bytes no longer have the digest
};
// The same of a row of `bodies` that has been read already.
[[nodiscard]] Result<StoredBody> decode_body(const Database& database, std::string_view key,
                                             std::string_view value);
// The number of the dictionary that a row of `bodies` is packed with; 0 when there is none.
[[nodiscard]] int dictionary_of_body(std::string_view value);
// Puts a body in the place of the one held. `key` is the digest of what was fetched, 32 bytes.
void replace_body(Batch& batch, std::string_view key, const StoredBody& body, const Dictionary* dictionary);

// What a thread's pages have given so far. `last_page` is the highest page number known to exist.
struct ThreadAccount {
  int last_page = 0;
  std::vector<int> missing;  // pages up to last_page that were not read whole
  std::int64_t posts = 0;
  bool complete = false;
};
[[nodiscard]] Result<ThreadAccount> thread_account(const Database& database, const std::string& site,
                                                   const std::string& thread_id);

// What board rows and the thread's own pages printed over time, oldest first.
struct CountersAt {
  std::int64_t at = 0;  // UTC epoch seconds
  std::optional<std::int64_t> replies, views;
};
[[nodiscard]] Result<std::vector<CountersAt>> thread_counters(const Database& database,
                                                              const std::string& site,
                                                              const std::string& thread_id);

}  // namespace boardwalk::store
