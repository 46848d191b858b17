#include "store/versioned.hpp"

#include <utility>
#include <vector>

#include "parsers/fold.hpp"
#include "store/article_parts.hpp"
#include "store/clusters.hpp"
#include "store/damage.hpp"
#include "store/index_rows.hpp"
#include "store/json_codec.hpp"
#include "store/merge.hpp"
#include "store/near.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

using parsers::Article;
using parsers::Post;

constexpr std::size_t kLongestCharacter = 4;  // bytes of UTF-8

const std::optional<parsers::Moment>& published(const Post& post) { return post.posted_at; }
const std::optional<parsers::Moment>& published(const Article& article) { return article.published_at; }

std::string key_of(const Post& post, const std::string&) {
  return post_key(post.site, post.thread_id.value_or(""), post.post_id);
}
std::string key_of(const Article& article, const std::string& id) {
  return article_key(article.site, id.substr(id.rfind('/') + 1));
}

// One post or article on its way into the archive.
template <typename Record>
class Entry {
 public:
  Entry(Batch& batch, const Record& seen, std::string_view lasting = {})
      : batch_(batch),
        id_(record_id(seen)),
        seen_(seen),
        lasting_(lasting),
        sight_{1, seen.page.fetched_at, seen.page.fetched_at, std::nullopt},
        fold_(seen.fold),
        fold_sha256_(seen.fold_sha256) {}

  Result<PutResult> put(std::size_t min_chars) {
    if (auto found = find(); !found) return tl::unexpected(found.error());
    if (!row_ && !is_part()) {
      result_.created = true;
      return keep(seen_, sight_, first_json(), min_chars);
    }
    const auto record = is_part() ? update_parts() : update();
    if (!record) return tl::unexpected(record.error());
    return keep(*record, record->seen, to_json(*record), min_chars);
  }

 private:
  [[nodiscard]] std::string first_json() const {
    if constexpr (std::is_same_v<Record, Post>)
      if (!lasting_.empty()) return entering_json(seen_, sight_, lasting_);
    return entering_json(seen_, sight_);
  }

  // What the page says, as a record of its own.
  [[nodiscard]] Record sighted() const {
    Record record = seen_;
    record.fold.clear();
    record.duplicate_of.reset();
    record.near_duplicate_of.reset();
    record.similarity.reset();
    record.seen = sight_;
    return record;
  }

  Result<PutResult> keep(const Record& record, const parsers::Provenance& seen, std::string json,
                         std::size_t min_chars) {
    const auto likeness = join(record, seen, min_chars);
    if (!likeness) return tl::unexpected(likeness.error());
    result_.duplicate = result_.created && (*likeness & kInCluster) != 0;
    write(record, std::move(json), *likeness);
    return result_;
  }

  // Where a post stands, its id tells: it may have moved to another thread.
  Result<void> find() {
    key_ = key_of(seen_, id_);
    if constexpr (std::is_same_v<Record, Post>) {
      auto key = find_key(batch_, id_);
      if (!key) return tl::unexpected(key.error());
      if (!*key) return {};
      key_ = std::move(**key);
    }
    auto row = read_record(batch_, key_);
    if (!row) return tl::unexpected(row.error());
    if (!*row) return {};
    row_ = std::move(*row);
    auto held = from_json<Record>(row_->json);
    if (!held) return tl::unexpected(held.error());
    held_ = std::move(*held);
    return {};
  }

  Result<Record> update() {
    const bool older = is_newer(held_.page, seen_.page);
    const bool same_text = held_.text_sha256 == seen_.text_sha256;
    if (older && (!same_text || row_->has(kHasVersions))) return update_history();
    Record record = merged(held_, sighted());
    record.seen.version = held_.seen.version;
    if (!same_text) {
      batch_.put(Family::kVersions, version_key(id_, held_.seen.version), row_->json);
      row_->flags |= kHasVersions;
      ++record.seen.version;
      result_.new_version = true;
    }
    return record;
  }

  // Every version that is held, oldest first.
  Result<std::vector<Record>> read_history() {
    std::vector<Record> history;
    std::optional<Error> error;
    auto scanned =
        batch_.scan(Family::kVersions, version_prefix(id_), [&](std::string_view, std::string_view json) {
          auto version = from_json<Record>(json);
          if (!version)
            error = version.error();
          else
            history.push_back(std::move(*version));
          return !error;
        });
    if (!scanned) return tl::unexpected(scanned.error());
    if (error) return tl::unexpected(*error);
    history.push_back(held_);
    return history;
  }

  Result<Record> update_history() {
    auto held = read_history();
    if (!held) return tl::unexpected(held.error());
    std::vector<Record>& history = *held;
    const std::size_t count = history.size();
    insert_version(history, sighted());
    result_.new_version = history.size() > count;
    for (std::size_t i = 0; i + 1 < history.size(); ++i)
      batch_.put(Family::kVersions, version_key(id_, history[i].seen.version), to_json(history[i]));
    if (history.size() > 1) row_->flags |= kHasVersions;
    return history.back();
  }

  // A page of an article that has or had several.
  [[nodiscard]] bool is_part() const {
    if constexpr (std::is_same_v<Record, Article>)
      return seen_.part || !held_.parts.empty();
    else
      return false;
  }

  Result<Record> update_parts() {
    if constexpr (std::is_same_v<Record, Article>) {
      std::vector<Article> plain;
      if (row_ && held_.parts.empty()) {
        auto held = read_history();
        if (!held) return tl::unexpected(held.error());
        plain = std::move(*held);
      }
      auto versions = put_part(batch_, id_, sighted(), held_.seen, plain);
      if (!versions) return tl::unexpected(versions.error());
      auto& now = versions->back();  // whose page is the first one
      if (held_.seen.gone_at && *held_.seen.gone_at > now.page.fetched_at)
        now.seen.gone_at = held_.seen.gone_at;
      return replace_versions(*versions);
    }
    return sighted();
  }

  // Those from the first of `versions` on.
  Result<Record> replace_versions(const std::vector<Record>& versions) {
    const int count = versions.back().seen.version;
    for (int version = count; row_ && version < held_.seen.version; ++version)
      batch_.erase(Family::kVersions, version_key(id_, version));
    for (std::size_t i = 0; i + 1 < versions.size(); ++i)
      batch_.put(Family::kVersions, version_key(id_, versions[i].seen.version), to_json(versions[i]));
    has_versions_ = count > 1;
    result_.created = !row_;
    result_.new_version = row_ && count > held_.seen.version;
    joined_fold_ = versions.back().fold;
    fold_ = joined_fold_;
    fold_sha256_ = versions.back().fold_sha256;
    return versions.back();
  }

  // Cluster and neighbours follow the text that is current. Its length is known of the page's text alone; a
  // text that the page does not show keeps the membership that it has. Returns the flags that come of it.
  Result<char> join(const Record& record, const parsers::Provenance& seen, std::size_t min_chars) {
    const auto digest = digest_key(record.fold_sha256.value_or(""));
    const bool from_page = record.fold_sha256 == fold_sha256_;
    const bool may_be_short = fold_.size() / kLongestCharacter < min_chars;
    const bool too_short = from_page && may_be_short && parsers::length(fold_) < min_chars;
    // The same text may have counted when fewer characters did.
    if (row_ && held_.fold_sha256 && (too_short || held_.fold_sha256 != record.fold_sha256))
      if (auto left = leave(); !left) return tl::unexpected(left.error());
    if (!digest || too_short) return char{0};
    const Rank rank = rank_of(published(record), seen.first_seen);
    const auto member = from_page
                            ? Result<std::optional<Membership>>(join_cluster(batch_, *digest, id_, rank))
                            : renew_rank(batch_, *digest, id_, rank);
    if (!member) return tl::unexpected(member.error());
    if (!*member) return char{0};
    // A text that begins to count as fewer characters do joins a cluster whose neighbours it does not know.
    const bool joins = (*member)->others && row_ && !row_->has(kInCluster);
    const bool held = row_ && held_.fold_sha256 == record.fold_sha256 && !joins;
    const auto near = (*member)->founded ? link_fold(batch_, *digest, fold_)
                      : held             ? Result<bool>(row_->has(kHasNear))
                                         : has_neighbours(batch_, *digest);
    if (!near) return tl::unexpected(near.error());
    return static_cast<char>(((*member)->others ? kInCluster : 0) | (*near ? kHasNear : 0));
  }

  Result<void> leave() {
    const auto digest = digest_key(*held_.fold_sha256);
    if (!digest) return damaged_row("records", id_);
    const auto last = leave_cluster(batch_, *digest, id_);
    if (!last) return tl::unexpected(last.error());
    return *last ? unlink_fold(batch_, *digest, parsers::fold(held_.text)) : Result<void>{};
  }

  void write(const Record& record, std::string json, char likeness) {
    const std::string key = key_of(record, id_);
    const bool moved = row_ && key != key_;
    if (moved) batch_.erase(Family::kRecords, key_);
    RecordRow row;
    const bool has_versions = has_versions_.value_or(row_ && row_->has(kHasVersions));
    row.flags = static_cast<char>((has_versions ? kHasVersions : 0) | likeness);
    row.json = std::move(json);
    write_record(batch_, key, row);
    reindex(batch_, row_ ? key_ : "", row_ ? row_->json : "", key, row.json);
    if constexpr (std::is_same_v<Record, Post>) {
      if (!row_ || moved) batch_.put(Family::kIds, id_, key);
      result_.in_thread = !row_ || moved;
      if (moved) result_.left_thread = held_.thread_id.value_or("");
    }
  }

  Batch& batch_;
  std::string id_;
  const Record& seen_;
  const std::string_view lasting_;  // its lasting_json(), when it is at hand
  const parsers::Provenance sight_;
  std::string_view fold_;  // of the page's text
  std::string joined_fold_;
  std::optional<std::string> fold_sha256_;
  std::string key_;
  std::optional<RecordRow> row_;
  Record held_;
  std::optional<bool> has_versions_;  // when versions were made anew
  PutResult result_;
};

}  // namespace

Result<PutResult> put_post(Batch& batch, const Post& post, std::size_t min_chars, std::string_view lasting) {
  return Entry<Post>(batch, post, lasting).put(min_chars);
}

Result<PutResult> put_article(Batch& batch, const Article& article, std::size_t min_chars) {
  return Entry<Article>(batch, article).put(min_chars);
}

Result<bool> set_floor(Batch& batch, const std::string& site, const std::string& thread_id,
                       const std::string& post_id, int floor) {
  const std::string key = post_key(site, thread_id, post_id);
  auto row = read_record(batch, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return false;
  auto post = post_from_json((*row)->json);
  if (!post) return tl::unexpected(post.error());
  const bool first = post->first && floor == 1;
  if (post->floor == floor && post->first == first) return false;
  post->floor = floor;
  post->first = first;
  (*row)->json = to_json(*post);
  write_record(batch, key, **row);
  return true;
}

}  // namespace boardwalk::store
