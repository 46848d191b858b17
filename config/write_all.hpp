#pragma once

#include <string_view>

namespace boardwalk::config {

// Writes all bytes to a descriptor (write(2)), interrupted and in pieces as it may be. False with errno set.
[[nodiscard]] bool write_all(int file, std::string_view bytes);

}  // namespace boardwalk::config
