#include "store/query.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "store/candidates.hpp"
#include "store/files.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/origin.hpp"
#include "store/query_plan.hpp"
#include "store/record_match.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

bool is_left_out(const Origin& origin, const Filter& filter) {
  return (origin.duplicate_of && !filter.duplicates) || (origin.near_duplicate_of && !filter.near_duplicates);
}

// A record that passed every filter but those on duplicates.
struct Found {
  std::string_view key;
  RecordValue record;
  Origin origin;
};

// Calls `each` until it returns false or an error ends it.
Result<void> for_each_found(const Database& database, const Query& query,
                            const std::function<Result<bool>(const Found&)>& each) {
  const RecordMatch match(query.filter, query.kind);
  const Plan plan = plan_query(database, query);
  if (plan.is_trouble && query.missed_index && plan.ways.front().index == Index::kRecords)
    query.missed_index(plan.no_text);
  std::int64_t looked_at = 0;
  return for_each_candidate(database, query, plan.ways.front(),
                            [&](std::string_view key, std::string_view value) -> Result<bool> {
                              if (query.looked_at) query.looked_at(++looked_at);
                              const auto record = parse_record_value(value);
                              if (!record) return tl::unexpected(record.error());
                              if (!match.passes(key, record->json)) return true;
                              auto origin = origin_of(database, *record);
                              if (!origin) return tl::unexpected(origin.error());
                              return each({key, *record, std::move(*origin)});
                            });
}

}  // namespace

Result<void> for_each_record(const Database& database, const Query& query,
                             const std::function<bool(const Row&)>& each) {
  const auto files = has_files(database);
  if (!files) return tl::unexpected(files.error());
  return for_each_found(database, query, [&](const Found& found) -> Result<bool> {
    if (is_left_out(found.origin, query.filter)) return true;
    std::string filled;
    Row row{query.kind,
            line_of(found.record, found.origin, filled),
            found.origin.duplicate_of.has_value(),
            found.origin.near_duplicate_of.has_value(),
            (found.record.flags & kHasVersions) != 0,
            found.key};
    if (!*files) return each(row);
    const auto told = with_files(database, row.json);
    if (!told) return tl::unexpected(told.error());
    row.json = *told;
    return each(row);
  });
}

Result<std::string> record_json(const Database& database, const std::string& record_id) {
  const auto missing = [&] {
    return fail(ErrorKind::kNotFound,
                "no record " + record_id + " in the archive; `query` lists what there is");
  };
  const auto key = find_key(database, record_id);
  if (!key) return tl::unexpected(key.error());
  if (!*key) return missing();
  const auto value = database.get(Family::kRecords, **key);
  if (!value) return tl::unexpected(value.error());
  if (!*value) return missing();
  const auto record = parse_record_value(**value);
  if (!record) return tl::unexpected(record.error());
  const auto origin = origin_of(database, *record);
  if (!origin) return tl::unexpected(origin.error());
  std::string filled;
  return with_files(database, line_of(*record, *origin, filled));
}

Result<std::vector<std::string>> versions_json(const Database& database, const std::string& record_id) {
  std::vector<std::string> versions;
  const std::string prefix = version_prefix(record_id);
  auto scanned =
      database.scan(Family::kVersions, prefix, prefix, [&](std::string_view, std::string_view json) {
        versions.emplace_back(json);
        return true;
      });
  if (!scanned) return tl::unexpected(scanned.error());
  return versions;
}

Result<std::vector<parsers::Post>> posts_of_thread(const Database& database, const std::string& site,
                                                   const std::string& thread_id) {
  Query query{RecordKind::kPost};
  query.filter.site = site;
  query.filter.thread = thread_id;
  std::vector<parsers::Post> posts;
  auto scanned = for_each_found(database, query, [&](const Found& found) -> Result<bool> {
    auto post = post_from_json(found.record.json);
    if (!post) return tl::unexpected(post.error());
    post->duplicate_of = found.origin.duplicate_of;
    post->near_duplicate_of = found.origin.near_duplicate_of;
    post->similarity = found.origin.similarity;
    posts.push_back(std::move(*post));
    return true;
  });
  if (!scanned) return tl::unexpected(scanned.error());
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  const auto place = [](const parsers::Post& post) {
    return std::tuple(post.floor ? std::int64_t{*post.floor} : kLast,
                      post.posted_at ? post.posted_at->epoch() : kLast, post.post_id.size(),
                      std::string_view{post.post_id});
  };
  std::sort(posts.begin(), posts.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return posts;
}

}  // namespace boardwalk::store
