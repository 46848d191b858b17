#include <fmt/format.h>

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
    if (rest.front() == 'p' && !parse_thread_page(value))
      tell({fmt::format("the account of a page of {} does not fit its layout", name),
            "which posts stand on that page"});
    if (rest.front() != 's') return true;
    const auto state = parse_thread_state(value);
    if (!state) {
      tell({fmt::format("the account of {} does not fit its layout", name), "which of its pages were read"});
      return true;
    }
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
