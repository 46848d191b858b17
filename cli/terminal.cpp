#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "cli/command.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kNoTerminal = 120;

winsize size_of_terminal() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
  return size;
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string_view code_of(Style style) {
  switch (style) {
    case Style::kTitle:
      return "1";
    case Style::kFloor:
      return "1;36";
    case Style::kFaint:
      return "2";
    case Style::kQuote:
      return "33";
    case Style::kAdded:
      return "32";
    case Style::kRemoved:
      return "31;9";
  }
  return "0";
}

std::string pager() {
  const char* chosen = std::getenv("PAGER");
  return chosen != nullptr ? chosen : "less";
}

// Hands the text to the pager and waits for it. False when it cannot be started.
bool print_through(const std::string& command, std::string_view text) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return false;
  const pid_t process = fork();
  if (process == 0) {
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    std::signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);  // colours pass; what fits the screen is printed and left there
    execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  while (process > 0 && !text.empty()) {
    const ssize_t written = write(ends[1], text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;  // the reader has seen enough
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  close(ends[1]);
  int status = 0;
  if (process > 0) waitpid(process, &status, 0);
  return process > 0 && !(WIFEXITED(status) && WEXITSTATUS(status) == 127);
}

}  // namespace

bool on_terminal() { return isatty(STDOUT_FILENO) != 0; }

std::size_t terminal_width() {
  const std::size_t columns = size_of_terminal().ws_col;
  return columns > 0 ? columns : kNoTerminal;
}

bool with_colours() { return on_terminal() && variable("NO_COLOR").empty() && variable("TERM") != "dumb"; }

std::string styled(Style style, std::string_view text) {
  if (!with_colours()) return std::string(text);
  std::string marked;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) marked += fmt::format("\033[{}m{}\033[0m", code_of(style), text.substr(0, end));
    if (end < text.size()) marked += '\n';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return marked;
}

void print_reading(std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  const std::string command = pager();
  const bool fits = lines < size_of_terminal().ws_row;
  if (!on_terminal() || command.empty() || fits || !print_through(command, text)) (void)print(text);
}

}  // namespace boardwalk::cli
