// The words of one post, and what stands among them. `text` holds the author's own words only, by the rules
// of parsers/text.hpp and these:
//
// clang-format off
//   rule                                                             example                                      text
//   a quote stands apart, a quote in it too                          <div class=quote>old</div>new                new
//   the edit notice is a fact, whatever its language                 <i class=pstatus>edited by A at T</i>a       a
//     6.x and 7.x put it last, in plain brackets                     a [<i> 本帖最后由 A 于 T 编辑 </i>]          a
//   a hidden part leaves a flag                                      a<div class=locked>reply to see</div>b       a⏎b
//   a hidden part that the reader may see loses its heading          <div class=showhide><h4>hidden</h4>a</div>   a
//   smilies are dropped and listed, other images listed              a<img smilieid=1 src=x/smile.gif>b           ab
//   an attachment leaves no name, size or tip                        <ignore_js_op>photo.jpg (3 KB)…</…>a         a
//     7.x prints the size as bare text behind the name               <span id=attach_1>a.zip</span> (3 KB) b      b
//   code keeps its lines, not the "copy" link and its heading        <div class=blockcode>…<li>a<li>b</div>       a⏎b
//   noise against copying is dropped                                 a<font class=jammer>x7!</font>               a
//     6.x and 7.x                                                    a<font style="font-size:0px">x7!</font>      a
//   advertisements are dropped                                       <div class=a_pr>buy</div>a                   a
//   players and [flash] become links, their fallback words go        <div class=media><a href=U>click</a></div>   (U in media)
//   shortened links read as shown, the whole is in the list          <a href=U>http://a.example/lo ... ml</a>     as shown
//   links to downloads outside the web are listed as they stand        <a href="magnet:?xt=1">b</a>                 b
//   a mention keeps its words and is listed                          <a href=space-uid-3.html>@Li</a> hi          @Li hi
// clang-format on
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// What the page's own interface and the post tell that helps to read a body.
struct BodyHints {
  std::string posted_words;  // what the interface says before a post's time: `发表于`; may be empty
  OptionalString author;     // the post's
};

// Fills the fields of `post` that its message tells: text, quotes, links, images, attachments, smilies,
// mentions, media, edited_at, edited_by. Returns whether a part of it was hidden. Linear in the size of the
// message.
[[nodiscard]] bool read_message_body(const Context& context, dom::Node message, const BodyHints& hints,
                                     Post& post);

}  // namespace boardwalk::parsers::discuz
