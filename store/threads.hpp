// The account of a thread: which of its pages were read, the posts on each, and the thread's record, which is
// made anew from what board rows say, what its own pages say, and this account whenever one of them changes.
// A page that was the last counts as not read once a newer one tells of others behind it, until it is read
// again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "parsers/page.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// What one page brings for one thread.
struct ThreadChange {
  std::int64_t posts = 0;  // records that entered the thread, less those that left it
  std::vector<const parsers::Thread*> rows;
  std::vector<const parsers::Thread*> own;  // told by the thread's own pages
  const parsers::ThreadPage* page = nullptr;
  std::map<std::string, int> floors;  // printed on `page`, by post id
};

// `ref` is the page that all of it was read from. True when the thread's record is new.
[[nodiscard]] Result<bool> put_thread(Batch& batch, const std::string& site, const std::string& thread_id,
                                      const ThreadChange& change, const parsers::PageRef& ref);

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
