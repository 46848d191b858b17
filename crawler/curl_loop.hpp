// Drives libcurl's transfers by what happens on their sockets (curl_multi_socket_action, epoll): what an
// event costs does not grow with the number of transfers, as it does with curl_multi_perform, which looks at
// each of them. All but wake() belongs to one thread.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

namespace boardwalk::crawler {

class CurlLoop {
 public:
  CurlLoop();  // throws std::bad_alloc when there is no memory or no descriptor left
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  // libcurl's multi handle, owned by the loop: transfers are added to it and taken from it.
  [[nodiscard]] void* multi() const { return multi_.get(); }

  // Waits until a socket, a timer of libcurl's or wake() has something to say, and lets libcurl act on it.
  void turn();

  // Ends the turn() that waits, or the next one at once. From any thread.
  void wake();

 private:
  struct Callbacks;  // libcurl's
  using Clock = std::chrono::steady_clock;
  struct Cleanup {
    void operator()(void* multi) const;
  };
  struct Descriptor {
    ~Descriptor();
    int number = -1;
  };

  [[nodiscard]] int patience() const;
  void watch(int socket, int what, bool known);

  Descriptor epoll_;
  Descriptor wakeup_;
  std::optional<Clock::time_point> timer_;
  std::unique_ptr<void, Cleanup> multi_;  // goes first: it speaks of its sockets to the end
};

}  // namespace boardwalk::crawler
