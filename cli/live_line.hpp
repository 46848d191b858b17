// How a long command shows that it gets on: one line on a terminal behind standard error, nothing elsewhere.
#pragma once

#include <chrono>
#include <string>

namespace boardwalk::cli {

class LiveLine {
 public:
  LiveLine();
  ~LiveLine();  // clears it
  LiveLine(const LiveLine&) = delete;
  LiveLine& operator=(const LiveLine&) = delete;

  [[nodiscard]] bool on_terminal() const { return terminal_; }
  // Whether the line is to be drawn again: on a terminal, five times a second. Cheap.
  [[nodiscard]] bool is_due();
  // Cut to one column less than the terminal has: a line that wraps is not drawn again in its place.
  // REQUIRES: on_terminal().
  void show(const std::string& text);

 private:
  bool terminal_;
  bool live_ = false;
  unsigned asked_ = 0;
  std::chrono::steady_clock::time_point due_;
};

}  // namespace boardwalk::cli
