#include "crawler/curl_loop.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/crawler/raw_server.hpp"

using namespace boardwalk;
using crawler::CurlLoop;
using tests::RawConnection;
using tests::RawServer;

namespace {

constexpr std::chrono::seconds kPatience{20};
constexpr int kMostTurns = 10'000;  // that a test waits through

using Easy = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

std::size_t count_bytes(char*, std::size_t size, std::size_t count, void* bytes) {
  *static_cast<std::size_t*>(bytes) += size * count;
  return size * count;
}

Easy transfer_of(const std::string& url) {
  Easy easy(curl_easy_init(), &curl_easy_cleanup);
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_NOPROXY, "*");
  return easy;
}

// Gets the URL so many times at once; how many came whole, without a fault.
std::ptrdiff_t whole(CurlLoop& loop, const std::string& url, int count, std::size_t bytes) {
  std::vector<std::size_t> got(static_cast<std::size_t>(count));
  std::vector<Easy> transfers;
  for (auto& each : got) {
    Easy easy = transfer_of(url);
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, &count_bytes);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &each);
    curl_multi_add_handle(loop.multi(), easy.get());
    transfers.push_back(std::move(easy));
  }
  std::ptrdiff_t ended = 0, fine = 0;
  for (int turn = 0; turn < kMostTurns && ended < count; ++turn) {
    loop.turn();
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(loop.multi(), &left)) {
      ++ended;
      fine += message->data.result == CURLE_OK;
    }
  }
  for (const auto& easy : transfers) curl_multi_remove_handle(loop.multi(), easy.get());
  return std::min(fine, std::count(got.begin(), got.end(), bytes));
}

std::string answer_of(const std::string& body, const char* connection) {
  return "HTTP/1.1 200 OK\r\nConnection: " + std::string(connection) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

TEST_CASE("a loop that nothing happens in is woken, before it waits and while it does") {
  CurlLoop loop;
  const auto turn = [&loop] { return std::async(std::launch::async, [&loop] { loop.turn(); }); };
  loop.wake();
  CHECK(turn().wait_for(kPatience) == std::future_status::ready);
  const auto waits = turn();
  CHECK(waits.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
  loop.wake();
  CHECK(waits.wait_for(kPatience) == std::future_status::ready);
}

TEST_CASE("transfers end whether their sockets are kept or closed, whose numbers are then used again") {
  const std::string body(200'000, 'x');
  std::atomic<int> requests = 0;
  RawServer server([&, whole_answer = answer_of(body, "keep-alive"), last = answer_of(body, "close")](
                       RawConnection& connection, const std::string&) {
    const bool stays = ++requests % 3 != 0;
    return connection.send(stays ? whole_answer : last) && stays;
  });
  CurlLoop loop;
  for (int round = 0; round < 20; ++round) CHECK(whole(loop, server.url(), 8, body.size()) == 8);
  CHECK(server.connections() > 8);
}

TEST_CASE("a transfer that nobody answers ends at its own time limit") {
  RawServer server([](RawConnection& connection, const std::string&) {
    connection.wait_until_closed();
    return false;
  });
  CurlLoop loop;
  const Easy easy = transfer_of(server.url());
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, 50L);
  curl_multi_add_handle(loop.multi(), easy.get());
  CURLcode code = CURLE_OK;
  for (int turn = 0, left = 0; turn < kMostTurns && code == CURLE_OK; ++turn) {
    loop.turn();
    if (const CURLMsg* message = curl_multi_info_read(loop.multi(), &left)) code = message->data.result;
  }
  CHECK(code == CURLE_OPERATION_TIMEDOUT);
  curl_multi_remove_handle(loop.multi(), easy.get());
}
