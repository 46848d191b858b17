#include "crawler/disk_room.hpp"

#include <sys/statvfs.h>

namespace boardwalk::crawler {
namespace {

constexpr std::int64_t kLookEvery = 1000;  // ms

}  // namespace

std::optional<std::int64_t> free_bytes(const std::filesystem::path& path) {
  struct statvfs disk {};
  if (statvfs(path.c_str(), &disk) != 0) return std::nullopt;
  return static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
}

void DiskRoom::look(std::int64_t now) {
  if (!free_ || policy_.min_free == 0 || (looked_at_ && now >= *looked_at_ && now - *looked_at_ < kLookEvery))
    return;
  looked_at_ = now;
  const auto free = free_();
  if (!free) return;
  if (*free >= policy_.min_free)
    short_since_.reset();
  else if (!short_since_)
    short_since_ = now;
}

bool DiskRoom::given_up(std::int64_t now) const {
  return short_since_ && now - *short_since_ >= policy_.wait_for_room.count();
}

}  // namespace boardwalk::crawler
