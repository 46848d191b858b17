// A row of a board page: one thread, or the trace of one that was moved away. X, 7.x and 6.x rows are
// `tbody#normalthread_TID` or `tbody#stickthread_TID`; announcements have no such id and are no threads.
#pragma once

#include <optional>
#include <string>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"

namespace boardwalk::parsers::discuz {

// What holds for every row of a page.
struct Listing {
  BoardRef board;
  bool digest_only = false;  // a list of digest threads, which does not mark them
  // Whether rows of the page link to the profiles of those who opened threads, or replied last: there, a name
  // without a link is the forum's own word for nobody.
  bool links_authors = false;
  bool links_last_posters = false;
};

enum class RowResult { kThread, kMoved, kUnreadable };

// Notes in `listing` whom a row links.
void note_profile_links(dom::Node row, Listing& listing);

// Appends the row's thread, and its link with what the row says of how far it has grown. A moved row adds the
// link to the thread that it leads to and no thread; a row without a subject link is unreadable.
RowResult read_row(const Context& context, const Listing& listing, dom::Node row, ParsedPage& page);

// The TID of a row's id, and whether it is a sticky one.
struct RowId {
  std::string thread_id;
  bool sticky = false;
};
[[nodiscard]] std::optional<RowId> row_id(dom::Node element);

// A name without a profile behind it that stands for nobody in particular: 匿名, 游客, Anonymous, ….
[[nodiscard]] bool is_nobody(std::string_view name);

}  // namespace boardwalk::parsers::discuz
