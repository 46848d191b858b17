// Visits: one row a fetch, in time order under the page's key; they say what was asked, what came back, and
// what it meant. The bytes are elsewhere, once per digest.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/outcome.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct Visit {
  std::string key;              // the page key
  std::string url;              // as fetched
  std::int64_t fetched_at = 0;  // UTC, epoch milliseconds
  int run = 0;
  parsers::Outcome outcome = parsers::Outcome::kOk;
  int status = 0;              // HTTP; 0 when none came
  std::string detail;          // of the outcome, for a person
  std::string sha256;          // hex; empty when no body was kept
  std::string content_sha256;  // hex; over the records that the page yielded; empty when none
  std::string page_kind;
  std::int64_t bytes = 0;  // of the body
  int milliseconds = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // of the response, in order, as sent
  std::string robots;  // the rule of robots.txt that let it pass or kept it out; empty when none was asked
};

// The `detail` of a page whose records were left out, as it asked for that (noindex).
inline constexpr std::string_view kNoIndex = "noindex: its records are left out";

// Of the page; of a robots.txt as well.
[[nodiscard]] std::string site_of(const Visit& visit);
[[nodiscard]] std::string content_type_of(const Visit& visit);

void put_visit(Batch& batch, const Visit& visit);

// Visits of one page, oldest first.
[[nodiscard]] Result<std::vector<Visit>> visits_of(const Database& database, const std::string& page_key);

// The last of them that `fits`, of all when none is given; those before it are not read.
[[nodiscard]] Result<std::optional<Visit>> last_visit(const Database& database, const std::string& page_key,
                                                      const std::function<bool(const Visit&)>& fits = {});

// All visits of pages whose key begins with `prefix`, page by page, until `each` returns false.
[[nodiscard]] Result<void> for_each_visit(const Database& database,
                                          const std::function<bool(const Visit&)>& each,
                                          const std::string& prefix = {});

// The same row by row, damaged ones too: those have no visit.
[[nodiscard]] Result<void> scan_visit_rows(
    const Database& database, const std::string& prefix,
    const std::function<bool(std::string_view key, const std::optional<Visit>& visit)>& each);

[[nodiscard]] std::string to_json(const Visit& visit);

}  // namespace boardwalk::store
