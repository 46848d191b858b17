#include "crawler/disk_room.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk;
using namespace boardwalk::crawler;

namespace {

config::Job::Archive policy() {
  config::Job::Archive archive;
  archive.min_free = 1000;
  archive.wait_for_room = config::Milliseconds(60'000);
  return archive;
}

}  // namespace

TEST_CASE("a disk is short of room from the first look below min_free until one that is not") {
  std::int64_t free = 1000;
  DiskRoom room(policy(), [&free] { return std::optional(free); });
  room.look(0);
  CHECK_FALSE(room.short_of());
  free = 999;
  room.look(999);
  CHECK_FALSE(room.short_of());  // looked a moment ago
  room.look(1000);
  CHECK(room.short_of());
  free = 1000;
  room.look(2000);
  CHECK_FALSE(room.short_of());
}

TEST_CASE("room is waited for as long as wait_for_room, counted from when it became short") {
  std::int64_t free = 0;
  DiskRoom room(policy(), [&free] { return std::optional(free); });
  room.look(5'000);
  room.look(64'000);
  CHECK_FALSE(room.given_up(64'999));
  CHECK(room.given_up(65'000));
  free = 2000;
  room.look(65'000);
  CHECK_FALSE(room.given_up(200'000));
}

TEST_CASE("nothing is watched without a way to ask, with min_free 0, or where the system does not tell") {
  auto unwatched = policy();
  unwatched.min_free = 0;
  DiskRoom off(unwatched, [] { return std::optional<std::int64_t>(0); });
  DiskRoom blind(policy(), [] { return std::optional<std::int64_t>(); });
  DiskRoom none(policy(), {});
  for (auto* room : {&off, &blind, &none}) {
    room->look(1000);
    CHECK_FALSE(room->short_of());
  }
}

TEST_CASE("the system tells the room of a directory, and nothing of one that is not there") {
  CHECK(free_bytes("/tmp").value_or(0) > 0);
  CHECK_FALSE(free_bytes("/nowhere/at/all"));
}
