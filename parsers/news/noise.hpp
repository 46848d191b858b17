// What surrounds an article: blocks known by their element, role or names, and lines known by their words.
#pragma once

#include <string_view>

#include "parsers/dom.hpp"

namespace boardwalk::parsers::news {

// How surely a block is not the article's: named as a teaser, which may be the article's own standfirst; by
// other names; by names that are believed of longer blocks too (navigation, related articles; readers'
// comments) and <aside>; by its element or role. Of a class or an id the first KiB is
// looked at.
enum class Noise { kNone, kTeaser, kNamed, kStrong, kComments, kSurely };
[[nodiscard]] Noise noise_of(dom::Node block);
[[nodiscard]] inline bool is_noise(dom::Node block) { return noise_of(block) != Noise::kNone; }

// Named as the place of an article's text: articleBody, `article-content`, `TRS_Editor`, …
[[nodiscard]] bool is_named_content(dom::Node block);

// A class of pictures: `img_wrapper`, `article-photo`.
[[nodiscard]] bool names_picture(std::string_view names);

// Lines that stand inside the body's block and are not its words. `text` as a PageText line.
// Editor, source, disclaimer, tags, pager, follow-us; no sentence that only begins with such a word.
[[nodiscard]] bool is_tail_line(std::string_view text);
// A sentence that is such a line, if at all, only by words that sentences of a text hold, too: `点击下载完成的
// 文件，按提示安装。`
[[nodiscard]] bool may_be_text(std::string_view text);
// Asks to subscribe, to follow or to write; only where a link stands in the line, near the text's end.
[[nodiscard]] bool is_invitation(std::string_view text);
// Speaks of the cookies that the site sets.
[[nodiscard]] bool is_consent(std::string_view text);
// A word of a button or above an advertisement, and that alone.
[[nodiscard]] bool is_button(std::string_view text);
// A heading such as `Get our newsletter`: the box that it opens is not the text.
[[nodiscard]] bool opens_invitation(std::string_view text);
// `Updated at 10.20 GMT`
[[nodiscard]] bool tells_update(std::string_view text);
// `5 min read`, and that at its end.
[[nodiscard]] bool tells_reading_time(std::string_view text);
// `相关阅读`, `Read next`, `3 Comments`, …: what follows is no longer the article. A sentence is none.
[[nodiscard]] bool is_related_heading(std::string_view text);
// `Contact:`, `Weitere Informationen`: what may follow an article's last words, and may be a heading in it.
[[nodiscard]] bool is_closing_heading(std::string_view text);
[[nodiscard]] bool is_caption_text(std::string_view text);  // 图为…, …摄, Photo: …

}  // namespace boardwalk::parsers::news
