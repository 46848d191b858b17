// Records as a person reads them in a terminal: a thread's head, a post with its floor, quotes indented, an
// article, what changed from one version to the next. Where standard output is a terminal, lines fit it and
// colours help; elsewhere texts have their own lines and changes are marked `[-removed-]{+added+}`. Control
// characters of archived text never reach the terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/records.hpp"
#include "store/threads.hpp"
#include "store/visits.hpp"

namespace boardwalk::cli {

// Any record, from its JSON. A text that is no record comes back as it is.
[[nodiscard]] std::string record_text(std::string_view json);
[[nodiscard]] std::string post_text(const parsers::Post& post);

// The versions of a post or article, oldest first: the first one whole, then what each changed in its text.
[[nodiscard]] std::string changes_text(const std::vector<std::string>& versions);

// What pages printed of a thread's replies and views, oldest first; times at which both were as before are
// left out. Empty when no page printed any.
[[nodiscard]] std::string counters_text(const std::vector<store::CountersAt>& counters);

// One fetch: when, in which run, how it ended and what it brought. `same` says that its records are those of
// the fetch before.
[[nodiscard]] std::string visit_text(const store::Visit& visit, bool same);

// `page.url` of a record's JSON.
[[nodiscard]] std::optional<std::string> page_url_of(std::string_view json);

}  // namespace boardwalk::cli
