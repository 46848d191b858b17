// The parse workers: threads that turn fetched pages into records, one arena each. Work is handed over whole
// (lease, answer, page), so that nothing is shared but the two queues. Bounded by the engine, which never has
// more leases out than it may hold.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "crawler/fetcher.hpp"
#include "crawler/frontier.hpp"
#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"

namespace boardwalk::crawler {

struct HeldPage {
  std::string body;
  std::string content_type;
};

// One page on its way through the crawl.
struct Step {
  Lease lease;
  FetchResult answer;
  // Of a page that the server says has not changed (304): its body as archived. What was read from
  // them stays; they are parsed again for the links, which may lead to what has changed.
  std::optional<HeldPage> held;
  std::optional<parsers::ParsedPage> page;  // absent when there was nothing to parse
  std::string content_sha256;               // of the page's records; empty when it has none
};

class ParsePool {
 public:
  // `zone` as in parsers::PageInput; `rules`, which may be absent, must outlive the pool. on_done is called
  // on a worker.
  ParsePool(int workers, std::optional<int> zone, const parsers::site::RuleSet* rules,
            std::function<void(Step)> on_done);
  ~ParsePool();  // drops what has not begun, joins
  ParsePool(const ParsePool&) = delete;
  ParsePool& operator=(const ParsePool&) = delete;

  void submit(Step step);

 private:
  void work();

  std::optional<int> zone_;
  const parsers::site::RuleSet* rules_;
  std::function<void(Step)> on_done_;
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Step> waiting_;
  bool ends_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace boardwalk::crawler
