#include "tests/support/day_replay.hpp"

#include <algorithm>

#include "tests/support/dice.hpp"
#include "tests/support/news.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::size_t kMostReplies = 3;

PostHead* last_living(Thread& thread) {
  for (auto head = thread.heads.rbegin(); head != thread.heads.rend(); ++head) {
    if (!head->deleted) return &*head;
  }
  return nullptr;
}

}  // namespace

std::vector<std::size_t> DayReplay::lots(int day) const {
  const std::int64_t copied = copied_pid(model_);
  const Thread* original = model_.thread_of(copied);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < model_.threads_.size(); ++i) {
    const Thread& thread = model_.threads_[i];
    const bool open = thread.guest_visible && !thread.removed && !thread.closed && thread.sticky.empty();
    const bool simple =
        thread.theme == Theme::kPlain || thread.theme == Theme::kLong || thread.theme == Theme::kQuotes;
    if (open && simple && &thread != original) places.push_back(i);
  }
  Dice dice(model_.options_.seed, 7101, day);
  for (std::size_t i = places.size(); i > 1; --i) std::swap(places[i - 1], places[dice.below(i)]);
  return places;
}

std::int64_t DayReplay::moment(int day, int nth, int of) const {
  const std::int64_t starts = model_.options_.day_one_ends + (day - 2) * kSecondsADay;
  return starts + (kSecondsADay - 1800) * (nth + 1) / (of + 1);
}

Growth DayReplay::grow(Thread& thread, int day, int nth) {
  Dice dice(model_.options_.seed, 7102, day, thread.tid);
  Growth growth{thread.tid, 0, {}};
  const auto replies = 1 + dice.below(kMostReplies);
  const std::int64_t base = moment(day, nth, model_.options_.per_day.grown);
  for (std::size_t i = 0; i < replies; ++i) {
    PostHead head{.pid = model_.next_pid_++, .position = thread.heads.back().position + 1};
    head.member = dice.between(14, static_cast<int>(model_.members_.size()));
    head.posted_at = std::max(base + static_cast<std::int64_t>(i) * 60, thread.last_at + 1);
    model_.tid_of_pid_[head.pid] = thread.tid;
    thread.heads.push_back(head);
    growth.pids.push_back(head.pid);
  }
  thread.views += dice.between(5, 60);
  model_.recount(thread);
  growth.first_page = model_.page_of(thread, growth.pids.front());
  return growth;
}

int DayReplay::add(int day, int nth) {
  Dice dice(model_.options_.seed, 7103, day, nth);
  const int of = model_.options_.per_day.added;
  const std::int64_t created = moment(day, nth, of);
  const std::int64_t until = std::min(created + 3600, moment(day, of, of));
  const int fid = model_.board_for(Theme::kPlain, dice);
  model_.threads_.push_back(model_.new_thread(Theme::kPlain, fid, created, until, dice.between(0, 3)));
  return model_.threads_.back().tid;
}

bool DayReplay::edit(PostHead& head, int day, int nth) {
  if (head.deleted || head.kind != AuthorKind::kMember) return false;
  head.edited_day = day;
  head.edited_at = moment(day, nth, model_.options_.per_day.edited);
  return true;
}

bool DayReplay::remove_reply(Thread& thread, int day, DayChanges& changes) {
  Dice dice(model_.options_.seed, 7104, day, thread.tid);
  if (model_.living(thread) < 3) return false;
  for (int tries = 0; tries < 32; ++tries) {
    PostHead& head = thread.heads[1 + dice.below(thread.heads.size() - 1)];
    if (head.deleted) continue;
    head.deleted = true;
    changes.deleted.push_back({thread.tid, head.pid});
    model_.recount(thread);
    return true;
  }
  return false;
}

DayChanges DayReplay::play(int day) {
  const DayPlan& plan = model_.options_.per_day;
  DayChanges changes;
  std::vector<std::size_t> places = lots(day);
  const auto next = [&places]() -> std::size_t {
    const std::size_t place = places.back();
    places.pop_back();
    return place;
  };
  const auto wanted = [](int count, std::size_t done) {
    return done < static_cast<std::size_t>(std::max(0, count));
  };
  while (wanted(plan.grown, changes.grown.size()) && !places.empty()) {
    Thread& thread = model_.threads_[next()];
    const int nth = static_cast<int>(changes.grown.size());
    if (nth % 2 == 0 && wanted((plan.edited + 1) / 2, changes.edited.size())) {
      PostHead* last = last_living(thread);
      if (edit(*last, day, static_cast<int>(changes.edited.size()))) {
        changes.edited.push_back({thread.tid, last->pid, true});
      }
    }
    changes.grown.push_back(grow(thread, day, nth));
  }
  while (wanted(plan.edited, changes.edited.size()) && !places.empty()) {
    Thread& thread = model_.threads_[next()];
    PostHead& first = thread.heads.front();
    if (edit(first, day, static_cast<int>(changes.edited.size()))) {
      changes.edited.push_back({thread.tid, first.pid, false});
    }
  }
  while (wanted(plan.deleted, changes.deleted.size()) && !places.empty()) {
    remove_reply(model_.threads_[next()], day, changes);
  }
  while (wanted(plan.removed, changes.removed.size()) && !places.empty()) {
    Thread& thread = model_.threads_[next()];
    thread.removed = true;
    changes.removed.push_back(thread.tid);
  }
  for (int i = 0; i < plan.added; ++i) changes.added.push_back(add(day, i));
  play_news(model_, model_.articles_, day, changes);
  return changes;
}

}  // namespace boardwalk::sample
