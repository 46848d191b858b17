// Records as a table (RFC 4180, UTF-8, CRLF): one kind a file, a column per field of the record schema in its
// order. The fields of `board`, `page` and `charset` are columns of their own (`page_url`); lists, polls and
// special fields are cells of JSON. An absent value is an empty cell, an empty text is `""`.
#pragma once

#include <string>
#include <string_view>

#include "store/export/records.hpp"

namespace boardwalk::store {

// The names of the columns, and the cells of one record, each with the line's end.
[[nodiscard]] std::string csv_header(RecordKind kind);
[[nodiscard]] std::string csv_header(std::string_view json);  // as that record, or visit, has them
[[nodiscard]] std::string csv_row(std::string_view json);

// A header line, then the records. REQUIRES: all records are of the kind given.
class Csv : public RecordFormat {
 public:
  Csv(RecordKind kind, Write write) : kind_(kind), write_(std::move(write)) {}
  [[nodiscard]] bool add(RecordKind kind, std::string_view json) override;
  // The header when no record came.
  [[nodiscard]] bool finish();

 private:
  RecordKind kind_;
  Write write_;
  bool begun_ = false;
};

}  // namespace boardwalk::store
