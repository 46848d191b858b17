#include "store/care/read_ahead.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <new>
#include <stdexcept>
#include <string>

#include "tests/support/dice.hpp"

namespace boardwalk::store {
namespace {

using Words = ReadAhead<std::string>;

Words::Make word() {
  return [](std::size_t number) { return std::to_string(number); };
}

TEST_CASE("What is made on several threads comes in the order of its items", "[read_ahead]") {
  for (const int threads : {1, 2, 5})
    for (const std::size_t end : {0, 1, 7, 40, 500}) {
      Words words(threads, end, [] {
        return [](std::size_t number) {
          // Some take longer than others.
          std::string made;
          for (std::size_t i = sample::Dice(7, static_cast<std::int64_t>(number)).below(2000); i > 0; --i)
            made = std::to_string(i);
          return std::to_string(number) + "." + made;
        };
      });
      for (std::size_t number = 0; number < end; ++number) {
        const auto made = words.take();
        REQUIRE(made);
        REQUIRE(made->starts_with(std::to_string(number) + "."));
      }
      CHECK_FALSE(words.take());
      CHECK_FALSE(words.take());
    }
}

TEST_CASE("What fails on another thread is thrown where its item would come", "[read_ahead]") {
  Words words(3, 20, [] {
    return [](std::size_t number) {
      if (number == 7) throw std::runtime_error("seven");
      return std::to_string(number);
    };
  });
  for (int number = 0; number < 20; ++number) {
    if (number == 7)
      CHECK_THROWS_AS(words.take(), std::runtime_error);
    else
      CHECK(words.take() == std::to_string(number));
  }
  CHECK_FALSE(words.take());
}

TEST_CASE("Only so much is made ahead, and what nobody takes is dropped", "[read_ahead]") {
  std::atomic<int> made = 0, makers = 0;
  {
    Words words(3, 100'000, [&] {
      ++makers;
      return [&made](std::size_t number) { return ++made, std::to_string(number); };
    });
    CHECK(words.take() == "0");
    CHECK(words.take() == "1");
  }
  CHECK(makers == 3);
  CHECK(made >= 2);
  CHECK(made <= 2 + 3 * 4);
}

TEST_CASE("Where a thread cannot be begun, those that were are ended", "[read_ahead]") {
  int makers = 0;
  const auto begin = [&] {
    Words words(3, 100'000, [&]() -> Words::Make {
      if (++makers == 3) throw std::bad_alloc();
      return word();
    });
  };
  CHECK_THROWS_AS(begin(), std::bad_alloc);
}

}  // namespace
}  // namespace boardwalk::store
