#include "store/left_behind.hpp"

#include <signal.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>

namespace boardwalk::store {
namespace {

namespace fs = std::filesystem;

bool is_gone(std::string_view number) {
  pid_t process = 0;
  const char* const end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, process);
  if (read.ec != std::errc{} || read.ptr != end || process <= 0) return false;
  return kill(process, 0) != 0 && errno == ESRCH;
}

}  // namespace

void remove_left_behind(const fs::path& name, std::string_view ending) {
  const fs::path directory = name.has_parent_path() ? name.parent_path() : ".";
  const std::string begin = name.filename().string() + ".";
  std::error_code error, ignored;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error)) {
    const std::string found = entry->path().filename();
    if (!found.starts_with(begin) || !found.ends_with(ending)) continue;
    if (found.size() <= begin.size() + ending.size()) continue;
    const std::size_t digits = found.size() - begin.size() - ending.size();
    if (is_gone(std::string_view(found).substr(begin.size(), digits))) fs::remove_all(entry->path(), ignored);
  }
}

}  // namespace boardwalk::store
