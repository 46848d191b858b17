// What one kind of pages, board rows or the thread's own pages, says of a thread: one row of `threads` each. Its
// marks are what pages print only where it is so: sticky, digest, closed, highlighted, a permission to read, a
// price. A mark is the newest that was shown, unless a newer page that has a place for all of them showed none;
// so that this does not depend on the order in which pages are committed, the layer keeps which page showed
// each. Replies and views, which not all pages print either, are likewise the newest that were printed.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "config/error.hpp"
#include "parsers/records.hpp"

namespace boardwalk::store {

inline constexpr std::size_t kMarks = 6;
inline constexpr std::size_t kDated = kMarks + 2;  // the marks, then replies and views

struct ThreadLayer {
  explicit ThreadLayer(parsers::Thread told);

  // Takes in what another page says; see merge.hpp for all but the marks and counters.
  void add(const parsers::Thread& seen);
  // Takes out the marks that were shown before that page, which has a place for all of them.
  void drop_marks_before(const parsers::PageRef& page);
  // The same for the newest row that tells its marks. Rows that do give the digest level of every thread, 0
  // where there is none; those of mobile boards, picture lists, the archiver and lists of digests do not.
  void drop_marks_of_older_rows();

  parsers::Thread thread;
  std::array<parsers::PageRef, kDated> shown_on;  // in the order of thread_layer.cpp; for what is null, any
};

// The record of a thread from what board rows and what its own pages say: replies and views each by the newer
// page that prints them, the rest as merge.hpp says. REQUIRES: at least one of them.
[[nodiscard]] parsers::Thread thread_record(const std::optional<ThreadLayer>& row,
                                            const std::optional<ThreadLayer>& own);

// The thread's JSON, behind whose fields `marks_from` names the pages that showed marks, and `counters_from` those
// that printed replies and views, where these are others than the thread's `page`.
[[nodiscard]] std::string to_json(const ThreadLayer& layer);
// kDamaged when the text is no such row. What neither of both fields names counts as shown on its `page`.
[[nodiscard]] Result<ThreadLayer> layer_from_json(std::string_view json);

}  // namespace boardwalk::store
