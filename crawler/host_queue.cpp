#include "crawler/host_queue.hpp"

#include <algorithm>
#include <cassert>

namespace boardwalk::crawler {

using store::Family;

namespace {

std::size_t at(int priority) { return static_cast<std::size_t>(priority); }

}  // namespace

Result<void> HostQueue::look(const store::Database& database, const std::string& site, const HostRow& row,
                             std::size_t ahead, const Admits& admits) {
  if (row.ready > 0)
    if (auto looked = look_ready(database, site, ahead, admits); !looked) return looked;
  if (row.waiting == 0) due_.reset();
  return row.waiting == 0 ? Result<void>{} : look_waiting(database, site, admits);
}

Result<void> HostQueue::look_ready(const store::Database& database, const std::string& site,
                                   std::size_t ahead, const Admits& admits) {
  while (ready_.empty()) {
    const auto first = std::find(unread_.begin(), unread_.end(), true);
    if (first == unread_.end()) return {};
    priority_ = static_cast<int>(first - unread_.begin());
    if (auto read = read_on(database, site, ahead, admits); !read) return read;
    std::reverse(ready_.begin(), ready_.end());
  }
  return {};
}

// From the first row of priority_ that was not read, through lower ones too until pages are found there.
Result<void> HostQueue::read_on(const store::Database& database, const std::string& site, std::size_t ahead,
                                const Admits& admits) {
  Result<bool> admitted = true;
  bool to_the_end = true;
  const auto read =
      database.scan(Family::kQueue, ready_prefix(site), ready_key(site, priority_, next_[at(priority_)]),
                    [&](std::string_view key, std::string_view page) {
                      const int priority = priority_of_queue_key(key);
                      const std::uint64_t sequence = sequence_of_queue_key(key);
                      to_the_end = false;
                      if (ready_.size() == ahead) return false;
                      if (priority != priority_ && !ready_.empty()) {
                        unread_[at(priority_)] = false;
                        return false;
                      }
                      for (; priority_ < priority; ++priority_) unread_[at(priority_)] = false;
                      if (sequence < next_[at(priority)])
                        return false;  // what was read before: on from behind it
                      to_the_end = true;
                      next_[at(priority)] = sequence + 1;
                      admitted = admits(std::string(key), std::string(page));
                      if (admitted && *admitted) ready_.push_back({sequence, std::string(page)});
                      return admitted.has_value();
                    });
  if (!read) return read;
  if (!admitted) return tl::unexpected(admitted.error());
  if (to_the_end)
    for (int priority = priority_; priority < kPriorities; ++priority) unread_[at(priority)] = false;
  return {};
}

Result<void> HostQueue::look_waiting(const store::Database& database, const std::string& site,
                                     const Admits& admits) {
  if (due_known_) return {};
  due_known_ = true;
  due_.reset();
  Result<bool> admitted = true;
  bool none_is_out = true;
  const std::string prefix = waiting_prefix(site);
  const auto read = database.scan(Family::kQueue, prefix, std::max(prefix, passed_),
                                  [&](std::string_view key, std::string_view page) {
                                    if (std::find(out_.begin(), out_.end(), page) != out_.end()) {
                                      none_is_out = false;
                                      return true;
                                    }
                                    admitted = admits(std::string(key), std::string(page));
                                    if (!admitted) return false;
                                    if (!*admitted) {
                                      if (none_is_out) passed_ = std::string(key) + '\0';
                                      return true;
                                    }
                                    due_ = due_of_queue_key(key);
                                    due_page_ = page;
                                    return false;
                                  });
  if (!read) return read;
  if (!admitted) return tl::unexpected(admitted.error());
  return {};
}

const std::string& HostQueue::head(std::int64_t now) const {
  assert(is_due(now) || has_ready());
  return is_due(now) ? due_page_ : ready_.back().page;
}

void HostQueue::take(std::int64_t now) {
  if (!is_due(now)) {
    ready_.pop_back();
    return;
  }
  out_.push_back(std::move(due_page_));
  due_known_ = false;
}

bool HostQueue::is_out(const std::string& page) const {
  return std::find(out_.begin(), out_.end(), page) != out_.end();
}

void HostQueue::settled(const std::string& page) { std::erase(out_, page); }

void HostQueue::added_waiting(const std::string& queue_key) {
  due_known_ = false;
  passed_ = std::min(passed_, queue_key);
}

void HostQueue::added_ready(int priority) {
  unread_[at(priority)] = true;
  if (!ready_.empty() && priority < priority_) forget_ready();
}

void HostQueue::forget_ready() {
  next_[at(priority_)] = ready_.back().sequence;
  unread_[at(priority_)] = true;
  ready_.clear();
}

}  // namespace boardwalk::crawler
