#include "crawler/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "config/write_all.hpp"

namespace boardwalk::crawler {
namespace {

namespace fs = std::filesystem;

bool write_file(const fs::path& path, std::string_view text, int flags) {
  const int file = ::open(path.c_str(), flags | O_WRONLY | O_CLOEXEC, 0644);
  if (file < 0) return false;
  const int reason = config::write_all(file, text) ? 0 : errno;
  const bool closed = ::close(file) == 0;
  if (reason != 0) errno = reason;
  return reason == 0 && closed;
}

}  // namespace

bool write_whole_file(const fs::path& path, std::string_view text) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  const fs::path target = error ? path : canonical;
  const auto kind = fs::status(target, error).type();
  if (kind != fs::file_type::regular && kind != fs::file_type::not_found) return write_file(target, text, 0);
  fs::path unfinished = target;
  unfinished += "." + std::to_string(::getpid()) + ".new";
  if (write_file(unfinished, text, O_CREAT | O_TRUNC) && ::rename(unfinished.c_str(), target.c_str()) == 0)
    return true;
  const int reason = errno;
  ::unlink(unfinished.c_str());
  errno = reason;
  return false;
}

}  // namespace boardwalk::crawler
