#include "config/write_all.hpp"

#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <string>
#include <thread>

using boardwalk::config::write_all;

TEST_CASE("more bytes than a pipe takes at once arrive whole, in order") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  std::string sent;
  while (sent.size() < (1U << 20)) sent += std::to_string(sent.size());
  std::string read_back;
  std::thread reader([&] {
    std::array<char, 4096> some{};
    for (ssize_t got = 1; got > 0;) {
      got = read(ends[0], some.data(), some.size());
      if (got > 0) read_back.append(some.data(), static_cast<std::size_t>(got));
    }
  });
  const bool written = write_all(ends[1], sent);
  close(ends[1]);
  reader.join();
  close(ends[0]);
  CHECK(written);
  CHECK(read_back == sent);
}

TEST_CASE("what cannot be written says why") {
  CHECK(write_all(-1, ""));
  const bool written = write_all(-1, "x");
  const int reason = errno;
  CHECK_FALSE(written);
  CHECK(reason == EBADF);
}
