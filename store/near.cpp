#include "store/near.hpp"

#include <array>
#include <concepts>
#include <set>
#include <type_traits>
#include <utility>

#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "store/clusters.hpp"
#include "store/damage.hpp"
#include "store/index_keys.hpp"
#include "store/json_field.hpp"
#include "store/packed.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, Likeness>
void fields(Archive& archive, Row& likeness) {
  archive(likeness.common);
  archive(likeness.all);
}

namespace {

// The text of a fold, read back from the original of its cluster.
Result<std::string> text_of(const Batch& batch, const std::string& digest) {
  const auto head = cluster_head(batch, digest);
  if (!head) return tl::unexpected(head.error());
  if (!*head) return damaged_row("bands", "a fold without a cluster");
  const auto key = find_key(batch, (*head)->original);
  if (!key) return tl::unexpected(key.error());
  auto row = *key ? read_record(batch, **key) : std::nullopt;
  if (!row) return tl::unexpected(row.error());
  const auto text = *row ? text_field((*row)->json, "text") : std::nullopt;
  if (!text) return damaged_row("folds", (*head)->original);
  return parsers::fold(*text);
}

// The digests that begin with the part of one that a row of `bands` holds.
Result<void> add_whole(const Batch& batch, std::string_view part, std::set<std::string>& digests) {
  return batch.scan(Family::kFolds, part, [&](std::string_view key, std::string_view) {
    if (key.size() == kDigestBytes) digests.emplace(key);
    return true;
  });
}

using Bands = std::array<std::string, kBandCount>;  // what the keys of a fold's rows begin with

struct Candidates {
  std::set<std::string> digests;
  bool are_flood = false;  // a band has more of them than are looked at
};

Result<Candidates> candidates(const Batch& batch, const Bands& bands, const std::string& digest) {
  Candidates found;
  std::set<std::string> parts;
  for (const auto& band : bands) batch.expect(Family::kBands, band);
  for (const auto& band : bands) {
    std::size_t read = 0;
    auto scanned = batch.scan(Family::kBands, band, [&parts, &read](std::string_view key, std::string_view) {
      parts.emplace(key.substr(kBandPrefix));
      return ++read < kMostInBand;
    });
    if (!scanned) return tl::unexpected(scanned.error());
    found.are_flood |= read == kMostInBand;
  }
  for (const auto& part : parts)
    if (auto added = add_whole(batch, part, found.digests); !added) return tl::unexpected(added.error());
  found.digests.erase(digest);
  return found;
}

Bands band_prefixes(std::string_view fold) {
  Bands prefixes;
  int number = 0;
  for (const auto band : bands_of(fold)) {
    prefixes[static_cast<std::size_t>(number)] = band_prefix(number, band);
    ++number;
  }
  return prefixes;
}

Result<void> mark_members(Batch& batch, const std::string& digest, bool on) {
  const auto members = members_with_lone(batch, digest);
  if (!members) return tl::unexpected(members.error());
  for (const auto& member : *members)
    if (auto marked = mark_record(batch, member, kHasNear, on); !marked) return marked;
  return {};
}

Result<void> link_pair(Batch& batch, const std::string& a, const std::string& b, const Likeness& both) {
  const auto linked = has_neighbours(batch, b);
  if (!linked) return tl::unexpected(linked.error());
  batch.put(Family::kNear, a + b, pack(both));
  batch.put(Family::kNear, b + a, pack(both));
  return *linked ? Result<void>{} : mark_members(batch, b, true);
}

template <typename Scan>
Result<std::vector<Neighbour>> read_neighbours(const std::string& digest, Scan&& scan) {
  std::vector<Neighbour> neighbours;
  bool damaged = false;
  auto scanned = scan([&](std::string_view key, std::string_view value) {
    const auto both = unpack<Likeness>(value);
    damaged = damaged || !both || key.size() != 2 * kDigestBytes;
    if (!damaged) neighbours.push_back({std::string(key.substr(digest.size())), *both});
    return !damaged;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (damaged) return damaged_row("near", "a pair of folds");
  return neighbours;
}

// Takes out all rows of a fold, by its digest: they are read through, as text is no longer folded as it was.
Result<void> erase_bands(Batch& batch, std::string_view digest) {
  const std::string_view part = digest.substr(0, kBandDigest);
  std::vector<std::string> keys;
  auto scanned = batch.scan(Family::kBands, "", [&](std::string_view key, std::string_view) {
    if (key.substr(kBandPrefix) == part) keys.emplace_back(key);
    return true;
  });
  for (const auto& key : keys) batch.erase(Family::kBands, key);
  return scanned;
}

}  // namespace

Result<bool> link_fold(Batch& batch, const std::string& digest, std::string_view fold) {
  if (fold.empty()) return false;
  const auto bands = band_prefixes(fold);
  const auto others = candidates(batch, bands, digest);
  if (!others) return tl::unexpected(others.error());
  for (const auto& band : bands) batch.put(Family::kBands, band_key(band, digest), "");
  if (others->digests.empty()) return false;
  const Shingles mine = shingles_of(fold);
  std::size_t neighbours = 0;
  for (const auto& other : others->digests) {
    const auto text = text_of(batch, other);
    if (!text) return tl::unexpected(text.error());
    const Likeness both = likeness(mine, shingles_of(*text));
    if (!both.is_near()) continue;
    if (auto linked = link_pair(batch, digest, other, both); !linked) return tl::unexpected(linked.error());
    if (++neighbours == kMostOfFlood && others->are_flood) break;
  }
  return neighbours > 0;
}

Result<void> link_held_fold(Batch& batch, const std::string& digest) {
  const auto fold = text_of(batch, digest);
  if (!fold) return tl::unexpected(fold.error());
  const auto linked = link_fold(batch, digest, *fold);
  if (!linked) return tl::unexpected(linked.error());
  return *linked ? mark_members(batch, digest, true) : Result<void>{};
}

Result<void> unlink_fold(Batch& batch, const std::string& digest, std::string_view fold) {
  if (digest_key(parsers::sha256_hex(fold)) != digest) {
    if (auto erased = erase_bands(batch, digest); !erased) return erased;
  } else if (fold.empty()) {
    return {};
  } else {
    for (const auto& band : band_prefixes(fold)) batch.erase(Family::kBands, band_key(band, digest));
  }
  const auto neighbours = neighbours_of(batch, digest);
  if (!neighbours) return tl::unexpected(neighbours.error());
  for (const auto& neighbour : *neighbours) {
    batch.erase(Family::kNear, digest + neighbour.digest);
    batch.erase(Family::kNear, neighbour.digest + digest);
    const auto others = has_neighbours(batch, neighbour.digest);
    if (!others) return tl::unexpected(others.error());
    if (*others) continue;
    if (auto marked = mark_members(batch, neighbour.digest, false); !marked) return marked;
  }
  return {};
}

Result<bool> has_neighbours(const Batch& batch, const std::string& digest) {
  bool any = false;
  auto scanned = batch.scan(Family::kNear, digest, [&any](std::string_view, std::string_view) {
    any = true;
    return false;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  return any;
}

Result<std::vector<Neighbour>> neighbours_of(const Batch& batch, const std::string& digest) {
  return read_neighbours(digest, [&](const auto& row) { return batch.scan(Family::kNear, digest, row); });
}

Result<std::vector<Neighbour>> neighbours_of(const Database& database, const std::string& digest) {
  return read_neighbours(digest,
                         [&](const auto& row) { return database.scan(Family::kNear, digest, digest, row); });
}

Result<std::optional<NearOriginal>> near_original_of(const Database& database, const std::string& digest) {
  const auto neighbours = neighbours_of(database, digest);
  if (!neighbours) return tl::unexpected(neighbours.error());
  auto first = cluster_head(database, digest);
  if (!first) return tl::unexpected(first.error());
  if (!*first) return damaged_row("folds", "a fold with neighbours");
  std::optional<NearOriginal> near;
  for (const auto& neighbour : *neighbours) {
    auto head = cluster_head(database, neighbour.digest);
    if (!head) return tl::unexpected(head.error());
    if (!*head) return damaged_row("folds", "a fold with neighbours");
    if (!comes_before(**head, **first)) continue;
    near = NearOriginal{(*head)->original, neighbour.digest, neighbour.likeness};
    *first = std::move(*head);
  }
  return near;
}

}  // namespace boardwalk::store
