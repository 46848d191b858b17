#include "parsers/outcome.hpp"

#include <array>
#include <utility>

namespace boardwalk::parsers {
namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, kOutcomes> kWords{{
    {Outcome::kOk, "ok"},
    {Outcome::kUnchanged, "unchanged"},
    {Outcome::kRedirected, "redirected"},
    {Outcome::kDenied, "denied"},
    {Outcome::kChallenge, "challenge"},
    {Outcome::kNotFound, "not_found"},
    {Outcome::kGone, "gone"},
    {Outcome::kUnreadable, "unreadable"},
    {Outcome::kTruncated, "truncated"},
    {Outcome::kRedirectLoop, "redirect_loop"},
    {Outcome::kTooLarge, "too_large"},
    {Outcome::kTooComplex, "too_complex"},
    {Outcome::kNotHtml, "not_html"},
    {Outcome::kRobotsDenied, "robots_denied"},
    {Outcome::kHttpError, "http_error"},
    {Outcome::kNetworkError, "network_error"},
    {Outcome::kTimeout, "timeout"},
    {Outcome::kUnsafeAddress, "unsafe_address"},
}};

}  // namespace

std::string_view to_string(Outcome outcome) {
  for (const auto& [value, word] : kWords)
    if (value == outcome) return word;
  return {};
}

std::optional<Outcome> outcome_from(std::string_view word) {
  for (const auto& [value, name] : kWords)
    if (name == word) return value;
  return std::nullopt;
}

bool is_failure(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNetworkError:
    case Outcome::kTimeout:
    case Outcome::kHttpError:
    case Outcome::kTruncated:
    case Outcome::kUnreadable:
    case Outcome::kChallenge:
    case Outcome::kTooComplex:
      return true;
    default:
      return false;
  }
}

}  // namespace boardwalk::parsers
