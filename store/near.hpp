// Texts that are nearly the same: folds of at least `min_chars` characters whose shingles (sketch.hpp) have a
// Jaccard index of at least 0.8 and that share a band. Such folds are neighbours, both ways; every pair found
// by a band is verified on the texts.
//
// Neighbours follow from the two texts alone, so they are the same whatever the order in which texts came.
// What a record is a near duplicate of is decided when it is read: the original (see clusters.hpp) of that
// neighbour which comes first, if that comes before the original of the record's own cluster. So a pointer
// always leads to an earlier text, a chain of edits leads back step by step, and an earlier copy that arrives
// late is pointed at from then on. Only where kMostInBand different folds share a band (a flood of one
// template) is a text compared with no more than the kMostInBand smallest digests held at that time, and no
// further once kMostOfFlood of them are its neighbours: each would get one with every text of the flood.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.hpp"
#include "store/sketch.hpp"

namespace boardwalk::store {

inline constexpr std::size_t kMostInBand = 256;
inline constexpr std::size_t kMostOfFlood = 16;

// Finds the neighbours of a fold that has just founded its cluster, and marks the records of those that had
// none before with kHasNear. True when there are any: the founder is then to be written with kHasNear.
// `digest` is the fold's, 32 bytes; `fold` its text.
[[nodiscard]] Result<bool> link_fold(Batch& batch, const std::string& digest, std::string_view fold);

// The same for a fold whose cluster is held; its own records are marked, too.
[[nodiscard]] Result<void> link_held_fold(Batch& batch, const std::string& digest);

// Takes a fold out whose cluster has just ended. `fold` may be another than the digest's, where an earlier
// version of the program folded the text.
[[nodiscard]] Result<void> unlink_fold(Batch& batch, const std::string& digest, std::string_view fold);

[[nodiscard]] Result<bool> has_neighbours(const Batch& batch, const std::string& digest);

struct Neighbour {
  std::string digest;
  Likeness likeness;
};
[[nodiscard]] Result<std::vector<Neighbour>> neighbours_of(const Batch& batch, const std::string& digest);
[[nodiscard]] Result<std::vector<Neighbour>> neighbours_of(const Database& database,
                                                           const std::string& digest);

// What the records of this fold are near duplicates of; nullopt when none of their neighbours comes first.
struct NearOriginal {
  std::string record_id;
  std::string digest;
  Likeness likeness;
};
[[nodiscard]] Result<std::optional<NearOriginal>> near_original_of(const Database& database,
                                                                   const std::string& digest);

}  // namespace boardwalk::store
