// The strings and numbers of a script's object literals, each with the key that it stands behind: what pages
// that are drawn by scripts keep their state in (`__INITIAL_STATE__`, `__NEXT_DATA__`, `__NUXT__`,
// `__APOLLO_STATE__`, …). Such state is JSON, JSON in a string, or JavaScript that a JSON reader refuses, so
// this reads all of them leniently: what is no object, array, string or number is passed over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::parsers::news {

// An object literal. Objects in an array have the array's key.
struct ScriptObject {
  int parent = -1;  // index of the object around it; -1: none
  std::string key;  // as `normal_key` writes it
};

struct ScriptValue {
  int object = -1;   // index of the innermost object around it; -1: none
  std::string key;   // as `normal_key` writes it; strings in an array have the array's
  std::string text;  // escapes undone; a number as written
};

// Both in the order in which they begin.
struct ScriptValues {
  std::vector<ScriptObject> objects;
  std::vector<ScriptValue> values;
};

// Adds those of `code` to `values`. Linear in its size: names that stand for what its function is called with
// give no more than a few times as many bytes as it has.
void read_script(std::string_view code, ScriptValues& values);

// Lower case, without `_` and `-`: `publish_time` and `publishTime` are one key. Cut to kLongestKey bytes;
// every key that is asked for has fewer.
inline constexpr std::size_t kLongestKey = 24;
[[nodiscard]] std::string normal_key(std::string_view key);

}  // namespace boardwalk::parsers::news
