// Images and attached files of a post: those among its words (`ignore_js_op`, 7.x `span#attach_N`) and those
// listed behind them (`.pattl`, `.postattachlist`).
#pragma once

#include <optional>
#include <string_view>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// The picture that an <img> means: `zoomfile`, `file` or a lazy attribute before `src`, as the latter often
// holds a blank one. Icons of the interface are none.
[[nodiscard]] std::optional<Image> read_image(const Context& context, dom::Node img);

// The code or, without one, the file name of a smiley; nullopt for an <img> that is none.
[[nodiscard]] std::optional<std::string> smiley_of(dom::Node img);

// One attachment's box. A picture is added to `post.images` too. Returns false, and adds nothing, when the
// box holds none. The token in an attachment's link is made anew for every fetch: its URL is given with the
// bare number. One that is for sale has name and size, needs_login and no URL.
bool read_attachment(const Context& context, dom::Node box, Post& post);

// A picture of 6.x and 7.x among the words that the tip behind it (`#aimg_5_menu`, `.t_attach`) tells to be
// an attachment, with name and size. Returns false, and adds nothing, for any other picture.
bool read_pictured_attachment(const Context& context, dom::Node img, Post& post);

// A list of boxes.
void read_attachment_list(const Context& context, dom::Node list, Post& post);

// What words behind a name tell of size and downloads, as far as these are not known yet: `224.73 KB,
// 下载次数: 28`.
void read_size(std::string_view words, Attachment& attachment);

// The end of a size in parentheses, ` (60.11 KB)`, at the beginning of `text`; 0 when there is none.
[[nodiscard]] std::size_t size_suffix(std::string_view text);

}  // namespace boardwalk::parsers::discuz
