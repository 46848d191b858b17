// What was taken down (store/forgotten.hpp), on its way back in with a page that is fetched again: kept out.
#pragma once

#include <optional>
#include <string>

#include "crawler/step.hpp"
#include "store/care/replay.hpp"
#include "store/forgotten.hpp"
#include "store/visits.hpp"

namespace boardwalk::crawler {

// Used by the thread that commits. `database` and the options' rules must outlive it.
class TakenDown {
 public:
  TakenDown(const store::Database& database, const store::ReplayOptions& options)
      : database_(database), options_(options) {}

  // Takes records out of what the page says, and blacks out their texts in its bytes: what it says is then
  // read from what is left. Of a site or file that was taken down nothing is left.
  [[nodiscard]] Result<void> leave_out(Step& step);

  // Whether the file of that page key was taken down. REQUIRES: leave_out() was called.
  [[nodiscard]] bool has_file(const std::string& key) const { return forgotten_->has_file(key); }

  // Puts the bytes of a step that was blacked out, and marks its visit. REQUIRES: step.redacted.
  static void put_redacted(store::Batch& batch, const Step& step, store::Visit& visit);

 private:
  void black_out(Step& step);

  const store::Database& database_;
  const store::ReplayOptions options_;
  // Read with the first step: nothing is taken down beside a crawl.
  std::optional<store::Forgotten> forgotten_;
  parsers::Workspace workspace_;
};

// After a site was taken down: all that the frontier knows of it goes, with its session, and nothing is asked
// of it until it is unblocked (`boardwalk ctl unblock`). REQUIRES: open for writing, no crawl.
[[nodiscard]] Result<void> ask_no_more(store::Database& database, const std::string& site);

// After an author was taken down: what listings of the site said of it goes from the frontier. REQUIRES: as
// above.
[[nodiscard]] Result<void> black_out_names(store::Database& database, const std::string& site);

}  // namespace boardwalk::crawler
