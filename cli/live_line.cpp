#include "cli/live_line.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/command.hpp"
#include "cli/text_width.hpp"

namespace boardwalk::cli {
namespace {

constexpr auto kEvery = std::chrono::milliseconds(200);
constexpr unsigned kAsksPerLook = 256;     // a look at the clock for so many questions
constexpr std::size_t kUsualColumns = 80;  // of a terminal that does not tell

}  // namespace

std::string cut_to_terminal(const std::string& text) {
  winsize size{};
  const bool tells = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  const std::size_t room = (tells ? size.ws_col : kUsualColumns) - 1;
  return width(text) <= room ? text : fit(text, room);
}

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
  tell(fmt::format("\r\033[K{}", cut_to_terminal(text)));
}

}  // namespace boardwalk::cli
