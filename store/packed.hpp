// A compact binary form for rows that are not records: fields in a fixed order, integers as zigzag varints
// (LEB128), strings with their length before them. A row type names its fields once, in a template
// `fields(archive, row)` that both Packer and Unpacker run through, so that reader and writer cannot
// disagree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::store {

class Packer {
 public:
  void operator()(std::int64_t value);
  void operator()(int value) { (*this)(static_cast<std::int64_t>(value)); }
  void operator()(bool value) { (*this)(std::int64_t{value ? 1 : 0}); }
  void operator()(const std::string& value);
  void operator()(const std::vector<std::string>& values);
  void operator()(const std::vector<std::int64_t>& values);
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what a Packer wrote. ok() is false once anything did not fit; values read after that are empty.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
  void operator()(std::int64_t& value);
  void operator()(int& value);
  void operator()(bool& value);
  void operator()(std::string& value);
  void operator()(std::vector<std::string>& values);
  void operator()(std::vector<std::int64_t>& values);
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }  // what stands behind the fields read so far

 private:
  std::string_view rest_;
  bool ok_ = true;
};

template <typename Row>
[[nodiscard]] std::string pack(const Row& row) {
  Packer packer;
  fields(packer, row);
  return packer.take();
}

// nullopt when the bytes are not such a row, whole and alone.
template <typename Row>
[[nodiscard]] std::optional<Row> unpack(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Row row;
  fields(unpacker, row);
  if (!unpacker.ok() || !unpacker.at_end()) return std::nullopt;
  return row;
}

// Fixed eight bytes, most significant first, for keys that sort by number.
[[nodiscard]] std::string big_endian(std::uint64_t value);
[[nodiscard]] std::uint64_t from_big_endian(std::string_view eight_bytes);  // REQUIRES: at least eight bytes

}  // namespace boardwalk::store
