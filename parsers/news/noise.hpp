// What surrounds an article: blocks known by their element, role or names, and lines known by their words.
#pragma once

#include <string_view>

#include "parsers/dom.hpp"

namespace boardwalk::parsers::news {

// How surely a block is not the article's: by its names alone, by names that mean readers' comments (which
// may be longer than the article), or by its element or role.
enum class Noise { kNone, kNamed, kComments, kSurely };
[[nodiscard]] Noise noise_of(dom::Node block);
[[nodiscard]] inline bool is_noise(dom::Node block) { return noise_of(block) != Noise::kNone; }

// Named as the place of an article's text: articleBody, `article-content`, `TRS_Editor`, …
[[nodiscard]] bool is_named_content(dom::Node block);

// Lines that stand inside the body's block and are not its words. `text` as a PageText line.
[[nodiscard]] bool is_tail_line(std::string_view text);  // editor, source, disclaimer, tags, pager, follow-us
[[nodiscard]] bool is_related_heading(
    std::string_view text);  // 相关阅读, Read more, …: what follows is no longer the article
[[nodiscard]] bool is_caption_text(std::string_view text);  // 图为…, …摄, Photo: …

}  // namespace boardwalk::parsers::news
