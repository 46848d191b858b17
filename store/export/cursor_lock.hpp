// Keeps a second export from a cursor that one is under way with, as both would print the same and the state of
// one would be taken for the other's: flock on `NAME.lock`, which is there only meanwhile. The system drops the
// lock when the process ends, however it ends; the file of one that was killed stays until the next takes it.
#pragma once

#include <string>

#include "config/error.hpp"

namespace boardwalk::store {

class CursorLock {
 public:
  // kLocked when another export holds it, of this process or not. A file system that knows no locks keeps
  // nobody out.
  [[nodiscard]] static Result<CursorLock> take(const std::string& name);
  ~CursorLock();
  CursorLock(CursorLock&& other) noexcept;
  CursorLock& operator=(CursorLock&&) = delete;

 private:
  CursorLock(int file, std::string path) : file_(file), path_(std::move(path)) {}
  int file_;
  std::string path_;
};

}  // namespace boardwalk::store
