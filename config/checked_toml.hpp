// Typed structs filled from TOML by a table of their keys: what job files and site files have in common.
// Every mistake is named with its file, line and column, an unknown key with the nearest known one. Private
// to config's sources, as it needs toml++.
#pragma once

#include <fmt/format.h>
#include <toml++/toml.h>

#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/error.hpp"
#include "config/suggest.hpp"

namespace boardwalk::config {

// What is wrong with a value. With a place it stands within the value, and the words name its key whole.
struct Wrong {
  Wrong(std::string words) : what(std::move(words)) {}
  Wrong(const char* words) : what(words) {}
  Wrong(std::string words, toml::source_position at) : what(std::move(words)), place(at) {}
  std::string what;
  std::optional<toml::source_position> place;
};

// Puts a value into a T; absent when it fits, else what is wrong with it.
template <typename T>
using Apply = std::function<std::optional<Wrong>(T&, const toml::node&)>;

[[nodiscard]] inline std::string wrong_type(std::string_view expected, const toml::node& value) {
  std::ostringstream found;
  found << value.type();
  return fmt::format("expected {}, found {}", expected, found.str());
}

[[nodiscard]] inline tl::unexpected<Error> at(const std::string& file, const toml::source_position& place,
                                              const std::string& what) {
  return fail(ErrorKind::kUsage, fmt::format("{}:{}:{}: {}", file, place.line, place.column, what));
}

// The strings of a list, or a single one.
[[nodiscard]] inline std::optional<std::string> read_texts(const toml::node& value,
                                                           std::vector<std::string>& list) {
  if (const auto one = value.as_string()) {
    list.push_back(one->get());
    return std::nullopt;
  }
  const auto array = value.as_array();
  if (array == nullptr) return wrong_type("a list of strings", value);
  for (const auto& element : *array) {
    if (!element.is_string()) return wrong_type("a list of strings", element);
    list.push_back(element.as_string()->get());
  }
  return std::nullopt;
}

// Every key there is of a T: `fetch.delay` stands in the section [fetch], a name without a dot alone.
template <typename T>
class Keys {
 public:
  struct Key {
    std::string name;
    Apply<T> apply;
  };
  Keys(std::initializer_list<Key> keys) : keys_(keys) {}
  explicit Keys(std::vector<Key> keys) : keys_(std::move(keys)) {}

  [[nodiscard]] const Key* find(std::string_view name) const {
    for (const auto& key : keys_)
      if (key.name == name) return &key;
    return nullptr;
  }

  // A table that is an element of a list; `prefix` stands before its keys' names.
  [[nodiscard]] std::optional<Wrong> read_table(T& into, const toml::table& table,
                                                const std::string& prefix) const {
    for (const auto& [name, value] : table) {
      const std::string full = prefix + std::string(name.str());
      const Key* key = find(full);
      if (key == nullptr) return Wrong(unknown(full), name.source().begin);
      if (const auto wrong = key->apply(into, value))
        return Wrong(fmt::format("{}: {}", key->name, wrong->what), value.source().begin);
    }
    return std::nullopt;
  }

  [[nodiscard]] const std::vector<Key>& all() const { return keys_; }

  [[nodiscard]] std::string unknown(const std::string& name) const {
    std::vector<std::string> known;
    for (const auto& key : keys_) known.push_back(key.name);
    return fmt::format("unknown key \"{}\"{}", name, did_you_mean(name, known));
  }

  // `into` with what the text says over it; `file` stands for the text in messages. On failure `into` may
  // hold a part of it.
  [[nodiscard]] Result<void> read(T& into, std::string_view toml_text, const std::string& file) const {
    try {
      return apply(into, toml::parse(toml_text, file), "", file);
    } catch (const toml::parse_error& error) {
      return at(file, error.source().begin, std::string(error.description()));
    }
  }

 private:
  [[nodiscard]] bool is_section(std::string_view name) const {
    for (const auto& key : keys_)
      if (key.name.size() > name.size() && key.name.starts_with(name) && key.name[name.size()] == '.')
        return true;
    return false;
  }

  Result<void> apply(T& into, const toml::table& table, const std::string& prefix,
                     const std::string& file) const {
    for (const auto& [name, value] : table) {
      const std::string full = prefix + std::string(name.str());
      if (prefix.empty() && is_section(full)) {
        if (!value.is_table())
          return at(file, name.source().begin,
                    fmt::format("{} is a section; write [{}] and its keys below", full, full));
        if (auto inner = apply(into, *value.as_table(), full + ".", file); !inner) return inner;
        continue;
      }
      const Key* key = find(full);
      if (key == nullptr) return at(file, name.source().begin, unknown(full));
      if (const auto wrong = key->apply(into, value))
        return at(file, wrong->place.value_or(value.source().begin),
                  wrong->place ? wrong->what : fmt::format("{}: {}", full, wrong->what));
    }
    return {};
  }

  std::vector<Key> keys_;
};

}  // namespace boardwalk::config
