// Parts that keys of several families share, put together and taken apart; see the grammar in schema.hpp.
// What is taken off the front of a key is a view into it, nullopt when the key does not begin so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::store {

void append_id(std::string& key, std::string_view id);
[[nodiscard]] std::optional<std::string_view> take_id(std::string_view& key);
[[nodiscard]] std::optional<std::string_view> take_site(std::string_view& key);

void append_time(std::string& key, std::int64_t time);
[[nodiscard]] std::optional<std::int64_t> take_time(std::string_view& key);

// The first key behind all that begin with `prefix`; empty when there is none.
[[nodiscard]] std::string key_behind(std::string_view prefix);

}  // namespace boardwalk::store
