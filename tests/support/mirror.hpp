// How a careless mirror rewrites an article: some simplified characters become traditional ones with their
// reading in parentheses behind, `來(lái)源`, the rest stays. Folding undoes it: NFKC, traditional to
// simplified character by character, readings in parentheses dropped.
#pragma once

#include <string>
#include <string_view>

namespace boardwalk::sample {

[[nodiscard]] std::string mirrored(std::string_view simplified);

}  // namespace boardwalk::sample
