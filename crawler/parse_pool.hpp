// The parse workers: threads that undo the bodies' codings, pack them for the archive and turn fetched pages
// into records, one arena each. What waits is taken up to a few pages at once, which are handed on together.
// Work is handed over whole (step.hpp), so that nothing is shared but the two queues. Bounded by the engine,
// which never has more leases out than it may hold, and by the bytes that it has not taken yet.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "crawler/host_settings.hpp"
#include "crawler/step.hpp"
#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::crawler {

class ParsePool {
 public:
  struct Options {
    int workers = 1;
    std::optional<int> zone;                        // as in parsers::PageInput
    const parsers::site::RuleSet* rules = nullptr;  // may be absent; must outlive the pool
    const HostSettings* settings = nullptr;         // must outlive the pool
    std::size_t page_bytes = 0;                     // the most that a zipped sitemap may hold
  };
  // on_done is called on a worker. Throws std::system_error when the system gives no more threads.
  ParsePool(const Options& options, std::function<void(Step)> on_done);
  ~ParsePool();  // drops what has not begun, joins
  ParsePool(const ParsePool&) = delete;
  ParsePool& operator=(const ParsePool&) = delete;

  // The body's coding is undone, pages are packed for the archive, and what it says is read when that is of
  // use: not of robots.txt, of files, of redirects and of errors that a page explains no further.
  void submit(Step step);

  // Of a step that on_done brought: its body is no longer held. Workers rest while too much is.
  void taken(const Step& step);

 private:
  void end();
  void work();
  [[nodiscard]] std::optional<Step> next(bool waits);
  [[nodiscard]] std::vector<Step> read_some(parsers::Workspace& workspace);  // none: the pool ends
  void hand_on(std::vector<Step> steps);
  void read(Step& step, parsers::Workspace& workspace) const;

  const Options options_;
  std::function<void(Step)> on_done_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Step> waiting_;
  std::size_t done_bytes_ = 0;  // of bodies given to on_done and not taken yet
  bool ends_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace boardwalk::crawler
