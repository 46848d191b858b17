#include "crawler/parse_pool.hpp"

#include <new>
#include <utility>

#include "parsers/url.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {
namespace {

parsers::ParsedPage parse(const Step& step, std::optional<int> zone, const parsers::site::RuleSet* rules,
                          parsers::Workspace& workspace) {
  const auto url = rules != nullptr ? parsers::parse_url(step.answer.url) : std::nullopt;
  const std::string content_type = step.held ? step.held->content_type : step.answer.header("content-type");
  const std::string& body = step.held ? step.held->body : step.answer.body;
  const parsers::PageInput input{step.answer.url,
                                 body,
                                 content_type,
                                 step.answer.ended_at / 1000,
                                 zone,
                                 url ? rules->find(*url) : nullptr};
  try {
    return parsers::parse_page(input, workspace);
  } catch (const std::bad_alloc&) {
    parsers::ParsedPage page;
    page.outcome = parsers::Outcome::kTooComplex;
    page.detail = "out of memory";
    return page;
  }
}

}  // namespace

ParsePool::ParsePool(int workers, std::optional<int> zone, const parsers::site::RuleSet* rules,
                     std::function<void(Step)> on_done)
    : zone_(zone), rules_(rules), on_done_(std::move(on_done)) {
  for (int i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

ParsePool::~ParsePool() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
    waiting_.clear();
  }
  filled_.notify_all();
  for (auto& worker : workers_) worker.join();
}

void ParsePool::submit(Step step) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(step));
  }
  filled_.notify_one();
}

void ParsePool::work() {
  parsers::Workspace workspace;
  while (true) {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
    if (ends_) return;
    Step step = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    step.page = parse(step, zone_, rules_, workspace);
    if (step.page->outcome == parsers::Outcome::kOk) step.content_sha256 = store::content_digest(*step.page);
    on_done_(std::move(step));
  }
}

}  // namespace boardwalk::crawler
