#include <fmt/format.h>
#include <rapidjson/document.h>

#include <map>

#include "cli/command.hpp"
#include "cli/table.hpp"
#include "cli/terminal.hpp"
#include "store/visits.hpp"

namespace boardwalk::cli {
namespace {

struct QueryLine {
  std::string what;
  std::string format = "table";
  std::string outcome;
  std::int64_t run = 0;
  std::int64_t limit = 0;
  bool no_duplicates = false;
  FilterOptions filter;
};

// The columns of each kind's table: the key in the JSON, nested ones with a dot.
const std::map<std::string, std::vector<std::string>>& columns() {
  static const std::map<std::string, std::vector<std::string>> list{
      {"boards", {"id", "parent_id", "threads", "posts", "name"}},
      {"threads", {"id", "created_at", "author", "replies", "posts_archived", "complete", "title"}},
      {"posts", {"id", "thread_id", "floor", "author", "posted_at", "text"}},
      {"articles", {"id", "published_at", "source", "title"}},
      {"pages", {"fetched_at", "run", "outcome", "status", "bytes", "url"}},
  };
  return list;
}

store::RecordKind kind_of(const std::string& what) {
  if (what == "boards") return store::RecordKind::kBoard;
  if (what == "threads") return store::RecordKind::kThread;
  if (what == "posts") return store::RecordKind::kPost;
  return store::RecordKind::kArticle;
}

std::string cell(const rapidjson::Value& object, const std::string& key) {
  const auto member = object.FindMember(key.c_str());
  if (member == object.MemberEnd() || member->value.IsNull()) return "-";
  const auto& value = member->value;
  if (value.IsString()) return {value.GetString(), value.GetStringLength()};
  if (value.IsBool()) return value.GetBool() ? "yes" : "no";
  if (value.IsInt64()) return std::to_string(value.GetInt64());
  return "-";
}

// Gathers rows for a table, or prints them as they come.
class Output {
 public:
  explicit Output(const QueryLine& words) : words_(words) {}

  // False when no more is wanted.
  bool add(std::string_view json) {
    ++count_;
    if (words_.format == "table")
      lay_out(json);
    else if (words_.format == "jsonl")
      open_ = print(std::string(json) + '\n');
    else
      open_ = print((count_ == 1 ? "[\n" : ",\n") + std::string(json));
    return open_ && (words_.limit == 0 || count_ < words_.limit);
  }

  void finish() {
    if (words_.format == "table" && count_ > 0)
      print_reading(table(columns().at(words_.what), rows_, terminal_width()));
    if (words_.format == "json" && open_) (void)print(count_ == 0 ? "[]\n" : "\n]\n");
  }

 private:
  void lay_out(std::string_view json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    auto& row = rows_.emplace_back();
    for (const auto& key : columns().at(words_.what))
      row.push_back(document.IsObject() ? cell(document, key) : "-");
  }

  const QueryLine& words_;
  std::vector<std::vector<std::string>> rows_;
  std::int64_t count_ = 0;
  bool open_ = true;
};

Result<void> query_pages(const store::Database& database, const QueryLine& words, const store::Filter& filter,
                         Output& output) {
  return store::for_each_visit(database, [&](const store::Visit& visit) {
    const bool wanted = (words.outcome.empty() || words.outcome == to_string(visit.outcome)) &&
                        (words.run == 0 || words.run == visit.run) &&
                        (!filter.site || visit.key.starts_with(*filter.site + ' ')) &&
                        (!filter.since || visit.fetched_at / 1000 >= *filter.since) &&
                        (!filter.until || visit.fetched_at / 1000 < *filter.until);
    return !wanted || output.add(to_json(visit));
  });
}

int query(const QueryLine& words, const Line& line) {
  auto filter = filter_from(words.filter);
  if (!filter) return report_error(filter.error());
  filter->duplicates = !words.no_duplicates;
  if (!words.outcome.empty() && !parsers::outcome_from(words.outcome))
    return report_usage(fmt::format(
        "--outcome {}: no such outcome; the manual lists them (ok, denied, timeout, …)", words.outcome));
  if (words.what != "pages" && (!words.outcome.empty() || words.run != 0))
    return report_usage("--outcome and --run go with query pages");
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  Output output(words);
  const auto done = words.what == "pages"
                        ? query_pages(*database, words, *filter, output)
                        : store::for_each_record(*database, kind_of(words.what), *filter,
                                                 [&](const store::Row& row) { return output.add(row.json); });
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
  command->add_option("--format", words->format, "table (default), json or jsonl")
      ->check(CLI::IsMember({"table", "json", "jsonl"}));
  command->add_option("--limit", words->limit, "at most so many (0: all)")->check(not_negative());
  command->add_option("--outcome", words->outcome, "pages that ended so (ok, denied, timeout, …)");
  command->add_option("--run", words->run, "pages that this run fetched")->check(CLI::PositiveNumber);
  command->add_flag("--without-duplicates", words->no_duplicates,
                    "leave out records whose text is elsewhere in the archive");
  add_filter_options(*command, words->filter);
  command->callback([words, &line] { line.chosen = [words, &line] { return query(*words, line); }; });
}

}  // namespace boardwalk::cli
