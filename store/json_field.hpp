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

// The line with `"duplicate_of":null` filled in.
[[nodiscard]] std::string with_duplicate_of(std::string_view json, std::string_view original);

}  // namespace boardwalk::store
