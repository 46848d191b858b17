// Traditional → simplified Chinese, character by character: OpenCC's TSCharacters table, its first reading,
// read once into memory. A phrase may be written differently (乾坤), a fold must only be the same for both
// spellings.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

namespace boardwalk::parsers {

class SimplifiedTable {
 public:
  // Throws std::runtime_error that names the file and the package when the table cannot be read: another fold
  // than the archive's would silently part copies from their originals.
  explicit SimplifiedTable(const std::string& file = kFile);

  // `c` itself when the table has no other character for it. Applying it twice changes nothing.
  [[nodiscard]] char32_t operator[](char32_t c) const;

  static constexpr const char* kFile = "/usr/share/opencc/TSCharacters.ocd2";

 private:
  std::vector<char32_t> basic_;  // by code point, below U+10000
  std::unordered_map<char32_t, char32_t> supplementary_;
};

// The table, read at the first call and shared by all threads. Throws as its constructor.
[[nodiscard]] const SimplifiedTable& simplified_table();

}  // namespace boardwalk::parsers
