#include "store/care/verify.hpp"

namespace boardwalk::store {

Result<Verified> verify(const Database& database, const Tell& tell) {
  Verified verified;
  const Tell count = [&](const Finding& finding) {
    ++verified.findings;
    tell(finding);
  };
  if (auto done = verify_tables(database, verified, count); !done) return tl::unexpected(done.error());
  // A table that cannot be read fails every scan through it: it has been told, and what affects.
  const std::int64_t tables = verified.findings;
  const auto scanned = [&](const Result<void>& done) {
    if (!done && tables == 0) count({done.error().message, "everything behind that row in its family"});
  };
  scanned(verify_pages(database, verified, count));
  scanned(verify_records(database, verified, count));
  scanned(verify_threads(database, count));
  scanned(verify_likeness(database, count));
  scanned(verify_text(database, count));
  return verified;
}

}  // namespace boardwalk::store
