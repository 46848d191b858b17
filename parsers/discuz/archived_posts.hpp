// The posts of an archived thread (`/archiver/?tid-7.html`). They have no number there, so that none can be a
// record of its own: `post_id` stays empty, and the archive takes the post from the desktop page. Author,
// time and words are the desktop page's where the archiver shows them:
//
// clang-format off
//   rule                                                              example                               gives
//   the first line may be the edit notice (7.x: the last, bracketed)  本帖最后由 A 于 T 编辑⏎⏎a             a, edited_by A
//   a quote begins with its head and ends with an empty line,         A 发表于 T⏎old⏎⏎a                     a, quote of A: old
//     three lines at most, as Discuz! cuts what a reply quotes
//   a hidden part is a flag                                           a⏎**** Hidden Message *****           a, hidden_part
//   so does one that has its price                                    a⏎… 5 金钱 <a href=…action=pay>购买   a, hidden_part
//   an item of a list loses its mark                                  [*]a                                  a
//   Discuz!'s own smilies are dropped and listed, as the desktop      a:handshake {:2_25:}                  a
//     shows pictures wherever the codes stand
//   a quote without a head, the codes of a forum's own smilies and    http://a.example/b.png                as it stands
//     the address of a picture cannot be told from words
// clang-format on
#pragma once

#include <vector>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// In page order, without thread, board and page. The first post of page 1 is the thread's; other floors are
// not told, as the archiver leaves out posts that guests may not see.
[[nodiscard]] std::vector<Post> read_archived_posts(const Context& context, dom::Node content, int page);

}  // namespace boardwalk::parsers::discuz
