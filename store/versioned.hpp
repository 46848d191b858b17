// Posts and articles as they enter `records`: the first time, seen again, with another text, or from an older
// page than the one held. Versions are numbered by the age of the pages that they came from, whatever the
// order of commits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parsers/records.hpp"
#include "store/database.hpp"

namespace boardwalk::store {

struct PutResult {
  bool created = false;
  bool new_version = false;
  bool duplicate = false;   // created, and its fold was already held
  std::string left_thread;  // the thread in which a post stood before, when it has moved
  bool in_thread = false;   // a post that now stands in the thread it names and did not before
};

// `lasting`: lasting_json() of the post, when it is at hand.
[[nodiscard]] Result<PutResult> put_post(Batch& batch, const parsers::Post& post, std::size_t min_chars,
                                         std::string_view lasting = {});
[[nodiscard]] Result<PutResult> put_article(Batch& batch, const parsers::Article& article,
                                            std::size_t min_chars);

// Gives a held post its floor, known from order; behind the first it does not open the thread. True when that is
// new.
[[nodiscard]] Result<bool> set_floor(Batch& batch, const std::string& site, const std::string& thread_id,
                                     const std::string& post_id, int floor);

}  // namespace boardwalk::store
