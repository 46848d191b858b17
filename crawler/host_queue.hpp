// The head of one host's queue in memory: the next pages that may be fetched at any time, by priority and in
// the order in which they were found, and the first one that waits for its time. Of the pages that may be
// fetched at any time a bounded number is read however long the queue is, and none twice: erased rows before
// the head cost nothing.
//
// Not thread-safe. The rows themselves change in the frontier's batches; added_*() tell of what was put.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "crawler/rows.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

class HostQueue {
 public:
  // Whether a row of the queue is one to give out.
  using Admits = std::function<Result<bool>(const std::string& queue_key, const std::string& page)>;

  // Reads until the head is known, at most `ahead` pages. Costs nothing when it is. `row` is the host's.
  // Before the questions below.
  [[nodiscard]] Result<void> look(const store::Database& database, const std::string& site,
                                  const HostRow& row, std::size_t ahead, const Admits& admits);

  [[nodiscard]] bool has_ready() const { return !ready_.empty(); }
  // Epoch ms of the first page that waits; absent when none does.
  [[nodiscard]] std::optional<std::int64_t> due() const { return due_; }

  // The page key at the head: of a page that is due at `now`, else of a ready one. REQUIRES: there is one.
  [[nodiscard]] const std::string& head(std::int64_t now) const;
  // Takes it out: it is given out no more, unless it is added again.
  void take(std::int64_t now);
  // The page that was taken has been settled.
  void settled(const std::string& page);

  void added_ready(int priority);
  void added_waiting(const std::string& queue_key);
  void removed_waiting() { due_known_ = false; }
  // What was not admitted may be now.
  void look_anew() { passed_.clear(); }
  // Whether a page that waited was taken and is not settled yet.
  [[nodiscard]] bool is_out(const std::string& page) const;

 private:
  [[nodiscard]] bool is_due(std::int64_t now) const { return due_ && *due_ <= now; }
  [[nodiscard]] Result<void> look_ready(const store::Database& database, const std::string& site,
                                        std::size_t ahead, const Admits& admits);
  [[nodiscard]] Result<void> read_on(const store::Database& database, const std::string& site,
                                     std::size_t ahead, const Admits& admits);
  [[nodiscard]] Result<void> look_waiting(const store::Database& database, const std::string& site,
                                          const Admits& admits);
  void forget_ready();

  struct Entry {
    std::uint64_t sequence;
    std::string page;
  };
  std::vector<Entry> ready_;                       // the last one comes first
  int priority_ = 0;                               // of all in ready_
  std::array<std::uint64_t, kPriorities> next_{};  // by priority: the first sequence that was not read
  std::array<bool, kPriorities> unread_{true, true, true, true, true, true};  // there may be any behind it
  bool due_known_ = false;
  std::optional<std::int64_t> due_;
  std::string due_page_;
  std::string passed_;  // behind the rows of waiting pages, from the first one on, that were not admitted
  std::vector<std::string> out_;  // taken of those that waited
};

}  // namespace boardwalk::crawler
