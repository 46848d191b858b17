// A time as a page prints it: civil digits in the site's own zone, with how exactly they are known. Never
// converted to another zone; compared through the instant that the zone makes of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::parsers {

enum class Precision { kSecond, kMinute, kHour, kDay };

[[nodiscard]] std::string_view to_string(Precision precision);
[[nodiscard]] std::optional<Precision> precision_from(std::string_view word);

// +08:00, in minutes east of UTC: the zone of Discuz, of Chinese pages, and of times typed without one.
inline constexpr int kChinaMinutes = 480;

struct Moment {
  std::int64_t local_seconds = 0;     // seconds since 1970-01-01T00:00:00 on the site's own wall clock
  std::optional<int> offset_minutes;  // east of UTC; absent when the page does not let it be known
  Precision precision = Precision::kSecond;

  // Seconds since the epoch; a missing offset counts as UTC.
  [[nodiscard]] std::int64_t epoch() const { return local_seconds - 60LL * offset_minutes.value_or(0); }

  // RFC 3339: a date-time with offset (digits below the precision are zero: `2022-08-17T21:46:00+08:00`); the
  // full-date alone for precision kDay, and for a moment without an offset, as no RFC 3339 date-time can be
  // had of it.
  [[nodiscard]] std::string rfc3339() const;

  friend bool operator==(const Moment&, const Moment&) = default;
};

// A civil date and time. nullopt when a field is out of its range (month 13, 30 February, hour 24, year
// outside 1970–2199).
[[nodiscard]] std::optional<Moment> make_moment(int year, int month, int day, int hour, int minute,
                                                int second, Precision precision,
                                                std::optional<int> offset_minutes);

// The moment so many seconds after 1970-01-01T00:00:00 on the site's own wall clock. nullopt outside the
// years of make_moment(): no Moment is made past these two, as moment_from_rfc3339() would not read it again.
[[nodiscard]] std::optional<Moment> moment_at(std::int64_t local_seconds, Precision precision,
                                              std::optional<int> offset_minutes);

// Reads what rfc3339() writes. A full-date comes back with precision kDay, a date-time with kSecond.
[[nodiscard]] std::optional<Moment> moment_from_rfc3339(std::string_view text);

// `2026-11-23T01:02:03Z`, for times that are our own: fetches, runs.
[[nodiscard]] std::string utc_rfc3339(std::int64_t epoch_seconds);

}  // namespace boardwalk::parsers
