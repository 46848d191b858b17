// Single fields of a record's JSON without parsing it: a record's own keys stand before those of its nested
// objects and lists of the same name, and a quote inside a string is escaped, so the first match of `"key":`
// is the field. For records as json_codec.hpp writes them, nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::store {

// The text of a string field; nullopt when it is null, absent or no string.
[[nodiscard]] std::optional<std::string> text_field(std::string_view json, std::string_view key);
// The texts of a list of strings.
[[nodiscard]] std::vector<std::string> text_list_field(std::string_view json, std::string_view key);
// `board.id`.
[[nodiscard]] std::optional<std::string> board_id_field(std::string_view json);

// `page.sha256`.
[[nodiscard]] std::optional<std::string> page_digest_field(std::string_view json);

// What a record is a copy of, as far as it is: ids, and how like it is to the latter.
struct Origin {
  std::optional<std::string> duplicate_of, near_duplicate_of;
  std::optional<double> similarity;
};
// The line with the fields of these names, null until now, filled in.
[[nodiscard]] std::string with_origin(std::string_view json, const Origin& origin);

}  // namespace boardwalk::store
