#include "crawler/response.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string>

#include "config/ascii.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::Outcome;

std::optional<std::int64_t> epoch(std::string_view date) {
  const time_t seconds = curl_getdate(std::string(date).c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return seconds;
}

}  // namespace

Outcome outcome_of(int status, bool has_location) {
  switch (status) {
    case 206:
      return Outcome::kTruncated;
    case 304:
      return Outcome::kUnchanged;
    case 401:
    case 403:
    case 407:
    case 451:
      return Outcome::kDenied;
    case 404:
      return Outcome::kNotFound;
    case 410:
      return Outcome::kGone;
    default:
      break;
  }
  if (status >= 200 && status <= 299) return Outcome::kOk;
  if (status >= 300 && status <= 399 && has_location) return Outcome::kRedirected;
  return Outcome::kHttpError;
}

std::optional<std::int64_t> retry_after(std::string_view value, std::string_view date, std::int64_t now) {
  if (value.empty()) return std::nullopt;
  if (ascii::all_digits(value)) {
    std::int64_t seconds = kLongestRetryAfter;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    return error == std::errc{} ? std::min(seconds, kLongestRetryAfter) : kLongestRetryAfter;
  }
  // curl_getdate would take a bare or signed number for a date of some kind.
  if (value.find(':') == std::string_view::npos) return std::nullopt;
  const auto until = epoch(value);
  if (!until) return std::nullopt;
  return std::clamp<std::int64_t>(*until - epoch(date).value_or(now), 0, kLongestRetryAfter);
}

}  // namespace boardwalk::crawler
