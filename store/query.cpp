#include "store/query.hpp"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "parsers/fold.hpp"
#include "parsers/moment.hpp"
#include "store/clusters.hpp"
#include "store/damage.hpp"
#include "store/files.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/near.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

// Where a kind of record keeps what the filters ask for; empty when it has no such field.
struct Fields {
  char row;
  std::string_view title, text, author, time;
};

const Fields& fields_of(RecordKind kind) {
  static constexpr Fields kBoard{kBoardRow, "name", "", "", ""};
  static constexpr Fields kThread{kThreadRow, "title", "", "author", "created_at"};
  static constexpr Fields kPost{kPostRow, "thread_title", "text", "author", "posted_at"};
  static constexpr Fields kArticle{kArticleRow, "title", "text", "authors", "published_at"};
  switch (kind) {
    case RecordKind::kBoard:
      return kBoard;
    case RecordKind::kThread:
      return kThread;
    case RecordKind::kPost:
      return kPost;
    case RecordKind::kArticle:
      return kArticle;
  }
  return kBoard;
}

// A filter made ready for one kind of record.
class Match {
 public:
  Match(const Filter& filter, RecordKind kind) : filter_(filter), fields_(fields_of(kind)), kind_(kind) {
    if (filter.fold) fold_ = parsers::fold(*filter.fold);
  }

  // What the keys of all records that can pass begin with.
  [[nodiscard]] std::string prefix() const {
    if (!filter_.site) return kind_prefix(fields_.row);
    if (filter_.thread && kind_ == RecordKind::kPost)
      return thread_posts_prefix(*filter_.site, *filter_.thread);
    return site_prefix(fields_.row, *filter_.site);
  }

  [[nodiscard]] bool key_passes(std::string_view key) const {
    if (!filter_.thread) return true;
    const auto parsed = parse_record_key(key);
    return parsed && (kind_ == RecordKind::kPost || kind_ == RecordKind::kThread) &&
           parsed->thread_id == *filter_.thread;
  }

  [[nodiscard]] bool json_passes(std::string_view json) const {
    return board_passes(json) && time_passes(json) && author_passes(json) &&
           holds(json, fields_.title, filter_.title) && holds(json, fields_.text, filter_.text) &&
           fold_passes(json);
  }

 private:
  static bool holds(std::string_view json, std::string_view field, const std::optional<std::string>& part) {
    if (!part) return true;
    const auto text = field.empty() ? std::nullopt : text_field(json, field);
    return text && text->find(*part) != std::string::npos;
  }

  [[nodiscard]] bool board_passes(std::string_view json) const {
    if (!filter_.board) return true;
    return (kind_ == RecordKind::kBoard ? text_field(json, "board_id") : board_id_field(json)) ==
           filter_.board;
  }

  [[nodiscard]] bool time_passes(std::string_view json) const {
    if (!filter_.since && !filter_.until) return true;
    const auto text = fields_.time.empty() ? std::nullopt : text_field(json, fields_.time);
    const auto moment = text ? parsers::moment_from_rfc3339(*text) : std::nullopt;
    return moment && moment->epoch() >= filter_.since.value_or(std::numeric_limits<std::int64_t>::min()) &&
           moment->epoch() < filter_.until.value_or(std::numeric_limits<std::int64_t>::max());
  }

  [[nodiscard]] bool author_passes(std::string_view json) const {
    if (!filter_.author || kind_ != RecordKind::kArticle) return holds(json, fields_.author, filter_.author);
    const auto authors = text_list_field(json, fields_.author);
    return std::any_of(authors.begin(), authors.end(), [&](const std::string& author) {
      return author.find(*filter_.author) != std::string::npos;
    });
  }

  // The text, or the title where a kind has no text.
  [[nodiscard]] bool fold_passes(std::string_view json) const {
    if (!fold_) return true;
    const auto text = text_field(json, fields_.text.empty() ? fields_.title : fields_.text);
    return text && parsers::fold(*text).find(*fold_) != std::string::npos;
  }

  const Filter& filter_;
  const Fields& fields_;
  RecordKind kind_;
  std::optional<std::string> fold_;
};

// What a record is a copy of; its flags tell that most are of nothing.
Result<Origin> origin_of(const Database& database, const RecordValue& record) {
  Origin origin;
  if ((record.flags & (kInCluster | kHasNear)) == 0) return origin;
  const auto digest = digest_key(text_field(record.json, "fold_sha256").value_or(""));
  if (!digest) return damaged_row("records", "a record whose cluster is lost");
  if ((record.flags & kInCluster) != 0) {
    auto head = cluster_head(database, *digest);
    if (!head) return tl::unexpected(head.error());
    if (*head && (*head)->original != text_field(record.json, "id"))
      origin.duplicate_of = std::move((*head)->original);
  }
  if ((record.flags & kHasNear) == 0) return origin;
  auto near = near_original_of(database, *digest);
  if (!near) return tl::unexpected(near.error());
  if (!*near) return origin;
  origin.near_duplicate_of = std::move((*near)->record_id);
  origin.similarity = (*near)->likeness.similarity();
  return origin;
}

// The record's line as it is read.
std::string_view line_of(const RecordValue& record, const Origin& origin, std::string& filled) {
  if (!origin.duplicate_of && !origin.near_duplicate_of) return record.json;
  return filled = with_origin(record.json, origin);
}

// A record that passed every filter but those on duplicates.
struct Found {
  std::string_view key;
  RecordValue record;
  Origin origin;
};

bool is_left_out(const Origin& origin, const Filter& filter) {
  return (origin.duplicate_of && !filter.duplicates) || (origin.near_duplicate_of && !filter.near_duplicates);
}

// Calls `each` until it returns false or an error ends the scan.
Result<void> scan_records(const Database& database, RecordKind kind, const Filter& filter,
                          const std::function<Result<bool>(const Found&)>& each) {
  const Match match(filter, kind);
  const std::string prefix = match.prefix();
  std::optional<Error> error;
  const auto stop = [&](const Error& why) {
    error = why;
    return false;
  };
  auto scanned =
      database.scan(Family::kRecords, prefix, prefix, [&](std::string_view key, std::string_view value) {
        if (!match.key_passes(key)) return true;
        const auto record = parse_record_value(value);
        if (!record) return stop(record.error());
        if (!match.json_passes(record->json)) return true;
        auto origin = origin_of(database, *record);
        if (!origin) return stop(origin.error());
        const auto go_on = each({key, *record, std::move(*origin)});
        return go_on ? *go_on : stop(go_on.error());
      });
  if (error) return tl::unexpected(*error);
  return scanned;
}

}  // namespace

Result<void> for_each_record(const Database& database, RecordKind kind, const Filter& filter,
                             const std::function<bool(const Row&)>& each) {
  const auto files = has_files(database);
  if (!files) return tl::unexpected(files.error());
  return scan_records(database, kind, filter, [&](const Found& found) -> Result<bool> {
    if (is_left_out(found.origin, filter)) return true;
    std::string filled;
    Row row{kind,
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
  Filter filter;
  filter.site = site;
  filter.thread = thread_id;
  std::vector<parsers::Post> posts;
  auto scanned = scan_records(database, RecordKind::kPost, filter, [&](const Found& found) -> Result<bool> {
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
