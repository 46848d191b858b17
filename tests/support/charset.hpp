// From the UTF-8 in which pages are rendered to the bytes in which they are served.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/options.hpp"

namespace boardwalk::sample {

// What the charset lacks becomes `?`; the pages hold nothing such. REQUIRES: `utf8` is valid UTF-8.
[[nodiscard]] std::string in_charset(std::string_view utf8, Charset charset);

}  // namespace boardwalk::sample
