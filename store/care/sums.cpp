#include "store/care/sums.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/clusters.hpp"
#include "store/index_keys.hpp"
#include "store/index_rows.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/key_parts.hpp"
#include "store/near.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/splitmix64.hpp"
#include "store/thread_rows.hpp"

namespace boardwalk::store {
namespace {

class Adding {
 public:
  Adding(const Database& database, Verified& verified, DigestSet& pages)
      : database_(database), verified_(verified), pages_(pages) {}

  // In this order: records need to know neighbours, folds need the records, bands the folds.
  Result<bool> run() {
    using Row = bool (Adding::*)(std::string_view, std::string_view);
    constexpr std::pair<Family, Row> kPasses[] = {{Family::kNear, &Adding::neighbours},
                                                  {Family::kRecords, &Adding::record},
                                                  {Family::kIds, &Adding::id},
                                                  {Family::kVersions, &Adding::version},
                                                  {Family::kByTime, &Adding::by_time},
                                                  {Family::kByAuthor, &Adding::by_author},
                                                  {Family::kFolds, &Adding::fold},
                                                  {Family::kBands, &Adding::band},
                                                  {Family::kThreads, &Adding::thread_row}};
    for (const auto& [family, row] : kPasses) {
      bool fits = true;
      auto scanned =
          database_.scan(family, "", "", [&, &row = row](std::string_view key, std::string_view value) {
            // Records are counted to the end, whatever is found.
            fits = (this->*row)(key, value) && fits;
            return fits || row == &Adding::record;
          });
      if (!scanned) return tl::unexpected(scanned.error());
      if (!fits || !end_of(family)) return false;
    }
    return ids_.is_even() && versions_.is_even() && by_time_.is_even() && by_author_.is_even() &&
           members_.is_even() && near_.is_even() && posts_.is_even() && near_heads_ == near_folds_.size() &&
           bands_ == heads_.size() * kBandCount;
  }

 private:
  bool end_of(Family family) {
    switch (family) {
      case Family::kNear:
        return near_folds_.sort(), true;
      case Family::kRecords:
        end_thread();
        return holders_.sort(), true;
      case Family::kVersions:
        return end_versions(), true;
      case Family::kFolds:
        heads_.sort();
        return end_cluster();
      default:
        return true;
    }
  }

  bool neighbours(std::string_view key, std::string_view value) {
    if (key.size() != 2 * kDigestBytes) return false;
    const std::string_view a = key.substr(0, kDigestBytes), b = key.substr(kDigestBytes);
    near_.add(key, value);
    near_.take(std::string(b) + std::string(a), value);
    if (a != last_near_) near_folds_.add(number_of(a));
    last_near_ = a;
    return true;
  }

  bool record(std::string_view key, std::string_view value) {
    ++verified_.records;
    const auto parsed = parse_record_key(key);
    const auto row = parse_record_value(value);
    if (!parsed || !row) return false;
    switch (parsed->kind) {
      case kBoardRow: {
        const auto board = board_from_json(row->json);
        return board && board_key(board->site, board->board_id) == key && name_page(board->page);
      }
      case kThreadRow: {
        const auto thread = thread_from_json(row->json);
        return thread && thread_key(thread->site, thread->thread_id) == key && name_page(thread->page) &&
               index(key, row->json);
      }
      case kPostRow: {
        const auto post = post_from_json(row->json);
        if (!post) return false;
        ids_.add(record_id(*post), key);
        count_post(*parsed);
        return name_page(post->page) && index(key, row->json) && versioned(*post, row->flags);
      }
      default: {
        const auto article = article_from_json(row->json);
        return article && article_key(article->site, parsed->id) == key &&
               record_id(*article).ends_with(parsed->id) && name_page(article->page) &&
               index(key, row->json) && versioned(*article, row->flags);
      }
    }
  }

  bool name_page(const parsers::PageRef& page) {
    if (page.sha256 == last_page_ && !last_page_.empty()) return true;
    const auto digest = digest_key(page.sha256);
    if (!digest) return false;
    pages_.add(number_of(*digest));
    last_page_ = page.sha256;
    return true;
  }

  bool index(std::string_view key, std::string_view json) {
    for (const auto& row : index_rows(key, json))
      (row.family == Family::kByTime ? by_time_ : by_author_).add(row.key, row.value);
    return true;
  }

  template <typename Record>
  bool versioned(const Record& record, char flags) {
    const std::string id = record_id(record);
    if ((flags & kHasVersions) != 0) versions_.add(id, std::to_string(record.seen.version - 1));
    const auto digest = digest_key(record.fold_sha256.value_or(""));
    if (!digest) return (flags & (kInCluster | kHasNear)) == 0;
    holders_.add(Sum::hash(*digest, id));
    if ((flags & kInCluster) != 0) members_.add(*digest + id);
    bool near = near_folds_.contains(number_of(*digest));
    if (near && (flags & kInCluster) == 0) {
      // It may say the same without being a member, as one that is shorter than what counts.
      const auto head = cluster_head(database_, *digest);
      near = head && *head && (*head)->original == id;
    }
    return near == ((flags & kHasNear) != 0);
  }

  void count_post(const RecordKey& key) {
    const std::string thread = thread_state_key(key.site, key.thread_id);
    if (thread != thread_) end_thread();
    thread_ = key.thread_id.empty() ? "" : thread;
    ++thread_posts_;
  }

  void end_thread() {
    if (!thread_.empty()) posts_.add(thread_, std::to_string(thread_posts_));
    thread_.clear();
    thread_posts_ = 0;
  }

  bool id(std::string_view record, std::string_view key) {
    ids_.take(record, key);
    return true;
  }

  bool version(std::string_view key, std::string_view json) {
    const std::string_view id = key.substr(0, key.find('\0'));
    if (id != versioned_) end_versions();
    versioned_ = id;
    return key == version_key(id, ++last_version_) && text_field(json, "id") == id;
  }

  void end_versions() {
    if (!versioned_.empty()) versions_.take(versioned_, std::to_string(last_version_));
    versioned_.clear();
    last_version_ = 0;
  }

  bool by_time(std::string_view key, std::string_view value) {
    by_time_.take(key, value);
    return true;
  }

  bool by_author(std::string_view key, std::string_view value) {
    by_author_.take(key, value);
    return true;
  }

  // A head stands before its members.
  bool fold(std::string_view key, std::string_view value) {
    if (key.size() < kDigestBytes) return false;
    const std::string_view digest = key.substr(0, kDigestBytes);
    if (key.size() == kDigestBytes) {
      if (!end_cluster()) return false;
      head_ = parse_cluster_head(value);
      digest_ = digest;
      heads_.add(number_of_first(digest, kBandDigest));
      near_heads_ += near_folds_.contains(number_of(digest)) ? 1 : 0;
      return head_.has_value();
    }
    const std::string_view id = key.substr(kDigestBytes);
    const auto rank = parse_rank(value);
    if (!head_ || digest != digest_ || !rank || !holders_.contains(Sum::hash(digest, id))) return false;
    members_.take(key);
    ++members_seen_;
    original_seen_ = original_seen_ || (head_->original == id && head_->rank == *rank);
    return head_->original == id || !comes_before({1, std::string(id), *rank}, *head_);
  }

  bool end_cluster() {
    const bool fits =
        !head_ ||
        (head_->members == 1 ? members_seen_ == 0 && holders_.contains(Sum::hash(digest_, head_->original))
                             : members_seen_ == head_->members && original_seen_);
    head_.reset();
    members_seen_ = 0;
    original_seen_ = false;
    return fits;
  }

  bool band(std::string_view key, std::string_view) {
    ++bands_;
    return key.size() >= kBandDigest &&
           heads_.contains(number_of_first(key.substr(key.size() - kBandDigest), kBandDigest));
  }

  bool thread_row(std::string_view key, std::string_view value) {
    std::string_view rest = key;
    const auto site = take_site(rest);
    const auto id = site ? take_id(rest) : std::nullopt;
    if (!id || rest.empty()) return false;
    const std::string_view prefix = key.substr(0, key.size() - rest.size());
    if (prefix != pages_of_) pages_of_ = prefix, whole_.clear();
    if (const auto page = whole_page(rest, value)) whole_.push_back(*page);
    if (!fits_thread_row(rest, value)) return false;
    if (rest.front() != 's') return true;
    const auto state = parse_thread_state(value);
    if (state->posts != 0) posts_.take(key, std::to_string(state->posts));
    std::size_t covered = 0;
    for (std::size_t run = 0; run < state->whole.first.size(); ++run)
      for (auto page = state->whole.first[run]; page <= state->whole.last[run]; ++page, ++covered)
        if (!std::binary_search(whole_.begin(), whole_.end(), page)) return false;
    return true;
  }

  const Database& database_;
  Verified& verified_;
  DigestSet& pages_;
  DigestSet near_folds_, holders_, heads_;
  Sum ids_, versions_, by_time_, by_author_, members_, near_, posts_;
  std::string last_near_, last_page_, thread_, versioned_, digest_, pages_of_;
  std::int64_t thread_posts_ = 0, members_seen_ = 0;
  std::size_t near_heads_ = 0, bands_ = 0;
  int last_version_ = 0;
  bool original_seen_ = false;
  std::optional<ClusterHead> head_;
  std::vector<std::int64_t> whole_;  // pages of one thread that were read whole, ascending
};

}  // namespace

std::uint64_t Sum::hash(std::string_view row, std::string_view value) {
  const std::hash<std::string_view> hash;
  return splitmix64::mixed(splitmix64::mixed(hash(row)) + splitmix64::kStep + hash(value));
}

Result<bool> adds_up(const Database& database, Verified& verified, DigestSet& pages) {
  return Adding(database, verified, pages).run();
}

}  // namespace boardwalk::store
