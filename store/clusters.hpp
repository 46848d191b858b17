// Clusters of posts and articles whose folds are equal: the same text, whatever its script, spacing and
// glosses. The original is the earliest published, else the first seen, else the smallest id; it follows from
// the members alone, whatever the order in which they came.
//
// What tells only the day of its publication counts from the latest moment that this can mean: the end of
// that day in +08:00, or its first sight if that came before. So it is no original for want of a time of day:
// of two that name one day, the one whose time is told comes first, unless the other was seen before that
// time. As each record has one such moment, whatever it is compared with, the order is total.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/moment.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// What decides between members: smaller is earlier.
struct Rank {
  std::int64_t published =
      std::numeric_limits<std::int64_t>::max();  // UTC epoch seconds, at the latest; of none that is told
  std::int64_t first_seen = 0;
  friend bool operator==(const Rank&, const Rank&) = default;
};
[[nodiscard]] Rank rank_of(const std::optional<parsers::Moment>& published, std::int64_t first_seen);

struct Membership {
  bool founded = false;  // the fold was not held before
  bool others = false;   // the cluster has other members: the record is to be written with kInCluster
};

// Makes a record a member, or renews its rank. A lone member before it gets kInCluster here. `digest` is that
// of the fold, its 32 bytes.
[[nodiscard]] Result<Membership> join_cluster(Batch& batch, const std::string& digest,
                                              const std::string& record_id, const Rank& rank);

// Renews the rank of a record that is a member already; anything else stays as it is, and is no membership:
// nullopt.
[[nodiscard]] Result<std::optional<Membership>> renew_rank(Batch& batch, const std::string& digest,
                                                           const std::string& record_id, const Rank& rank);

// Ends a membership, if there is one. A member that stays alone loses its flag. True when the last one left.
[[nodiscard]] Result<bool> leave_cluster(Batch& batch, const std::string& digest,
                                         const std::string& record_id);

// What a cluster says of itself: how many members, and which of them is the original.
struct ClusterHead {
  std::int64_t members = 0;
  std::string original;  // record id
  Rank rank;             // of the original
};
// Rows of `folds` taken apart: of a cluster, of a member. nullopt when they are none.
[[nodiscard]] std::optional<ClusterHead> parse_cluster_head(std::string_view value);
[[nodiscard]] std::optional<Rank> parse_rank(std::string_view value);
// nullopt when there is no such cluster.
[[nodiscard]] Result<std::optional<ClusterHead>> cluster_head(const Batch& batch, const std::string& digest);
[[nodiscard]] Result<std::optional<ClusterHead>> cluster_head(const Database& database,
                                                              const std::string& digest);
// Whether the one's original comes before the other's.
[[nodiscard]] bool comes_before(const ClusterHead& a, const ClusterHead& b);

// What a member ranks as; nullopt when it has no row of its own, as a lone one.
[[nodiscard]] Result<std::optional<Rank>> rank_in(const Database& database, const std::string& digest,
                                                  const std::string& record_id);

// All members, a lone one too.
[[nodiscard]] Result<std::vector<std::string>> members_with_lone(const Batch& batch,
                                                                 const std::string& digest);

// The record ids of all members; empty when there are not two of them. `fold` is the digest in hex.
[[nodiscard]] Result<std::vector<std::string>> members_of(const Database& database, const std::string& fold);

}  // namespace boardwalk::store
