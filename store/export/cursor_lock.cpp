#include "store/export/cursor_lock.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/archive_directory.hpp"

namespace boardwalk::store {
namespace {

// False when whoever held the lock before has taken its file away meanwhile.
bool has_name(int file, const std::string& path) {
  struct stat held {
  }, named{};
  return ::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino &&
         held.st_dev == named.st_dev;
}

}  // namespace

Result<CursorLock> CursorLock::take(const std::string& name) {
  const std::string path = name + ".lock";
  for (;;) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) return io_error("write", path);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(file);
      return fail(ErrorKind::kLocked,
                  fmt::format("--cursor {}: another export with this cursor is under way; wait for its end "
                              "and try again",
                              name));
    }
    if (has_name(file, path)) return CursorLock(file, path);
    ::close(file);
  }
}

CursorLock::~CursorLock() {
  if (file_ < 0) return;
  ::unlink(path_.c_str());
  ::close(file_);
}

CursorLock::CursorLock(CursorLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), path_(std::move(other.path_)) {}

}  // namespace boardwalk::store
