#include "store/export/output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "config/whole_file.hpp"
#include "store/archive_directory.hpp"
#include "store/left_behind.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kWriteAt = std::size_t{1} << 20;  // bytes gathered before a write

}  // namespace

Result<OutputFile> OutputFile::open(const std::string& name, Compression compression,
                                    std::string_view ending) {
  if (name == "-") return OutputFile(STDOUT_FILENO, {}, {}, compression);
  const auto place = config::place_of(name);
  const std::string target = place.target;
  std::error_code error;
  if (name.empty() || std::filesystem::is_directory(target, error))
    return fail(ErrorKind::kUsage,
                fmt::format("-o \"{}\" names no file; name one, or - for standard output", name));
  const std::string temporary =
      place.in_place ? std::string{} : fmt::format("{}.{}{}", target, getpid(), ending);
  if (!place.in_place) remove_left_behind(target, ending);
  const int file = place.in_place ? config::open_in_place(target)
                                  : ::open(temporary.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT | O_TRUNC, 0644);
  if (file < 0)
    return fail(ErrorKind::kIo, fmt::format("cannot write {}: {}; name a place that can be written with -o",
                                            name, std::strerror(errno)));
  return OutputFile(file, temporary, target, compression);
}

OutputFile::OutputFile(int file, std::string temporary, std::string target, Compression compression)
    : file_(file),
      temporary_(std::move(temporary)),
      target_(std::move(target)),
      compression_(compression),
      compressor_(compression) {}

// REQUIRES: nothing of `other` is on its way out.
OutputFile::OutputFile(OutputFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      temporary_(std::exchange(other.temporary_, {})),
      target_(std::move(other.target_)),
      compression_(other.compression_),
      compressor_(std::move(other.compressor_)),
      digest_(std::move(other.digest_)),
      gathered_(std::move(other.gathered_)),
      bytes_(other.bytes_),
      sha256_(std::move(other.sha256_)),
      reason_(other.reason_),
      published_(other.published_) {}

OutputFile::~OutputFile() {
  settle();
  if (!temporary_.empty()) unlink(temporary_.c_str());
  if (file_ >= 0 && file_ != STDOUT_FILENO) close(file_);
}

bool OutputFile::write(std::string_view bytes) {
  gathered_ += bytes;
  return gathered_.size() < kWriteAt || hand_over();
}

bool OutputFile::hand_over() {
  if (!settle()) return false;
  std::swap(gathered_, going_);
  gathered_.clear();
  writing_ = std::async(std::launch::async, [this] { write_out(false); });
  return true;
}

// Waits for what is on its way out; false when nothing more can be written.
bool OutputFile::settle() {
  if (writing_.valid()) writing_.get();
  return reason_ == 0;
}

void OutputFile::write_out(bool last) {
  std::string small;
  if (compression_ != Compression::kNone) {
    compressor_.add(going_, small);
    if (last) compressor_.finish(small);
  }
  const std::string_view bytes = compression_ == Compression::kNone ? going_ : small;
  if (is_regular()) digest_.add(bytes);
  if (!config::write_all(file_, bytes)) reason_ = errno;
  // The disk begins at once, so that the sync at the end has little left to wait for.
  if (is_regular())
    sync_file_range(file_, static_cast<off64_t>(bytes_), static_cast<off64_t>(bytes.size()),
                    SYNC_FILE_RANGE_WRITE);
  bytes_ += bytes.size();
}

Result<void> OutputFile::seal() {
  if (!settle()) return abandon();
  std::swap(gathered_, going_);
  write_out(true);
  if (reason_ != 0) return abandon();
  if (temporary_.empty()) return {};
  sha256_ = parsers::hex(digest_.finish());
  const bool synced = fsync(file_) == 0;
  if (!synced || close(std::exchange(file_, -1)) != 0) {
    reason_ = errno;
    return abandon();
  }
  return {};
}

Result<void> OutputFile::publish() {
  if (temporary_.empty()) return {};
  if (rename(temporary_.c_str(), target_.c_str()) != 0) {
    reason_ = errno;
    return abandon();
  }
  temporary_.clear();
  published_ = true;
  const auto directory = std::filesystem::path(target_).parent_path();
  return sync_path(directory.empty() ? "." : directory);
}

Result<void> OutputFile::abandon() const {
  if (temporary_.empty() && reason_ == EPIPE) return {};
  return fail(ErrorKind::kIo,
              fmt::format("cannot write {}: {}{}", target_.empty() ? "standard output" : target_,
                          std::strerror(reason_), temporary_.empty() ? "" : "; what was there is unchanged"));
}

}  // namespace boardwalk::store
