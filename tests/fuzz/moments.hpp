// What the targets that read pages require of the times in their records.
#pragma once

#include <cstdlib>
#include <optional>

#include "parsers/page.hpp"

namespace boardwalk::fuzz {

inline void require_readable(const std::optional<parsers::Moment>& moment) {
  if (moment && !parsers::moment_from_rfc3339(moment->rfc3339())) std::abort();
}

// Aborts when a record of the page has a time that cannot be read from its own words again.
inline void require_readable_times(const parsers::ParsedPage& page) {
  for (const parsers::Thread& thread : page.threads) {
    require_readable(thread.created_at);
    require_readable(thread.last_reply_at);
    if (thread.poll) require_readable(thread.poll->ends_at);
  }
  for (const parsers::Post& post : page.posts) {
    require_readable(post.posted_at);
    require_readable(post.edited_at);
    for (const parsers::Quote& quote : post.quotes) require_readable(quote.posted_at);
    for (const parsers::Comment& comment : post.comments) require_readable(comment.posted_at);
  }
  for (const parsers::Article& article : page.articles) {
    require_readable(article.published_at);
    require_readable(article.modified_at);
  }
}

}  // namespace boardwalk::fuzz
