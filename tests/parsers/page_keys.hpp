// Page keys as the tests ask for them: by paths of one site, in tables.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "parsers/page_key.hpp"

namespace boardwalk::tests {

inline parsers::PageKey key(const std::string& path) {
  const auto url = parsers::parse_url("http://bbs.example.cn" + path);
  REQUIRE(url);
  return parsers::page_key(*url);
}

// Whether page_target() and page_role() say what the key says, but for what they leave out.
inline bool has_same_target(const std::string& path) {
  const parsers::PageKey whole = key(path);
  const auto url = parsers::parse_url("http://bbs.example.cn" + path);
  const parsers::PageTarget target = parsers::page_target(*url);
  const parsers::PageRole role = parsers::page_role(url->path, url->query);
  if (role.role != whole.role || role.follow != whole.follow) return false;
  return target.role == whole.role && target.board_id == whole.board_id &&
         target.thread_id == whole.thread_id && target.page == whole.page && target.follow == whole.follow;
}

// An empty parameter at the end means nothing, and keeps a URL off the short way that plain ones take.
inline std::string key_the_long_way(const std::string& path) {
  auto url = parsers::parse_url("http://bbs.example.cn" + path);
  url->query += '&';
  return parsers::page_key(*url).key;
}

struct KeyRow {
  std::string path;
  std::string key;  // without the site
  parsers::LinkRole role;
  bool follow;
};

inline void check(const std::vector<KeyRow>& table) {
  for (const KeyRow& row : table) {
    INFO(row.path);
    const parsers::PageKey got = key(row.path);
    CHECK(got.key == "bbs.example.cn " + row.key);
    CHECK(got.role == row.role);
    CHECK(got.follow == row.follow);
    CHECK(has_same_target(row.path));
    CHECK(key_the_long_way(row.path) == got.key);
  }
}

}  // namespace boardwalk::tests
