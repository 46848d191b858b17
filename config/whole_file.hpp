// Bytes that are read or written all or not at all: by descriptor, and small files by name. What goes wrong
// stands in errno.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::config {

// Where a file of a name is to appear. A descriptor of this process, as /dev/stdout, is no name of the file
// that it leads to.
struct Place {
  std::filesystem::path target;  // absolute, with links followed, also one to a file that is not there yet
  bool in_place = false;         // a device, a pipe, a descriptor (written at its end), or a directory
};
[[nodiscard]] Place place_of(const std::filesystem::path& path);

// Opens the target of such a place for writing at its end: a device or a pipe anew, a descriptor as the very
// one that it is, so that what is written to that afterwards goes behind. -1 when it cannot be written.
[[nodiscard]] int open_in_place(const std::filesystem::path& target);

// Writes all bytes to a descriptor (write(2)), interrupted and in pieces as it may be. False when that fails.
[[nodiscard]] bool write_all(int file, std::string_view bytes);

// What is left of a descriptor (read(2)), to its end; nullopt when that fails, as of a directory.
[[nodiscard]] std::optional<std::string> read_all(int file);
[[nodiscard]] std::optional<std::string> read_whole_file(const std::filesystem::path& path);

// Writes `text` into a file beside `path`, which, once it stands on the disk, takes its place (or that of
// what it links to); a device, a pipe or a descriptor (/dev/stdout) gets the text as it is, at its end. False
// when that fails: what was there is unchanged then.
[[nodiscard]] bool write_whole_file(const std::filesystem::path& path, std::string_view text);
// Whether write_whole_file() finds a place for it now; the disk may be full even so.
[[nodiscard]] bool may_write_whole_file(const std::filesystem::path& path);

// Each of two files or directories takes the other's name, in one step. False when the file system cannot, or
// one of them is not there: nothing is changed then.
[[nodiscard]] bool exchange_names(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace boardwalk::config
