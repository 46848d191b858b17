#include "store/export/output_directory.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "config/descriptor.hpp"
#include "config/whole_file.hpp"
#include "parsers/digest.hpp"
#include "store/left_behind.hpp"

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const fs::path& name, int reason) {
  return fail(ErrorKind::kIo, fmt::format("cannot write {}: {}; name a place that can be written with -o",
                                          name.string(), std::strerror(reason)));
}

bool made_by_an_export(const fs::path& directory) {
  const auto manifest = config::read_whole_file(directory / OutputDirectory::kManifest);
  return manifest && manifest->find("\"made_by\": \"boardwalk ") != std::string::npos;
}

}  // namespace

Result<OutputDirectory> OutputDirectory::open(const std::string& name) {
  std::error_code error;
  fs::path target = fs::weakly_canonical(name, error);
  if (error) target = name;
  if (!target.has_filename()) target = target.parent_path();
  if (name.empty() || name == "-")
    return fail(ErrorKind::kUsage, "this format writes a directory; name one with -o DIR");
  const bool there = fs::exists(target, error);
  if (there && !(fs::is_directory(target) && (fs::is_empty(target, error) || made_by_an_export(target))))
    return fail(
        ErrorKind::kUsage,
        fmt::format("-o {}: that is there already and no earlier export; name a new directory", name));
  remove_left_behind(target, ".tmp");
  fs::path temporary = target;
  temporary += fmt::format(".{}.tmp", getpid());
  fs::remove_all(temporary, error);
  fs::create_directories(temporary, error);
  if (error) return cannot_write(name, error.value());
  return OutputDirectory(std::move(temporary), std::move(target));
}

OutputDirectory::OutputDirectory(OutputDirectory&& other) noexcept
    : temporary_(std::exchange(other.temporary_, {})),
      target_(std::move(other.target_)),
      sums_(std::move(other.sums_)),
      bytes_(other.bytes_),
      files_(other.files_),
      error_(std::move(other.error_)) {}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

bool OutputDirectory::write(const std::string& name, std::string_view bytes) {
  if (!error_) return false;
  const fs::path path = temporary_ / name;
  std::error_code ignored;
  fs::create_directories(path.parent_path(), ignored);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  int reason = file >= 0 && config::write_all(file, bytes) ? 0 : errno;
  if (file >= 0 && close(file) != 0 && reason == 0) reason = errno;
  if (reason != 0) {
    error_ = cannot_write(target_ / name, reason);
    return false;
  }
  sums_ += fmt::format("{}  {}\n", parsers::sha256_hex(bytes), name);
  bytes_ += bytes.size();
  ++files_;
  return true;
}

Result<void> OutputDirectory::publish(std::string_view manifest) {
  if (!error_) return error_;
  const std::string sums = sums_;
  if (!write("SHA256SUMS", sums) || !write(std::string(kManifest), manifest)) return error_;
  return replace();
}

Result<void> OutputDirectory::replace() {
  const config::Descriptor directory(temporary_, O_RDONLY | O_DIRECTORY);
  if (directory.is_open() && syncfs(directory.fd()) != 0) return cannot_write(target_, errno);
  std::error_code error;
  if (!fs::exists(target_, error)) {
    fs::rename(temporary_, target_, error);
    if (error) return cannot_write(target_, error.value());
    temporary_.clear();
    return {};
  }
  if (config::exchange_names(temporary_, target_)) return {};  // what was there goes with this object
  fs::path old = temporary_;
  old += ".old";
  fs::rename(target_, old, error);
  if (!error) fs::rename(temporary_, target_, error);
  if (error) return cannot_write(target_, error.value());
  temporary_ = old;
  return {};
}

}  // namespace boardwalk::store
