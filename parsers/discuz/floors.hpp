// Floors of a thread page's posts. What the page prints wins. Where it prints none (search robots, some
// themes), a floor follows from order and page number, but only where that is sure:
//
// clang-format off
//   page 1                       1, 2, 3, … in page order
//   a later page, not the last   all pages but the last are equally long: (page − 1) · posts on this page + place
//   the last page                not known from this page alone
//   newest first                 page 1: the opening post; the last page: counted back from its end, which is floor 2
// clang-format on
//
// Words of a forum's own for its first floors are counted back from the number behind them. The opening post is
// floor 1 whatever that is; the words behind it stay open where the count does not end there.
//
// A reply stuck to the top of page 1 stands out of its order: told by its mark, on unnumbered pages by its
// time. It does not count when it belongs to another page. One without a number (`推荐`) has the floor that
// those around its place leave free, or none. All that is left open, the store settles from the thread's
// other pages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/discuz/post.hpp"

namespace boardwalk::parsers::discuz {

struct PagePlace {
  int number = 1;
  std::optional<int> pages;
};

struct FloorOrder {
  std::vector<std::string>
      post_ids;  // of the posts that this page counts, in the order of the thread's pages
  bool newest_first = false;
};

// Sets the floors that are missing in `posts`.
[[nodiscard]] FloorOrder settle_floors(const PagePlace& place, std::vector<ReadPost>& posts);

}  // namespace boardwalk::parsers::discuz
