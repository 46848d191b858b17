#include "crawler/robots_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "parsers/url.hpp"

namespace boardwalk::crawler {

using parsers::Outcome;

namespace {

constexpr double kLongestDelay = 86'400;  // seconds of a Crawl-delay that count

// Absent for a site with a port of its own, which speaks one scheme.
std::optional<std::string> by_the_other_scheme(const std::string& text) {
  const auto url = parsers::parse_url(text);
  if (!url || url->site() != url->host) return std::nullopt;
  return robots_url(url->scheme == "https" ? "http" : "https", url->site());
}

}  // namespace

RobotsAnswer robots_answer(const FetchResult& answer, int hops, bool has_tries_left) {
  using Kind = RobotsAnswer::Kind;
  if (answer.outcome == Outcome::kOk) return {Kind::kRules, {}, {}};
  if (answer.outcome == Outcome::kRedirected) {
    const auto base = parsers::parse_url(answer.url);
    const auto target = base ? parsers::resolve_url(*base, answer.location) : std::nullopt;
    if (target && hops % kByOtherScheme < kRobotsRedirects) return {Kind::kRedirect, target->str(), {}};
    return {Kind::kUnavailable,
            {},
            target ? "robots.txt is redirected more than five times"
                   : "robots.txt is redirected to what is no page"};
  }
  if (answer.status >= 400 && answer.status <= 499 && answer.status != 429)
    return {Kind::kUnavailable, {}, fmt::format("robots.txt answered {}", answer.status)};
  if (answer.status == 0 && !has_tries_left && hops == 0 && answer.outcome != Outcome::kUnsafeAddress)
    if (auto other = by_the_other_scheme(answer.url)) return {Kind::kRedirect, *std::move(other), {}};
  return {Kind::kUnreachable, {}, fmt::format("robots.txt could not be had: {}", answer.detail)};
}

Robots robots_of(const RobotsAnswer& answer, std::string_view body, std::string_view agent) {
  switch (answer.kind) {
    case RobotsAnswer::Kind::kRules:
      return Robots::parse(body, agent);
    case RobotsAnswer::Kind::kUnavailable:
      return Robots::allow_all(answer.reason);
    default:
      return Robots::disallow_all(answer.reason);
  }
}

std::int64_t pause_asked_by(const Robots& robots) {
  return static_cast<std::int64_t>(std::min(robots.crawl_delay().value_or(0), kLongestDelay) * 1000);
}

std::optional<std::string> site_elsewhere(const std::string& url, const std::string& site) {
  const auto place = url.empty() ? std::nullopt : parsers::parse_url(url);
  return place && place->site() != site ? std::optional(place->site()) : std::nullopt;
}

std::string robots_url(std::string_view scheme, std::string_view site) {
  return fmt::format("{}://{}/robots.txt", scheme, site);
}

}  // namespace boardwalk::crawler
