#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/terminal.hpp"
#include "store/duplicates.hpp"
#include "store/json_field.hpp"
#include "store/json_text.hpp"
#include "store/query.hpp"

namespace boardwalk::cli {
namespace {

struct DuplicatesLine {
  bool near = false;
  std::string format = "text";
  std::size_t limit = 0;
};

// What tells a record from others at a glance: when it was published, where, and how it begins.
std::string glance(const store::Database& database, const std::string& record_id) {
  const auto json = store::record_json(database, record_id);
  if (!json) return "?";
  const auto field = [&](std::string_view key) { return store::text_field(*json, key); };
  const auto time = field("posted_at") ? field("posted_at") : field("published_at");
  const auto title = field("thread_title") ? field("thread_title") : field("title");
  return fmt::format("{}  {}", shown(time.value_or("-")), shown(title.value_or("-")));
}

std::string for_a_person(const store::Database& database, const store::DuplicateCluster& cluster) {
  std::string text = fmt::format("{} records\n  original       {}  {}\n", cluster.members.size() + 1,
                                 shown(cluster.original), glance(database, cluster.original));
  for (const auto& member : cluster.members)
    text += fmt::format("  {:<13}  {}  {}\n",
                        member.similarity ? fmt::format("nearly {:.4f}", *member.similarity) : "copy",
                        shown(member.record_id), glance(database, member.record_id));
  return text;
}

std::string as_json(const store::DuplicateCluster& cluster) {
  store::JsonText json;
  json.start_object();
  json.field("size", static_cast<std::int64_t>(cluster.members.size() + 1));
  json.field("original", cluster.original);
  json.key("members");
  json.start_array();
  for (const auto& member : cluster.members) {
    json.start_object();
    json.field("id", member.record_id);
    json.key("similarity");
    member.similarity ? json.real(*member.similarity) : json.null();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::string(json.view()) + "\n";
}

int duplicates(const DuplicatesLine& words, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  const auto clusters = store::duplicate_clusters(
      *database, words.near ? store::DuplicateLevel::kNear : store::DuplicateLevel::kExact);
  if (!clusters) return report_error(clusters.error());
  std::size_t printed = 0;
  for (const auto& cluster : *clusters) {
    if (words.limit > 0 && printed == words.limit) break;
    const bool blank = printed++ > 0 && words.format == "text";
    if (!print((blank ? "\n" : "") +
               (words.format == "text" ? for_a_person(*database, cluster) : as_json(cluster))))
      break;
  }
  return kDone;
}

}  // namespace

void add_duplicates(CLI::App& app, Line& line) {
  auto words = std::make_shared<DuplicatesLine>();
  auto* command = app.add_subcommand(
      "duplicates", "records that say the same, in clusters with their original, the largest first");
  command->add_flag("--near", words->near, "what says nearly the same, too, with how like it is");
  command->add_option("--format", words->format, "text (default) or jsonl, a cluster a line")
      ->check(CLI::IsMember({"text", "jsonl"}));
  command->add_option("--limit", words->limit, "only so many clusters")->check(not_negative());
  command->callback([words, &line] { line.chosen = [words, &line] { return duplicates(*words, line); }; });
}

}  // namespace boardwalk::cli
