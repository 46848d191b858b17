// What the frontier gives out: a page, or a host's robots.txt, to be fetched now. Every lease is given back
// by Frontier::release().
#pragma once

#include <optional>
#include <string>

#include "crawler/rows.hpp"

namespace boardwalk::crawler {

struct Lease {
  std::string site;
  std::string key;  // page key
  UrlRow row;       // as it stands in the archive; for robots.txt only `url` and `site`
  bool is_robots = false;
  std::optional<std::string> robots_denied;  // the rule that forbids the page: settle it, do not fetch it
  std::string robots_rule;                   // what decided, allowed or not; empty when robots are not obeyed
};

}  // namespace boardwalk::crawler
