#include "cli/url_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "cli/command.hpp"
#include "config/whole_file.hpp"

namespace boardwalk::cli {
namespace {

std::string cannot_write(const std::string& name, int reason) {
  return fmt::format("cannot write the log {}: {}", name, std::strerror(reason));
}

int open_to_append(const std::string& name) {
  return ::open(name.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
}

bool ends_inside_a_line(const std::string& name) {
  struct stat seen {};
  if (::stat(name.c_str(), &seen) != 0 || !S_ISREG(seen.st_mode) || seen.st_size == 0) return false;
  const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  char last = '\n';
  const bool read = ::pread(file, &last, 1, seen.st_size - 1) == 1;
  ::close(file);
  return read && last != '\n';
}

off_t size_of(int file) {
  struct stat seen {};
  return ::fstat(file, &seen) == 0 ? seen.st_size : 0;
}

}  // namespace

Result<UrlLog> UrlLog::open(const std::string& name) {
  UrlLog log(name);
  if (name.empty()) return log;
  log.file_ = open_to_append(name);
  if (log.file_ < 0) return fail(ErrorKind::kIo, cannot_write(name, errno));
  log.torn_ = ends_inside_a_line(name);
  return log;
}

UrlLog::~UrlLog() {
  if (file_ >= 0) ::close(file_);
}

UrlLog::UrlLog(UrlLog&& other) noexcept
    : name_(std::move(other.name_)),
      file_(std::exchange(other.file_, -1)),
      told_(other.told_),
      torn_(other.torn_) {}

void UrlLog::write(const crawler::LogLine& line) {
  if (file_ < 0) return;
  const auto before = size_of(file_);
  if (config::write_all(file_, (torn_ ? "\n" : "") + to_json(line) + "\n")) {
    torn_ = false;
    return;
  }
  const int reason = errno;
  torn_ |= size_of(file_) != before;
  tell_once(reason);
}

void UrlLog::open_anew() {
  if (file_ < 0) return;
  const int fresh = open_to_append(name_);
  if (fresh < 0) return tell_once(errno);
  ::close(std::exchange(file_, fresh));
  torn_ = ends_inside_a_line(name_);
}

void UrlLog::tell_once(int reason) {
  if (!std::exchange(told_, true))
    tell(fmt::format("boardwalk: {}; the crawl goes on\n", cannot_write(name_, reason)));
}

}  // namespace boardwalk::cli
