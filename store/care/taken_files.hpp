// Files that were taken down with the records that named them, as long as no other record names them.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {

// Leaves out of `keys` (page keys) what records name that are held, redirects followed, unless `is_to_go`.
[[nodiscard]] Result<void> leave_out_named(
    const Database& database, std::set<std::string>& keys,
    const std::function<bool(const RecordKey& key, std::string_view json)>& is_to_go);

// Takes the files out that are forgotten, with their visits, and with their bytes where no other page or file
// has the same ones. One that a record names which is held, as when it comes from another archive, is not
// forgotten any more, unless its site is. How many went. REQUIRES: records are those of the pages; open for
// writing. `may_stay`: the only ones that a record keeps; all when none are given.
[[nodiscard]] Result<std::int64_t> take_down_files(Database& database,
                                                   const std::set<std::string>* may_stay = nullptr);
// The same of files by their page keys, whatever records name.
[[nodiscard]] Result<std::int64_t> take_down_files(Database& database, const std::set<std::string>& keys);

}  // namespace boardwalk::store
