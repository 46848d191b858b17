// Waiting for what another process does: without sleeping, and not for ever.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

namespace boardwalk::tests {

inline constexpr std::chrono::seconds kPatience{120};  // for what takes well under a second

template <typename Condition>
void await(Condition holds) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
  REQUIRE(holds());
}

}  // namespace boardwalk::tests
