// How a running crawl shows itself, on standard error only: one live line on a terminal, a line a minute
// elsewhere.
#pragma once

#include <cstdint>
#include <string>

#include "crawler/report.hpp"

namespace boardwalk::cli {

class Progress {
 public:
  Progress();
  ~Progress();  // clears the live line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(const crawler::RunReport& report, std::int64_t now_ms);

 private:
  bool terminal_;
  std::int64_t shown_at_ = 0;
  bool live_ = false;
};

// `pages 120  posts 840 (812 new) …`: the run so far, in one line.
[[nodiscard]] std::string progress_line(const crawler::RunReport& report, std::int64_t now_ms);

// What a finished run did, a few lines for a person.
[[nodiscard]] std::string summary(const crawler::RunReport& report, const std::string& archive);

}  // namespace boardwalk::cli
