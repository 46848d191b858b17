// Absolute times in running text: `2019-09-07 13:43:45`, `2019年9月7日 18:57`, `2021年06月15日08:18`, ISO
// 8601 with or without an offset, `7 September 2019`, `September 7, 2019`, `07.09.2019`,
// `2019 09/07 13:43`.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/moment.hpp"

namespace boardwalk::parsers::news {

struct FoundTime {
  // With an offset only when the text has one. What follows a minute and a `-` is one only where it can be no
  // end of a span of hours: `2023-05-06 09:00-05:00`, not `2023-05-06 09:00-11:00`, `2023-05-06 22:00-05:00`.
  Moment moment;
  std::size_t begin;  // bytes of the text that it takes
  std::size_t end;
};

// The first time in the text. REQUIRES: UTF-8.
[[nodiscard]] std::optional<FoundTime> find_time(std::string_view text);
// That time alone.
[[nodiscard]] std::optional<Moment> time_in(std::string_view text);

}  // namespace boardwalk::parsers::news
