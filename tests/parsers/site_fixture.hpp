// What the tests of site files share: rules from text or from the files that are shipped, and pages read by
// them.
#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "config/site_file.hpp"
#include "parsers/page.hpp"
#include "parsers/site/rules.hpp"
#include "parsers/url.hpp"
#include "tests/places.hpp"

namespace boardwalk::parsers {

inline site::Rules rules_from(const std::string& toml) {
  const auto file = config::parse_site_file(toml, "site.toml");
  if (!file) FAIL(file.error().message);
  const auto rules = site::compile(*file);
  if (!rules) FAIL(rules.error().message);
  return *rules;
}

inline site::Rules shipped_rules(const std::string& name) {
  const auto files = config::load_site_files({tests::source_dir() + "/config/sites/" + name});
  if (!files) FAIL(files.error().message);
  const auto rules = site::compile(files->front());
  if (!rules) FAIL(rules.error().message);
  return *rules;
}

// Fetched on 2026-01-10 at 12:00 UTC, of a host that the rules cover.
inline ParsedPage read_with(const site::Rules& rules, const std::string& url, const std::string& body,
                            const std::string& content_type = "text/html; charset=utf-8") {
  REQUIRE(rules.covers(*parse_url(url)));
  Workspace workspace;
  return parse_page({url, body, content_type, 1'768'046'400, 480, &rules}, workspace);
}

inline LinkRole role_of(const ParsedPage& page, const std::string& url) {
  for (const Link& link : page.links)
    if (link.url == url) return link.role;
  FAIL("no link to " + url);
  return LinkRole::kOther;
}

}  // namespace boardwalk::parsers
