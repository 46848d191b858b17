// Whether there is room on the archive's disk. RocksDB does not take a full disk well: its background work
// fails and every later write with it. So a crawl that finds less room than `archive.min_free` takes no more
// pages, finishes what is in flight, and waits until there is room again; when that takes longer than
// `archive.wait_for_room`, it ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "config/job.hpp"

namespace boardwalk::crawler {

// Bytes that may still be written on the disk of `path`; absent when the system does not tell.
[[nodiscard]] std::optional<std::int64_t> free_bytes(const std::filesystem::path& path);

class DiskRoom {
 public:
  using FreeBytes = std::function<std::optional<std::int64_t>()>;

  // An empty `free`, or a `min_free` of zero, watches nothing.
  DiskRoom(const config::Job::Archive& policy, FreeBytes free) : policy_(policy), free_(std::move(free)) {}

  // Asks for the room at most once a second of `now` (epoch ms).
  void look(std::int64_t now);
  [[nodiscard]] bool short_of() const { return short_since_.has_value(); }
  [[nodiscard]] bool given_up(std::int64_t now) const;

 private:
  config::Job::Archive policy_;
  FreeBytes free_;
  std::optional<std::int64_t> looked_at_;
  std::optional<std::int64_t> short_since_;
};

}  // namespace boardwalk::crawler
