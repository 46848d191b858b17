#include "store/duplicates.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "store/clusters.hpp"
#include "store/near.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

// Digests of folds, each with the one that it is nearly a copy of.
using Pointers = std::map<std::string, NearOriginal>;

Result<Pointers> near_pointers(const Database& database) {
  std::vector<std::string> digests;
  auto scanned = database.scan(Family::kNear, "", "", [&](std::string_view key, std::string_view) {
    const std::string_view digest = key.substr(0, kDigestBytes);
    if (digests.empty() || digests.back() != digest) digests.emplace_back(digest);
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  Pointers pointers;
  for (const auto& digest : digests) {
    auto near = near_original_of(database, digest);
    if (!near) return tl::unexpected(near.error());
    if (*near) pointers.emplace(digest, std::move(**near));
  }
  return pointers;
}

// Digests of folds that have copies.
Result<std::vector<std::string>> copied_folds(const Database& database) {
  std::vector<std::string> digests;
  auto scanned = database.scan(Family::kFolds, "", "", [&](std::string_view key, std::string_view) {
    const std::string_view digest = key.substr(0, kDigestBytes);
    if (key.size() > kDigestBytes && (digests.empty() || digests.back() != digest))
      digests.emplace_back(digest);
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return digests;
}

// Follows the pointers to the text that names no earlier one: they lead to earlier texts alone.
std::string root_of(const Pointers& pointers, std::string digest) {
  for (auto next = pointers.find(digest); next != pointers.end(); next = pointers.find(digest))
    digest = next->second.digest;
  return digest;
}

Result<void> add_members(const Batch& batch, const std::string& digest, std::optional<double> similarity,
                         DuplicateCluster& cluster) {
  const auto members = members_with_lone(batch, digest);
  if (!members) return tl::unexpected(members.error());
  for (const auto& member : *members)
    if (member != cluster.original) cluster.members.push_back({member, similarity});
  return {};
}

void sort(std::vector<DuplicateCluster>& clusters) {
  for (auto& cluster : clusters)
    std::sort(cluster.members.begin(), cluster.members.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.similarity.has_value(), a.record_id) <
             std::tuple(b.similarity.has_value(), b.record_id);
    });
  std::sort(clusters.begin(), clusters.end(), [](const auto& a, const auto& b) {
    return a.members.size() != b.members.size() ? a.members.size() > b.members.size()
                                                : a.original < b.original;
  });
}

}  // namespace

Result<std::vector<DuplicateCluster>> duplicate_clusters(const Database& database, DuplicateLevel level) {
  const auto pointers =
      level == DuplicateLevel::kNear ? near_pointers(database) : Result<Pointers>(Pointers{});
  if (!pointers) return tl::unexpected(pointers.error());
  const auto copied = copied_folds(database);
  if (!copied) return tl::unexpected(copied.error());
  std::map<std::string, std::map<std::string, std::optional<double>>> folds;  // by root, then by digest
  for (const auto& digest : *copied) folds[root_of(*pointers, digest)].try_emplace(digest);
  for (const auto& [digest, near] : *pointers)
    folds[root_of(*pointers, digest)][digest] = near.likeness.similarity();

  const Batch batch(database);
  std::vector<DuplicateCluster> clusters;
  for (auto& [root, likenesses] : folds) {
    const auto head = cluster_head(database, root);
    if (!head) return tl::unexpected(head.error());
    if (!*head) continue;
    DuplicateCluster cluster{(*head)->original, {}};
    likenesses.try_emplace(root);
    for (const auto& [digest, similarity] : likenesses)
      if (auto added = add_members(batch, digest, similarity, cluster); !added)
        return tl::unexpected(added.error());
    clusters.push_back(std::move(cluster));
  }
  sort(clusters);
  return clusters;
}

}  // namespace boardwalk::store
