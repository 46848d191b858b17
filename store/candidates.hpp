// The records that a plan finds, in the order of its query: those that may pass, and no other can.
#pragma once

#include <functional>
#include <string_view>

#include "store/query_plan.hpp"

namespace boardwalk::store {

// Calls `each` with a row of `records` until it returns false; the views are good during the call. kDamaged
// when an index names a record that is not there.
[[nodiscard]] Result<void> for_each_candidate(
    const Database& database, const Query& query, const Way& way,
    const std::function<Result<bool>(std::string_view key, std::string_view value)>& each);

}  // namespace boardwalk::store
