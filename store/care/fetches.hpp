// What a replay reads: the fetches of an archive whose pages may say something, in the order in which they
// were made, so many at a time that memory does not grow with the archive. Each time its visits are walked
// anew.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/database.hpp"

namespace boardwalk::store {

// One visit as far as a replay needs it.
struct Fetch {
  std::int64_t at = 0;  // epoch ms
  std::string url, content_type;
  std::string sha256;     // hex; empty when it brought nothing to read
  bool gone = false;      // a page that was read once is not there any more, by no spelling of its URL
  bool was_read = false;  // an earlier fetch of the page brought what it says
  int run = 0;
  std::int64_t place = 0;  // among the archive's visits
};

class Fetches {
 public:
  // `most` at a time. REQUIRES: most > 0; `database` outlives it, and its visits stay as they are.
  Fetches(const Database& database, std::size_t most) : database_(database), most_(most) {}

  // The next ones; empty behind the last. kDamaged when a visit's row is; they can be asked for again.
  [[nodiscard]] Result<std::vector<Fetch>> next();

 private:
  const Database& database_;
  const std::size_t most_;
  std::optional<Fetch> last_;  // that was given
  bool ends_ = false;          // nothing is behind it
};

}  // namespace boardwalk::store
