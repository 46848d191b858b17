// Group commit: a thread that syncs what has been written at most kSyncInterval ago, so that a commit need
// not wait for the disk. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace boardwalk::store {

inline constexpr std::chrono::milliseconds kSyncInterval{100};

class WalSync {
 public:
  // `sync` makes everything written so far survive a power cut; it returns what failed, or nothing.
  explicit WalSync(std::function<std::optional<std::string>()> sync);
  ~WalSync();  // syncs what is left
  WalSync(const WalSync&) = delete;
  WalSync& operator=(const WalSync&) = delete;

  // Something was written: a sync follows within the interval.
  void written();
  // A write failed with these words. RocksDB asserts when a log is synced behind that: nothing more is.
  void give_up(const std::string& failure);
  // What the first failed sync said, or the write that made it give up. From then on nothing is promised.
  [[nodiscard]] std::optional<std::string> failure() const;

 private:
  void run();

  std::function<std::optional<std::string>()> sync_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool unsynced_ = false;
  bool ending_ = false;
  bool given_up_ = false;
  std::optional<std::string> failure_;
  std::thread thread_;
};

}  // namespace boardwalk::store
