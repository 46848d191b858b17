#include <fmt/format.h>

#include <utility>

#include "store/care/verify.hpp"
#include "store/clusters.hpp"
#include "store/index_keys.hpp"
#include "store/index_rows.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/near.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

// Whether the JSON is a record of the key's kind, and the id that it carries.
Result<std::string> id_of(char kind, std::string_view json) {
  const auto id = [](const auto& record) -> Result<std::string> {
    if (!record) return tl::unexpected(record.error());
    return record_id(*record);
  };
  switch (kind) {
    case kBoardRow:
      return id(board_from_json(json));
    case kThreadRow:
      return id(thread_from_json(json));
    case kPostRow:
      return id(post_from_json(json));
    default:
      return id(article_from_json(json));
  }
}

class Records {
 public:
  Records(const Database& database, const Tell& tell) : database_(database), tell_(tell) {}

  Result<void> run() {
    auto scanned =
        database_.scan(Family::kRecords, "", "", [&](std::string_view key, std::string_view value) {
          check(key, value);
          return true;
        });
    if (!scanned) return scanned;
    if (auto done = check_ids(); !done) return done;
    if (auto done = check_versions(); !done) return done;
    return check_index_counts();
  }

 private:
  void check(std::string_view key, std::string_view value) {
    const auto parsed = parse_record_key(key);
    const auto row = parse_record_value(value);
    if (!parsed || !row) {
      tell_({"a row of `records` does not fit its layout", "one record"});
      return;
    }
    const auto id = id_of(parsed->kind, row->json);
    if (!id) {
      tell_({fmt::format("{} record {} of {}: {}", kind_word(parsed->kind), parsed->id, parsed->site,
                         id.error().message),
             "that record"});
      return;
    }
    if (const auto found = find_key(database_, *id); !found || *found != key)
      tell_({fmt::format("{} is not found by its id", *id), "`show`, and later crawls of that record"});
    check_page(*id, row->json);
    check_index(*id, key, row->json);
    if (parsed->kind == kPostRow || parsed->kind == kArticleRow) check_flags(*id, *row);
  }

  void check_page(const std::string& id, std::string_view json) {
    const auto sha256 = page_digest_field(json);
    const auto digest = digest_key(sha256.value_or(""));
    const auto body = digest ? database_.get(Family::kBodies, *digest) : std::nullopt;
    if (!digest || (body && !*body))
      tell_({fmt::format("{} names a page (digest {}) whose bytes are not in the archive", id,
                         sha256.value_or("none")),
             "going back from that record to its bytes"});
  }

  void check_index(const std::string& id, std::string_view key, std::string_view json) {
    for (const auto& row : index_rows(key, json)) {
      ++(row.family == Family::kByTime ? by_time_ : by_author_);
      const auto held = database_.get(row.family, row.key);
      if (held && *held != row.value)
        tell_({fmt::format("{} is missing in `{}`", id, family_name(row.family)),
               "queries that go by that index"});
    }
  }

  void check_flags(const std::string& id, const RecordValue& row) {
    const bool versions = has_rows(Family::kVersions, version_prefix(id));
    expect(id, row, kHasVersions, versions, "its superseded versions");
    const auto digest = digest_key(text_field(row.json, "fold_sha256").value_or(""));
    if (!digest) return;
    const auto rank = database_.get(Family::kFolds, *digest + id);
    expect(id, row, kInCluster, rank && *rank, "whether it is a duplicate");
    const auto head = cluster_head(database_, *digest);
    const bool member = head && *head && ((*head)->original == id || (rank && *rank));
    expect(id, row, kHasNear, member && has_rows(Family::kNear, *digest), "whether it is a near duplicate");
  }

  void expect(const std::string& id, const RecordValue& row, char flag, bool is, const char* affects) {
    if (((row.flags & flag) != 0) != is)
      tell_({fmt::format("{} is marked wrongly (flag {})", id, static_cast<int>(flag)), affects});
  }

  bool has_rows(Family family, const std::string& prefix) {
    bool any = false;
    (void)database_.scan(family, prefix, prefix, [&any](std::string_view, std::string_view) {
      any = true;
      return false;
    });
    return any;
  }

  Result<void> check_ids() {
    return database_.scan(Family::kIds, "", "", [&](std::string_view id, std::string_view key) {
      const auto record = database_.get(Family::kRecords, key);
      if (record && !*record) tell_({fmt::format("the record of the id {} is missing", id), "that record"});
      return true;
    });
  }

  // Versions of one record are numbered from 1 up to the one before the current.
  Result<void> check_versions() {
    std::string record;
    std::uint64_t expected = 1;
    return database_.scan(Family::kVersions, "", "", [&](std::string_view key, std::string_view json) {
      const std::string_view id = key.substr(0, key.find('\0'));
      if (id != record) record = id, expected = 1;
      if (key != version_key(id, static_cast<int>(expected++)) || text_field(json, "id") != id)
        tell_({fmt::format("a superseded version of {} is missing or out of place", id), "its history"});
      return true;
    });
  }

  Result<void> check_index_counts() {
    for (const auto& [family, expected] :
         {std::pair{Family::kByTime, by_time_}, std::pair{Family::kByAuthor, by_author_}}) {
      std::int64_t rows = 0;
      auto scanned = database_.scan(family, "", "",
                                    [&rows](std::string_view, std::string_view) { return ++rows, true; });
      if (!scanned) return scanned;
      if (rows != expected)
        tell_({fmt::format("`{}` has {} rows where the records give {}", family_name(family), rows, expected),
               "queries that go by that index"});
    }
    return {};
  }

  const Database& database_;
  const Tell& tell_;
  std::int64_t by_time_ = 0;
  std::int64_t by_author_ = 0;
};

}  // namespace

Result<void> verify_records(const Database& database, const Tell& tell) {
  return Records(database, tell).run();
}

}  // namespace boardwalk::store
