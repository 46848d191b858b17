// How a running crawl shows itself, on standard error only: one live line on a terminal, a line a minute
// elsewhere.
#pragma once

#include <cstdint>
#include <string>

#include "cli/live_line.hpp"
#include "crawler/report.hpp"

namespace boardwalk::cli {

class Progress {
 public:
  void show(const crawler::RunReport& report, std::int64_t now_ms);

 private:
  LiveLine live_;
  std::int64_t shown_at_ = 0;
};

// What a finished run did, a few lines for a person.
[[nodiscard]] std::string summary(const crawler::RunReport& report, const std::string& archive);

}  // namespace boardwalk::cli
