// A descriptor of a file (open(2)) that is closed at the end of its scope, whatever errno says meanwhile.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

namespace boardwalk::config {

class Descriptor {
 public:
  // One that is not open, with errno set, when the file cannot be opened so.
  Descriptor(const std::filesystem::path& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {}
  explicit Descriptor(int fd) : fd_(fd) {}  // which it is to close
  ~Descriptor() {
    const int reason = errno;
    if (is_open()) ::close(fd_);
    errno = reason;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
};

}  // namespace boardwalk::config
