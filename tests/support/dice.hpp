// Random numbers that are a pure function of their keys: the same keys give the same throws on every machine
// and in every run, which is what makes the sample forum repeatable. splitmix64 (Steele, Lea, Flood 2014),
// one step a throw.
#pragma once

#include <cstddef>
#include <cstdint>

namespace boardwalk::sample {

class Dice {
 public:
  template <typename... Keys>
  explicit Dice(Keys... keys) {
    ((state_ = mixed(state_ ^ static_cast<std::uint64_t>(keys))), ...);
  }

  std::uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15ULL); }

  // 0 … n-1; 0 when n is 0.
  std::size_t below(std::size_t n) { return n == 0 ? 0 : static_cast<std::size_t>(next() % n); }

  // low … high, both included. REQUIRES: low <= high.
  int between(int low, int high) {
    return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
  }

  bool chance(int percent) { return below(100) < static_cast<std::size_t>(percent); }

  // 0 <= x < 1
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  template <typename List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  static std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  std::uint64_t state_ = 0x2545f4914f6cdd1dULL;
};

}  // namespace boardwalk::sample
