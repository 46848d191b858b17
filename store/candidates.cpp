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

// Ranges that are merged by walks that stay open: each takes room. Of more, every row is sought anew.
constexpr std::size_t kOpenWalks = 64;

// One range of an index, at the row that comes next.
struct Head {
  KeyRange rest;             // where the row behind is sought; with a walk that stays open, the whole range
  std::optional<Walk> walk;  // at the row, where it stays open
  std::string key, value;    // of the row
  IndexedRecord row = {};    // views into them
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

  [[nodiscard]] Family family() const {
    return way_.index == Index::kByTime ? Family::kByTime : Family::kByAuthor;
  }

  [[nodiscard]] Result<IndexedRecord> parse(std::string_view key, std::string_view value) const {
    const auto row = family() == Family::kByTime ? parse_by_time(key, value) : parse_by_author(key, value);
    if (!row) return damaged_row(family_name(family()), "a record");
    return *row;
  }

  // On to the next row of a range; false behind the last.
  Result<bool> advance(Head& head, bool stays_open) const {
    if (head.walk)
      head.walk->next();
    else
      head.walk.emplace(database_, family(), head.rest, way_.direction);
    if (!head.walk->valid()) {
      if (auto read = head.walk->status(); !read) return tl::unexpected(read.error());
      head.walk.reset();
      return false;
    }
    head.key = head.walk->key();
    head.value = head.walk->value();
    const auto row = parse(head.key, head.value);
    if (!row) return tl::unexpected(row.error());
    head.row = *row;
    if (stays_open) return true;
    head.walk.reset();
    if (way_.direction == Direction::kForwards)
      head.rest.from = head.key + '\0';
    else
      head.rest.to = head.key;
    return true;
  }

  // The rows of several ranges as one, always the one that comes first.
  Result<bool> merge(const std::vector<KeyRange>& ranges) {
    const bool stay_open = ranges.size() <= kOpenWalks;
    std::vector<Head> heads(ranges.size());
    std::vector<Head*> next;  // a heap, the one that comes first on top
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      heads[i].rest = ranges[i];
      const auto more = advance(heads[i], stay_open);
      if (!more) return more;
      if (*more) next.push_back(&heads[i]);
    }
    const auto is_later = [this](const Head* a, const Head* b) {
      return is_before(b->row, a->row, way_.direction);
    };
    std::make_heap(next.begin(), next.end(), is_later);
    while (!next.empty()) {
      std::pop_heap(next.begin(), next.end(), is_later);
      Head& first = *next.back();
      const auto go_on = get(record_key(first.row.record));
      if (!go_on || !*go_on) return go_on;
      const auto more = advance(first, stay_open);
      if (!more) return more;
      *more ? std::push_heap(next.begin(), next.end(), is_later) : next.pop_back();
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
    Walk walk(database_, family(), range);
    for (; walk.valid(); walk.next()) {
      const auto row = parse(walk.key(), walk.value());
      if (!row) return tl::unexpected(row.error());
      if (may_pass(row->record)) candidates.push_back({record_key(row->record), row->time});
    }
    return walk.status();
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
