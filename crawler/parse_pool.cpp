#include "crawler/parse_pool.hpp"

#include <chrono>
#include <map>
#include <new>
#include <utility>

#include "crawler/media.hpp"
#include "crawler/sessions.hpp"
#include "crawler/url_list_page.hpp"
#include "parsers/digest.hpp"
#include "parsers/requisites.hpp"
#include "parsers/sniff.hpp"
#include "parsers/url.hpp"
#include "store/bodies.hpp"
#include "store/records.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

constexpr std::size_t kMostDone = std::size_t{64} << 20;

// What waits is read first and packed then: either kind of work finds its tables in the processor's cache,
// where the other would have driven them out page by page.
constexpr std::size_t kTogether = 16;                          // pages
constexpr std::chrono::milliseconds kTogetherTime{100};        // behind which none is begun
constexpr std::size_t kTogetherBytes = std::size_t{4} << 20;   // of their bodies, behind which none is begun
constexpr std::size_t kWorthWarming = std::size_t{100} << 10;  // bytes packed with a dictionary

bool worth_reading(const Step& step) {
  if (step.lease.is_robots) return false;
  const Outcome outcome = step.answer.outcome;
  const bool readable = outcome == Outcome::kOk || outcome == Outcome::kDenied ||
                        outcome == Outcome::kNotFound || outcome == Outcome::kGone ||
                        step.answer.status == 503;  // as challenges come
  if (!step.held && (!readable || step.answer.body.empty())) return false;
  // In a file's place a page may come that says why there is none.
  return !is_file(step.lease.row) || outcome != Outcome::kOk ||
         parsers::media_type(step.answer.header("content-type")) == "text/html";
}

// Whether the answer was read as a page that its site made for a visitor: no other shows whose session it is,
// neither lists nor files nor data, nor a challenge.
bool is_for_visitor(const Step& step) {
  if (step.answer.outcome != Outcome::kOk || !step.page || is_file(step.lease.row)) return false;
  const std::string type = parsers::media_type(step.answer.header("content-type"));
  const bool html = type.empty() || type == "text/html" || type == "application/xhtml+xml";
  const Outcome outcome = step.page->outcome;
  return html && step.page->kind != parsers::PageKind::kFeed &&
         (outcome == Outcome::kOk || outcome == Outcome::kDenied || outcome == Outcome::kNotFound ||
          outcome == Outcome::kGone);
}

// Whether the session lasts that the job gave cookies for. Of a page that was parsed already.
std::optional<bool> session_of(const Step& step, const HostSettings* settings) {
  if (settings == nullptr || !is_for_visitor(step)) return std::nullopt;
  const config::Job::Fetch& fetch = settings->of(step.lease.site);
  if (fetch.cookie_file.empty()) return std::nullopt;
  return logged_in(step.answer.body, step.page->charset.used, fetch.logged_in);
}

std::vector<std::string> requisites_of(const Step& step, const parsers::PageInput& input,
                                       parsers::Workspace& workspace) {
  if (!is_file(step.lease.row)) return parsers::requisites_of_page(input, workspace);
  const auto url = parsers::parse_url(input.url);
  if (!url || parsers::media_type(input.content_type) != "text/css") return {};
  return parsers::requisites_of_css(input.body, *url);
}

parsers::ParsedPage parse(const parsers::PageInput& input, std::size_t page_bytes,
                          parsers::Workspace& workspace) {
  try {
    if (auto list = read_url_list_page(input, page_bytes)) return std::move(*list);
    return parsers::parse_page(input, workspace);
  } catch (const std::bad_alloc&) {
    parsers::ParsedPage page;
    page.outcome = Outcome::kTooComplex;
    page.detail = "out of memory";
    return page;
  }
}

// Of a page whose outcome is kOk.
store::PageContent content_of(const Step& step) {
  // Nothing is put of a page that has not changed: what it said when records were read from it is known.
  const std::string& known = step.lease.row.content_sha256;
  return step.held && !known.empty() ? store::PageContent{known, {}} : store::content_of(*step.page);
}

// What the archive most likely holds already, or hardly gets smaller, is left to the writer, which packs only
// what it keeps.
bool is_packed(const Step& step) {
  const UrlRow& row = step.lease.row;
  const bool as_before = !step.content.sha256.empty() && step.content.sha256 == row.content_sha256;
  return !step.answer.body.empty() && !step.lease.is_robots && !is_file(row) && !as_before;
}

// Readies the dictionaries that enough of the steps' bodies are packed with.
void warm_dictionaries(const std::vector<Step>& steps) {
  try {
    std::map<store::DictionaryPtr, std::size_t> bytes;
    for (const auto& step : steps)
      if (step.dictionary && is_packed(step)) bytes[step.dictionary] += step.answer.body.size();
    for (const auto& [dictionary, packed] : bytes)
      if (packed >= kWorthWarming) dictionary->warm();
  } catch (const std::bad_alloc&) {  // packing asks again
  }
}

void pack(Step& step) {
  if (!is_packed(step)) return;
  try {
    step.packed = store::pack_body(step.answer.body, step.dictionary.get());
  } catch (const std::bad_alloc&) {  // the writer may have more luck
  }
}

std::size_t bytes_of(const Step& step) {
  std::size_t bytes = step.answer.body.size() + step.packed.row.size();
  if (step.held) bytes += step.held->body.size();
  for (const auto& post : step.content.posts) bytes += post.size();
  return bytes;
}

}  // namespace

ParsePool::ParsePool(const Options& options, std::function<void(Step)> on_done)
    : options_(options), on_done_(std::move(on_done)) {
  try {
    for (int i = 0; i < options.workers; ++i) workers_.emplace_back([this] { work(); });
  } catch (...) {
    end();
    throw;
  }
}

ParsePool::~ParsePool() { end(); }

void ParsePool::end() {
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

void ParsePool::taken(const Step& step) {
  {
    const std::lock_guard lock(mutex_);
    done_bytes_ -= bytes_of(step);
  }
  filled_.notify_all();
}

void ParsePool::read(Step& step, parsers::Workspace& workspace) const {
  const auto url = parsers::parse_url(step.answer.url);
  const std::string content_type = step.held ? step.held->content_type : step.answer.header("content-type");
  parsers::PageInput input{
      step.answer.url, step.held ? step.held->body : step.answer.body,
      content_type,    step.answer.ended_at / 1000,
      options_.zone,   url && options_.rules != nullptr ? options_.rules->find(*url) : nullptr};
  if (step.held) input.sha256 = step.held->sha256;
  if (worth_reading(step)) {
    step.page = parse(input, options_.page_bytes, workspace);
    if (step.page->outcome == Outcome::kOk) step.content = content_of(step);
    step.logged_in = session_of(step, options_.settings);
  }
  if (!step.answer.body.empty()) {
    // A page that was given up half-way does not know its digest.
    const bool told = step.page && !step.held && !step.page->page.sha256.empty();
    step.sha256 = told ? step.page->page.sha256 : parsers::sha256_hex(step.answer.body);
  }
  const bool shown = step.answer.outcome == Outcome::kOk || step.held;
  if (shown && !step.lease.is_robots && options_.settings != nullptr &&
      options_.settings->of(step.lease.site).media == config::Media::kRequisites)
    step.requisites = requisites_of(step, input, workspace);
}

std::optional<Step> ParsePool::next(bool waits) {
  std::unique_lock lock(mutex_);
  const auto is_there = [this] { return !waiting_.empty() && done_bytes_ < kMostDone; };
  if (waits) filled_.wait(lock, [&] { return ends_ || is_there(); });
  if (ends_ || !is_there()) return std::nullopt;
  Step step = std::move(waiting_.front());
  waiting_.pop_front();
  return step;
}

std::vector<Step> ParsePool::read_some(parsers::Workspace& workspace) {
  using Clock = std::chrono::steady_clock;
  std::vector<Step> steps;
  std::size_t bytes = 0;
  Clock::time_point until = Clock::time_point::max();
  while (steps.size() < kTogether && bytes < kTogetherBytes && Clock::now() < until) {
    std::optional<Step> step = next(steps.empty());
    if (!step) break;
    if (steps.empty()) until = Clock::now() + kTogetherTime;
    undo_coding(step->answer);
    read(*step, workspace);
    bytes += step->answer.body.size();
    steps.push_back(std::move(*step));
  }
  return steps;
}

void ParsePool::hand_on(std::vector<Step> steps) {
  {
    const std::lock_guard lock(mutex_);
    for (const auto& step : steps) done_bytes_ += bytes_of(step);
  }
  for (auto& step : steps) on_done_(std::move(step));
}

void ParsePool::work() {
  parsers::Workspace workspace;
  for (auto steps = read_some(workspace); !steps.empty(); steps = read_some(workspace)) {
    warm_dictionaries(steps);
    for (auto& step : steps) pack(step);
    hand_on(std::move(steps));
  }
}

}  // namespace boardwalk::crawler
