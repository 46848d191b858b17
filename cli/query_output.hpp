// What `query` prints: one record, or visit, after the other, as they come.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/table.hpp"
#include "cli/terminal.hpp"

namespace boardwalk::cli {

class QueryOutput {
 public:
  // `what` is threads, posts, articles, boards or pages; `format` table, json, jsonl or csv. The columns of a
  // table are as wide as its first rows want.
  QueryOutput(std::string what, std::string format);

  // False when no more can be printed, or is wanted.
  [[nodiscard]] bool add(std::string_view json);
  // Behind the last one.
  void finish();

 private:
  [[nodiscard]] bool lay_out(std::string_view json);
  [[nodiscard]] bool print_first_rows();

  std::string what_, format_;
  std::vector<Cells> rows_;  // of the table, before its columns are known
  std::unique_ptr<Columns> columns_;
  std::unique_ptr<Pager> pager_;
  std::int64_t count_ = 0;
  bool open_ = true;
};

}  // namespace boardwalk::cli
