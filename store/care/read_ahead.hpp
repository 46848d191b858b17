// What several threads make of the items of a list, given in its order: the dear and independent part of a
// walk through the archive (unpacking, hashing and parsing pages) goes beside the part that needs order.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace boardwalk::store {

template <typename Made>
class ReadAhead {
 public:
  using Make = std::function<Made(std::size_t place)>;

  // Items are known by their places, from 0 to `count`. `maker` gives each thread a Make of its own.
  ReadAhead(int threads, std::size_t count, const std::function<Make()>& maker)
      : count_(count), slots_(kAhead * static_cast<std::size_t>(threads)) {
    try {
      for (int i = 0; i < threads; ++i) threads_.emplace_back([this, make = maker()] { work(make); });
    } catch (...) {
      end();
      throw;
    }
  }
  // Items that were not taken are dropped.
  ~ReadAhead() { end(); }
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;

  // What was made of the next item; nullopt behind the last. Throws what Make threw in its place. For one
  // thread.
  std::optional<Made> take() {
    std::unique_lock lock(mutex_);
    if (taken_ == count_) return std::nullopt;
    Slot& slot = slots_[taken_ % slots_.size()];
    made_.wait(lock, [&slot] { return slot.made || slot.failure; });
    Slot taken = std::exchange(slot, {});
    ++taken_;
    lock.unlock();
    room_.notify_one();
    if (taken.failure) std::rethrow_exception(taken.failure);
    return std::move(taken.made);
  }

 private:
  static constexpr std::size_t kAhead = 4;  // items of each thread that are begun and not taken

  struct Slot {
    std::optional<Made> made;
    std::exception_ptr failure;
  };

  void end() {
    {
      const std::lock_guard lock(mutex_);
      ends_ = true;
    }
    room_.notify_all();
    for (auto& thread : threads_) thread.join();
  }

  void work(const Make& make) {
    std::unique_lock lock(mutex_);
    while (begun_ < count_) {
      room_.wait(lock, [this] { return ends_ || begun_ == count_ || begun_ - taken_ < slots_.size(); });
      if (ends_ || begun_ == count_) return;
      const std::size_t place = begun_++;
      lock.unlock();
      Slot slot;
      try {
        slot.made = make(place);
      } catch (...) {
        slot.failure = std::current_exception();
      }
      lock.lock();
      slots_[place % slots_.size()] = std::move(slot);
      made_.notify_one();
    }
    room_.notify_all();
  }

  const std::size_t count_;
  std::mutex mutex_;
  std::condition_variable room_, made_;
  std::vector<Slot> slots_;  // of items from `taken_` on, round and round
  std::size_t begun_ = 0, taken_ = 0;
  bool ends_ = false;  // nobody takes any more
  std::vector<std::thread> threads_;
};

}  // namespace boardwalk::store
