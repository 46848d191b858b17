// What surrounds an article: blocks known by their element, role or names, and lines known by their words.
#pragma once

#include <string_view>

#include "parsers/dom.hpp"

namespace boardwalk::parsers::news {

// Navigation, footer, comments, sharing, recommendations, advertisements, captions, … by element, role, class
// or id.
[[nodiscard]] bool is_noise(dom::Node block);

// Named as the place of an article's text: articleBody, `article-content`, `TRS_Editor`, …
[[nodiscard]] bool is_named_content(dom::Node block);

// Lines that stand inside the body's block and are not its words. `text` as a PageText line.
[[nodiscard]] bool is_tail_line(std::string_view text);  // editor, source, disclaimer, tags, pager, follow-us
[[nodiscard]] bool is_related_heading(
    std::string_view text);  // 相关阅读, Read more, …: what follows is no longer the article
[[nodiscard]] bool is_caption_text(std::string_view text);  // 图为…, …摄, Photo: …

}  // namespace boardwalk::parsers::news
