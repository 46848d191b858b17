#include "store/candidates.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "store/damage.hpp"
#include "store/index_keys.hpp"
#include "store/index_rows.hpp"
#include "store/record_match.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/text_marks.hpp"

namespace boardwalk::store {
namespace {

// Whether `a` comes before `b` where times decide.
bool is_before(const IndexedRecord& a, const IndexedRecord& b, Direction direction) {
  const auto place = [](const IndexedRecord& record) {
    return std::tuple(record.time, record.record.site, record.record.id);
  };
  if (direction == Direction::kForwards) return place(a) < place(b);
  const bool a_is_timed = a.time != kNoTime, b_is_timed = b.time != kNoTime;
  return a_is_timed != b_is_timed ? a_is_timed : place(a) > place(b);
}

void sort(std::vector<Candidate>& candidates, Order order) {
  if (order == Order::kId) {
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.key < b.key; });
    return;
  }
  const Direction direction = order == Order::kOldest ? Direction::kForwards : Direction::kBackwards;
  const auto indexed = [](const Candidate& candidate) {
    const auto record = parse_record_key(candidate.key);
    return IndexedRecord{record.value_or(RecordKey{}), candidate.time};
  };
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    return is_before(indexed(a), indexed(b), direction);
  });
}

// One range of an index, at the row that comes next.
struct Head {
  Walk walk;
  IndexedRecord row;  // views into the walk
};

class Candidates {
 public:
  using Each = std::function<Result<bool>(std::string_view key, std::string_view value)>;

  Candidates(const Database& database, const Query& query, const Way& way, const Each& each)
      : database_(database), query_(query), way_(way), each_(each) {}

  Result<void> run() {
    if (way_.gathers) return hand_on_gathered();
    for (const auto& pass : way_.passes) {
      const auto go_on = way_.index == Index::kRecords ? walk_records(pass) : merge(pass);
      if (!go_on) return tl::unexpected(go_on.error());
      if (!*go_on) break;
    }
    return {};
  }

 private:
  Result<bool> walk_records(const std::vector<KeyRange>& ranges) {
    for (const auto& range : ranges) {
      Walk walk(database_, Family::kRecords, range);
      for (; walk.valid(); walk.next())
        if (const auto go_on = each_(walk.key(), walk.value()); !go_on || !*go_on) return go_on;
      if (auto read = walk.status(); !read) return tl::unexpected(read.error());
    }
    return true;
  }

  [[nodiscard]] Result<std::optional<IndexedRecord>> row_at(const Walk& walk) const {
    if (!walk.valid()) {
      if (auto read = walk.status(); !read) return tl::unexpected(read.error());
      return std::nullopt;
    }
    const bool by_time = way_.index == Index::kByTime;
    auto row = by_time ? parse_by_time(walk.key(), walk.value()) : parse_by_author(walk.key(), walk.value());
    if (!row) return damaged_row(by_time ? "by_time" : "by_author", "a record");
    return row;
  }

  // The rows of several ranges as one, always the one that comes first.
  Result<bool> merge(const std::vector<KeyRange>& ranges) {
    std::vector<Head> heads;
    for (const auto& range : ranges) {
      Walk walk(database_, way_.index == Index::kByTime ? Family::kByTime : Family::kByAuthor, range,
                way_.direction);
      const auto row = row_at(walk);
      if (!row) return tl::unexpected(row.error());
      if (*row) heads.push_back({std::move(walk), **row});
    }
    while (!heads.empty()) {
      const auto first = std::min_element(heads.begin(), heads.end(), [this](const Head& a, const Head& b) {
        return is_before(a.row, b.row, way_.direction);
      });
      const auto go_on = get(record_key(first->row.record));
      if (!go_on || !*go_on) return go_on;
      first->walk.next();
      const auto row = row_at(first->walk);
      if (!row) return tl::unexpected(row.error());
      *row ? static_cast<void>(first->row = **row) : static_cast<void>(heads.erase(first));
    }
    return true;
  }

  Result<bool> get(const std::string& key) {
    const auto value = database_.get(Family::kRecords, key);
    if (!value) return tl::unexpected(value.error());
    if (!*value && way_.index == Index::kFullText) return true;  // gone, and marked
    if (!*value) return damaged_row("records", "a record that an index names");
    return each_(key, **value);
  }

  Result<void> hand_on_gathered() {
    std::vector<Candidate> candidates;
    for (const auto& pass : way_.passes)
      for (const auto& range : pass)
        if (auto gathered = gather(range, candidates); !gathered) return gathered;
    if (way_.index == Index::kFullText) add_found(candidates);
    sort(candidates, query_.order);
    for (const auto& candidate : candidates) {
      const auto go_on = get(candidate.key);
      if (!go_on) return tl::unexpected(go_on.error());
      if (!*go_on) break;
    }
    return {};
  }

  Result<void> gather(const KeyRange& range, std::vector<Candidate>& candidates) {
    if (way_.index == Index::kRecords) return gather_records(range, candidates);
    if (way_.index == Index::kFullText) return gather_marked(range, candidates);
    Walk walk(database_, way_.index == Index::kByTime ? Family::kByTime : Family::kByAuthor, range);
    while (true) {
      const auto row = row_at(walk);
      if (!row) return tl::unexpected(row.error());
      if (!*row) return {};
      if (may_pass((*row)->record)) candidates.push_back({record_key((*row)->record), (*row)->time});
      walk.next();
    }
  }

  [[nodiscard]] bool may_pass(const RecordKey& record) const {
    const Filter& filter = query_.filter;
    return (!filter.site || record.site == *filter.site) &&
           (!filter.thread || record.thread_id == *filter.thread);
  }

  // Where times decide, as they do not stand in the keys.
  Result<void> gather_records(const KeyRange& range, std::vector<Candidate>& candidates) {
    const RecordMatch match(query_.filter, query_.kind);
    Walk walk(database_, Family::kRecords, range);
    for (; walk.valid(); walk.next()) {
      const auto record = parse_record_value(walk.value());
      if (!record) return tl::unexpected(record.error());
      if (match.passes(walk.key(), record->json))
        candidates.push_back({std::string(walk.key()), published_at(row_letter(query_.kind), record->json)});
    }
    return walk.status();
  }

  // What the full-text index does not know yet as it is.
  Result<void> gather_marked(const KeyRange& range, std::vector<Candidate>& candidates) {
    Walk walk(database_, Family::kMeta, range);
    for (; walk.valid(); walk.next()) {
      const std::string key{walk.key().substr(kTextMarks.size())};
      const auto value = database_.get(Family::kRecords, key);
      if (!value) return tl::unexpected(value.error());
      if (!*value) continue;
      const auto record = parse_record_value(**value);
      if (!record) return tl::unexpected(record.error());
      candidates.push_back({key, published_at(key.front(), record->json)});
    }
    return walk.status();
  }

  // Those that are marked are there already, with the time that they have now.
  void add_found(std::vector<Candidate>& candidates) const {
    for (const auto& found : way_.found) {
      const auto record = parse_record_key(found.key);
      if (record && may_pass(*record)) candidates.push_back(found);
    }
    const auto key_of = [](const Candidate& a, const Candidate& b) { return a.key < b.key; };
    std::stable_sort(candidates.begin(), candidates.end(), key_of);
    candidates.erase(std::unique(candidates.begin(), candidates.end(),
                                 [](const Candidate& a, const Candidate& b) { return a.key == b.key; }),
                     candidates.end());
  }

  const Database& database_;
  const Query& query_;
  const Way& way_;
  const Each& each_;
};

}  // namespace

Result<void> for_each_candidate(
    const Database& database, const Query& query, const Way& way,
    const std::function<Result<bool>(std::string_view key, std::string_view value)>& each) {
  return Candidates(database, query, way, each).run();
}

}  // namespace boardwalk::store
