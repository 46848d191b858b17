#include "store/wal_sync.hpp"

#include <utility>

namespace boardwalk::store {

WalSync::WalSync(std::function<std::optional<std::string>()> sync)
    : sync_(std::move(sync)), thread_([this] { run(); }) {}

WalSync::~WalSync() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void WalSync::written() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(unsynced_, true)) return;
  }
  wake_.notify_one();
}

void WalSync::give_up(const std::string& failure) {
  const std::lock_guard lock(mutex_);
  given_up_ = true;
  if (!failure_) failure_ = failure;
}

std::optional<std::string> WalSync::failure() const {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void WalSync::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return unsynced_ || ending_; });
    if (!unsynced_) return;
    wake_.wait_for(lock, kSyncInterval, [this] { return ending_; });
    unsynced_ = false;
    if (given_up_) continue;
    lock.unlock();
    auto failed = sync_();
    lock.lock();
    if (failed && !failure_) failure_ = std::move(failed);
  }
}

}  // namespace boardwalk::store
