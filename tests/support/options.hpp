// What a sample forum is made from. Equal options give the same boards, threads, posts, ids, texts and times,
// whatever the machine; only `port`, `log_file` and `site_name` have no part in that.
#pragma once

#include <cstdint>
#include <string>

namespace boardwalk::sample {

enum class Charset { kUtf8, kGbk };

// 2024-05-20 20:00:00 +08:00.
inline constexpr std::int64_t kDayOneEnds = 1716206400;
inline constexpr std::int64_t kSecondsADay = 86400;

// What happens on every day after the first. A thread that loses a post does not grow that day. A count above
// what the forum holds is cut: Model::changes tells what was done.
struct DayPlan {
  int grown = 6;  // threads that get one to three replies
  int added = 2;  // new threads
  // Posts with changed words: in turn the last old post of a grown thread, which a second crawl reads anyway,
  // and an opening post that nothing else reveals.
  int edited = 3;
  int deleted = 2;         // replies taken out
  int removed = 0;         // threads taken out whole
  int articles_added = 1;  // news
  int articles_edited = 1;
};

struct Options {
  std::uint64_t seed = 1;
  int boards = 4;      // boards with threads that guests may read; a locked and a redirecting one come on top
  int threads = 60;    // on day 1
  int posts = 7;       // mean number a thread
  int page_size = 10;  // posts a page
  int rows = 20;       // threads a board page, stickies included
  int articles = 12;   // of the news site, on day 1
  Charset charset = Charset::kUtf8;
  bool static_urls = true;       // thread-T-P-X.html; else forum.php?mod=viewthread&tid=T
  bool relative_times = false;   // 半小时前 with the time in a title; else times to the minute
  bool renumber_floors = false;  // after a deletion floors and pages close up; else both stay, with a gap
  int day = 1;
  DayPlan per_day{};
  std::int64_t day_one_ends = kDayOneEnds;  // epoch seconds; nothing of day 1 is younger
  std::string site_name = "槐江茶馆";
  int port = 0;            // 0: a free one
  std::string log_file{};  // one JSON object a line and request; empty: none
};

}  // namespace boardwalk::sample
