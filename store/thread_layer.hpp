// What one kind of pages, board rows or the thread's own pages, says of a thread: one row of `threads` each. Its
// marks are what pages print only where it is so: sticky, digest, closed, highlighted, a permission to read, a
// price. A mark is the newest that was shown, unless a newer page that has a place for all of them showed none;
// so that this does not depend on the order in which pages are committed, the layer keeps which page showed
// each.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "config/error.hpp"
#include "parsers/records.hpp"

namespace boardwalk::store {

inline constexpr std::size_t kMarks = 6;

struct ThreadLayer {
  explicit ThreadLayer(parsers::Thread told);

  // Takes in what another page says; see merge.hpp for all but the marks.
  void add(const parsers::Thread& seen);
  // Takes out the marks that were shown before that page, which has a place for all of them.
  void drop_marks_before(const parsers::PageRef& page);
  // The same for the newest row that tells its marks. Rows that do give the digest level of every thread, 0
  // where there is none; those of mobile boards, picture lists, the archiver and lists of digests do not.
  void drop_marks_of_older_rows();

  parsers::Thread thread;
  std::array<parsers::PageRef, kMarks>
      shown_on;  // in the order of thread_layer.cpp; for marks that are null, any
};

// The thread's JSON, behind whose fields `marks_from` names the pages that showed marks, where these are others
// than the thread's `page`.
[[nodiscard]] std::string to_json(const ThreadLayer& layer);
// kDamaged when the text is no such row. Marks of one without `marks_from` count as shown on its `page`.
[[nodiscard]] Result<ThreadLayer> layer_from_json(std::string_view json);

}  // namespace boardwalk::store
