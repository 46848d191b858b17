// gzip (RFC 1952), as far as the faults need it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tests/support/http_server.hpp"

namespace boardwalk::sample {

[[nodiscard]] std::string gzipped(std::string_view bytes);

// A sound gzip stream of `megabytes` MB of zeros, about a thousandth of that on the wire, made without
// compressing them all: one megabyte is deflated and its block repeated.
void send_gzip_of_zeros(Connection& client, std::size_t megabytes);

}  // namespace boardwalk::sample
