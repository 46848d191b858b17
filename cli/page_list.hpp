// The list that `boardwalk parse --batch` reads: a page a line, as a JSON object
// {"file": …, "url": …, "content_type": …, "fetched_at": …, "id": …}; file and url must be there.
#pragma once

#include <cstddef>
#include <string>

#include "config/error.hpp"

namespace boardwalk::cli {

struct ListedPage {
  std::string file;  // as written; relative to where the program is run
  std::string url;
  std::string content_type;
  std::string fetched_at;  // RFC 3339, or empty
  std::string id;          // as JSON: the line's "id" (a string or an integer), else the number of the line
};

// One line; `number` counts from 1. kUsage says what is wrong with it, without the place.
[[nodiscard]] Result<ListedPage> listed_page(const std::string& line, std::size_t number);

// A record's JSON line with `"batch_id":ID` as its last key.
[[nodiscard]] std::string with_batch_id(std::string json, const std::string& id);

}  // namespace boardwalk::cli
