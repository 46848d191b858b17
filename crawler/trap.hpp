// URLs that a site makes up without end: links that lead a crawler round in ever new spellings of the same.
// A pure function of the URL and the time, so that it can be told at any later time what kept a URL out.
#pragma once

#include <cstdint>
#include <string_view>

#include "parsers/url.hpp"

namespace boardwalk::crawler {

// The trap that a URL looks like, empty when it looks like none; `now` is epoch ms.
//   `long_url`       longer than `max_length` bytes
//   `deep_path`      more than 24 path segments
//   `repeated_path`  one to four segments in a row come three times in a row (`/a/b/a/b/a/b`), or one segment
//                    five times in all; numbers (`/0/0/0/`) may
//   `long_query`     more than 24 parameters, one name more than four times, or escapes of escapes of escapes
//                    (`%25252F`), as of a URL that carries the one before it
//   `calendar`       a year, with a month beside it, before 1900 or more than a year ahead. In a path, where
//                    numbers may be those of threads and their pages, no more than a hundred years farther
//                    off, and only with a zero before the month or a day behind it (`2031-10-07`), unless a
//                    segment is `calendar`, `events`, `date`, `month` or `year`
[[nodiscard]] std::string_view trap_of(const parsers::Url& url, std::int64_t now, std::int64_t max_length);

}  // namespace boardwalk::crawler
