#include "store/query_plan.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "parsers/fold.hpp"
#include "store/damage.hpp"
#include "store/index_keys.hpp"
#include "store/key_parts.hpp"
#include "store/record_match.hpp"
#include "store/schema.hpp"
#include "store/text_grams.hpp"
#include "store/text_marks.hpp"
#include "store/text_search.hpp"

namespace boardwalk::store {
namespace {

constexpr std::uint64_t kPriceOfGet = 4;        // a record got by its key, in records read along the keys
constexpr std::uint64_t kFewGathered = 20'000;  // rows that may be gathered where another way streams
constexpr std::uint64_t kCounted = 4096;        // rows that are counted rather than judged, of all ranges
// What the full-text index may find at most: this many, or one in so many of all. More are soon met anyway.
constexpr std::uint64_t kFewFound = 1000;
constexpr std::uint64_t kFewInAll = 8;
// Where a limit ends the walk that meets them: one in so many, or so many times the limit.
constexpr std::uint64_t kFewInAllToLimit = 20;
constexpr std::uint64_t kFewLimits = 8;

Family family_of(Index index) {
  switch (index) {
    case Index::kByTime:
      return Family::kByTime;
    case Index::kByAuthor:
      return Family::kByAuthor;
    case Index::kFullText:
      return Family::kMeta;
    case Index::kRecords:
      break;
  }
  return Family::kRecords;
}

// Each site's name is found by a jump behind the one before.
Result<std::vector<std::string>> sites_in(const Database& database, Family family, char kind) {
  std::vector<std::string> sites;
  KeyRange rest = keys_with(kind_prefix(kind));
  while (true) {
    const Walk walk(database, family, rest);
    if (auto read = walk.status(); !read) return tl::unexpected(read.error());
    if (!walk.valid()) return sites;
    std::string_view key = walk.key().substr(1);
    const auto site = take_site(key);
    if (!site) return damaged_row(family_name(family), "a record");
    sites.emplace_back(*site);
    rest.from = key_behind(site_prefix(kind, sites.back()));
  }
}

// Options that no index has answered whole.
std::vector<std::string_view> left_to_check(const Filter& filter, const Way& way) {
  std::vector<std::string_view> left;
  const auto add = [&](std::string_view option, bool given) {
    const bool used = std::find(way.used.begin(), way.used.end(), option) != way.used.end();
    if (given && (!used || way.index == Index::kFullText)) left.push_back(option);
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

class Planner {
 public:
  Planner(const Database& database, const Query& query)
      : database_(database), query_(query), filter_(query.filter), kind_(row_letter(query.kind)) {}

  Plan run(bool judges) {
    plan_.ways.push_back(by_records());
    const bool chooses = query_.by_index && kind_ != kBoardRow && !plan_.ways.front().passes.empty();
    if (chooses) add_indexes();
    const bool searches = chooses && asks_text();
    if (plan_.ways.size() == 1 && !searches && !judges) return std::move(plan_);
    for (Way& way : plan_.ways) judge(way);
    if (searches) add_text();
    std::stable_sort(plan_.ways.begin(), plan_.ways.end(),
                     [this](const Way& a, const Way& b) { return price(a) < price(b); });
    return std::move(plan_);
  }

 private:
  [[nodiscard]] bool is_bounded() const { return filter_.since || filter_.until; }

  // What keeps the first record waiting is dear where another way brings it at once.
  [[nodiscard]] std::pair<bool, std::uint64_t> price(const Way& way) const {
    const bool waits = query_.order != Order::kId && way.gathers && way.rows > kFewGathered;
    const bool gets = way.index != Index::kRecords || way.gathers;
    return {waits, gets ? way.rows * kPriceOfGet : way.rows};
  }

  void add_indexes() {
    if (filter_.author) plan_.ways.push_back(by_author());
    if (is_bounded() || query_.order != Order::kId) plan_.ways.push_back(by_time());
  }

  // A thread's title is what the index has of it.
  [[nodiscard]] bool asks_text() const {
    return kind_ == kThreadRow ? filter_.title || filter_.fold : filter_.text || filter_.fold;
  }

  // How many the full-text index may find: with more, one of the ways that there are is cheaper, or brings
  // the first record sooner. REQUIRES: these are judged.
  [[nodiscard]] std::uint64_t most_found(const Way& text) {
    const auto all = rows_in(Family::kRecords, keys_with(kind_prefix(kind_)), true);
    std::pair<bool, std::uint64_t> cheapest = price(plan_.ways.front());
    bool streams = false;
    for (const Way& way : plan_.ways) {
      cheapest = std::min(cheapest, price(way));
      streams = streams || !way.gathers;
    }
    std::uint64_t most = std::min(all / kFewInAll, cheapest.second / kPriceOfGet);
    if (streams && query_.order != Order::kId) most = std::min(most, kFewGathered);
    // What else is asked may leave out so many of them that a walk to the limit is long.
    const bool asks_no_more = left_to_check(filter_, text).size() == text.used.size();
    if (streams && query_.order == Order::kId && query_.wanted > 0 && asks_no_more)
      most = std::min(most, std::max(all / kFewInAllToLimit, kFewLimits * std::min(all, query_.wanted)));
    return std::max(kFewFound, most);
  }

  // REQUIRES: the other ways are there and judged.
  void add_text() {
    Way way;
    way.index = Index::kFullText;
    way.gathers = true;
    std::vector<std::string> grams;
    const auto add = [&](const char* option, const std::vector<std::string>& some) {
      if (!some.empty()) way.used.emplace_back(option);
      grams.insert(grams.end(), some.begin(), some.end());
    };
    const auto& part = kind_ == kThreadRow ? filter_.title : filter_.text;
    if (part) add(kind_ == kThreadRow ? "--title" : "--text", grams_of_part(*part));
    if (filter_.fold) add("--fold", grams_of_fold(parsers::fold(*filter_.fold)));
    if (grams.empty()) {
      plan_.no_text =
          "the words are too short (two characters of Chinese, three of other scripts at least), or no UTF-8";
      return;
    }
    auto search = search_text(database_, kind_, std::move(grams), most_found(way));
    plan_.no_text = std::move(search.why_not);
    plan_.is_trouble = search.is_trouble;
    if (!search.found) return;
    way.found = std::move(*search.found);
    way.rows = way.found.size();
    way.passes = {{keys_with(std::string(kTextMarks) + kind_)}};
    judge(way);
    plan_.ways.push_back(std::move(way));
  }

  Way by_records() {
    Way way;
    way.gathers = query_.order != Order::kId;
    if (!query_.by_index)
      way.passes = {{keys_with(kind_prefix(kind_))}};
    else if (filter_.thread)
      add_thread(way);
    else if (filter_.site)
      way.passes = {{keys_with(site_prefix(kind_, *filter_.site))}};
    else
      way.passes = {{keys_with(kind_prefix(kind_))}};
    if (query_.by_index && filter_.site) way.used.emplace_back("--site");
    if (query_.by_index && filter_.thread) way.used.emplace_back("--thread");
    return way;
  }

  // Of every site that is asked about; boards and articles have no thread.
  void add_thread(Way& way) {
    if (kind_ != kPostRow && kind_ != kThreadRow) return;
    const auto sites = sites_asked(Family::kRecords);
    if (!sites) return look_at_all(way, sites.error());
    std::vector<KeyRange> ranges;
    for (const auto& site : *sites) {
      if (kind_ == kPostRow) {
        ranges.push_back(keys_with(thread_posts_prefix(site, *filter_.thread)));
      } else {
        const std::string key = thread_key(site, *filter_.thread);
        ranges.push_back({key, key + '\0'});
      }
    }
    way.passes = {std::move(ranges)};
  }

  // Where the sites cannot be told: meets the damage, and says so before it hands anything on.
  void look_at_all(Way& way, const Error& why) {
    plan_.unread = why;
    way.passes = {{keys_with(kind_prefix(kind_))}};
    way.gathers = true;
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
    const auto sites = sites_asked(Family::kByTime);
    if (!sites) return look_at_all(way, sites.error()), way;
    for (const auto& site : *sites) add_times(way, by_time_prefix(kind_, site));
    return ordered(std::move(way));
  }

  [[nodiscard]] Result<std::vector<std::string>> sites_asked(Family family) const {
    if (filter_.site) return std::vector{*filter_.site};
    return sites_in(database_, family, kind_);
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
    way.gathers = query_.order == Order::kId;
    return way;
  }

  void judge(Way& way) {
    for (const auto& pass : way.passes)
      for (const auto& range : pass) way.rows += rows_in(family_of(way.index), range, way.rows < kCounted);
  }

  // None where they cannot be read: a way through damage is soon taken, and says so.
  [[nodiscard]] std::uint64_t rows_in(Family family, const KeyRange& range, bool counts) {
    const auto rows = about_rows(database_, family, range, counts);
    if (!rows) plan_.unread = rows.error();
    return rows.value_or(0);
  }

  const Database& database_;
  const Query& query_;
  const Filter& filter_;
  char kind_;
  Plan plan_;
};

std::string name_of(const Way& way, const Query& query) {
  switch (way.index) {
    case Index::kByTime:
      return "by_time (site and time)";
    case Index::kByAuthor:
      return "by_author (author and time)";
    case Index::kFullText:
      return "fulltext (what texts are made of)";
    case Index::kRecords:
      break;
  }
  if (std::find(way.used.begin(), way.used.end(), "--thread") != way.used.end())
    return query.kind == RecordKind::kPost ? "records (a thread's posts stand together)"
                                           : "records (a thread by its id)";
  return way.used.empty() ? "none: every record is looked at" : "none: every record of the site is looked at";
}

std::string order_of(const Query& query, const Way& way) {
  const char* order = query.order == Order::kId       ? "by site, thread and id"
                      : query.order == Order::kOldest ? "oldest first"
                                                      : "newest first";
  return fmt::format("{}, {}", order, way.gathers ? "sorted before the first" : "as they come");
}

constexpr std::string_view kPlurals[] = {"boards", "threads", "posts", "articles"};

}  // namespace

Plan plan_query(const Database& database, const Query& query, bool judges) {
  return Planner(database, query).run(judges);
}

Result<std::string> explain(const Database& database, const Query& query) {
  const Plan plan = plan_query(database, query, true);
  if (plan.unread) return tl::unexpected(*plan.unread);
  const auto all = about_rows(database, Family::kRecords, keys_with(kind_prefix(row_letter(query.kind))));
  if (!all) return tl::unexpected(all.error());
  const Way& way = plan.ways.front();
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
       fmt::format("about {} of {} {}", way.rows, *all, kPlurals[static_cast<std::size_t>(query.kind)]));
  line("order", order_of(query, way));
  line("then checks", listed(left_to_check(query.filter, way)));
  for (auto other = plan.ways.begin() + 1; other != plan.ways.end(); ++other)
    line("instead of", fmt::format("{}: about {}", name_of(*other, query), other->rows));
  if (!plan.no_text.empty()) line("full text", plan.no_text);
  return text;
}

}  // namespace boardwalk::store
