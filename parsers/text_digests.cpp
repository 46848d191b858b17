#include "parsers/text_digests.hpp"

#include "parsers/digest.hpp"
#include "parsers/fold.hpp"

namespace boardwalk::parsers {
namespace {

template <typename Record>
void digest(Record& record) {
  if (record.text.empty()) return;
  record.text_sha256 = sha256_hex(record.text);
  record.fold = fold(record.text);
  if (!record.fold.empty()) record.fold_sha256 = sha256_hex(record.fold);
}

}  // namespace

void digest_text(Post& post) { digest(post); }
void digest_text(Article& article) { digest(article); }

}  // namespace boardwalk::parsers
