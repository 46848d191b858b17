// Keys of the families that find records by what they say: `by_time`, `by_author`, `bands`. Their grammar
// stands in schema.hpp.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "store/schema.hpp"

namespace boardwalk::store {

// A record without a time stands behind all others, at kNoTime.
inline constexpr std::int64_t kNoTime = std::numeric_limits<std::int64_t>::max();
[[nodiscard]] std::string by_time_prefix(char kind, std::string_view site);
[[nodiscard]] std::string by_author_prefix(char kind, std::string_view author);
// Where the rows at or behind `time` begin, to start a scan from.
[[nodiscard]] std::string at_time(std::string prefix, std::int64_t time);

// A row of either taken apart: which record, and when; the views point into key and value. nullopt when it is
// none.
struct IndexedRecord {
  RecordKey record;
  std::int64_t time = kNoTime;
};
[[nodiscard]] std::optional<IndexedRecord> parse_by_time(std::string_view key, std::string_view value);
[[nodiscard]] std::optional<IndexedRecord> parse_by_author(std::string_view key, std::string_view value);

// Bytes in the key of a row of `bands`.
inline constexpr std::size_t kBandHash = 5;
inline constexpr std::size_t kBandPrefix = 1 + kBandHash;  // of band_prefix
inline constexpr std::size_t kBandDigest = 6;              // of the digest of a fold
// `band_key` follows its prefix with the part of a fold's digest that a row holds.
[[nodiscard]] std::string band_prefix(int number, std::uint64_t hash);
[[nodiscard]] std::string band_key(std::string_view prefix, std::string_view digest);

}  // namespace boardwalk::store
