#include "config/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <system_error>
#include <utility>

#include "config/descriptor.hpp"

namespace boardwalk::config {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadAtOnce = std::size_t{64} << 10;  // bytes
constexpr int kMostLinks = 40;                              // as many as Linux follows

bool names_descriptor(const fs::path& path) {
  const std::string name = path.lexically_normal();
  return name == "/dev/stdout" || name == "/dev/stderr" || name.starts_with("/dev/fd/") ||
         name.starts_with("/proc/self/fd/");
}

bool write_in_place(const fs::path& path, std::string_view text) {
  const Descriptor file(path, O_WRONLY | O_APPEND);
  return file.is_open() && write_all(file.fd(), text);
}

bool write_anew(const fs::path& path, std::string_view text) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  return file.is_open() && write_all(file.fd(), text) && ::fsync(file.fd()) == 0;
}

}  // namespace

Place place_of(const fs::path& path) {
  if (names_descriptor(path)) return {path, true};
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  fs::path target = error ? path : canonical;
  // One that leads to nothing yet stays as it is above.
  for (int links = 0; links < kMostLinks && fs::is_symlink(target, error); ++links)
    target = target.parent_path() / fs::read_symlink(target, error);
  const auto kind = fs::status(target, error).type();
  return {std::move(target), kind != fs::file_type::regular && kind != fs::file_type::not_found};
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::optional<std::string> read_all(int file) {
  std::string bytes;
  std::size_t size = 0;
  ssize_t got = 0;
  do {
    bytes.resize(size + kReadAtOnce);
    got = ::read(file, bytes.data() + size, kReadAtOnce);
    if (got < 0 && errno != EINTR) return std::nullopt;
    if (got > 0) size += static_cast<std::size_t>(got);
  } while (got != 0);
  bytes.resize(size);
  return bytes;
}

std::optional<std::string> read_whole_file(const fs::path& path) {
  const Descriptor file(path, O_RDONLY);
  return file.is_open() ? read_all(file.fd()) : std::nullopt;
}

bool write_whole_file(const fs::path& path, std::string_view text) {
  const auto [target, in_place] = place_of(path);
  if (in_place) return write_in_place(target, text);
  fs::path unfinished = target;
  unfinished += "." + std::to_string(::getpid()) + ".new";
  if (write_anew(unfinished, text) && ::rename(unfinished.c_str(), target.c_str()) == 0) return true;
  const int reason = errno;
  ::unlink(unfinished.c_str());
  errno = reason;
  return false;
}

bool may_write_whole_file(const fs::path& path) {
  const auto [target, in_place] = place_of(path);
  if (!in_place) return ::access((target.parent_path() / ".").c_str(), W_OK | X_OK) == 0;
  std::error_code error;
  if (!fs::is_directory(target, error)) return ::access(target.c_str(), W_OK) == 0;
  errno = EISDIR;
  return false;
}

bool exchange_names(const fs::path& a, const fs::path& b) {
  return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace boardwalk::config
