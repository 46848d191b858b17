// The news site's pages, in a template of its own. They hold nothing that changes from fetch to fetch, so
// their bytes carry an ETag; UTF-8 before encoding.
#pragma once

#include <optional>
#include <string>

#include "tests/support/model.hpp"

namespace boardwalk::sample {

struct NewsPage {
  std::string html;
  std::int64_t modified_at = 0;
};

// `path` as requested: /news/, /news/SECTION/, /news/SECTION/ID.html. nullopt: there is no such page.
[[nodiscard]] std::optional<NewsPage> news_page(const Model& model, const std::string& path);

}  // namespace boardwalk::sample
