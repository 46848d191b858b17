#include "tests/crawler/raw_server.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace boardwalk::tests {
namespace {

constexpr std::chrono::seconds kBound{20};

sockaddr_in local(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

void require(bool held, const char* what) {
  if (!held) throw std::runtime_error(what);
}

}  // namespace

std::string RawConnection::read_request() {
  std::string request;
  while (!request.ends_with("\r\n\r\n")) {
    char c = 0;
    if (recv(socket_, &c, 1, 0) <= 0) return {};
    request += c;
  }
  return request;
}

bool RawConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawConnection::wait_until_closed() {
  char ignored[256];
  while (recv(socket_, ignored, sizeof ignored, 0) > 0) {
  }
}

void RawConnection::drip(char byte) {
  pollfd gone{socket_, POLLRDHUP, 0};
  while (poll(&gone, 1, 5) == 0)
    if (!send({&byte, 1})) return;
}

void RawConnection::reset_on_close() {
  const linger none{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

RawServer::RawServer(Script script) : script_(std::move(script)) {
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = local(0);
  socklen_t length = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  require(bind(listener_, name, length) == 0 && listen(listener_, 64) == 0, "cannot listen on 127.0.0.1");
  require(getsockname(listener_, name, &length) == 0, "cannot tell the port");
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::RawServer(std::string answer)
    : RawServer([bytes = std::move(answer)](RawConnection& connection, const std::string&) {
        connection.send(bytes);
        return false;
      }) {}

RawServer::~RawServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  close(listener_);
}

std::string RawServer::url(const std::string& path) const {
  return "http://127.0.0.1:" + std::to_string(port_) + path;
}

std::vector<std::string> RawServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void RawServer::wait_for_requests(std::size_t count) {
  std::unique_lock lock(mutex_);
  require(changed_.wait_for(lock, kBound, [&] { return requests_.size() >= count; }),
          "the requests did not come");
}

int RawServer::connections() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = local(port_);
  socklen_t length = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  require(connect(probe, name, length) == 0, "cannot connect");
  require(getsockname(probe, name, &length) == 0, "cannot tell the port");
  const int port = ntohs(address.sin_port);
  std::unique_lock lock(mutex_);
  probes_.insert(port);
  const bool seen = changed_.wait_for(
      lock, kBound, [&] { return std::find(accepted_.begin(), accepted_.end(), port) != accepted_.end(); });
  close(probe);
  require(seen, "the probe was not accepted");
  return static_cast<int>(std::count_if(accepted_.begin(), accepted_.end(),
                                        [this](int other) { return probes_.count(other) == 0; }));
}

void RawServer::accept_all() {
  for (;;) {
    sockaddr_in peer{};
    socklen_t length = sizeof peer;
    const int socket = accept4(listener_, reinterpret_cast<sockaddr*>(&peer), &length, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (stopping_ || socket < 0) {
      if (socket >= 0) close(socket);
      return;
    }
    accepted_.push_back(ntohs(peer.sin_port));
    sockets_.insert(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
    changed_.notify_all();
  }
}

void RawServer::serve(int socket) {
  RawConnection connection(socket);
  for (bool more = true; more;) {
    const std::string request = connection.read_request();
    if (request.empty()) break;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      changed_.notify_all();
    }
    more = script_(connection, request);
  }
  // The destructor shuts down what is open: the number must not be another's by then.
  const std::lock_guard lock(mutex_);
  sockets_.erase(socket);
  close(socket);
}

}  // namespace boardwalk::tests
