// What a day does to the forum: replies, new threads, edits, deletions, news, as Options::per_day says. Who
// and where is decided by the seed and the day alone, so that day 3 is day 2 with one more day on top.
#pragma once

#include <vector>

#include "tests/support/model.hpp"

namespace boardwalk::sample {

class DayReplay {
 public:
  // `model` must outlive this; it is changed by play().
  explicit DayReplay(Model& model) : model_(model) {}

  DayChanges play(int day);

 private:
  std::vector<std::size_t> lots(int day) const;  // places of the threads that may change, shuffled
  Growth grow(Thread& thread, int day, int nth);
  int add(int day, int nth);
  bool edit(PostHead& head, int day, int nth);
  bool remove_reply(Thread& thread, int day, DayChanges& changes);
  std::int64_t moment(int day, int nth, int of) const;

  Model& model_;
};

}  // namespace boardwalk::sample
