#include "store/index_keys.hpp"

#include "store/key_parts.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {
namespace {

IndexedRecord indexed(char kind, std::string_view site, std::int64_t time, std::string_view id,
                      std::string_view thread_id) {
  return {{kind, site, kind == kThreadRow ? id : thread_id, id}, time};
}

}  // namespace

std::string by_time_prefix(char kind, std::string_view site) { return site_prefix(kind, site); }

std::string by_author_prefix(char kind, std::string_view author) {
  std::string key(1, kind);
  append_id(key, author);
  return key;
}

std::string at_time(std::string prefix, std::int64_t time) {
  append_time(prefix, time);
  return prefix;
}

std::optional<IndexedRecord> parse_by_time(std::string_view key, std::string_view value) {
  if (key.empty()) return std::nullopt;
  const char kind = key.front();
  key.remove_prefix(1);
  const auto site = take_site(key);
  const auto time = site ? take_time(key) : std::nullopt;
  if (!time) return std::nullopt;
  return indexed(kind, *site, *time, key, value);
}

std::optional<IndexedRecord> parse_by_author(std::string_view key, std::string_view value) {
  if (key.empty()) return std::nullopt;
  const char kind = key.front();
  key.remove_prefix(1);
  const auto author = take_id(key);
  const auto time = author ? take_time(key) : std::nullopt;
  const auto site = time ? take_site(key) : std::nullopt;
  if (!site) return std::nullopt;
  return indexed(kind, *site, *time, key, value);
}

std::string band_prefix(int number, std::uint64_t hash) {
  return static_cast<char>(number) + big_endian(hash).substr(8 - kBandHash);
}

std::string band_key(std::string_view prefix, std::string_view digest) {
  std::string key{prefix};
  key += digest.substr(0, kBandDigest);
  return key;
}

}  // namespace boardwalk::store
