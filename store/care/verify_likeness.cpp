#include <fmt/format.h>

#include <algorithm>

#include "parsers/digest.hpp"
#include "store/care/verify.hpp"
#include "store/clusters.hpp"
#include "store/index_keys.hpp"
#include "store/json_field.hpp"
#include "store/near.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

// A cluster's members against its head, and against the records that they name.
class Clusters {
 public:
  Clusters(const Database& database, const Tell& tell) : database_(database), tell_(tell), batch_(database) {}

  Result<void> run() {
    return database_.scan(Family::kFolds, "", "", [&](std::string_view key, std::string_view) {
      if (key.size() == kDigestBytes) check(std::string(key));
      return true;
    });
  }

 private:
  void check(const std::string& digest) {
    const std::string name = "the cluster of the fold " + parsers::hex(digest);
    const auto head = cluster_head(database_, digest);
    const auto members = members_with_lone(batch_, digest);
    if (!head || !*head || !members) {
      tell_({name + " does not fit its layout", "what its members are duplicates of"});
      return;
    }
    if (static_cast<std::int64_t>(members->size()) != (*head)->members)
      tell_({fmt::format("{} counts {} members and has {}", name, (*head)->members, members->size()),
             "what they are duplicates of"});
    for (const auto& member : *members) {
      if (!holds(member, digest))
        tell_({fmt::format("{} names {}, whose text is another", name, member), "what it is a duplicate of"});
      const auto rank = rank_in(database_, digest, member);
      const bool ranked = rank && (rank->has_value() || (*head)->members == 1);
      if (!ranked || (*rank && comes_before({1, member, **rank}, **head)))
        tell_(
            {fmt::format("the rank of {} in {} does not fit", member, name), "which member is the original"});
    }
  }

  bool holds(const std::string& record_id, const std::string& digest) {
    const auto key = find_key(database_, record_id);
    const auto value = key && *key ? database_.get(Family::kRecords, **key) : std::nullopt;
    const auto row = value && *value ? parse_record_value(**value) : Result<RecordValue>(RecordValue{});
    return row && digest_key(text_field(row->json, "fold_sha256").value_or("")) == digest;
  }

  const Database& database_;
  const Tell& tell_;
  const Batch batch_;
};

// Every fold that is looked up by its bands has a cluster.
Result<void> verify_bands(const Database& database, const Tell& tell) {
  const std::size_t hash = band_prefix(0, 0).size();
  return database.scan(Family::kBands, std::string(1, '\0'), "", [&](std::string_view key, std::string_view) {
    const std::string_view part = key.substr(std::min(hash, key.size()));
    bool held = false;
    (void)database.scan(Family::kFolds, part, part, [&held](std::string_view row, std::string_view) {
      held = held || row.size() == kDigestBytes;
      return !held;
    });
    if (!held)
      tell({"the cluster of a fold that begins with " + parsers::hex(part) + " is missing",
            "duplicates and near duplicates of that text"});
    return true;
  });
}

}  // namespace

Result<void> verify_likeness(const Database& database, const Tell& tell) {
  if (auto done = Clusters(database, tell).run(); !done) return done;
  if (auto done = verify_bands(database, tell); !done) return done;
  return database.scan(Family::kNear, "", "", [&](std::string_view key, std::string_view value) {
    if (key.size() != 2 * kDigestBytes) {
      tell({"a row of `near` does not fit its layout", "near duplicates"});
      return true;
    }
    std::string back{key.substr(kDigestBytes)};
    back += key.substr(0, kDigestBytes);
    const auto other = database.get(Family::kNear, back);
    const auto head = database.get(Family::kFolds, key.substr(0, kDigestBytes));
    if ((other && *other != value) || (head && !*head))
      tell({fmt::format("the folds {} and {} are neighbours one way only",
                        parsers::hex(key.substr(0, kDigestBytes)), parsers::hex(key.substr(kDigestBytes))),
            "near duplicates of these texts"});
    return true;
  });
}

}  // namespace boardwalk::store
