// The common case of a gzip body (RFC 1952): one member that is all there, undone in one go, in a third of
// the time that a stream takes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace boardwalk::crawler {

// Whether the bytes are one member from end to end that holds at most `cap` bytes; these are `body` then. Of
// anything else gzip_coding() (coding.hpp) tells what it is; what `body` holds is not told.
[[nodiscard]] bool undo_whole_gzip(std::string_view bytes, std::size_t cap, std::string& body);

}  // namespace boardwalk::crawler
