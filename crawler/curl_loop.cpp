#include "crawler/curl_loop.hpp"

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>
#include <new>
#include <utility>

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kEvents = 64;  // taken at once

CURLM* new_multi() {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  return initialised == CURLE_OK ? curl_multi_init() : nullptr;
}

// What curl_multi_perform would take them for: it finds an error by reading, too.
int bits_of(std::uint32_t events) {
  int bits = 0;
  if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0) bits |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) bits |= CURL_CSELECT_OUT;
  return bits;
}

}  // namespace

struct CurlLoop::Callbacks {
  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) noexcept {
    auto& loop = *static_cast<CurlLoop*>(self);
    loop.watch(socket, what, known != nullptr);
    if (known == nullptr) curl_multi_assign(loop.multi_.get(), socket, self);
    return 0;
  }

  static int on_timer(CURLM*, long milliseconds, void* self) noexcept {
    auto& timer = static_cast<CurlLoop*>(self)->timer_;
    timer.reset();
    if (milliseconds >= 0) timer = Clock::now() + std::chrono::milliseconds(milliseconds);
    return 0;
  }
};

void CurlLoop::Cleanup::operator()(void* multi) const { curl_multi_cleanup(multi); }

CurlLoop::Descriptor::~Descriptor() {
  if (number >= 0) close(number);
}

CurlLoop::CurlLoop()
    : epoll_{epoll_create1(EPOLL_CLOEXEC)},
      wakeup_{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)},
      multi_(new_multi()) {
  epoll_event event{EPOLLIN, {}};
  event.data.fd = wakeup_.number;
  const bool watched = epoll_ctl(epoll_.number, EPOLL_CTL_ADD, wakeup_.number, &event) == 0;
  if (!watched || !multi_) throw std::bad_alloc();
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &Callbacks::on_socket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &Callbacks::on_timer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
}

// libcurl and epoll may differ in whether they know the socket, when one with its number was closed. One that
// cannot be watched costs its transfer the time limit.
void CurlLoop::watch(int socket, int what, bool known) {
  epoll_event event{};
  event.data.fd = socket;
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(epoll_.number, EPOLL_CTL_DEL, socket, &event);
    return;
  }
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  const auto [likely, other] =
      known ? std::pair(EPOLL_CTL_MOD, EPOLL_CTL_ADD) : std::pair(EPOLL_CTL_ADD, EPOLL_CTL_MOD);
  if (epoll_ctl(epoll_.number, likely, socket, &event) != 0) epoll_ctl(epoll_.number, other, socket, &event);
}

// Milliseconds; -1 without end.
int CurlLoop::patience() const {
  if (!timer_) return -1;
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*timer_ - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(wait, 0, INT_MAX));
}

void CurlLoop::turn() {
  int running = 0;
  std::array<epoll_event, kEvents> events;
  const int count = epoll_wait(epoll_.number, events.data(), static_cast<int>(events.size()), patience());
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    eventfd_t wakes = 0;
    if (event.data.fd == wakeup_.number)
      eventfd_read(wakeup_.number, &wakes);
    else
      curl_multi_socket_action(multi_.get(), event.data.fd, bits_of(event.events), &running);
  }
  if (!timer_ || *timer_ > Clock::now()) return;
  timer_.reset();
  curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
}

void CurlLoop::wake() { eventfd_write(wakeup_.number, 1); }

}  // namespace boardwalk::crawler
