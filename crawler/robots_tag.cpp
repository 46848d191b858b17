#include "crawler/robots_tag.hpp"

#include <algorithm>

#include "config/ascii.hpp"

namespace boardwalk::crawler {
namespace {

using ascii::same;
using ascii::trimmed_ows;

// Directives with a value behind a colon of their own.
bool has_value(std::string_view name) {
  for (const std::string_view known :
       {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
    if (same(name, known)) return true;
  return false;
}

// One header's value: a name before a colon holds for all that follow.
void read(std::string_view value, std::string_view agent, RobotsTag& tag) {
  bool ours = true;
  while (!value.empty()) {
    const std::size_t comma = std::min(value.find(','), value.size());
    std::string_view word = trimmed_ows(value.substr(0, comma));
    value.remove_prefix(std::min(comma + 1, value.size()));
    const std::size_t colon = word.find(':');
    if (colon != std::string_view::npos && !has_value(trimmed_ows(word.substr(0, colon)))) {
      ours = same(trimmed_ows(word.substr(0, colon)), agent);
      word = trimmed_ows(word.substr(colon + 1));
    }
    if (!ours) continue;
    tag.nofollow |= same(word, "nofollow") || same(word, "none");
    tag.noindex |= same(word, "noindex") || same(word, "none");
  }
}

}  // namespace

RobotsTag robots_tag(const std::vector<std::pair<std::string, std::string>>& headers,
                     std::string_view agent) {
  RobotsTag tag;
  for (const auto& [name, value] : headers)
    if (same(name, "X-Robots-Tag")) read(value, agent, tag);
  return tag;
}

}  // namespace boardwalk::crawler
