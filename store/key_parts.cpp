#include "store/key_parts.hpp"

#include "store/packed.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kLongId = 255;
constexpr std::uint64_t kTimeBias = std::uint64_t{1} << 63;  // so that times before 1970 sort first

}  // namespace

void append_id(std::string& key, std::string_view id) {
  const bool is_long = id.size() >= kLongId;
  key += static_cast<char>(static_cast<unsigned char>(is_long ? kLongId : id.size()));
  key += id;
  if (is_long) key += '\0';
}

std::optional<std::string_view> take_id(std::string_view& key) {
  if (key.empty()) return std::nullopt;
  std::size_t size = static_cast<unsigned char>(key.front());
  const bool is_long = size == kLongId;
  key.remove_prefix(1);
  if (is_long) size = key.find('\0');
  if (size > key.size() || size == std::string_view::npos) return std::nullopt;
  const std::string_view id = key.substr(0, size);
  key.remove_prefix(size + (is_long ? 1 : 0));
  return id;
}

std::optional<std::string_view> take_site(std::string_view& key) {
  const std::size_t end = key.find('\0');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view site = key.substr(0, end);
  key.remove_prefix(end + 1);
  return site;
}

void append_time(std::string& key, std::int64_t time) {
  key += big_endian(static_cast<std::uint64_t>(time) ^ kTimeBias);
}

std::optional<std::int64_t> take_time(std::string_view& key) {
  if (key.size() < 8) return std::nullopt;
  const auto time = static_cast<std::int64_t>(from_big_endian(key) ^ kTimeBias);
  key.remove_prefix(8);
  return time;
}

std::string key_behind(std::string_view prefix) {
  std::string key{prefix};
  while (!key.empty() && static_cast<unsigned char>(key.back()) == 0xFF) key.pop_back();
  if (!key.empty()) ++key.back();
  return key;
}

}  // namespace boardwalk::store
