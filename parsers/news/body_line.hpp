// Which of the lines that stand in the place of the text are its words, each judged by itself: no captions,
// no links that stand for something else, no lines that tell time, source or names, no words of buttons.
#pragma once

#include <string_view>

#include "parsers/news/page_text.hpp"

namespace boardwalk::parsers::news {

// What is known of the place of a line. Behind some of the text, a line that begins with a time may tell what
// happened then; where more of the text follows, too, a sentence may begin as a tail line does.
enum class Where { kAnywhere, kBehindText, kAmidText };
[[nodiscard]] bool is_body_line(const PageText& page, const Line& line, Where where = Where::kAnywhere);
// What stands between a headline and the first sentence and is not the text: a lone word; outside Chinese
// pages, a line with a date, too.
[[nodiscard]] bool is_above_text(const Line& line);
// `2019年3月5日` and nothing else, in brackets or not: a heading of a chronicle, or the day under the name of the
// office that signs a notice. When a page was put up it mostly prints as 2019-03-05, unless in a heading.
[[nodiscard]] bool is_day_alone(const Line& line);
[[nodiscard]] bool ends_sentence(std::string_view text);
[[nodiscard]] bool has_han(std::string_view text);

}  // namespace boardwalk::parsers::news
