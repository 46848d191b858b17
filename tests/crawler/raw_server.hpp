// A server on 127.0.0.1, or another address of this machine alone, that says over a socket whatever a test
// scripts: cut bodies, endless headers, lies. Each connection runs on a thread of its own. Nothing here
// sleeps; what could wait for ever throws after a wide bound.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace boardwalk::tests {

class RawConnection {
 public:
  explicit RawConnection(int socket) : socket_(socket) {}

  // Up to the blank line behind the next request's headers; empty when the client closed.
  [[nodiscard]] std::string read_request();
  // That many bytes, or fewer when the client closed.
  [[nodiscard]] std::string read(std::size_t count);
  // False when the client has gone.
  bool send(std::string_view bytes);
  // Returns when the client closes, or the server ends.
  void wait_until_closed();
  // Sends one byte again and again, a few hundred a second, until the client goes.
  void drip(char byte);
  // What either says from here on goes to the other, until one closes: the client, and that port of
  // 127.0.0.1. False when nobody listens there.
  bool tunnel_to(int port);
  // The same for a client that speaks TLS, which is undone before that port. False without a handshake, too.
  bool tls_tunnel_to(int port);
  // The close that follows is a reset, not an orderly end.
  void reset_on_close();

 private:
  // -1 when nobody listens at that port of 127.0.0.1.
  [[nodiscard]] static int connect_to(int port);

  int socket_;
};

class RawServer {
 public:
  // Called for each request. The connection is closed when it returns false.
  using Script = std::function<bool(RawConnection&, const std::string& request)>;

  // Port 0 is any free one. Throws when it cannot listen there.
  explicit RawServer(Script script, const std::string& address = "127.0.0.1", int port = 0);
  // Sends these bytes in answer to the first request, and closes.
  explicit RawServer(std::string answer);
  // For what does not begin as HTTP does: called for each connection, which is closed when it returns.
  using Talk = std::function<void(RawConnection&)>;
  [[nodiscard]] static std::unique_ptr<RawServer> of_talk(Talk talk);
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url(const std::string& path = "/") const;
  [[nodiscard]] std::vector<std::string> requests() const;
  // The connections opened before this call: it opens one itself, which is not counted, and waits until that
  // one, behind all others in the queue, is accepted.
  [[nodiscard]] int connections();
  void wait_for_requests(std::size_t count);

 private:
  void accept_all();
  void serve(int socket);

  Script script_;
  Talk talk_;
  const std::string address_;
  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> requests_;
  std::set<int> sockets_;      // open ones
  std::set<int> probes_;       // local ports of connections()' own
  std::vector<int> accepted_;  // ports of the other side
  std::vector<std::thread> threads_;
  bool stopping_ = false;
  std::thread acceptor_;
};

}  // namespace boardwalk::tests
