#include "parsers/news/script_values.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "config/ascii.hpp"
#include "parsers/news/script_arguments.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr int kDeepest = 3;             // state in a string in a string
constexpr std::size_t kMostCopies = 4;  // of a script's size, in what its names stand for

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) { return ascii::is_alphanumeric(c) || c == '_' || c == '$'; }

// A string that holds state itself: `{…}`, `[…]`, `1f:{…}` as in a stream of numbered rows.
bool is_state(std::string_view text) {
  constexpr std::size_t kLongestRow = 8;  // bytes of a row's number
  const std::size_t open = text.find_first_of("{[");
  const auto before = text.substr(0, std::min(open, text.size()));
  return open <= kLongestRow && text.find("\":") != std::string_view::npos &&
         std::all_of(before.begin(), before.end(),
                     [](char c) { return is_word(c) || c == ':' || is_blank(c); });
}

class Scanner {
 public:
  Scanner(std::string_view code, ScriptValues& values, int object, int depth)
      : code_(code), values_(values), object_(object), depth_(depth) {}
  // Where names stand for what a function is called with.
  Scanner(std::string_view code, ScriptValues& values, const ScriptArguments& arguments)
      : code_(code),
        values_(values),
        object_(-1),
        depth_(0),
        arguments_(&arguments),
        copies_(kMostCopies * code.size()) {}

  void read() {
    while (at_ < code_.size()) step(code_[at_]);
  }

 private:
  struct Frame {
    char close;
    int object;  // what to return to
    std::string key;
  };

  void step(char c) {
    if (c == '"' || c == '\'' || c == '`') {
      take(string(c));
    } else if (is_word(c)) {
      word();
    } else if (c == '{' || c == '[' || c == '(') {
      open(c);
    } else if (c == '}' || c == ']' || c == ')') {
      close(c);
    } else if (c == '/' && at_ + 1 < code_.size() && (code_[at_ + 1] == '/' || code_[at_ + 1] == '*')) {
      comment();
    } else {
      if (in_object() && (c == ',' || c == ';')) key_.clear();
      ++at_;
    }
  }

  [[nodiscard]] bool in_object() const { return !frames_.empty() && frames_.back().close == '}'; }

  void open(char c) {
    ++at_;
    frames_.push_back({c == '{' ? '}' : c == '[' ? ']' : ')', object_, key_});
    if (c != '{') return;
    values_.objects.push_back({object_, key_});
    object_ = static_cast<int>(values_.objects.size()) - 1;
    key_.clear();
  }

  void close(char c) {
    ++at_;
    if (frames_.empty() || frames_.back().close != c) return;
    object_ = frames_.back().object;
    key_ = std::move(frames_.back().key);
    frames_.pop_back();
  }

  void comment() {
    const bool line = code_[at_ + 1] == '/';
    const std::size_t end = line ? code_.find('\n', at_) : code_.find("*/", at_ + 2);
    at_ = end == std::string_view::npos ? code_.size() : end + (line ? 1 : 2);
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < code_.size() && (is_word(code_[at_]) || code_[at_] == '.')) ++at_;
    const std::string_view word = code_.substr(begin, at_ - begin);
    if (is_key()) {
      key_ = normal_key(word);
    } else if (ascii::all_digits(word)) {
      values_.values.push_back({object_, key_, std::string(word)});
    } else if (arguments_ != nullptr && arguments_->contains(word)) {
      argument(arguments_->at(word));
    }
  }

  void argument(std::string_view literal) {
    if (literal.size() > copies_) return;
    copies_ -= literal.size();
    Scanner scanner(literal, values_, object_, depth_);
    scanner.key_ = key_;
    scanner.read();
  }

  // A colon follows, which is then passed.
  bool is_key() {
    if (!in_object() || !key_.empty()) return false;
    std::size_t next = at_;
    while (next < code_.size() && is_blank(code_[next])) ++next;
    if (next == code_.size() || code_[next] != ':') return false;
    at_ = next + 1;
    return true;
  }

  void take(std::string text) {
    if (is_key()) {
      key_ = normal_key(text);
    } else if (depth_ < kDeepest && is_state(text)) {
      Scanner(text, values_, object_, depth_ + 1).read();
    } else {
      values_.values.push_back({object_, key_, std::move(text)});
    }
  }

  std::string string(char quote) {
    std::string text;
    for (++at_; at_ < code_.size() && code_[at_] != quote; ++at_) {
      if (code_[at_] != '\\') {
        text += code_[at_];
      } else if (++at_ < code_.size()) {
        escape(text);
      }
    }
    at_ = std::min(at_ + 1, code_.size());
    return text;
  }

  // `at_` stands behind the backslash, then on the last character of the escape.
  void escape(std::string& text) {
    const char c = code_[at_];
    if (c == 'u' || c == 'x') {
      append_code_point(escaped(c == 'u' ? 4 : 2), text);
    } else if (c == 'n' || c == 'r' || c == 't') {
      text += c == 't' ? '\t' : '\n';
    } else if (c != 'b' && c != 'f' && c != '\n') {
      text += c;
    }
  }

  char32_t escaped(std::size_t digits) {
    const auto first = hexadecimal(at_ + 1, digits);
    if (!first) return 0xFFFD;
    at_ += digits;
    const bool high = *first >= 0xD800 && *first < 0xDC00;
    if (*first < 0xD800 || *first >= 0xE000) return *first == 0 ? 0xFFFD : *first;
    const auto second = high && code_.substr(at_ + 1, 2) == "\\u" ? hexadecimal(at_ + 3, 4) : std::nullopt;
    if (!second || *second < 0xDC00 || *second >= 0xE000) return 0xFFFD;
    at_ += 6;
    return 0x10000 + ((*first - 0xD800) << 10) + (*second - 0xDC00);
  }

  [[nodiscard]] std::optional<char32_t> hexadecimal(std::size_t begin, std::size_t digits) const {
    if (begin + digits > code_.size()) return std::nullopt;
    char32_t value = 0;
    for (const char c : code_.substr(begin, digits)) {
      const int digit = ascii::hex_value(c);
      if (digit < 0) return std::nullopt;
      value = value * 16 + static_cast<char32_t>(digit);
    }
    return value;
  }

  std::string_view code_;
  ScriptValues& values_;
  std::size_t at_ = 0;
  std::vector<Frame> frames_;
  int object_;
  int depth_;
  const ScriptArguments* arguments_ = nullptr;
  std::size_t copies_ = 0;  // bytes of arguments that may yet be read
  std::string key_;
};

}  // namespace

void read_script(std::string_view code, ScriptValues& values) {
  Scanner(code, values, read_arguments(code)).read();
}

std::string normal_key(std::string_view key) {
  std::string normal;
  for (const char c : key) {
    if (c == '_' || c == '-') continue;
    normal += ascii::lower(c);
    if (normal.size() == kLongestKey) break;
  }
  return normal;
}

}  // namespace boardwalk::parsers::news
