#include "config/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
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

// The descriptor of this process that a path tells of by its number or name.
std::optional<int> descriptor_in(const fs::path& path) {
  const std::string name = path.lexically_normal();
  if (name == "/dev/stdout") return STDOUT_FILENO;
  if (name == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!name.starts_with(folder)) continue;
    int number = 0;
    const char* const end = name.data() + name.size();
    const auto read = std::from_chars(name.data() + folder.size(), end, number);
    if (read.ec == std::errc{} && read.ptr == end) return number;
  }
  return std::nullopt;
}

bool is_open_for_writing(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags >= 0 && (flags & O_ACCMODE) != O_RDONLY) return true;
  errno = EBADF;
  return false;
}

bool write_in_place(const fs::path& path, std::string_view text) {
  const Descriptor file(open_in_place(path));
  return file.is_open() && write_all(file.fd(), text);
}

bool write_anew(const fs::path& path, std::string_view text) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  return file.is_open() && write_all(file.fd(), text) && ::fsync(file.fd()) == 0;
}

}  // namespace

Place place_of(const fs::path& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path& whole = error ? path : absolute;
  if (descriptor_in(whole)) return {whole, true};
  const fs::path canonical = fs::weakly_canonical(whole, error);
  fs::path target = error ? whole : canonical;
  // One that leads to nothing yet stays as it is above.
  for (int links = 0; links < kMostLinks && fs::is_symlink(target, error); ++links)
    target = target.parent_path() / fs::read_symlink(target, error);
  const auto kind = fs::status(target, error).type();
  return {std::move(target), kind != fs::file_type::regular && kind != fs::file_type::not_found};
}

int open_in_place(const fs::path& target) {
  const auto descriptor = descriptor_in(target);
  if (!descriptor) return ::open(target.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (!is_open_for_writing(*descriptor)) return -1;
  const int same = ::fcntl(*descriptor, F_DUPFD_CLOEXEC, 0);
  if (same >= 0) (void)::lseek(same, 0, SEEK_END);  // a pipe has no end to go to
  return same;
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
  if (const auto descriptor = descriptor_in(target)) return is_open_for_writing(*descriptor);
  std::error_code error;
  if (!fs::is_directory(target, error)) return ::access(target.c_str(), W_OK) == 0;
  errno = EISDIR;
  return false;
}

bool exchange_names(const fs::path& a, const fs::path& b) {
  return ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0;
}

}  // namespace boardwalk::config
