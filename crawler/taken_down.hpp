// What was taken down (store/forgotten.hpp), on its way back in with a page that is fetched again: kept out.
#pragma once

#include <optional>

#include "crawler/parse_pool.hpp"
#include "store/forgotten.hpp"
#include "store/visits.hpp"

namespace boardwalk::crawler {

// Used by the thread that commits. `database` must outlive it.
class TakenDown {
 public:
  explicit TakenDown(const store::Database& database) : database_(database) {}

  // Takes records out of what the page says, and blacks out their texts in its bytes; of a site that was
  // taken down nothing is left.
  [[nodiscard]] Result<void> leave_out(Step& step);

  // Puts the bytes of a step that was blacked out, and marks its visit. REQUIRES: step.redacted.
  static void put_redacted(store::Batch& batch, const Step& step, store::Visit& visit);

 private:
  const store::Database& database_;
  std::optional<store::Forgotten>
      forgotten_;  // read with the first step: nothing is taken down beside a crawl
};

}  // namespace boardwalk::crawler
