// The landmarks of a thread page, found in one pass over the tree: what stands before, in and behind the
// posts. Posts are known by Discuz's ids (`post_N`, `pidN`, `postmessage_N`, `authorpostonN`, `postnumN`),
// which restyled themes keep, and by classes only where no version gives an id. One family: 6.x, 7.x, X1.5 to
// X3.5.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/dom.hpp"

namespace boardwalk::parsers::discuz {

// The landmarks of one post. An empty Node is one that the page has not.
struct PostParts {
  std::string pid;
  std::size_t place = 0;  // among the page's posts
  dom::Node container;
  dom::Node message;                    // the author's words; none when the whole post is withheld
  dom::Node posted;                     // em#authorpostonN
  dom::Node number;                     // a#postnumN
  dom::Node author_link;                // the first profile link that shows a name, before the message
  std::vector<dom::Node> author_boxes;  // where a name without a link stands, the likeliest first
  std::vector<dom::Node> infos;         // lines beside the message that may hold the time
  std::vector<dom::Node> locked;        // notices in place of the message or beside it
  std::vector<dom::Node> notices;       // 6.x has them where later versions have `locked`
  std::vector<dom::Node> attachments;   // lists of attachments behind the message
  std::vector<dom::Node> ratings;       // elements with the id rate_PID_UID; the list of 6.x
  std::vector<dom::Node> special;       // boxes of polls, rewards, debates, activities, goods
  dom::Node comments;                   // #comment_N
  dom::Node type_options;               // the table of 分类信息
  dom::Node stand;                      // the side that a reply takes in a debate
  bool attachments_denied = false;      // `本帖子中包含更多资源`
  bool warned = false;
};

struct ThreadParts {
  std::vector<PostParts> posts;  // in page order; no pid twice
  dom::Node subject;             // #thread_subject
  dom::Node heading;             // the last h1 before the first post's words
  dom::Node document_title;
  dom::Node canonical;
  dom::Node breadcrumb;               // #pt, 6.x and 7.x #nav
  std::vector<dom::Node> counters;    // .hm with numbers in .xi1 before the first post, none inside another
  std::vector<dom::Node> pagers;      // .pg or .pages outside the posts
  std::vector<dom::Node> head_links;  // links before the first post
  std::vector<dom::Node> scripts;     // before the first post
  bool filtered_jump = false;         // the jump to a floor is bound to one author
  bool ended = false;                 // something stands behind the posts: the page was not cut inside them
};

[[nodiscard]] ThreadParts find_parts(dom::Node root);

// `post_` and `12` of `post_12`.
struct NumberedId {
  std::string_view name;
  std::string_view number;  // digits alone; empty when none stand at the id's end
};
[[nodiscard]] inline NumberedId split_id(std::string_view id) {
  std::size_t name = id.size();
  while (name > 0 && ascii::is_digit(id[name - 1])) --name;
  return {id.substr(0, name), id.substr(name)};
}

// `digits` when `id` is `prefix` with nothing but digits behind it, else empty.
[[nodiscard]] inline std::string_view id_number(std::string_view id, std::string_view prefix) {
  if (!id.starts_with(prefix)) return {};
  const std::string_view number = id.substr(prefix.size());
  return ascii::all_digits(number) ? number : std::string_view{};
}

}  // namespace boardwalk::parsers::discuz
