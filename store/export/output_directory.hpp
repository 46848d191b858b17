// Where an export of many files goes: a new directory that takes its name when all is written, in the place
// of an earlier export of that name. Each file stands in `SHA256SUMS`, as sha256sum checks them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "config/error.hpp"

namespace boardwalk::store {

class OutputDirectory {
 public:
  static constexpr std::string_view kManifest = "manifest.json";

  // kUsage when something stands there that no export made: only an empty directory, or one with the manifest
  // of an export, is replaced.
  [[nodiscard]] static Result<OutputDirectory> open(const std::string& name);
  // Takes away what did not come to its end; open() does that with what was killed.
  ~OutputDirectory();
  OutputDirectory(OutputDirectory&& other) noexcept;
  OutputDirectory& operator=(OutputDirectory&&) = delete;

  // A file of that name below the directory; parents are made. False when it cannot be written, or has been
  // already; publish() then tells why.
  [[nodiscard]] bool write(const std::string& name, std::string_view bytes);

  // Writes SHA256SUMS, then the manifest; the directory takes its name.
  [[nodiscard]] Result<void> publish(std::string_view manifest);

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::int64_t files() const { return files_; }

 private:
  OutputDirectory(std::filesystem::path temporary, std::filesystem::path target)
      : temporary_(std::move(temporary)), target_(std::move(target)) {}
  [[nodiscard]] Result<void> replace();

  std::filesystem::path temporary_;
  std::filesystem::path target_;
  std::string sums_;
  std::uint64_t bytes_ = 0;
  std::int64_t files_ = 0;
  Result<void> error_;
};

}  // namespace boardwalk::store
