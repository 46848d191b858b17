// What others added to a post: ratings (评分) and comments (点评).
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// One Rating per rater and unit, in page order, from a row of X's table (`tr#rate_PID_UID`) or from an avatar
// whose tip holds reason and amounts (`p#rate_PID_UID[tip]`, 7.x a hidden box behind it), or of the list
// of 6.x.
void read_ratings(const PostParts& parts, Post& post);

// Comments in page order, newest first as Discuz! prints them; `comments_paged` when the box has further
// pages.
void read_comments(const Context& context, const PostParts& parts, Post& post);

}  // namespace boardwalk::parsers::discuz
