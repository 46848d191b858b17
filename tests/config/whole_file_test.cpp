#include "config/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <cerrno>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>

#include "tests/temporary_directory.hpp"

using namespace boardwalk::config;
namespace fs = std::filesystem;

namespace {

std::string numbers(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += std::to_string(text.size());
  return text;
}

std::size_t entries_of(const fs::path& directory) {
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(directory)) ++entries;
  return entries;
}

}  // namespace

TEST_CASE("more bytes than a pipe takes at once arrive whole, in order") {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const std::string sent = numbers(1U << 20);
  std::optional<std::string> read_back;
  std::thread reader([&] { read_back = read_all(ends[0]); });
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

TEST_CASE("a file is read as it was written, whatever its length, and takes the place of the one before") {
  const TemporaryDirectory directory;
  const std::string name = directory / "file";
  for (const std::size_t bytes : {200'000U, 65'536U, 65'535U, 1U, 0U}) {
    const std::string text = numbers(bytes).substr(0, bytes) + std::string(bytes % 2, '\0');
    REQUIRE(write_whole_file(name, text));
    CHECK(read_whole_file(name) == text);
    CHECK(entries_of(directory.path()) == 1);
  }
}

TEST_CASE("a file that is not there and one that is a directory say why they cannot be read") {
  const TemporaryDirectory directory;
  const auto missing = read_whole_file(directory / "none");
  const int no_file = errno;
  CHECK_FALSE(missing);
  CHECK(no_file == ENOENT);
  const auto folder = read_whole_file(directory.path());
  const int is_directory = errno;
  CHECK_FALSE(folder);
  CHECK(is_directory == EISDIR);
}

TEST_CASE("a link stays, and what it leads to is written") {
  const TemporaryDirectory directory;
  REQUIRE(write_whole_file(directory / "file", "before"));
  fs::create_symlink("file", directory / "link");
  REQUIRE(write_whole_file(directory / "link", "after"));
  CHECK(fs::is_symlink(directory / "link"));
  CHECK(read_whole_file(directory / "file") == "after");
  fs::create_symlink("later", directory / "dangling");
  REQUIRE(write_whole_file(directory / "dangling", "made"));
  CHECK(fs::is_symlink(directory / "dangling"));
  CHECK(read_whole_file(directory / "later") == "made");
}

TEST_CASE("a descriptor that leads to a file is written behind what stands there") {
  const TemporaryDirectory directory;
  const std::string name = directory / "file";
  REQUIRE(write_whole_file(name, "before "));
  const int file = open(name.c_str(), O_WRONLY | O_CLOEXEC);
  REQUIRE(file >= 0);
  const std::string descriptor = "/proc/self/fd/" + std::to_string(file);
  CHECK(may_write_whole_file(descriptor));
  CHECK(write_whole_file(descriptor, "after"));
  close(file);
  CHECK(read_whole_file(name) == "before after");
  const std::string shared = "/dev/shm/boardwalk-test-" + std::to_string(getpid());
  if (!may_write_whole_file(shared)) return;
  CHECK(write_whole_file(shared, "before"));
  CHECK(write_whole_file(shared, "after"));
  CHECK(read_whole_file(shared) == "after");
  fs::remove(shared);
}

TEST_CASE("a descriptor that is open for reading alone takes nothing, whoever may write its file") {
  const int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
  REQUIRE(file >= 0);
  const std::string descriptor = "/dev/fd/" + std::to_string(file);
  const bool may = may_write_whole_file(descriptor);
  const int why = errno;
  const bool written = write_whole_file(descriptor, "text");
  const int reason = errno;
  close(file);
  CHECK_FALSE(may);
  CHECK(why == EBADF);
  CHECK_FALSE(written);
  CHECK(reason == EBADF);
}

TEST_CASE("a device gets the text as it is, and one that is full says so") {
  CHECK(write_whole_file("/dev/null", "text"));
  CHECK(fs::is_character_file("/dev/null"));
  const bool written = write_whole_file("/dev/full", "text");
  const int reason = errno;
  CHECK_FALSE(written);
  CHECK(reason == ENOSPC);
}

TEST_CASE("a file that cannot be written leaves the one before and nothing beside it") {
  const TemporaryDirectory directory;
  REQUIRE(write_whole_file(directory / "file", "before"));
  fs::create_directory(directory / ("file." + std::to_string(getpid()) + ".new"));
  CHECK_FALSE(write_whole_file(directory / "file", "after"));
  CHECK(read_whole_file(directory / "file") == "before");
  const bool written = write_whole_file(directory / "none/file", "text");
  const int reason = errno;
  CHECK_FALSE(written);
  CHECK(reason == ENOENT);
}

TEST_CASE("whether a file may be written is known before it is") {
  const TemporaryDirectory directory;
  CHECK(may_write_whole_file(directory / "file"));
  CHECK_FALSE(fs::exists(directory / "file"));
  REQUIRE(write_whole_file(directory / "file", "before"));
  CHECK(may_write_whole_file(directory / "file"));
  CHECK(read_whole_file(directory / "file") == "before");
  CHECK(may_write_whole_file("here"));
  CHECK(may_write_whole_file("/dev/null"));
  const std::pair<std::string, int> wrong[] = {
      {directory / "none/file", ENOENT}, {directory / "file/file", ENOTDIR}, {directory.path(), EISDIR}};
  for (const auto& [name, reason] : wrong) {
    const bool may = may_write_whole_file(name);
    const int why = errno;
    CAPTURE(name);
    CHECK_FALSE(may);
    CHECK(why == reason);
  }
}
