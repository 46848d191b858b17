#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/filter_options.hpp"
#include "cli/live_line.hpp"
#include "cli/query_output.hpp"
#include "store/export/warc.hpp"
#include "store/query_plan.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

namespace boardwalk::cli {
namespace {

struct QueryLine {
  std::string what;
  std::string format = "table";
  std::string outcome;
  std::string sort = "id";
  std::string run;
  std::int64_t limit = 0;
  bool no_duplicates = false;
  bool explain = false;
  bool no_index = false;
  FilterOptions filter;
};

store::RecordKind kind_of(const std::string& what) {
  if (what == "boards") return store::RecordKind::kBoard;
  if (what == "threads") return store::RecordKind::kThread;
  if (what == "posts") return store::RecordKind::kPost;
  return store::RecordKind::kArticle;
}

store::Order order_of(const std::string& sort) {
  if (sort == "oldest") return store::Order::kOldest;
  return sort == "newest" ? store::Order::kNewest : store::Order::kId;
}

// What the keys of the visits of the site that is asked about begin with.
std::string prefix_of(const store::Filter& filter) { return filter.site ? *filter.site + ' ' : ""; }

// Counts what is printed, up to the limit.
class Limited {
 public:
  Limited(QueryOutput& output, std::int64_t limit) : output_(output), limit_(limit) {}
  bool add(std::string_view json) { return output_.add(json) && (++count_, limit_ == 0 || count_ < limit_); }
  [[nodiscard]] std::int64_t count() const { return count_; }

 private:
  QueryOutput& output_;
  std::int64_t limit_;
  std::int64_t count_ = 0;
};

Result<void> query_records(const store::Database& database, store::Query query, const QueryLine& words,
                           Limited& output) {
  LiveLine live;
  // A line that is drawn again and again does not go with rows on the same terminal.
  const bool shows = !on_terminal() || words.format == "table";
  query.looked_at = [&](std::int64_t count) {
    if (shows && live.is_due())
      live.show(fmt::format("{} {} looked at, {} found", count, words.what, output.count()));
  };
  query.missed_index = [&](const std::string& why) {
    tell(fmt::format("boardwalk: every one of the {} is looked at: {}\n", words.what, why));
  };
  return store::for_each_record(database, query, [&](const store::Row& row) { return output.add(row.json); });
}

store::VisitSelection visits_of(const QueryLine& words, const store::Filter& filter) {
  store::VisitSelection visits;
  visits.site = filter.site;
  visits.board = filter.board;
  visits.thread = filter.thread;
  visits.since = filter.since;
  visits.until = filter.until;
  visits.outcome = parsers::outcome_from(words.outcome);
  visits.run = run_from(words.run).value_or(0);  // mismatch() has looked at it
  return visits;
}

// In key order, as they come.
Result<void> query_pages(const store::Database& database, const QueryLine& words, const store::Filter& filter,
                         Limited& output) {
  const auto selection = visits_of(words, filter);
  return store::for_each_visit(
      database,
      [&](const store::Visit& visit) { return !selection.takes(visit) || output.add(to_json(visit)); },
      prefix_of(filter));
}

// By the time of the fetch, those of one time in key order, once all are looked at. What they say is read
// when they are printed: that of all may be more than memory holds.
Result<void> query_pages_by_time(const store::Database& database, const QueryLine& words,
                                 const store::Filter& filter, Limited& output) {
  const auto selection = visits_of(words, filter);
  const int sign = words.sort == "newest" ? -1 : 1;
  const auto limit = static_cast<std::size_t>(words.limit);
  std::vector<std::pair<std::int64_t, std::string>> first;  // time and key: a heap, the last one on top
  auto done = store::for_each_visit(
      database,
      [&](const store::Visit& visit) {
        if (!selection.takes(visit)) return true;
        first.emplace_back(sign * visit.fetched_at, store::visit_key(visit.key, visit.fetched_at));
        std::push_heap(first.begin(), first.end());
        if (limit == 0 || first.size() <= limit) return true;
        std::pop_heap(first.begin(), first.end());
        first.pop_back();
        return true;
      },
      prefix_of(filter));
  if (!done) return done;
  std::sort_heap(first.begin(), first.end());
  for (const auto& [at, key] : first) {
    bool go_on = true;
    const auto print_it = [&](const store::Visit& visit) {
      go_on = output.add(to_json(visit));
      return false;
    };
    if (done = store::for_each_visit(database, print_it, key); !done) return done;
    if (!go_on) break;
  }
  return {};
}

std::string explain_pages(const QueryLine& words) {
  return fmt::format(
      "index       visits (pages of a site stand together)\n"
      "narrows by  {}\n"
      "order       {}\n"
      "then checks every other option\n",
      words.filter.site.empty() ? "nothing: every visit is looked at" : "--site",
      words.sort == "id" ? "by page and time, as they come" : words.sort + " first, sorted before the first");
}

// What is wrong with a line whose words are each right; empty when nothing is.
std::string mismatch(const QueryLine& words) {
  if (!words.outcome.empty() && !parsers::outcome_from(words.outcome))
    return fmt::format("--outcome {}: no such outcome; the manual lists them (ok, denied, timeout, …)",
                       words.outcome);
  if (const auto run = run_from(words.run); !run) return run.error().message;
  const bool pages = words.what == "pages";
  if (!pages && (!words.outcome.empty() || !words.run.empty()))
    return "--outcome and --run go with query pages";
  const FilterOptions& filter = words.filter;
  for (const auto& [option, given] : {std::pair{"--author", !filter.author.empty()},
                                      {"--title", !filter.title.empty()},
                                      {"--text", !filter.text.empty()},
                                      {"--fold", !filter.fold.empty()},
                                      {"--without-duplicates", words.no_duplicates}})
    if (pages && given)
      return fmt::format(
          "{} asks about records; query pages takes --site --board --thread --since --until "
          "--outcome --run",
          option);
  return {};
}

int query(const QueryLine& words, const Line& line) {
  auto filter = filter_from(words.filter);
  if (!filter) return report_error(filter.error());
  filter->duplicates = !words.no_duplicates;
  if (const auto wrong = mismatch(words); !wrong.empty()) return report_usage(wrong);
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  const bool pages = words.what == "pages";
  store::Query query{kind_of(words.what), *filter, order_of(words.sort), !words.no_index,
                     static_cast<std::uint64_t>(words.limit)};
  if (words.explain) {
    const auto plan = pages ? explain_pages(words) : store::explain(*database, query);
    if (!plan) return report_error(plan.error());
    (void)print(*plan);
    return kDone;
  }
  QueryOutput output(words.what, words.format);
  Limited limited(output, words.limit);
  const auto done = !pages               ? query_records(*database, std::move(query), words, limited)
                    : words.sort == "id" ? query_pages(*database, words, *filter, limited)
                                         : query_pages_by_time(*database, words, *filter, limited);
  if (!done) return report_error(done.error());
  output.finish();
  return kDone;
}

}  // namespace

void add_query(CLI::App& app, Line& line) {
  auto words = std::make_shared<QueryLine>();
  auto* command = app.add_subcommand("query", "ask the archive: threads, posts, articles, boards or pages");
  command->add_option("what", words->what, "threads, posts, articles, boards or pages")
      ->required()
      ->check(CLI::IsMember({"threads", "posts", "articles", "boards", "pages"}));
  command->add_option("--format", words->format, "table (default), json, jsonl or csv")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv"}));
  command
      ->add_option("--sort", words->sort,
                   "id (default: by site, thread and id), oldest or newest (by time of publication, of pages "
                   "that of the fetch)")
      ->check(CLI::IsMember({"id", "oldest", "newest"}));
  command->add_option("--limit", words->limit, "at most so many (0: all)")->check(not_negative());
  command->add_option("--outcome", words->outcome, "pages that ended so (ok, denied, timeout, …)")
      ->check(not_empty());
  command->add_option("--run", words->run, "pages that this run fetched; below zero: merged ones")
      ->check(not_empty());
  command->add_flag("--without-duplicates", words->no_duplicates,
                    "leave out records whose text is elsewhere in the archive");
  command->add_flag("--explain", words->explain,
                    "tell which index answers, what is checked afterwards and about how many rows it takes; "
                    "asks nothing");
  command->add_flag("--no-index", words->no_index, "look at every record, to check what an index answers");
  add_filter_options(*command, words->filter);
  command->callback([words, &line] { line.chosen = [words, &line] { return query(*words, line); }; });
}

}  // namespace boardwalk::cli
