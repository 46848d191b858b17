// Clusters of posts and articles whose folds are equal: the same text, whatever its script, spacing and
// glosses. The original is the earliest published, else the first seen, else the smallest id; it follows from
// the members alone, whatever the order in which they came.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "parsers/moment.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// What decides between members: smaller is earlier.
struct Rank {
  std::int64_t published =
      std::numeric_limits<std::int64_t>::max();  // UTC epoch seconds; a day alone counts from its start
  std::int64_t first_seen = 0;
  friend bool operator==(const Rank&, const Rank&) = default;
};
[[nodiscard]] Rank rank_of(const std::optional<parsers::Moment>& published, std::int64_t first_seen);

// Makes a record a member, or renews its rank. True when the cluster has other members: the record is then to
// be written with kInCluster, which a lone member before it gets here. `fold` is the digest in hex.
[[nodiscard]] Result<bool> join_cluster(Batch& batch, const std::string& fold, const std::string& record_id,
                                        const Rank& rank);

// Renews the rank of a record that is a member already; anything else stays as it is. True as above.
[[nodiscard]] Result<bool> renew_rank(Batch& batch, const std::string& fold, const std::string& record_id,
                                      const Rank& rank);

// Ends a membership, if there is one. A member that stays alone loses its flag.
[[nodiscard]] Result<void> leave_cluster(Batch& batch, const std::string& fold, const std::string& record_id);

// The record id of the original; nullopt when there is no such cluster.
[[nodiscard]] Result<std::optional<std::string>> original_of(const Database& database,
                                                             const std::string& fold);

}  // namespace boardwalk::store
