// Clusters of records that say the same, or nearly the same: what `duplicate_of` and `near_duplicate_of` (see
// clusters.hpp and near.hpp) make of the archive when all of them are followed to their ends.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

struct DuplicateCluster {
  struct Member {
    std::string record_id;
    std::optional<double> similarity;  // to what it is nearly a copy of; absent for an exact copy
  };
  std::string original;         // record id
  std::vector<Member> members;  // the others: exact copies of the original first, then by id
};

enum class DuplicateLevel { kExact, kNear };

// Largest first, between equals by the original's id. kNear joins what kExact gives along near_duplicate_of,
// each text with the one that it names, so that every member leads to the original step by step.
[[nodiscard]] Result<std::vector<DuplicateCluster>> duplicate_clusters(const Database& database,
                                                                       DuplicateLevel level);

}  // namespace boardwalk::store
