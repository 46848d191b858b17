// What a thread page says of the thread outside its posts: title, type, board, counters, page numbers, signs
// beside the title. Read off ids and link spellings; labels only where a theme leaves nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "parsers/discuz/context.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

struct ThreadHead {
  OptionalString thread_id;
  OptionalString title;
  OptionalString type;
  OptionalString sort;
  OptionalString url;  // the canonical link
  BoardRef board;
  std::optional<std::int64_t> views;
  std::optional<std::int64_t> replies;
  int page = 1;                // which one this is, by its pager
  std::optional<int> pages;    // how many there are; 1 without a pager, absent when none could be read, or
                               // when the page was cut before one could stand
  std::optional<bool> closed;  // true, or not shown
  std::optional<int> digest;
  std::optional<int> read_permission;
};

// The highest of the thread's pages that links of these pagers lead to; nullopt when none turns its pages.
[[nodiscard]] std::optional<int> last_page_linked(const Context& context,
                                                  const std::vector<dom::Node>& pagers,
                                                  const std::string& thread_id);

[[nodiscard]] ThreadHead read_thread_head(const Context& context, const ThreadParts& parts);

}  // namespace boardwalk::parsers::discuz
