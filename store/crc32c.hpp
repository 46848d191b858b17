// CRC-32C (RFC 3720 §12.1), by the processor's own instructions where it has such.
#pragma once

#include <cstdint>
#include <string_view>

namespace boardwalk::store {

[[nodiscard]] std::uint32_t crc32c(std::string_view bytes);

}  // namespace boardwalk::store
