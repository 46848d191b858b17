#include "store/query_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "store/index_keys.hpp"
#include "store/key_parts.hpp"
#include "store/record_match.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

constexpr std::uint64_t kPriceOfGet = 4;       // a record got by its key, in records read along the keys
constexpr std::uint64_t kFewGathered = 20'000;  // rows that may be gathered where another way streams
constexpr std::size_t kMergedSites = 64;       // ranges that are walked at once
constexpr std::uint64_t kCounted = 4096;       // rows that are counted rather than judged, of all ranges

Family family_of(Index index) {
  if (index == Index::kByTime) return Family::kByTime;
  return index == Index::kByAuthor ? Family::kByAuthor : Family::kRecords;
}

// Each site's name is found by a jump behind the one before.
std::vector<std::string> sites_in(const Database& database, Family family, char kind) {
  std::vector<std::string> sites;
  KeyRange rest = keys_with(kind_prefix(kind));
  while (true) {
    const Walk walk(database, family, rest);
    if (!walk.valid()) return sites;
    std::string_view key = walk.key().substr(1);
    const auto site = take_site(key);
    if (!site) return sites;
    sites.emplace_back(*site);
    rest.from = key_behind(site_prefix(kind, sites.back()));
  }
}

class Planner {
 public:
  Planner(const Database& database, const Query& query)
      : database_(database), query_(query), filter_(query.filter), kind_(row_letter(query.kind)) {}

  // The best of them first.
  std::vector<Way> ways(bool judges_one) {
    std::vector<Way> ways{by_records()};
    const bool indexed = query_.by_index && kind_ != kBoardRow && !ways.front().passes.empty();
    if (indexed && filter_.author) ways.push_back(by_author());
    if (indexed && (is_bounded() || query_.order != Order::kId)) ways.push_back(by_time());
    if (ways.size() == 1 && !judges_one) return ways;
    for (Way& way : ways) judge(way);
    std::stable_sort(ways.begin(), ways.end(),
                     [this](const Way& a, const Way& b) { return price(a) < price(b); });
    return ways;
  }

 private:
  [[nodiscard]] bool is_bounded() const { return filter_.since || filter_.until; }

  // What keeps the first record waiting is dear where another way brings it at once.
  [[nodiscard]] std::pair<bool, std::uint64_t> price(const Way& way) const {
    const bool waits = query_.order != Order::kId && way.gathers && way.rows > kFewGathered;
    const bool gets = way.index != Index::kRecords || way.gathers;
    return {waits, gets ? way.rows * kPriceOfGet : way.rows};
  }

  Way by_records() {
    Way way;
    way.gathers = query_.order != Order::kId;
    if (!query_.by_index)
      way.passes = {{keys_with(kind_prefix(kind_))}};
    else if (filter_.thread)
      way.passes = of_thread();
    else if (filter_.site)
      way.passes = {{keys_with(site_prefix(kind_, *filter_.site))}};
    else
      way.passes = {{keys_with(kind_prefix(kind_))}};
    if (query_.by_index && filter_.site) way.used.emplace_back("--site");
    if (query_.by_index && filter_.thread) way.used.emplace_back("--thread");
    return way;
  }

  // Of every site that is asked about; boards and articles have no thread.
  std::vector<std::vector<KeyRange>> of_thread() {
    if (kind_ != kPostRow && kind_ != kThreadRow) return {};
    std::vector<KeyRange> ranges;
    for (const auto& site : sites(Family::kRecords)) {
      if (kind_ == kPostRow) {
        ranges.push_back(keys_with(thread_posts_prefix(site, *filter_.thread)));
      } else {
        const std::string key = thread_key(site, *filter_.thread);
        ranges.push_back({key, key + '\0'});
      }
    }
    return {std::move(ranges)};
  }

  Way by_author() {
    Way way;
    way.index = Index::kByAuthor;
    way.used.emplace_back("--author");
    add_times(way, by_author_prefix(kind_, *filter_.author));
    return ordered(std::move(way));
  }

  Way by_time() {
    Way way;
    way.index = Index::kByTime;
    if (filter_.site) way.used.emplace_back("--site");
    for (const auto& site : sites(Family::kByTime)) add_times(way, by_time_prefix(kind_, site));
    return ordered(std::move(way));
  }

  std::vector<std::string> sites(Family family) {
    return filter_.site ? std::vector{*filter_.site} : sites_in(database_, family, kind_);
  }

  // Records without a time are a pass of their own: they come last in either direction.
  void add_times(Way& way, const std::string& prefix) const {
    way.passes.resize(is_bounded() ? 1 : 2);
    way.passes[0].push_back({filter_.since ? at_time(prefix, *filter_.since) : prefix,
                             at_time(prefix, filter_.until.value_or(kNoTime))});
    if (!is_bounded()) way.passes[1].push_back({at_time(prefix, kNoTime), key_behind(prefix)});
  }

  Way ordered(Way way) {
    if (filter_.since) way.used.emplace_back("--since");
    if (filter_.until) way.used.emplace_back("--until");
    if (query_.order == Order::kNewest) way.direction = Direction::kBackwards;
    way.gathers = query_.order == Order::kId ||
                  (!way.passes.empty() && way.passes.front().size() > kMergedSites);
    return way;
  }

  void judge(Way& way) {
    for (const auto& pass : way.passes)
      for (const auto& range : pass)
        way.rows += about_rows(database_, family_of(way.index), range, way.rows < kCounted);
  }

  const Database& database_;
  const Query& query_;
  const Filter& filter_;
  char kind_;
};

std::string name_of(const Way& way, const Query& query) {
  switch (way.index) {
    case Index::kByTime:
      return "by_time (site and time)";
    case Index::kByAuthor:
      return "by_author (author and time)";
    case Index::kRecords:
      break;
  }
  if (std::find(way.used.begin(), way.used.end(), "--thread") != way.used.end())
    return query.kind == RecordKind::kPost ? "records (a thread's posts stand together)"
                                           : "records (a thread by its id)";
  return way.used.empty() ? "none: every record is looked at"
                          : "none: every record of the site is looked at";
}

std::string order_of(const Query& query, const Way& way) {
  const char* order = query.order == Order::kId       ? "by site, thread and id"
                      : query.order == Order::kOldest ? "oldest first"
                                                      : "newest first";
  return fmt::format("{}, {}", order, way.gathers ? "sorted before the first" : "as they come");
}

// Options that no index has answered whole.
std::vector<std::string_view> left_to_check(const Filter& filter, const Way& way) {
  std::vector<std::string_view> left;
  const auto add = [&](std::string_view option, bool given) {
    if (given && std::find(way.used.begin(), way.used.end(), option) == way.used.end()) left.push_back(option);
  };
  add("--site", filter.site.has_value());
  add("--board", filter.board.has_value());
  add("--thread", filter.thread.has_value());
  add("--author", filter.author.has_value());
  add("--title", filter.title.has_value());
  add("--text", filter.text.has_value());
  add("--fold", filter.fold.has_value());
  add("--since", filter.since.has_value());
  add("--until", filter.until.has_value());
  add("--without-duplicates", !filter.duplicates);
  return left;
}

constexpr std::string_view kPlurals[] = {"boards", "threads", "posts", "articles"};

}  // namespace

std::vector<Way> ways_of(const Database& database, const Query& query) {
  return Planner(database, query).ways(true);
}

Way choose_way(const Database& database, const Query& query) {
  return std::move(Planner(database, query).ways(false).front());
}

std::string explain(const Database& database, const Query& query) {
  const auto ways = ways_of(database, query);
  const Way& way = ways.front();
  const auto listed = [](const auto& words) {
    return words.empty() ? std::string("nothing") : fmt::format("{}", fmt::join(words, " "));
  };
  std::string text;
  const auto line = [&text](std::string_view name, const std::string& words) {
    text += fmt::format("{:<11} {}\n", name, words);
  };
  line("index", name_of(way, query));
  line("narrows by", listed(way.used));
  line("looks at",
       fmt::format("about {} of {} {}", way.rows,
                   about_rows(database, Family::kRecords, keys_with(kind_prefix(row_letter(query.kind)))),
                   kPlurals[static_cast<std::size_t>(query.kind)]));
  line("order", order_of(query, way));
  line("then checks", listed(left_to_check(query.filter, way)));
  for (auto other = ways.begin() + 1; other != ways.end(); ++other)
    line("instead of", fmt::format("{}: about {}", name_of(*other, query), other->rows));
  return text;
}

}  // namespace boardwalk::store
