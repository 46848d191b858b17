#include "store/json_field.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstring>

#include "store/json_text.hpp"

namespace boardwalk::store {
namespace {

constexpr std::string_view kNoOrigin = R"("duplicate_of":null,"near_duplicate_of":null,"similarity":null)";

// A site file may take ids from words of a page, whatever stands there.
std::string id_or_null(const std::optional<std::string>& id) {
  JsonText json;
  id ? json.string(*id) : json.null();
  return std::string(json.view());
}

// What stands behind `"key":`; empty when the key is absent.
std::string_view value_of(std::string_view json, std::string_view key) {
  if (json.empty()) return {};
  std::string mark = "\"";
  mark += key;
  mark += "\":";
  // std::string_view::find would stop at each quote.
  const void* const at = memmem(json.data(), json.size(), mark.data(), mark.size());
  if (at == nullptr) return {};
  return json.substr(static_cast<std::size_t>(static_cast<const char*>(at) - json.data()) + mark.size());
}

// The writer escapes control characters with \u00XX where there is no letter for them.
void append_escaped(std::string& text, std::string_view& rest) {
  const char c = rest.front();
  rest.remove_prefix(1);
  switch (c) {
    case 'b':
      text += '\b';
      return;
    case 'f':
      text += '\f';
      return;
    case 'n':
      text += '\n';
      return;
    case 'r':
      text += '\r';
      return;
    case 't':
      text += '\t';
      return;
    case 'u':
      break;
    default:
      text += c;
      return;
  }
  unsigned code = 0;
  const std::string_view digits = rest.substr(0, 4);
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  text += static_cast<char>(code);
  rest.remove_prefix(digits.size());
}

// Takes a string off the front of `rest`; nullopt when there is none.
std::optional<std::string> take_string(std::string_view& rest) {
  if (rest.empty() || rest.front() != '"') return std::nullopt;
  rest.remove_prefix(1);
  std::string text;
  while (!rest.empty()) {
    const std::size_t plain = rest.find_first_of("\"\\");
    text += rest.substr(0, plain);
    if (plain == std::string_view::npos) return std::nullopt;
    const bool ends = rest[plain] == '"';
    rest.remove_prefix(plain + 1);
    if (ends) return text;
    if (!rest.empty()) append_escaped(text, rest);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> text_field(std::string_view json, std::string_view key) {
  std::string_view rest = value_of(json, key);
  return take_string(rest);
}

std::vector<std::string> text_list_field(std::string_view json, std::string_view key) {
  std::vector<std::string> texts;
  std::string_view rest = value_of(json, key);
  while (!rest.empty() && (rest.front() == '[' || rest.front() == ',')) {
    rest.remove_prefix(1);
    auto text = take_string(rest);
    if (!text) break;
    texts.push_back(std::move(*text));
  }
  return texts;
}

std::optional<std::string> board_id_field(std::string_view json) {
  const std::string_view board = value_of(json, "board");
  return board.starts_with('{') ? text_field(board, "id") : std::nullopt;
}

std::optional<std::string> page_digest_field(std::string_view json) {
  const std::string_view page = value_of(json, "page");
  return page.starts_with('{') ? text_field(page, "sha256") : std::nullopt;
}

std::string with_origin(std::string_view json, const Origin& origin) {
  const std::size_t at = json.find(kNoOrigin);
  if (at == std::string_view::npos) return std::string(json);
  return fmt::format(R"({}"duplicate_of":{},"near_duplicate_of":{},"similarity":{}{})", json.substr(0, at),
                     id_or_null(origin.duplicate_of), id_or_null(origin.near_duplicate_of),
                     origin.similarity ? fmt::to_string(*origin.similarity) : "null",
                     json.substr(at + kNoOrigin.size()));
}

}  // namespace boardwalk::store
