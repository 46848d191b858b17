// The digests by which a record's text is recognised: `text_sha256`, and `fold_sha256` of its `fold`.
#pragma once

#include "parsers/records.hpp"

namespace boardwalk::parsers {

// Fills them from `text`; leaves them as they are when there is none.
void digest_text(Post& post);
void digest_text(Article& article);

}  // namespace boardwalk::parsers
