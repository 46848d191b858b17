// The one wording for rows that the layout does not allow.
#pragma once

#include <string>
#include <string_view>

#include "config/error.hpp"

namespace boardwalk::store {

// kDamaged; `what` names the row for a person.
[[nodiscard]] inline tl::unexpected<Error> damaged_row(std::string_view family, std::string_view what) {
  return fail(ErrorKind::kDamaged, "the archive is damaged: the row of " + std::string(what) + " in `" +
                                       std::string(family) +
                                       "` does not fit its layout; restore it from a backup");
}

}  // namespace boardwalk::store
