// A small HTTP/1.1 server on 127.0.0.1, for tests: a thread a connection, keep-alive, and handlers that may
// break every rule of the protocol (a body shorter than its Content-Length, endless headers, silence). It
// shares no code with the crawler, so that the two cannot agree on a mistake. RFC 9112 as far as clients of a
// test need it: request bodies by Content-Length only; HEAD gets the head of the GET.
//
// Handlers run on the connections' threads, many at once. The destructor stops them: it wakes every pause,
// shuts every socket down and joins.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace boardwalk::sample {

struct Request {
  std::string method;
  std::string target;                          // as sent
  std::string path;                            // before the `?`, percent-encoding undone
  std::map<std::string, std::string> query;    // decoded; of equal names the last one
  std::map<std::string, std::string> headers;  // names in lower case
  std::uint64_t number = 0;                    // set by the handler for its own log

  [[nodiscard]] std::string header(const std::string& name) const;
  [[nodiscard]] std::string param(const std::string& name) const;
  [[nodiscard]] int number_param(const std::string& name, int otherwise) const;
};

// The client's end, for handlers that write by hand.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual bool send(std::string_view bytes) = 0;               // false: client or server is gone, give up
  virtual bool pause(std::chrono::milliseconds duration) = 0;  // false: the server is stopping
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  std::optional<std::uint64_t> content_length{};  // a lie; the connection closes behind it
  bool chunked = false;
  std::chrono::milliseconds drip{0};    // the body in sixteen pieces with this pause between them
  std::chrono::milliseconds delay{0};   // before the head
  std::optional<std::size_t> cut_at{};  // bytes of the body that are sent before the connection closes

  // Writes everything itself, head included, in place of all of the above; then the connection closes.
  std::function<void(Connection&)> by_hand{};
};

class HttpServer {
 public:
  using Handler = std::function<Response(Request&)>;
  // Called when a response is out (or broken off): bytes of the body sent, and the time since the request was
  // read.
  using Done = std::function<void(const Request&, std::uint64_t bytes, std::chrono::microseconds took)>;

  // Binds and serves at once; port 0 takes a free one. Throws std::runtime_error with the reason when it
  // cannot bind.
  HttpServer(int port, Handler handler, Done done);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] int port() const { return port_; }

 private:
  class Socket;
  struct Client {
    std::thread thread;
    std::atomic<bool> over{false};
  };

  void accept_clients();
  void serve(int fd);
  bool answer(Socket& socket, Request& request);
  bool write(Socket& socket, const Request& request, const Response& response, std::uint64_t& sent);
  void forget_finished();

  Handler handler_;
  Done done_;
  int port_ = 0;
  int listener_ = -1;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;  // of all below
  std::condition_variable stopped_;
  std::list<Client> clients_;
  std::vector<int> open_;  // sockets in use
  std::thread accepter_;
};

// "200 OK" for 200.
[[nodiscard]] std::string_view reason_phrase(int status);

// "Mon, 20 May 2024 12:00:00 GMT" (RFC 9110 §5.6.7).
[[nodiscard]] std::string http_date(std::int64_t at);

}  // namespace boardwalk::sample
