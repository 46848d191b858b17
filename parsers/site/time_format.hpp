// Time formats of site files, in the words of strptime: %Y %y %m %d %e %b %B (English month names, long or
// short) %H %I %p %M %S %z %%. White space is any run of it, also of U+00A0 and U+3000; everything else is
// itself. What a format does not hold is not known: the moment's precision is its smallest field's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "parsers/moment.hpp"
#include "parsers/site/url_pattern.hpp"

namespace boardwalk::parsers::site {

class TimeFormat {
 public:
  // A format holds at least a month and a day.
  [[nodiscard]] static tl::expected<TimeFormat, TextError> parse(std::string_view text);

  // The first place in the text that the format fits. Without %z the offset is `zone`; without a year it is
  // the last such day that is not after `now` (epoch seconds).
  [[nodiscard]] std::optional<Moment> find(std::string_view text, std::optional<int> zone,
                                           std::int64_t now) const;

 private:
  [[nodiscard]] std::optional<Moment> match(std::string_view text, std::optional<int> zone,
                                            std::int64_t now) const;

  std::string format_;
  Precision precision_ = Precision::kDay;
};

}  // namespace boardwalk::parsers::site
