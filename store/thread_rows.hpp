// Rows of the family `threads`: the state of a thread's account and its pages. See schema.hpp for their
// grammar.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "parsers/records.hpp"

namespace boardwalk::store {

// Runs of pages that were read whole, ascending, apart from each other.
struct PageRuns {
  std::vector<std::int64_t> first;
  std::vector<std::int64_t> last;

  void add(int page);
  void remove(int page);
  void remove_behind(int page);  // all with a larger number
  [[nodiscard]] bool holds(int page) const;
  [[nodiscard]] bool covers(int last_page) const;  // every page from 1 on
  // Pages up to last_page that are in no run: the first kMostMissing of them, as what a page promises may be
  // absurd.
  [[nodiscard]] std::vector<int> missing(int last_page) const;
};
inline constexpr std::size_t kMostMissing = 1000;

struct ThreadState {
  int promised = 0;        // pages, by the newest of the thread's own pages that tells, and at the least as
                           // many as were seen; 0 when none was read
  parsers::PageRef page;   // that page; empty when none told
  std::int64_t posts = 0;  // records held
  bool floorless = false;  // one of its pages prints no floors
  PageRuns whole;
};

struct ThreadPageRow {
  bool whole = false;
  bool prints_floors = false;
  bool newest_first = false;  // behind the opening post the order is reversed, over all pages
  parsers::PageRef page;
  std::vector<std::string> posts;    // ids, in page order
  std::vector<std::int64_t> floors;  // of the same; 0 when not known
};

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, ThreadState>
void fields(Archive& archive, Row& row) {
  archive(row.promised);
  archive(row.page.fetched_at);
  archive(row.page.url);
  archive(row.page.sha256);
  archive(row.posts);
  archive(row.floorless);
  archive(row.whole.first);
  archive(row.whole.last);
}

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, ThreadPageRow>
void fields(Archive& archive, Row& row) {
  archive(row.whole);
  archive(row.prints_floors);
  archive(row.newest_first);
  archive(row.page.fetched_at);
  archive(row.page.url);
  archive(row.page.sha256);
  archive(row.posts);
  archive(row.floors);
}

// What a thread's pages or board rows printed at one time; -1: nothing.
struct ThreadCounters {
  std::int64_t replies = -1;
  std::int64_t views = -1;
  friend bool operator==(const ThreadCounters&, const ThreadCounters&) = default;
};

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, ThreadCounters>
void fields(Archive& archive, Row& row) {
  archive(row.replies);
  archive(row.views);
}

// Of a row whose key ends, behind the thread's id, with `rest`: whether it fits the layout, and the number of
// the page that it says was read whole, if it is a page's and says so.
[[nodiscard]] bool fits_thread_row(std::string_view rest, std::string_view value);
[[nodiscard]] std::optional<std::int64_t> whole_page(std::string_view rest, std::string_view value);

// nullopt when the bytes are not such a row.
[[nodiscard]] std::optional<ThreadState> parse_thread_state(std::string_view value);
[[nodiscard]] std::optional<ThreadPageRow> parse_thread_page(std::string_view value);

}  // namespace boardwalk::store
