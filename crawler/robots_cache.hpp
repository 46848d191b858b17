// Parsed robots.txt files, by what they say: hosts with the same file share one. Bounded, whatever the files
// hold. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

#include "crawler/robots.hpp"
#include "crawler/rows.hpp"
#include "store/database.hpp"

namespace boardwalk::crawler {

class RobotsCache {
 public:
  // What robots.txt says to `agent` by the host's row, from the bytes that the archive holds; nullptr when
  // they are not there any more. REQUIRES: row.robots_until > 0. Good as long as it is held.
  [[nodiscard]] Result<std::shared_ptr<const Robots>> of(const store::Database& database, const HostRow& row,
                                                         const std::string& agent);

 private:
  std::unordered_map<std::string, std::shared_ptr<const Robots>> parsed_;
  std::size_t bytes_ = 0;  // of their texts
};

}  // namespace boardwalk::crawler
