// What holds a running crawl back, or changes it, from outside: what other processes ask (actions.hpp) and
// the room on the archive's disk. Used by the thread that owns the frontier.
#pragma once

#include <cstdint>
#include <string>

#include "crawler/actions.hpp"
#include "crawler/disk_room.hpp"
#include "crawler/frontier.hpp"
#include "crawler/report.hpp"
#include "crawler/scope.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

class Supervision {
 public:
  // All references must outlive it; `scope` grows by the seeds that are added. `tell` may be empty.
  Supervision(store::Database& database, const config::Job& job, Scope& scope, Frontier& frontier,
              RunReport& report, DiskRoom::FreeBytes free, ActionBox::Tell tell);

  // Looks for actions and at the disk, a few times a second at most. What it changes is committed, and
  // RunReport::paused says why no page is to be taken.
  [[nodiscard]] Result<void> look(std::int64_t now);

  [[nodiscard]] bool holds() const { return !report_.paused.empty(); }
  [[nodiscard]] bool stop_asked() const { return stop_asked_; }
  [[nodiscard]] bool disk_is_full(std::int64_t now) const { return room_.given_up(now); }

 private:
  [[nodiscard]] Result<std::string> carry_out(const Action& action, std::int64_t now);
  [[nodiscard]] Result<std::string> add_seeds(const Action& action, std::int64_t now);
  [[nodiscard]] Result<std::string> set_block(const Action& action, bool blocked);
  [[nodiscard]] Result<std::string> retry(const Action& action);
  [[nodiscard]] Result<void> commit(store::Batch& batch);
  [[nodiscard]] std::string reason_to_pause() const;

  store::Database& database_;
  Scope& scope_;
  Frontier& frontier_;
  RunReport& report_;
  ActionBox actions_;
  DiskRoom room_;
  std::int64_t looked_at_ = 0;
  bool paused_ = false;
  bool stop_asked_ = false;
};

}  // namespace boardwalk::crawler
