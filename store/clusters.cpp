#include "store/clusters.hpp"

#include <algorithm>
#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

#include "store/damage.hpp"
#include "store/packed.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, Rank>
void fields(Archive& archive, Row& rank) {
  archive(rank.published);
  archive(rank.first_seen);
}

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, ClusterHead>
void fields(Archive& archive, Row& head) {
  archive(head.members);
  archive(head.original);
  fields(archive, head.rank);
}

namespace {

template <typename Row, typename Source>
Result<std::optional<Row>> read_row(const Source& source, const std::string& key, const std::string& what) {
  const auto value = source.get(Family::kFolds, key);
  if (!value) return tl::unexpected(value.error());
  if (!*value) return std::nullopt;
  auto row = unpack<Row>(**value);
  if (!row) return damaged_row("folds", what);
  return row;
}

// Ids of one kind and site compare as numbers do: the shorter one is the smaller.
bool is_smaller(const std::string& id, const std::string& than) {
  const auto a = parse_record_id(id);
  const auto b = parse_record_id(than);
  if (!a || !b || a->site != b->site || a->kind != b->kind) return id < than;
  return std::pair(a->id.size(), a->id) < std::pair(b->id.size(), b->id);
}

// The latest moment that day can mean for what was first seen then. A first sight before the day began anywhere
// comes of a wrong clock.
std::int64_t latest_on(const parsers::Moment& day, std::int64_t first_seen) {
  constexpr std::int64_t kDay = 86'400;               // seconds
  constexpr std::int64_t kEarliest = 14LL * 60 * 60;  // the zone in which days begin first, +14:00
  const std::int64_t end = day.local_seconds - 60LL * parsers::kChinaMinutes + kDay - 1;
  return first_seen >= day.local_seconds - kEarliest ? std::min(first_seen, end) : end;
}

// One cluster, with its head at hand.
class Cluster {
 public:
  static Result<Cluster> load(Batch& batch, const std::string& digest) {
    auto head = cluster_head(batch, digest);
    if (!head) return tl::unexpected(head.error());
    return Cluster(batch, digest, std::move(*head));
  }

  Result<Membership> join(const std::string& id, const Rank& rank) {
    if (!head_) {
      head_ = ClusterHead{1, id, rank};
      write_head();
      return Membership{true, false};
    }
    if (head_->members == 1 && head_->original == id) {
      if (!(head_->rank == rank)) head_->rank = rank, write_head();
      return Membership{};
    }
    auto held = read_row<Rank>(*batch_, key_ + id, id);
    if (!held) return tl::unexpected(held.error());
    if (*held && **held == rank) return Membership{false, true};
    if (head_->members == 1) {
      batch_->put(Family::kFolds, key_ + head_->original, pack(head_->rank));
      if (auto marked = mark_record(*batch_, head_->original, kInCluster, true); !marked)
        return tl::unexpected(marked.error());
    }
    batch_->put(Family::kFolds, key_ + id, pack(rank));
    if (!*held) ++head_->members;
    if (auto elected = elect(id, rank); !elected) return tl::unexpected(elected.error());
    return Membership{false, true};
  }

  [[nodiscard]] Result<bool> has(const std::string& id) const {
    if (!head_) return false;
    if (head_->original == id) return true;
    const auto held = read_row<Rank>(*batch_, key_ + id, id);
    if (!held) return tl::unexpected(held.error());
    return held->has_value();
  }

  Result<bool> leave(const std::string& id) {
    if (!head_) return false;
    if (head_->members == 1) {
      const bool last = head_->original == id;
      if (last) batch_->erase(Family::kFolds, key_);
      return last;
    }
    auto held = read_row<Rank>(*batch_, key_ + id, id);
    if (!held) return tl::unexpected(held.error());
    if (!*held) return false;
    batch_->erase(Family::kFolds, key_ + id);
    --head_->members;
    if (head_->original == id || head_->members == 1) {
      if (auto elected = elect_anew(); !elected) return tl::unexpected(elected.error());
    } else {
      write_head();
    }
    if (head_->members > 1) return false;
    batch_->erase(Family::kFolds, key_ + head_->original);
    if (auto marked = mark_record(*batch_, head_->original, kInCluster, false); !marked)
      return tl::unexpected(marked.error());
    return false;
  }

 private:
  Cluster(Batch& batch, std::string key, std::optional<ClusterHead> head)
      : batch_(&batch), key_(std::move(key)), head_(std::move(head)) {}

  void write_head() { batch_->put(Family::kFolds, key_, pack(*head_)); }

  // A member's rank is new: it may take the head's place, or lose it.
  Result<void> elect(const std::string& id, const Rank& rank) {
    if (head_->original == id) return elect_anew();
    if (comes_before({1, id, rank}, *head_)) {
      head_->original = id;
      head_->rank = rank;
    }
    write_head();
    return {};
  }

  Result<void> elect_anew() {
    head_->original.clear();
    bool damaged = false;
    auto scanned = batch_->scan(Family::kFolds, key_, [&](std::string_view key, std::string_view value) {
      if (key.size() == key_.size()) return true;
      const std::string id{key.substr(key_.size())};
      const auto rank = unpack<Rank>(value);
      damaged |= !rank;
      if (rank && (head_->original.empty() || comes_before({1, id, *rank}, *head_))) {
        head_->original = id;
        head_->rank = *rank;
      }
      return true;
    });
    if (!scanned) return scanned;
    if (damaged || head_->original.empty()) return damaged_row("folds", "a cluster's member");
    write_head();
    return {};
  }

  Batch* batch_;
  std::string key_;
  std::optional<ClusterHead> head_;
};

}  // namespace

Rank rank_of(const std::optional<parsers::Moment>& published, std::int64_t first_seen) {
  Rank rank;
  rank.first_seen = first_seen;
  if (!published) return rank;
  // Read back from what is stored, so that a record has one rank whether it comes from a page or from the
  // archive.
  const auto stored = parsers::moment_from_rfc3339(published->rfc3339()).value_or(*published);
  rank.published =
      stored.precision == parsers::Precision::kDay ? latest_on(stored, first_seen) : stored.epoch();
  return rank;
}

Result<Membership> join_cluster(Batch& batch, const std::string& digest, const std::string& record_id,
                                const Rank& rank) {
  auto cluster = Cluster::load(batch, digest);
  if (!cluster) return tl::unexpected(cluster.error());
  return cluster->join(record_id, rank);
}

Result<std::optional<Membership>> renew_rank(Batch& batch, const std::string& digest,
                                             const std::string& record_id, const Rank& rank) {
  auto cluster = Cluster::load(batch, digest);
  if (!cluster) return tl::unexpected(cluster.error());
  const auto member = cluster->has(record_id);
  if (!member) return tl::unexpected(member.error());
  if (!*member) return std::nullopt;
  return cluster->join(record_id, rank);
}

Result<bool> leave_cluster(Batch& batch, const std::string& digest, const std::string& record_id) {
  auto cluster = Cluster::load(batch, digest);
  if (!cluster) return tl::unexpected(cluster.error());
  return cluster->leave(record_id);
}

std::optional<ClusterHead> parse_cluster_head(std::string_view value) { return unpack<ClusterHead>(value); }

std::optional<Rank> parse_rank(std::string_view value) { return unpack<Rank>(value); }

Result<std::optional<ClusterHead>> cluster_head(const Batch& batch, const std::string& digest) {
  return read_row<ClusterHead>(batch, digest, "a fold");
}

Result<std::optional<ClusterHead>> cluster_head(const Database& database, const std::string& digest) {
  return read_row<ClusterHead>(database, digest, "a fold");
}

Result<std::optional<Rank>> rank_in(const Database& database, const std::string& digest,
                                    const std::string& record_id) {
  return read_row<Rank>(database, digest + record_id, record_id);
}

bool comes_before(const ClusterHead& a, const ClusterHead& b) {
  const auto its = std::tie(a.rank.published, a.rank.first_seen);
  const auto other = std::tie(b.rank.published, b.rank.first_seen);
  return its != other ? its < other : is_smaller(a.original, b.original);
}

Result<std::vector<std::string>> members_with_lone(const Batch& batch, const std::string& digest) {
  const auto head = cluster_head(batch, digest);
  if (!head) return tl::unexpected(head.error());
  if (!*head) return std::vector<std::string>{};
  if ((*head)->members == 1) return std::vector{(*head)->original};
  std::vector<std::string> members;
  auto scanned = batch.scan(Family::kFolds, digest, [&](std::string_view key, std::string_view) {
    if (key.size() > digest.size()) members.emplace_back(key.substr(digest.size()));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return members;
}

Result<std::vector<std::string>> members_of(const Database& database, const std::string& fold) {
  std::vector<std::string> members;
  const auto key = digest_key(fold);
  if (!key) return members;
  auto scanned = database.scan(Family::kFolds, *key, *key, [&](std::string_view row, std::string_view) {
    if (row.size() > key->size()) members.emplace_back(row.substr(key->size()));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return members;
}

}  // namespace boardwalk::store
