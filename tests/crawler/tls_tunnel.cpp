// The part of RawConnection that speaks TLS.
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <memory>
#include <stdexcept>

#include "tests/crawler/certificate.hpp"
#include "tests/crawler/raw_server.hpp"

namespace boardwalk::tests {
namespace {

constexpr int kAtOnce = 4096;

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
using Session = std::unique_ptr<SSL, decltype(&SSL_free)>;

Context make_context() {
  const Certificate made = make_certificate();
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context || SSL_CTX_use_certificate(context.get(), made.certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context.get(), made.key.get()) != 1)
    throw std::runtime_error("cannot speak TLS");
  return context;
}

// What the client said, a record at least, until none is left undone. False when it closed.
bool pass_on(SSL* client, RawConnection& server) {
  char bytes[kAtOnce];
  do {
    const int count = SSL_read(client, bytes, kAtOnce);
    if (count <= 0 || !server.send({bytes, static_cast<std::size_t>(count)})) return false;
  } while (SSL_pending(client) > 0);
  return true;
}

bool pass_back(int server, SSL* client) {
  char bytes[kAtOnce];
  const ssize_t count = recv(server, bytes, sizeof bytes, 0);
  return count > 0 && SSL_write(client, bytes, static_cast<int>(count)) > 0;
}

}  // namespace

bool RawConnection::tls_tunnel_to(int port) {
  static const auto before = std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to clients that have gone
  static_cast<void>(before);
  const Context context = make_context();
  const Session client(SSL_new(context.get()), SSL_free);
  SSL_set_fd(client.get(), socket_);
  if (SSL_accept(client.get()) != 1) return false;
  const int server = connect_to(port);
  RawConnection other(server);
  for (bool open = server >= 0; open;) {
    pollfd ends[] = {{socket_, POLLIN, 0}, {server, POLLIN, 0}};
    open = poll(ends, 2, -1) > 0;
    if (open && ends[0].revents != 0) open = pass_on(client.get(), other);
    if (open && ends[1].revents != 0) open = pass_back(server, client.get());
  }
  if (server >= 0) close(server);
  return server >= 0;
}

}  // namespace boardwalk::tests
