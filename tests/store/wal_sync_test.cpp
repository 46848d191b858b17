#include "store/wal_sync.hpp"

#include <catch2/catch.hpp>

using namespace boardwalk::store;

TEST_CASE("what was written is synced at the end, however soon that is") {
  int synced = 0;
  {
    WalSync sync([&]() -> std::optional<std::string> {
      ++synced;
      return std::nullopt;
    });
    sync.written();
    sync.written();
  }
  CHECK(synced == 1);
}

TEST_CASE("where nothing was written nothing is synced") {
  int synced = 0;
  {
    const WalSync sync([&]() -> std::optional<std::string> {
      ++synced;
      return std::nullopt;
    });
  }
  CHECK(synced == 0);
}

TEST_CASE("a sync follows by itself, and its failure is kept") {
  std::mutex mutex;
  std::condition_variable wake;
  int synced = 0;
  WalSync sync([&]() -> std::optional<std::string> {
    const std::lock_guard lock(mutex);
    wake.notify_all();
    return "disk " + std::to_string(++synced) + " is full";
  });
  const auto wait_for = [&](int count) {
    std::unique_lock lock(mutex);
    return wake.wait_for(lock, std::chrono::seconds(60), [&] { return synced >= count; });
  };
  CHECK_FALSE(sync.failure());
  sync.written();
  REQUIRE(wait_for(1));
  sync.written();
  REQUIRE(wait_for(2));
  CHECK(sync.failure() == "disk 1 is full");
}

TEST_CASE("behind a write that failed nothing is synced any more") {
  int synced = 0;
  {
    WalSync sync([&]() -> std::optional<std::string> {
      ++synced;
      return std::nullopt;
    });
    sync.give_up("disk full");
    sync.written();
    CHECK(sync.failure() == "disk full");
  }
  CHECK(synced == 0);
}
