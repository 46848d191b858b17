// Made-up Chinese posts, many of them edits of an earlier one: a character changed, a word put in or taken
// out, a sentence moved, one to thirty edits on thirty to four hundred characters.
#pragma once

#include <string>
#include <vector>

namespace boardwalk::store {

[[nodiscard]] std::vector<std::string> made_up_posts(int count, unsigned seed);

}  // namespace boardwalk::store
