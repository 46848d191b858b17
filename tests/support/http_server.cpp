#include "tests/support/http_server.hpp"

#include <arpa/inet.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include "config/ascii.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::size_t kMostHeaderBytes = 1 << 16;
constexpr std::size_t kDripPieces = 16;
constexpr int kIdleLimit = 30000;  // ms that a kept connection may say nothing
constexpr int kBacklog = 512;

std::string decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && ascii::hex_value(text[i + 1]) >= 0 &&
        ascii::hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(ascii::hex_value(text[i + 1]) * 16 + ascii::hex_value(text[i + 2]));
      i += 2;
    } else {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

void parse_query(std::string_view text, std::map<std::string, std::string>& query) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    query[decoded(pair.substr(0, equals), true)] = decoded(value, true);
  }
}

bool parse_head(std::string_view head, Request& request) {
  const std::string_view line = head.substr(0, head.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || last <= first || line.substr(last + 1, 7) != "HTTP/1.") return false;
  request.method = line.substr(0, first);
  request.target = line.substr(first + 1, last - first - 1);
  const std::string_view target = request.target;
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = decoded(target.substr(0, mark), false);
  if (mark < target.size()) parse_query(target.substr(mark + 1), request.query);
  for (std::string_view rest = head.substr(std::min(line.size() + 2, head.size())); !rest.empty();) {
    const std::string_view field = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(std::min(field.size() + 2, rest.size()));
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string name = ascii::lowered(field.substr(0, colon));
    const std::size_t begin = field.find_first_not_of(" \t", colon + 1);
    request.headers[name] = begin == std::string_view::npos ? "" : std::string(field.substr(begin));
  }
  return true;
}

int listening(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int one = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(fd, kBacklog) != 0) {
    const std::string reason = std::strerror(errno);
    ::close(fd);
    throw std::runtime_error(fmt::format("cannot listen on 127.0.0.1:{}: {}", port, reason));
  }
  return fd;
}

int port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

}  // namespace

class HttpServer::Socket : public Connection {
 public:
  Socket(HttpServer& server, int fd) : server_(server), fd_(fd) {}

  bool send(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return !server_.stopping_;
  }

  bool pause(std::chrono::milliseconds duration) override {
    std::unique_lock lock(server_.mutex_);
    return !server_.stopped_.wait_for(lock, duration, [this] { return server_.stopping_.load(); });
  }

  // The bytes up to and without the blank line; nullopt when the client is gone, idle for too long or talks
  // too much.
  std::optional<std::string> read_head() {
    for (;;) {
      const std::size_t end = buffer_.find("\r\n\r\n");
      if (end != std::string::npos) {
        std::string head = buffer_.substr(0, end);
        buffer_.erase(0, end + 4);
        return head;
      }
      if (buffer_.size() > kMostHeaderBytes || !receive()) return std::nullopt;
    }
  }

  bool skip(std::size_t bytes) {
    while (buffer_.size() < bytes) {
      if (!receive()) return false;
    }
    buffer_.erase(0, bytes);
    return true;
  }

 private:
  bool receive() {
    pollfd wait{fd_, POLLIN, 0};
    if (::poll(&wait, 1, kIdleLimit) <= 0) return false;
    char bytes[4096];
    const ssize_t got = ::recv(fd_, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  HttpServer& server_;
  int fd_;
  std::string buffer_;
};

std::string Request::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string Request::param(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

int Request::number_param(const std::string& name, int otherwise) const {
  const std::string text = param(name);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

HttpServer::HttpServer(int port, Handler handler, Done done)
    : handler_(std::move(handler)), done_(std::move(done)), listener_(listening(port)) {
  port_ = port_of(listener_);
  accepter_ = std::thread([this] { accept_clients(); });
}

HttpServer::~HttpServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    ::shutdown(listener_, SHUT_RDWR);  // wakes accept
  }
  stopped_.notify_all();
  accepter_.join();
  for (Client& client : clients_) client.thread.join();
  ::close(listener_);
}

void HttpServer::accept_clients() {
  while (!stopping_) {
    const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    forget_finished();
    const int one = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      ::close(fd);
      return;
    }
    open_.push_back(fd);
    Client& client = clients_.emplace_back();
    client.thread = std::thread([this, fd, &client] {
      serve(fd);
      client.over = true;
    });
  }
}

void HttpServer::forget_finished() {
  const std::lock_guard lock(mutex_);
  for (auto client = clients_.begin(); client != clients_.end();) {
    if (!client->over) {
      ++client;
      continue;
    }
    client->thread.join();
    client = clients_.erase(client);
  }
}

void HttpServer::serve(int fd) {
  Socket socket(*this, fd);
  while (!stopping_) {
    const std::optional<std::string> head = socket.read_head();
    Request request;
    if (!head || !parse_head(*head, request)) break;
    std::size_t body = 0;
    const std::string length = request.header("content-length");
    std::from_chars(length.data(), length.data() + length.size(), body);
    if (body > kMostHeaderBytes || !socket.skip(body)) break;
    if (!answer(socket, request)) break;
  }
  const std::lock_guard lock(mutex_);
  std::erase(open_, fd);
  ::close(fd);
}

bool HttpServer::answer(Socket& socket, Request& request) {
  const auto began = std::chrono::steady_clock::now();
  const Response response = handler_(request);
  std::uint64_t sent = 0;
  bool keep = false;
  if (response.delay.count() == 0 || socket.pause(response.delay)) {
    if (response.by_hand) {
      response.by_hand(socket);
    } else {
      keep = write(socket, request, response, sent);
    }
  }
  done_(request, sent,
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began));
  return keep && request.header("connection") != "close";
}

bool HttpServer::write(Socket& socket, const Request& request, const Response& response,
                       std::uint64_t& sent) {
  const bool bodyless = response.status == 304 || response.status == 204 || response.status < 200;
  const bool close = request.header("connection") == "close" || response.content_length || response.cut_at;
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::string head = fmt::format("HTTP/1.1 {}\r\nServer: sample-forum\r\nDate: {}\r\n",
                                 reason_phrase(response.status), http_date(now));
  for (const auto& [name, value] : response.headers) head += name + ": " + value + "\r\n";
  if (response.chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (!bodyless) {
    head += fmt::format("Content-Length: {}\r\n", response.content_length.value_or(response.body.size()));
  }
  head += close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
  if (request.method == "HEAD" || bodyless) return socket.send(head) && !close;

  const std::string_view body =
      std::string_view(response.body).substr(0, response.cut_at.value_or(std::string::npos));
  const std::size_t piece = response.drip.count() > 0
                                ? std::max<std::size_t>(1, (body.size() + kDripPieces - 1) / kDripPieces)
                                : std::max<std::size_t>(1, body.size());
  std::string first = std::move(head);  // goes out with the first piece
  for (std::size_t at = 0; at < body.size(); at += piece) {
    const std::string_view part = body.substr(at, piece);
    if (at > 0 && response.drip.count() > 0 && !socket.pause(response.drip)) return false;
    if (response.chunked) first += fmt::format("{:x}\r\n", part.size());
    first += part;
    if (response.chunked) first += "\r\n";
    if (!socket.send(first)) return false;
    first.clear();
    sent += part.size();
  }
  if (response.chunked && !response.cut_at) first += "0\r\n\r\n";
  return socket.send(first) && !close;
}

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "200 OK";
    case 204:
      return "204 No Content";
    case 301:
      return "301 Moved Permanently";
    case 302:
      return "302 Found";
    case 304:
      return "304 Not Modified";
    case 400:
      return "400 Bad Request";
    case 401:
      return "401 Unauthorized";
    case 403:
      return "403 Forbidden";
    case 404:
      return "404 Not Found";
    case 405:
      return "405 Method Not Allowed";
    case 410:
      return "410 Gone";
    case 429:
      return "429 Too Many Requests";
    case 500:
      return "500 Internal Server Error";
    case 502:
      return "502 Bad Gateway";
    case 503:
      return "503 Service Unavailable";
    case 504:
      return "504 Gateway Timeout";
    default:
      break;
  }
  thread_local std::string other;
  other = fmt::format("{} Status", status);
  return other;
}

std::string http_date(std::int64_t at) {
  return fmt::format("{:%a, %d %b %Y %H:%M:%S GMT}", fmt::gmtime(static_cast<std::time_t>(at)));
}

}  // namespace boardwalk::sample
