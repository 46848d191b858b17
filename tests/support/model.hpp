// The sample forum as its own database would hold it: what the pages are rendered from and what a crawl of
// them is compared with. A Model is the state at the end of `options.day`: day 1 is built, each further day
// replayed on it. Threads and who posted when are made at once (35,000 posts in a few milliseconds), words
// only when asked for.
//
// Immutable after construction; any number of threads may read it. References live as long as the Model.
// Times are epoch seconds; the forum's zone is +08:00.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/support/day_changes.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/forum_records.hpp"
#include "tests/support/options.hpp"

namespace boardwalk::sample {

class Model {
 public:
  explicit Model(const Options& options);

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] std::int64_t ends_at() const;  // of options.day
  [[nodiscard]] const std::vector<Board>& boards() const { return boards_; }
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }  // by uid - 1
  [[nodiscard]] const std::vector<Thread>& threads() const {
    return threads_;
  }  // by tid; removed ones included
  [[nodiscard]] const std::vector<Article>& articles() const { return articles_; }

  // What day 2 … options.day changed. REQUIRES: 2 <= day <= options().day.
  [[nodiscard]] const DayChanges& changes(int day) const {
    return changes_.at(static_cast<std::size_t>(day));
  }

  // nullptr when there is none (or it was removed).
  [[nodiscard]] const Board* board(int fid) const;
  [[nodiscard]] const Thread* thread(int tid) const;
  [[nodiscard]] const Thread* moved(int dead_tid) const;  // where a moved row leads
  [[nodiscard]] const Thread* thread_of(std::int64_t pid) const;
  [[nodiscard]] const Article* article(const std::string& path) const;

  // The living posts with their words, by position; also those that no guest may read.
  [[nodiscard]] std::vector<Post> posts(const Thread& thread) const;
  [[nodiscard]] std::vector<Post> posts(int tid) const;

  // How the pages count: posts that a thread page shows, and pages of a thread (at least 1).
  [[nodiscard]] int living(const Thread& thread) const;
  [[nodiscard]] int page_count(const Thread& thread) const;
  [[nodiscard]] int page_of(const Thread& thread, std::int64_t pid) const;  // 0: no such living post

  // The rows of a board in the order of its list: stickies that show there first, then by last reply. A moved
  // row of another thread stands in it with `moved_from == fid`.
  [[nodiscard]] std::vector<const Thread*> rows(const Board& board) const;

  // Totals over what guests may read.
  [[nodiscard]] int visible_threads() const;
  [[nodiscard]] int visible_posts() const;

 private:
  friend class DayReplay;
  void make_boards();
  void make_threads();
  Thread new_thread(Theme theme, int fid, std::int64_t created_at, std::int64_t replies_until,
                    int reply_count);
  void dress(Thread& thread);
  void recount(Thread& thread) const;
  [[nodiscard]] int board_for(Theme theme, Dice& dice) const;
  [[nodiscard]] Author author_of(const PostHead& head) const;

  Options options_;
  std::vector<Board> boards_;
  std::vector<Member> members_;
  std::vector<Thread> threads_;
  std::vector<Article> articles_;
  std::vector<DayChanges> changes_;  // by day; 0 and 1 empty
  std::unordered_map<int, std::size_t> place_of_tid_;
  std::unordered_map<int, int> moved_;  // dead tid → live tid
  std::unordered_map<std::int64_t, int> tid_of_pid_;
  std::unordered_map<int, std::vector<std::size_t>> rows_;  // fid → places in threads_, in list order
  int next_tid_ = 101;
  std::int64_t next_pid_ = 1001;

  void index_rows();
};

}  // namespace boardwalk::sample
