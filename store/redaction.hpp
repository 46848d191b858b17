// Blacking out of texts that were taken down. What must go is known by hashes of every 16 characters in a row
// of it, white space aside, so that what is kept to recognise a text is not the text; a page is searched for
// them with and without its markup, so that a text is found in pieces, in quotes, in snippets and in
// attributes. Texts of fewer characters are not searched for: too many others say the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace boardwalk::store {

inline constexpr std::size_t kRedactionRun = 16;  // characters

class Redaction {
 public:
  void add(std::string_view text);
  void add(const std::vector<std::int64_t>& hashes);
  [[nodiscard]] std::vector<std::int64_t> hashes() const;  // ascending
  [[nodiscard]] bool empty() const { return runs_.empty(); }

  // The page (UTF-8) with every character of what must go as `□`; nullopt when it holds nothing of it.
  [[nodiscard]] std::optional<std::string> apply(std::string_view page) const;

 private:
  std::unordered_set<std::uint64_t> runs_;
};

}  // namespace boardwalk::store
