#include "crawler/fetcher.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "config/ascii.hpp"
#include "crawler/address.hpp"
#include "crawler/body_decoder.hpp"
#include "crawler/curl_loop.hpp"
#include "crawler/transfer.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::int64_t kFewestIdleConnections = 16;

}  // namespace

std::string FetchResult::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (ascii::same(key, name)) return value;
  return {};
}

std::string FetchResult::header_list(std::string_view name) const {
  std::string list;
  for (const auto& [key, value] : headers)
    if (ascii::same(key, name)) list += (list.empty() ? "" : ", ") + value;
  return list;
}

void undo_coding(FetchResult& result) {
  if (result.coding.empty()) return;
  // Of a front that was read alone, the stream's end is never seen.
  const bool more = static_cast<std::int64_t>(result.body.size()) >= result.most_bytes;
  std::string body;
  const Decoded decoded =
      decode_body(result.body, result.coding,
                  static_cast<std::size_t>(std::max<std::int64_t>(result.most_bytes, 0)), body);
  const bool front =
      result.enough > 0 && (decoded == Decoded::kTooLong || (decoded == Decoded::kCut && more));
  result.coding.clear();
  result.body = decoded == Decoded::kWhole || front ? std::move(body) : std::string();
  if (front) return;
  // The status alone is the answer when it is not a success.
  if (decoded == Decoded::kWhole || result.outcome != parsers::Outcome::kOk) return;
  if (decoded == Decoded::kCut) {
    result.outcome = parsers::Outcome::kTruncated;
    result.detail = "the compressed body stops before its end";
  } else if (decoded == Decoded::kTooLong) {
    result.outcome = parsers::Outcome::kTooLarge;
    result.detail = "the body is longer than " + std::to_string(result.most_bytes) + " bytes";
  } else {
    result.outcome = parsers::Outcome::kNetworkError;
    result.detail = "the body is not what Content-Encoding says";
  }
}

// All but the queue belongs to the network thread.
struct Fetcher::Network {
  Network(const config::Job::Fetch& fetch, std::int64_t bytes, std::function<void(FetchResult)> callback,
          NetworkSeam given_seam)
      : options(fetch), page_bytes(bytes), on_result(std::move(callback)), seam(std::move(given_seam)) {
    if (!seam.is_public) seam.is_public = is_public;
    const std::int64_t kept = std::clamp<std::int64_t>(2 * fetch.concurrency, kFewestIdleConnections, 4096);
    curl_multi_setopt(loop.multi(), CURLMOPT_MAXCONNECTS, static_cast<long>(kept));
    thread = std::thread([this] { run(); });
  }

  ~Network() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
    }
    loop.wake();
    thread.join();
    for (const auto& [easy, transfer] : running) curl_multi_remove_handle(loop.multi(), easy);
  }

  void submit(FetchRequest request) {
    {
      const std::lock_guard lock(mutex);
      queue.push_back(std::move(request));
    }
    loop.wake();
  }

  void run() {
    while (start_queued()) {
      loop.turn();
      deliver_ended();
    }
  }

  // Starts what there is room for. False once the fetcher is being destroyed.
  bool start_queued() {
    for (;;) {
      FetchRequest request;
      {
        const std::lock_guard lock(mutex);
        if (stopping) return false;
        const bool room =
            options.concurrency <= 0 || running.size() < static_cast<std::size_t>(options.concurrency);
        if (queue.empty() || !room) return true;
        request = std::move(queue.front());
        queue.pop_front();
      }
      start(std::move(request));
    }
  }

  void start(FetchRequest request) {
    auto transfer = std::make_unique<Transfer>(options, page_bytes, seam);
    CURL* const easy = transfer->handle();
    if (transfer->begin(std::move(request)) && curl_multi_add_handle(loop.multi(), easy) == CURLM_OK) {
      running.emplace(easy, std::move(transfer));
    } else {
      on_result(transfer->finish(CURLE_FAILED_INIT));
    }
  }

  void deliver_ended() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(loop.multi(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* const easy = message->easy_handle;
      const CURLcode code = message->data.result;  // the message dies with the handle's removal
      curl_multi_remove_handle(loop.multi(), easy);
      auto node = running.extract(easy);
      on_result(node.mapped()->finish(code));
    }
  }

  const config::Job::Fetch options;
  const std::int64_t page_bytes;
  const std::function<void(FetchResult)> on_result;
  NetworkSeam seam;
  CurlLoop loop;
  std::unordered_map<CURL*, std::unique_ptr<Transfer>> running;

  std::mutex mutex;
  std::deque<FetchRequest> queue;
  bool stopping = false;
  std::thread thread;
};

Fetcher::Fetcher(const config::Job::Fetch& options, std::int64_t page_bytes,
                 std::function<void(FetchResult)> on_result, NetworkSeam seam)
    : network_(std::make_unique<Network>(options, page_bytes, std::move(on_result), std::move(seam))) {}

Fetcher::~Fetcher() = default;

void Fetcher::submit(FetchRequest request) { network_->submit(std::move(request)); }

}  // namespace boardwalk::crawler
