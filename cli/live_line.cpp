#include "cli/live_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "cli/command.hpp"

namespace boardwalk::cli {
namespace {

constexpr auto kEvery = std::chrono::milliseconds(200);
constexpr unsigned kAsksPerLook = 256;  // a look at the clock for so many questions

}  // namespace

LiveLine::LiveLine()
    : terminal_(isatty(STDERR_FILENO) != 0), due_(std::chrono::steady_clock::now() + kEvery) {}

LiveLine::~LiveLine() {
  if (live_) tell("\r\033[K");
}

bool LiveLine::is_due() {
  return terminal_ && ++asked_ % kAsksPerLook == 0 && std::chrono::steady_clock::now() >= due_;
}

void LiveLine::show(const std::string& text) {
  live_ = true;
  due_ = std::chrono::steady_clock::now() + kEvery;
  tell(fmt::format("\r\033[K{}", text));
}

}  // namespace boardwalk::cli
