// What a day did to a forum: the yardstick of a second crawl.
#pragma once

#include <cstdint>
#include <vector>

namespace boardwalk::sample {

struct Growth {
  int tid = 0;
  int first_page = 0;  // that shows a new post
  std::vector<std::int64_t> pids{};
};

struct Edit {
  int tid = 0;
  std::int64_t pid = 0;
  bool beside_growth = false;  // stands on the last page that the thread had before it grew that day
};

struct Deletion {
  int tid = 0;
  std::int64_t pid = 0;
};

struct DayChanges {
  std::vector<Growth> grown{};
  std::vector<int> added{};  // tids
  std::vector<Edit> edited{};
  std::vector<Deletion> deleted{};
  std::vector<int> removed{};  // tids
  std::vector<int> articles_added{};
  std::vector<int> articles_edited{};
};

}  // namespace boardwalk::sample
