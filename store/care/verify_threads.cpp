#include <fmt/format.h>

#include <utility>

#include "store/care/verify.hpp"
#include "store/key_parts.hpp"
#include "store/schema.hpp"
#include "store/thread_rows.hpp"

namespace boardwalk::store {
namespace {

std::int64_t posts_in(const Database& database, std::string_view site, std::string_view thread_id) {
  std::int64_t posts = 0;
  const std::string prefix = thread_posts_prefix(site, thread_id);
  (void)database.scan(Family::kRecords, prefix, prefix,
                      [&posts](std::string_view, std::string_view) { return ++posts, true; });
  return posts;
}

// Pages that are told to be whole, and are.
bool has_whole_page(const Database& database, std::string_view site, std::string_view thread_id, int page) {
  const auto value = database.get(Family::kThreads, thread_page_key(site, thread_id, page));
  const auto row = value && *value ? parse_thread_page(**value) : std::nullopt;
  return row && row->whole;
}

// What a row is for, and what cannot be relied on without it.
std::pair<const char*, const char*> words_of(char letter) {
  switch (letter) {
    case 's':
      return {"the account", "which of its pages were read"};
    case 'p':
      return {"the account of a page", "which posts stand on that page"};
    case 'c':
      return {"a row of counters", "its replies and views over time"};
    case 'r':
    case 'o':
      return {"what pages say", "its record, when it is next read"};
    case 'a':
      return {"what a page says", "the article that it is a part of, when it is next read"};
    default:
      return {"a row", "nothing that is known"};
  }
}

}  // namespace

Result<void> verify_threads(const Database& database, const Tell& tell) {
  return database.scan(Family::kThreads, "", "", [&](std::string_view key, std::string_view value) {
    std::string_view rest = key;
    const auto site = take_site(rest);
    const auto id = site ? take_id(rest) : std::nullopt;
    if (!id || rest.empty()) {
      tell({"a row of `threads` has a key that does not fit its layout", "the account of one thread"});
      return true;
    }
    const std::string name = fmt::format("{}/thread/{}", *site, *id);
    if (!fits_thread_row(rest, value)) {
      const auto [what, affects] = words_of(rest.front());
      tell({fmt::format("{} of {} does not fit its layout", what, name), affects});
      return true;
    }
    if (rest.front() != 's') return true;
    const auto state = parse_thread_state(value);
    if (const auto posts = posts_in(database, *site, *id); posts != state->posts)
      tell({fmt::format("{} counts {} posts where {} are held", name, state->posts, posts),
            "its posts_archived"});
    for (std::size_t run = 0; run < state->whole.first.size(); ++run)
      for (auto page = state->whole.first[run]; page <= state->whole.last[run]; ++page)
        if (!has_whole_page(database, *site, *id, static_cast<int>(page)))
          tell({fmt::format("page {} of {} is counted as read, but its account is missing", page, name),
                "whether the thread is complete"});
    return true;
  });
}

}  // namespace boardwalk::store
