#include "cli/live_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "cli/text_width.hpp"

namespace boardwalk::cli {
namespace {

constexpr auto kEvery = std::chrono::milliseconds(200);
constexpr unsigned kAsksPerLook = 256;     // a look at the clock for so many questions
constexpr std::size_t kUsualColumns = 80;  // of a terminal that does not tell

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
  const std::size_t room = columns_of(STDERR_FILENO).value_or(kUsualColumns) - 1;
  tell(fmt::format("\r\033[K{}", width(text) <= room ? text : fit(text, room)));
}

}  // namespace boardwalk::cli
