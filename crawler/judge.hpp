// What a finished step amounts to, from what the network and the parser say of it. Pure function.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "crawler/rows.hpp"
#include "crawler/step.hpp"
#include "parsers/outcome.hpp"

namespace boardwalk::crawler {

// The outcome, and its detail for a person. `row` is the page's as it is held now; `types` those that files
// may have (fetch.media_types).
[[nodiscard]] std::pair<parsers::Outcome, std::string> judge(const Step& step, const UrlRow& row,
                                                             const std::vector<std::string>& types);

}  // namespace boardwalk::crawler
