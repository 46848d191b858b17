// The pages that the crawler knows, as they stand in an archive, for whoever asks beside it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

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

// The page that first linked the one of this row, by the key that its URL has now; an empty key for a seed.
[[nodiscard]] Result<parsers::PageKey> linked_from(const store::Database& database, const UrlRow& row);

// All of one site, or (with an empty `site`) of all, by key, until `each` returns false.
[[nodiscard]] Result<void> for_each_page(const store::Database& database, const std::string& site,
                                         const std::function<bool(const PageState&)>& each);

}  // namespace boardwalk::crawler
