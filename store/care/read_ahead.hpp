// What several threads make of items, given in the order of these: the dear and independent part of a walk
// through the archive (unpacking, hashing and parsing pages) goes beside the part that needs order.
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

template <typename Item, typename Made>
class ReadAhead {
 public:
  using Next = std::function<std::optional<Item>()>;
  using Make = std::function<Made(Item&&)>;

  // `next` gives the items, nullopt behind the last; it is called by one thread at a time, and not again once
  // it gave nullopt or threw. `maker` gives each thread a Make of its own.
  ReadAhead(int threads, Next next, const std::function<Make()>& maker)
      : next_(std::move(next)), slots_(kAhead * static_cast<std::size_t>(threads)) {
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

  // What was made of the next item; nullopt behind the last. Throws what Next or Make threw in its place. For
  // one thread.
  std::optional<Made> take() {
    std::unique_lock lock(mutex_);
    Slot& slot = slots_[taken_ % slots_.size()];
    made_.wait(lock, [&] { return slot.is_full() || (ends_ && taken_ == begun_); });
    if (!slot.is_full()) return std::nullopt;
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
    [[nodiscard]] bool is_full() const { return made || failure; }
    template <typename Work>
    void guard(Work&& work) {
      try {
        work();
      } catch (...) {
        failure = std::current_exception();
      }
    }
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
    for (;;) {
      room_.wait(lock, [this] { return ends_ || begun_ - taken_ < slots_.size(); });
      if (ends_) return;
      Slot slot;
      std::optional<Item> item;
      slot.guard([&] { item = next_(); });
      ends_ = !item;
      const std::size_t number = begun_;
      if (item || slot.failure) ++begun_;
      if (item) {
        lock.unlock();
        slot.guard([&] { slot.made = make(std::move(*item)); });
        lock.lock();
      }
      if (slot.is_full()) slots_[number % slots_.size()] = std::move(slot);
      if (!item) room_.notify_all();
      made_.notify_one();
    }
  }

  const Next next_;
  std::mutex mutex_;
  std::condition_variable room_, made_;
  std::vector<Slot> slots_;  // of items from `taken_` on, round and round
  std::size_t begun_ = 0, taken_ = 0;
  bool ends_ = false;  // no item is begun any more
  std::vector<std::thread> threads_;
};

}  // namespace boardwalk::store
