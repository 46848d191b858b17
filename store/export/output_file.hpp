// Where an export's bytes go: standard output, a device, a pipe or a descriptor as it is, or a temporary file
// beside the named one (or beside what that is a link to) that takes its name when all is written. An export
// that does not come to its end leaves what was there before, and nothing else; one that was killed leaves
// its temporary file, until the next one to that name.
#pragma once

#include <cstdint>
#include <future>
#include <string>
#include <string_view>

#include "config/error.hpp"
#include "parsers/digest.hpp"
#include "store/export/compressor.hpp"

namespace boardwalk::store {

class OutputFile {
 public:
  static constexpr std::string_view kEnding = ".tmp";

  // `-` is standard output. kUsage when the name is empty or a directory's, kIo when it cannot be written.
  // `ending`: of the temporary name, behind the number of the process; what others have left is taken away
  // when it has the same.
  [[nodiscard]] static Result<OutputFile> open(const std::string& name, Compression compression,
                                               std::string_view ending = kEnding);
  ~OutputFile();
  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;

  // False when nothing more can be written, told at the latest with the mebibyte behind; seal() then tells
  // why, but for a reader who left. A thread of its own compresses, digests and writes what was gathered.
  [[nodiscard]] bool write(std::string_view bytes);

  // All that was written stands on the disk, under the temporary name. Nothing may be written afterwards.
  [[nodiscard]] Result<void> seal();
  // REQUIRES: seal() went well. The file takes its name.
  [[nodiscard]] Result<void> publish();

  // Of the file as it stands on the disk, compressed when it is; good after seal().
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  // The file is one that publish() names: no standard output, device, pipe or descriptor.
  [[nodiscard]] bool is_regular() const { return !temporary_.empty() || published_; }
  [[nodiscard]] const std::string& temporary() const { return temporary_; }
  [[nodiscard]] const std::string& target() const { return target_; }  // absolute, links followed

 private:
  OutputFile(int file, std::string temporary, std::string target, Compression compression);
  bool hand_over();
  bool settle();
  void write_out(bool last);
  [[nodiscard]] Result<void> abandon() const;

  int file_;
  std::string temporary_;
  std::string target_;
  Compression compression_;
  Compressor compressor_;
  parsers::Sha256 digest_;
  std::string gathered_;
  std::string going_;  // out, while `writing_` lasts; what stands below but `published_` is its business too
  std::future<void> writing_;
  std::uint64_t bytes_ = 0;
  std::string sha256_;
  int reason_ = 0;
  bool published_ = false;
};

}  // namespace boardwalk::store
