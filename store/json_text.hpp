// JSON as it is written, token by token: no space between them, commas where they belong, UTF-8 as it comes.
// In strings `"`, `\` and control characters are escaped, by their letter where JSON has one and as \u00XX
// otherwise. Whoever writes sees to it that brackets match and that a key stands before each value of an
// object.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace boardwalk::store {

class JsonText {
 public:
  void clear() { size_ = 0; }
  // Valid until the next call.
  [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

  void start_object() { token("{"); }
  void end_object() { append("}"); }
  void start_array() { token("["); }
  void end_array() { append("]"); }

  // REQUIRES: nothing in it that is escaped.
  void key(std::string_view name) { quoted(name, "\":"); }
  void any_key(std::string_view name) {
    string(name);
    append(":");
  }

  void string(std::string_view text);
  // The same of a text with nothing in it that is escaped.
  void plain(std::string_view text) { quoted(text, "\""); }
  void integer(std::int64_t value);
  void real(double value);
  void boolean(bool value) { token(value ? "true" : "false"); }
  void null() { token("null"); }
  // A value that is JSON already.
  void raw(std::string_view json) { token(json); }

  // A key and its value. REQUIRES: as key().
  void field(std::string_view name, std::string_view text) {
    key(name);
    string(text);
  }
  void field(std::string_view name, std::int64_t value) {
    key(name);
    integer(value);
  }
  void null_field(std::string_view name) {
    key(name);
    null();
  }

 private:
  // Where that many bytes may be written; grown() says what was.
  char* room(std::size_t bytes) {
    if (bytes_.size() - size_ < bytes) bytes_.resize(2 * bytes_.size() + bytes);
    return bytes_.data() + size_;
  }
  void grown(const char* end) { size_ = static_cast<std::size_t>(end - bytes_.data()); }

  static char* put(char* at, std::string_view text) { return at + text.copy(at, text.size()); }
  // Between a value, or a key, and what stands before it.
  [[nodiscard]] std::string_view separator() const {
    const char last = size_ == 0 ? '[' : bytes_[size_ - 1];
    return last == '{' || last == '[' || last == ':' ? "" : ",";
  }

  void append(std::string_view text) { grown(put(room(text.size()), text)); }
  void token(std::string_view text) {
    char* const at = room(1 + text.size());
    grown(put(put(at, separator()), text));
  }
  void quoted(std::string_view text, std::string_view end) {
    char* at = put(room(text.size() + 4), separator());
    *at++ = '"';
    grown(put(put(at, text), end));
  }

  std::string bytes_;  // and room for what comes
  std::size_t size_ = 0;
};

}  // namespace boardwalk::store
