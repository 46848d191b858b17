#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/selector.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

using Combinator = Selector::Combinator;
using Compound = Selector::Compound;
using Simple = Selector::Simple;

using ascii::hex_value;
using ascii::is_digit;
using ascii::is_space;
bool is_name_char(char c) { return ascii::is_alphanumeric(c) || c == '-' || c == '_' || (c & 0x80) != 0; }

// Left to right over the text; the first mistake is thrown to Selector::parse.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<Compound> selector() {
    std::vector<Compound> compounds;
    do {
      Combinator before = Combinator::kNone;
      do {
        spaces();
        if (compounds.size() == Selector::kMostParts) wrong("more than 64 parts in one selector");
        compounds.push_back({before, false, compound()});
        before = combinator();
      } while (before != Combinator::kNone);
      compounds.back().ends = true;
    } while (take(','));
    if (!done()) wrong(fmt::format("\"{}\" has no meaning here", rest()));
    return compounds;
  }

 private:
  [[noreturn]] void wrong(std::string what) const { throw SelectorError{at_, std::move(what)}; }
  [[nodiscard]] bool done() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return done() ? '\0' : text_[at_]; }
  // The character there, whole.
  [[nodiscard]] std::string_view rest() const {
    std::size_t end = at_;
    if (!done()) (void)next_code_point(text_, end);
    return text_.substr(at_, end - at_);
  }
  bool take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool spaces() {
    const std::size_t before = at_;
    while (is_space(peek())) ++at_;
    return at_ > before;
  }
  void expect(char c) {
    if (!take(c)) wrong(fmt::format("expected '{}'{}", c, done() ? " before the end" : ""));
  }

  // The combinator in front of the next compound; kNone at the end of a group.
  Combinator combinator() {
    const bool spaced = spaces();
    if (take('>')) return Combinator::kChild;
    if (take('+')) return Combinator::kNext;
    if (take('~')) return Combinator::kLater;
    const bool more = spaced && !done() && peek() != ',' && peek() != ')';
    return more ? Combinator::kDescendant : Combinator::kNone;
  }

  std::vector<Simple> compound() {
    std::vector<Simple> parts;
    const bool any = take('*');
    if (!any && (is_name_char(peek()) || peek() == '\\'))
      parts.push_back(simple(Simple::Kind::kType, lower_name(), {}));
    while (add_part(parts)) {
    }
    if (parts.empty() && !any)
      wrong(done()
                ? "expected an element, #id, .class, [attribute] or :pseudo-class before the end"
                : fmt::format("expected an element, #id, .class, [attribute] or :pseudo-class, found \"{}\"",
                              rest()));
    return parts;
  }

  static Simple simple(Simple::Kind kind, std::string name, std::string value) {
    Simple part;
    part.kind = kind;
    part.name = std::move(name);
    part.value = std::move(value);
    return part;
  }

  bool add_part(std::vector<Simple>& parts) {
    if (take('#')) {
      parts.push_back(simple(Simple::Kind::kEquals, "id", name()));
    } else if (take('.')) {
      parts.push_back(simple(Simple::Kind::kWord, "class", name()));
    } else if (take('[')) {
      parts.push_back(attribute());
    } else if (take(':')) {
      add_pseudo(parts);
    } else {
      return false;
    }
    return true;
  }

  std::string lower_name() { return ascii::lowered(name()); }

  std::string name() {
    std::string text;
    while (!done()) {
      if (take('\\')) {
        append_escape(text);
      } else if (is_name_char(peek())) {
        text += text_[at_++];
      } else {
        break;
      }
    }
    if (text.empty()) wrong(done() ? "expected a name before the end" : "expected a name");
    return text;
  }

  // Behind a backslash: up to six hex digits and one space, or the character itself.
  void append_escape(std::string& text) {
    if (done()) wrong("nothing follows the backslash");
    char32_t code = 0;
    int digits = 0;
    for (; digits < 6 && hex_value(peek()) >= 0; ++digits)
      code = code * 16 + static_cast<char32_t>(hex_value(text_[at_++]));
    if (digits == 0) {
      text += text_[at_++];
      return;
    }
    if (is_space(peek())) ++at_;
    const bool valid = code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    append_code_point(valid ? code : U'\uFFFD', text);
  }

  Simple attribute() {
    spaces();
    Simple part = simple(Simple::Kind::kHas, lower_name(), {});
    spaces();
    if (take(']')) return part;
    part.kind = relation();
    spaces();
    part.value = value();
    spaces();
    if (!take(']')) wrong(done() ? "the [ is not closed" : "expected ']' behind the attribute's value");
    return part;
  }

  Simple::Kind relation() {
    static constexpr std::pair<char, Simple::Kind> kSigns[] = {{'^', Simple::Kind::kBegins},
                                                               {'$', Simple::Kind::kEnds},
                                                               {'*', Simple::Kind::kContains},
                                                               {'~', Simple::Kind::kWord},
                                                               {'|', Simple::Kind::kDashed}};
    for (const auto& [sign, kind] : kSigns)
      if (take(sign)) {
        expect('=');
        return kind;
      }
    if (!take('=')) wrong(done() ? "the [ is not closed" : "expected =, ^=, $=, *=, ~=, |= or ']'");
    return Simple::Kind::kEquals;
  }

  std::string value() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') return name();
    const std::size_t begin = at_++;
    std::string text;
    while (!done() && peek() != quote) {
      if (take('\\')) {
        append_escape(text);
      } else {
        text += text_[at_++];
      }
    }
    if (done()) {
      at_ = begin;
      wrong("the quote is not closed");
    }
    ++at_;
    return text;
  }

  void add_pseudo(std::vector<Simple>& parts) {
    const std::size_t begin = at_;
    if (peek() == ':') wrong("pseudo-elements pick no element; ::attr(NAME) stands at a field's end alone");
    const std::string word = lower_name();
    if (word == "first-child" || word == "only-child") parts.push_back(nth(0, 1));
    if (word == "last-child" || word == "only-child") parts.push_back(simple(Simple::Kind::kLast, {}, {}));
    if (word == "first-child" || word == "last-child" || word == "only-child") return;
    if (word == "nth-child") return parts.push_back(nth_child());
    if (word == "not") return add_negation(parts);
    at_ = begin;
    wrong(fmt::format(
        "unknown pseudo-class :{}; known are first-child, last-child, only-child, nth-child() and not()",
        word));
  }

  void add_negation(std::vector<Simple>& parts) {
    expect('(');
    if (negating_) wrong(":not() inside :not()");
    negating_ = true;
    spaces();
    std::vector<Simple> inner = compound();
    if (inner.empty()) inner.push_back(nth(1, 0));  // :not(*) leaves nothing
    spaces();
    expect(')');
    negating_ = false;
    ++groups_;
    for (Simple& part : inner) {
      part.negated = true;
      part.group = groups_;
      parts.push_back(std::move(part));
    }
  }

  static Simple nth(int step, int offset) {
    Simple part;
    part.kind = Simple::Kind::kNth;
    part.step = step;
    part.offset = offset;
    return part;
  }

  Simple nth_child() {
    expect('(');
    spaces();
    Simple part = nth_formula();
    spaces();
    expect(')');
    return part;
  }

  // `3`, `odd`, `even`, `2n`, `n`, `-n+3`, `2n + 1`
  Simple nth_formula() {
    for (const auto& [word, offset] : {std::pair<std::string_view, int>{"odd", 1}, {"even", 0}})
      if (text_.substr(at_).starts_with(word)) {
        at_ += word.size();
        return nth(2, offset);
      }
    const bool minus = take('-');
    if (!minus) take('+');
    const int first = is_digit(peek()) ? number() : (peek() == 'n' ? 1 : -1);
    if (first < 0) wrong("expected a number, odd, even or an+b");
    const int step = minus ? -first : first;
    if (!take('n')) return nth(0, step);
    const std::size_t before = at_;
    spaces();
    const char sign = peek();
    if (sign != '+' && sign != '-') {
      at_ = before;
      return nth(step, 0);
    }
    ++at_;
    spaces();
    const int offset = number();
    return nth(step, sign == '-' ? -offset : offset);
  }

  int number() {
    int value = 0;
    const auto read = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (read.ec != std::errc{} || value < 0 || value > 1'000'000) wrong("expected a number up to 1000000");
    at_ = static_cast<std::size_t>(read.ptr - text_.data());
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int groups_ = 0;
  bool negating_ = false;
};

}  // namespace

tl::expected<Selector, SelectorError> Selector::parse(std::string_view text) {
  try {
    Selector selector;
    selector.compounds_ = Parser(text).selector();
    return selector;
  } catch (SelectorError& error) {
    return tl::unexpected(std::move(error));
  }
}

}  // namespace boardwalk::parsers
