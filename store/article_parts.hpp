// Articles that a site spreads over several pages, joined into one record as far as their pages are in the
// archive. What each page has said is kept beside the record (schema.hpp), and the record's versions follow
// from that alone, whatever the order in which pages are fetched or committed: a page that is read for the
// first time completes every version, a page whose text changes makes a new one, and so does the page before
// it that says since that it is the last.
#pragma once

#include <string>
#include <vector>

#include "parsers/records.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

// Takes in what one page says (an article without `part` is its first page) and returns the versions of the
// article, oldest first, numbered: all of them, or the last ones alone where those before them stay as they
// are held. Those stay that had ended when the page was last read to say something else, unless `seen` is an
// older read, the first one of its page, or takes a page away or brings it back. `held` is of the current
// record; `plain` are the versions that are held from when the article had one page.
[[nodiscard]] Result<std::vector<parsers::Article>> put_part(Batch& batch, const std::string& record_id,
                                                             const parsers::Article& seen,
                                                             const parsers::Provenance& held,
                                                             const std::vector<parsers::Article>& plain);

}  // namespace boardwalk::store
