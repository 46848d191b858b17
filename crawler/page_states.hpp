// The pages that the crawler knows, as they stand in an archive, for whoever asks beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crawler/rows.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

struct PageState {
  std::string key;
  UrlRow row;
  bool queued = false;
  std::optional<std::int64_t> due;  // epoch ms; of a queued page that waits for a time of its own
};

[[nodiscard]] Result<std::optional<PageState>> page_state(const store::Database& database,
                                                          const std::string& key);

// Whether it is in the queue for another try, since the last one failed.
[[nodiscard]] bool waits_for_retry(const UrlRow& row);

// A page that is known, by the key that its URL has now; an empty key when it is not.
[[nodiscard]] Result<parsers::PageKey> key_now(const store::Database& database, const std::string& key);
// The pages that led jobs to the one of this row, by such keys: the one that first linked it (an empty key
// for a seed), then the boards of UrlRow::also_via.
[[nodiscard]] Result<std::vector<parsers::PageKey>> linked_from(const store::Database& database,
                                                                const UrlRow& row);

// All of one site, or (with an empty `site`) of all, by key, until `each` returns false; those alone whose key
// comes behind `behind`.
[[nodiscard]] Result<void> for_each_page(const store::Database& database, const std::string& site,
                                         const std::function<bool(const PageState&)>& each,
                                         const std::string& behind = "");

}  // namespace boardwalk::crawler
