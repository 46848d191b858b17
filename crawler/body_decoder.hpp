// Undoes the Content-Encoding of a fetched body, within a cap on what comes out. Pure: no network, no clock;
// meant for the parse workers, as the network thread only collects the bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::crawler {

inline constexpr const char* kAcceptedCodings = "gzip, deflate, br, zstd";  // of Accept-Encoding

// Whether this value of Content-Encoding names these alone, in any case, or none: a list of at most five, in
// the order in which they were applied (RFC 9110 §8.4). What names no coding (`identity`, and, as wrongly set
// up servers say, `none`, `binary`, `8bit`, `7bit` or a charset) does not count, as browsers have it.
[[nodiscard]] bool is_accepted_coding(std::string_view content_encoding);
[[nodiscard]] bool is_plain(std::string_view content_encoding);

// The longest that a body of at most `cap` bytes is when coded: coding adds a little to what cannot be made
// smaller.
[[nodiscard]] std::size_t most_coded(std::size_t cap);

enum class Decoded {
  kWhole,
  kCut,      // the stream stops before its end
  kTooLong,  // more than the cap comes out
  kDamaged,  // not what Content-Encoding says
};

// Decodes `bytes` into `body`, whose former content goes; it is the front of what comes out for kCut and
// kTooLong. A body of no bytes is whole in every coding, and what two codings come to between them is held
// to the cap as well. REQUIRES: is_accepted_coding(content_encoding).
[[nodiscard]] Decoded decode_body(std::string_view bytes, std::string_view content_encoding, std::size_t cap,
                                  std::string& body);

}  // namespace boardwalk::crawler
