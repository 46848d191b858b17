// nghttpd (Debian's nghttp2-server), which speaks HTTP/2 over TLS and nothing else, over a directory of a
// test's own, with a certificate made for the occasion.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/temporary_directory.hpp"

namespace boardwalk::tests {

class H2Server {
 public:
  // Absent where nghttpd is not installed.
  [[nodiscard]] static std::unique_ptr<H2Server> start();
  ~H2Server();
  H2Server(const H2Server&) = delete;
  H2Server& operator=(const H2Server&) = delete;

  void put(const std::string& name, const std::string& content) const;
  [[nodiscard]] std::string url(const std::string& path) const;

 private:
  H2Server() = default;
  [[nodiscard]] bool listens() const;

  TemporaryDirectory directory_;
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace boardwalk::tests
