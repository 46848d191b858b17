#include "tests/crawler/h2_server.hpp"

#include <fcntl.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/crawler/certificate.hpp"

namespace boardwalk::tests {
namespace {

constexpr const char* kProgram = "/usr/sbin/nghttpd";
constexpr const char* kOtherPlace = "/usr/bin/nghttpd";
constexpr int kTries = 2000;  // of 10 ms

void require(bool held, const char* what) {
  if (!held) throw std::runtime_error(what);
}

void write_certificate(const std::string& key_file, const std::string& certificate_file) {
  const Certificate made = make_certificate();
  const auto close = [](std::FILE* file) { std::fclose(file); };
  const std::unique_ptr<std::FILE, decltype(close)> keys(std::fopen(key_file.c_str(), "w"), close);
  const std::unique_ptr<std::FILE, decltype(close)> certificates(std::fopen(certificate_file.c_str(), "w"),
                                                                 close);
  require(keys && certificates, "cannot write a certificate");
  PEM_write_PrivateKey(keys.get(), made.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  PEM_write_X509(certificates.get(), made.certificate.get());
}

sockaddr_in local(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int free_port() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = local(0);
  socklen_t length = sizeof address;
  const bool found = bind(probe, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length) == 0;
  close(probe);
  require(found, "no port is free");
  return ntohs(address.sin_port);
}

}  // namespace

std::unique_ptr<H2Server> H2Server::start() {
  const char* const program = access(kProgram, X_OK) == 0 ? kProgram : kOtherPlace;
  if (access(program, X_OK) != 0) return nullptr;
  std::unique_ptr<H2Server> server(new H2Server());
  const std::string key = server->directory_ / "key.pem";
  const std::string certificate = server->directory_ / "certificate.pem";
  const std::string pages = server->directory_ / "pages";
  write_certificate(key, certificate);
  std::filesystem::create_directory(pages);
  server->port_ = free_port();
  const std::string port = std::to_string(server->port_);
  server->process_ = fork();
  require(server->process_ >= 0, "cannot fork");
  if (server->process_ == 0) {
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int end : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, end);
    execl(program, program, "-a", "127.0.0.1", "-d", pages.c_str(), port.c_str(), key.c_str(),
          certificate.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  for (int tries = 0; tries < kTries && !server->listens(); ++tries) poll(nullptr, 0, 10);
  require(server->listens(), "nghttpd does not listen");
  return server;
}

H2Server::~H2Server() {
  if (process_ <= 0) return;
  kill(process_, SIGKILL);
  waitpid(process_, nullptr, 0);
}

bool H2Server::listens() const {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = local(port_);
  const bool open = connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(probe);
  return open;
}

void H2Server::put(const std::string& name, const std::string& content) const {
  std::ofstream(directory_.path() / "pages" / name, std::ios::binary) << content;
}

std::string H2Server::url(const std::string& path) const {
  return "https://127.0.0.1:" + std::to_string(port_) + path;
}

}  // namespace boardwalk::tests
