#include "store/packed.hpp"

#include <cassert>

namespace boardwalk::store {

void Packer::operator()(std::int64_t value) {
  auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
  while (rest >= 128) {
    bytes_ += static_cast<char>(rest | 128);
    rest >>= 7;
  }
  bytes_ += static_cast<char>(rest);
}

void Packer::operator()(const std::string& value) {
  (*this)(static_cast<std::int64_t>(value.size()));
  bytes_ += value;
}

void Packer::operator()(const std::vector<std::string>& values) {
  (*this)(static_cast<std::int64_t>(values.size()));
  for (const auto& value : values) (*this)(value);
}

void Packer::operator()(const std::vector<std::int64_t>& values) {
  (*this)(static_cast<std::int64_t>(values.size()));
  for (const auto value : values) (*this)(value);
}

void Unpacker::operator()(std::int64_t& value) {
  std::uint64_t raw = 0;
  value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) break;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    raw |= static_cast<std::uint64_t>(byte & 127) << shift;
    if (byte < 128) {
      value = static_cast<std::int64_t>(raw >> 1) ^ -static_cast<std::int64_t>(raw & 1);
      return;
    }
  }
  ok_ = false;
  rest_ = {};
}

void Unpacker::operator()(int& value) {
  std::int64_t wide = 0;
  (*this)(wide);
  value = static_cast<int>(wide);
}

void Unpacker::operator()(bool& value) {
  std::int64_t wide = 0;
  (*this)(wide);
  value = wide != 0;
}

void Unpacker::operator()(std::string& value) {
  std::int64_t size = 0;
  (*this)(size);
  if (size < 0 || static_cast<std::uint64_t>(size) > rest_.size()) {
    ok_ = false;
    rest_ = {};
    size = 0;
  }
  value.assign(rest_.substr(0, static_cast<std::size_t>(size)));
  rest_.remove_prefix(static_cast<std::size_t>(size));
}

void Unpacker::operator()(std::vector<std::string>& values) {
  std::int64_t count = 0;
  (*this)(count);
  values.clear();
  for (; count > 0 && ok_; --count) (*this)(values.emplace_back());
  ok_ = ok_ && count == 0;
}

void Unpacker::operator()(std::vector<std::int64_t>& values) {
  std::int64_t count = 0;
  (*this)(count);
  values.clear();
  for (; count > 0 && ok_; --count) (*this)(values.emplace_back());
  ok_ = ok_ && count == 0;
}

std::string big_endian(std::uint64_t value) {
  std::string bytes(8, '\0');
  for (int i = 7; i >= 0; --i, value >>= 8)
    bytes[static_cast<std::size_t>(i)] = static_cast<char>(value & 255);
  return bytes;
}

std::uint64_t from_big_endian(std::string_view eight_bytes) {
  assert(eight_bytes.size() >= 8);
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i)
    value = value << 8 | static_cast<unsigned char>(eight_bytes[static_cast<std::size_t>(i)]);
  return value;
}

}  // namespace boardwalk::store
