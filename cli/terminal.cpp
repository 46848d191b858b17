#include "cli/terminal.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <utility>

#include "cli/command.hpp"
#include "config/whole_file.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kNoTerminal = 120;

winsize size_of(int descriptor) {
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return {};
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

std::string pager_command() {
  const char* chosen = std::getenv("PAGER");
  return chosen != nullptr ? chosen : "less";
}

constexpr std::size_t kPipe = std::size_t{256} << 10;  // more than a pipe holds of what nobody reads

// While the pager runs the terminal is its own: an interrupt ends it, and the program only when it is gone.
volatile std::sig_atomic_t pager_process = -1;

void on_interrupt(int /*signal*/) {
  if (waitpid(pager_process, nullptr, WNOHANG) != 0) _exit(130);
}

// Gives what SIGINT did before.
auto hand_terminal_to(pid_t pager) {
  pager_process = pager;
  return std::signal(SIGINT, on_interrupt);
}

}  // namespace

std::size_t control_at(std::string_view text, std::size_t at) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(at) < 0x20 || byte(at) == 0x7F) return 1;
  const bool c1 = byte(at) == 0xC2 && at + 1 < text.size() && (byte(at + 1) & 0xE0) == 0x80;
  return c1 ? 2 : 0;
}

std::string shown(std::string_view text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size();) {
    const bool stays = text[i] == '\n' || text[i] == '\t';
    const std::size_t control = stays ? 0 : control_at(text, i);
    if (control > 0)
      clean += "\xEF\xBF\xBD";
    else
      clean += text[i];
    i += std::max<std::size_t>(control, 1);
  }
  return clean;
}

bool on_terminal() { return isatty(STDOUT_FILENO) != 0; }

std::optional<std::size_t> columns_of(int descriptor) {
  const std::size_t columns = size_of(descriptor).ws_col;
  return columns > 0 ? std::optional(columns) : std::nullopt;
}

std::size_t terminal_width() { return columns_of(STDOUT_FILENO).value_or(kNoTerminal); }

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

Pager::Pager()
    : command_(pager_command()),
      rows_(on_terminal() && !command_.empty() ? size_of(STDOUT_FILENO).ws_row : 0) {}

Pager::~Pager() {
  if (process_ >= 0 ? end() : open_) (void)print_held();
}

bool Pager::print(std::string_view text) {
  if (!open_) return false;
  if (rows_ == 0) return open_ = cli::print(text);
  if (process_ >= 0) return open_ = send(text);
  held_ += text;
  lines_ += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  if (lines_ < rows_) return true;
  if (start()) return open_ = send(std::exchange(held_, {}));
  rows_ = 0;
  return open_ = print_held();
}

bool Pager::print_held() { return cli::print(std::exchange(held_, {})); }

bool Pager::start() {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return false;
  process_ = fork();
  if (process_ == 0) {
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    std::signal(SIGPIPE, SIG_DFL);
    setenv("LESS", "FRX", 0);  // colours pass; what fits the screen is printed and left there
    execl("/bin/sh", "sh", "-c", command_.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  pipe_ = ends[1];
  if (process_ < 0)
    close(std::exchange(pipe_, -1));
  else
    interrupt_ = hand_terminal_to(process_);
  return process_ > 0;
}

// Whether there was no such pager.
bool Pager::end() {
  close(std::exchange(pipe_, -1));
  int status = 0;
  waitpid(std::exchange(process_, -1), &status, 0);
  std::signal(SIGINT, interrupt_);
  return WIFEXITED(status) && WEXITSTATUS(status) == 127;
}

// What a pager that is missing was sent is kept, to be printed without one; one that has read more is there.
bool Pager::send(std::string_view text) {
  const bool kept = held_.size() < kPipe;
  if (kept) held_ += text;
  if (config::write_all(pipe_, text)) return true;
  if (!end()) return false;  // the reader has seen enough
  if (!kept) held_ += text;
  rows_ = 0;
  return print_held();
}

void print_paged(std::string_view text) {
  Pager pager;
  (void)pager.print(text);
}

}  // namespace boardwalk::cli
