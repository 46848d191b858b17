// The terminal behind standard output, when there is one: its size, whether colours are wanted there, and the
// reader's pager.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::cli {

// Standard output is a terminal.
[[nodiscard]] bool on_terminal();

// Columns of the terminal; 120 when there is none.
[[nodiscard]] std::size_t terminal_width();

// On a terminal, unless $NO_COLOR is set (to anything but nothing) or $TERM is dumb.
[[nodiscard]] bool with_colours();

enum class Style { kTitle, kFloor, kFaint, kQuote, kAdded, kRemoved };
// The text in that style where colours are wanted, as it is elsewhere. A style ends with each line, so that
// pagers keep it right.
[[nodiscard]] std::string styled(Style style, std::string_view text);

// Prints what a person reads: through $PAGER (`less` when it is not set) when it is longer than the terminal,
// else as print() does. An empty $PAGER means none.
void print_reading(std::string_view text);

}  // namespace boardwalk::cli
