// A small file that appears whole or not at all.
#pragma once

#include <filesystem>
#include <string_view>

namespace boardwalk::crawler {

// Writes `text` into a file beside `path`, which then takes its place (or that of what it links to); a device
// or a pipe gets the text as it is. False, with errno set, when that fails: what was there is unchanged then.
[[nodiscard]] bool write_whole_file(const std::filesystem::path& path, std::string_view text);

}  // namespace boardwalk::crawler
