#include "config/quantity.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace boardwalk::config {
namespace {

using Units = std::pair<std::string_view, std::int64_t>;

// A whole number, then one of the units; nullopt when the product passes `most`.
template <std::size_t N>
std::optional<std::int64_t> with_unit(std::string_view text, const std::array<Units, N>& units,
                                      std::int64_t most) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const auto& [name, factor] : units)
    if (unit == name) return number <= most / factor ? std::optional(number * factor) : std::nullopt;
  return std::nullopt;
}

bool two_digits(std::string_view text, int& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return text.size() == 2 && error == std::errc{} && end == text.data() + 2 && value >= 0;
}

// "06:30" as minutes since midnight, "24:00" at most.
std::optional<int> minute_of_day(std::string_view text) {
  int hours = 0;
  int minutes = 0;
  if (text.size() != 5 || text[2] != ':' || !two_digits(text.substr(0, 2), hours) ||
      !two_digits(text.substr(3), minutes) || minutes > 59)
    return std::nullopt;
  const int minute = hours * 60 + minutes;
  return minute <= 24 * 60 ? std::optional(minute) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> duration_from(std::string_view text) {
  constexpr std::int64_t kDay = 86'400'000;
  constexpr std::array<Units, 6> kUnits{
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", kDay}, {"w", 7 * kDay}}};
  const auto value = with_unit(text, kUnits, 3660 * kDay);
  if (!value) return std::nullopt;
  return std::chrono::milliseconds{*value};
}

std::optional<std::int64_t> size_from(std::string_view text) {
  constexpr std::array<Units, 5> kUnits{
      {{"", 1}, {"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}};
  return with_unit(text, kUnits, std::int64_t{1} << 50);
}

std::optional<Hours> hours_from(std::string_view text) {
  if (text.empty()) return Hours{};
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = minute_of_day(text.substr(0, dash));
  const auto to = minute_of_day(text.substr(dash + 1));
  if (!from || !to || *from == 24 * 60 || from == to) return std::nullopt;
  return Hours{*from, *to};
}

std::optional<int> zone_from(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  int hours = 0;
  int minutes = 0;
  if (!two_digits(text.substr(1, 2), hours) || !two_digits(text.substr(4), minutes) || hours > 14 ||
      minutes > 59)
    return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace boardwalk::config
