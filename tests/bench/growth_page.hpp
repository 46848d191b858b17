// Pages of made-up forums that grow without end, for a benchmark: page after page the same for the same
// number, of eight sites in turn, four pages a thread, one post of up to 300 bytes a page. Posts go on in
// time, so many a day, by so many members: what one of them writes in a month, and what a site gets in a day,
// stays the same however many pages there are. Of sixteen posts one says what an earlier one says, one nearly
// that, and one next to nothing.
#pragma once

#include <cstdint>
#include <string>

#include "parsers/page.hpp"

namespace boardwalk::bench {

inline constexpr std::int64_t kGrowthSites = 8;
inline constexpr std::int64_t kGrowthThreadPages = 4;
inline constexpr std::int64_t kGrowthPostsOfDay = 1000;
inline constexpr std::int64_t kGrowthMembers = 3000;
inline constexpr std::int64_t kGrowthSixteenth = 16;
inline constexpr std::int64_t kGrowthNearCopy = 5;  // of each sixteen: nearly an earlier one

[[nodiscard]] std::string growth_site(std::int64_t number);
[[nodiscard]] std::string growth_thread(std::int64_t number);
[[nodiscard]] std::string growth_url(std::int64_t number);
[[nodiscard]] std::string growth_text(std::int64_t number);
[[nodiscard]] std::string growth_author(std::int64_t number);
[[nodiscard]] std::int64_t growth_time(std::int64_t number);  // UTC epoch seconds, of its post
// Of a page with this thread and page of it, as its key names them; what growth_url was made of.
[[nodiscard]] std::int64_t growth_number(std::int64_t thread, std::int64_t page);

// A page as a crawl has it when it is written: its bytes and what was read from them.
struct GrowthPage {
  std::string body;
  parsers::ParsedPage parsed;
};
[[nodiscard]] GrowthPage growth_page(std::int64_t number);

}  // namespace boardwalk::bench
