// How the words of a post or an article become `text`: one line per visual line.
//
//   rule                                                               example                       gives
//   <br> and the borders of block elements end a line                  <p>a</p>b<br>c                a⏎b⏎c
//   cells of a table row stand on one line, a space between            <tr><td>a</td><td>b</td></tr> a b
//   runs of space, tab, CR, LF and U+00A0 are one space                a &nbsp; b                    a b
//   lines are stripped, also of U+3000 at their ends                   　　a　                       a
//   U+3000 and zero-width characters inside a line stay                a　b                          a　b
//   empty lines are dropped                                            a<br><br>b                    a⏎b
//   elements that no browser shows add nothing                         <span style="display:none">x (nothing)
//   <pre> and code keep their line breaks                              <pre>a⏎b</pre>                a⏎b
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/dom.hpp"

namespace boardwalk::parsers {

// Collects lines under the rules above.
class TextLines {
 public:
  void append(std::string_view utf8);               // white space folds
  void append_preformatted(std::string_view utf8);  // LF ends a line
  void space();  // one space, if the line already has something and does not end with one
  void end_line();
  [[nodiscard]] std::string take();  // the lines, joined by LF, no final one; leaves this empty

 private:
  std::string done_;
  std::string line_;
};

// What a caller wants done with an element before its descendants are read.
enum class Visit { kDescend, kSkip };

// Reads the words of `root`'s descendants. `on_element` is asked for each element first (skip quotes,
// notices, …, note images on the way); hidden elements, script, style, template, select, button and the like
// are skipped without asking.
void read_text(dom::Node root, TextLines& lines, const std::function<Visit(dom::Node)>& on_element);

// read_text with nothing left out.
[[nodiscard]] std::string text_lines(dom::Node root);

// The value of `property` in a style attribute, lower case without spaces; the last one wins, as in browsers.
// Empty when there is none.
[[nodiscard]] std::string style_value(std::string_view style, std::string_view property);

// display:none or visibility:hidden in its style, or the hidden attribute.
[[nodiscard]] bool is_hidden(dom::Node element);
[[nodiscard]] bool is_block(dom::Node element);

// White space (also U+00A0, U+3000, U+FEFF) stripped from both ends.
[[nodiscard]] std::string_view strip(std::string_view utf8);

// The first integer in `text` (`1,234` and `1 234` not split), or nullopt. A `万` behind it multiplies by
// 10,000.
[[nodiscard]] std::optional<std::int64_t> first_number(std::string_view text);

}  // namespace boardwalk::parsers
