// The person's terminal, when there is one: its size, whether colours are wanted, and the reader's pager.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::cli {

// Standard output is a terminal.
[[nodiscard]] bool on_terminal();

// Columns of the terminal behind a descriptor; nullopt when there is none, or it does not tell.
[[nodiscard]] std::optional<std::size_t> columns_of(int descriptor);

// Those behind standard output; 120 when there are none.
[[nodiscard]] std::size_t terminal_width();

// On a terminal, unless $NO_COLOR is set (to anything but nothing) or $TERM is dumb.
[[nodiscard]] bool with_colours();

enum class Style { kTitle, kFloor, kFaint, kQuote, kAdded, kRemoved };
// The text in that style where colours are wanted, as it is elsewhere. A style ends with each line, so that
// pagers keep it right.
[[nodiscard]] std::string styled(Style style, std::string_view text);

// How many bytes the control takes that stands at `at`, which terminals obey: C0, DEL, C1; 0: none stands there.
[[nodiscard]] std::size_t control_at(std::string_view text, std::size_t at);

// Text of a site, fit for a terminal: controls but line end and tab are replaced.
[[nodiscard]] std::string shown(std::string_view text);

// What a person reads, printed as it comes: through $PAGER (`less` when it is not set) once it is longer than
// the terminal, else as print() does. An empty $PAGER means none.
class Pager {
 public:
  Pager();
  ~Pager();  // waits until the person has done with the pager
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  // False when no more is wanted, or can be written.
  [[nodiscard]] bool print(std::string_view text);

 private:
  [[nodiscard]] bool start();
  [[nodiscard]] bool end();
  [[nodiscard]] bool send(std::string_view text);
  [[nodiscard]] bool print_held();

  std::string held_;  // not printed yet, or sent to a pager that may not have started
  std::string command_;
  std::size_t rows_;  // of the terminal; 0: no pager is wanted
  std::size_t lines_ = 0;
  int pipe_ = -1;
  int process_ = -1;
  void (*interrupt_)(int) = nullptr;  // what SIGINT did before the pager was started
  bool open_ = true;
};

// All of it at once.
void print_paged(std::string_view text);

}  // namespace boardwalk::cli
