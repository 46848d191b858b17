// What the links of one page lead to: page_role(), asked once for all those that differ in nothing but their
// numbers, as most links of a forum's page do. For the reading of one page, by one thread.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "parsers/page_key.hpp"

namespace boardwalk::parsers::discuz {

class LinkRoles {
 public:
  // page_role() of a URL of which this is the path and, behind a '?', the query when there is one.
  [[nodiscard]] PageRole of(std::string_view path_and_query);

 private:
  std::string shape_;
  std::unordered_map<std::string, PageRole> known_;
};

// The text with 9 for every number that stands by itself, between '/', '=', '-' or '_' and what ends it: to
// page_role() all of them mean the same, but those that begin with 0, which are kept.
void put_shape(std::string_view path_and_query, std::string& shape);

}  // namespace boardwalk::parsers::discuz
