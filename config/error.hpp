// What every floor of the house returns when something expected goes wrong: a value that says which kind of
// failure it is and, in one line for a person, what, where and what to do.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace boardwalk {

enum class ErrorKind {
  kUsage,        // the command line or a job file does not check            (exit 2)
  kNotFound,     // the thing asked for is not there; nothing is damaged     (exit 3 for an archive)
  kLocked,       // the archive is in use by a crawl                         (exit 3)
  kNewerLayout,  // the archive was written by a newer program               (exit 3)
  kDamaged,      // bytes on disk are not what the layout says               (exit 3)
  kIo,           // a read or write failed: permission, full disk, network
};

struct Error {
  ErrorKind kind;
  std::string message;  // one line, no final newline: what, where, what to do
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

}  // namespace boardwalk
