// What a record is a copy of, or nearly: resolved when it is read, as it changes with the records that come.
#pragma once

#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/json_field.hpp"
#include "store/record_rows.hpp"

namespace boardwalk::store {

// The flags of a record tell that most are copies of nothing.
[[nodiscard]] Result<Origin> origin_of(const Database& database, const RecordValue& record);

// The record's line as it is read; good as long as the record and `filled` are.
[[nodiscard]] std::string_view line_of(const RecordValue& record, const Origin& origin, std::string& filled);

}  // namespace boardwalk::store
