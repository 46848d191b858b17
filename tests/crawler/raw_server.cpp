#include "tests/crawler/raw_server.hpp"

#include <arpa/inet.h>
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

struct Place {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  sockaddr* name() { return reinterpret_cast<sockaddr*>(&storage); }
  // Family and port stand in the same bytes of both families.
  [[nodiscard]] int port() const { return ntohs(reinterpret_cast<const sockaddr_in&>(storage).sin_port); }
};

Place place_of(const std::string& address, int port) {
  Place place;
  auto& in = reinterpret_cast<sockaddr_in&>(place.storage);
  auto& in6 = reinterpret_cast<sockaddr_in6&>(place.storage);
  if (inet_pton(AF_INET, address.c_str(), &in.sin_addr) == 1) {
    place.length = sizeof in;
    place.storage.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, address.c_str(), &in6.sin6_addr) == 1) {
    place.length = sizeof in6;
    place.storage.ss_family = AF_INET6;
  }
  in.sin_port = htons(static_cast<std::uint16_t>(port));
  return place;
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

std::string RawConnection::read(std::size_t count) {
  std::string bytes;
  char c = 0;
  while (bytes.size() < count && recv(socket_, &c, 1, 0) > 0) bytes += c;
  return bytes;
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

int RawConnection::connect_to(int port) {
  Place place = place_of("127.0.0.1", port);
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(made, place.name(), place.length) == 0) return made;
  close(made);
  return -1;
}

bool RawConnection::tunnel_to(int port) {
  RawConnection other(connect_to(port));
  if (other.socket_ < 0) return false;
  for (bool open = true; open;) {
    pollfd ends[] = {{socket_, POLLIN, 0}, {other.socket_, POLLIN, 0}};
    open = poll(ends, 2, -1) > 0;
    for (int from = 0; from < 2 && open; ++from) {
      if (ends[from].revents == 0) continue;
      char bytes[4096];
      const ssize_t count = recv(ends[from].fd, bytes, sizeof bytes, 0);
      open = count > 0 && (from == 0 ? other : *this).send({bytes, static_cast<std::size_t>(count)});
    }
  }
  close(other.socket_);
  return true;
}

void RawConnection::reset_on_close() {
  const linger none{1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

RawServer::RawServer(Script script, const std::string& address, int port)
    : script_(std::move(script)), address_(address) {
  Place place = place_of(address, port);
  listener_ = socket(place.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool listens =
      listener_ >= 0 && bind(listener_, place.name(), place.length) == 0 && listen(listener_, 64) == 0;
  if (!listens) close(listener_);
  require(listens, "cannot listen there");
  require(getsockname(listener_, place.name(), &place.length) == 0, "cannot tell the port");
  port_ = place.port();
  acceptor_ = std::thread([this] { accept_all(); });
}

RawServer::RawServer(std::string answer)
    : RawServer([bytes = std::move(answer)](RawConnection& connection, const std::string&) {
        connection.send(bytes);
        return false;
      }) {}

std::unique_ptr<RawServer> RawServer::of_talk(Talk talk) {
  auto server = std::make_unique<RawServer>(Script());
  const std::lock_guard lock(server->mutex_);
  server->talk_ = std::move(talk);
  return server;
}

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
  const std::string host = address_.find(':') == std::string::npos ? address_ : "[" + address_ + "]";
  return "http://" + host + ":" + std::to_string(port_) + path;
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
  Place place = place_of(address_, port_);
  const int probe = socket(place.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(connect(probe, place.name(), place.length) == 0, "cannot connect");
  require(getsockname(probe, place.name(), &place.length) == 0, "cannot tell the port");
  const int port = place.port();
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
    Place peer;
    const int socket = accept4(listener_, peer.name(), &peer.length, SOCK_CLOEXEC);
    const std::lock_guard lock(mutex_);
    if (stopping_ || socket < 0) {
      if (socket >= 0) close(socket);
      return;
    }
    accepted_.push_back(peer.port());
    sockets_.insert(socket);
    threads_.emplace_back([this, socket] { serve(socket); });
    changed_.notify_all();
  }
}

void RawServer::serve(int socket) {
  RawConnection connection(socket);
  Talk talk;
  {
    const std::lock_guard lock(mutex_);
    talk = talk_;
  }
  if (talk) talk(connection);
  for (bool more = !talk; more;) {
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
