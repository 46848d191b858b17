#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "crawler/actions.hpp"
#include "crawler/rows.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::chrono::seconds kPatience{10};

// For the next crawl, what it would refuse is refused here: nobody waits for its answer.
int leave_block(const crawler::Action& action, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  for (const auto& site : action.arguments) {
    const auto known = crawler::read_host(*database, site);
    if (!known) return report_error(known.error());
    if (!*known)
      return report_usage(
          fmt::format("\"{}\" is no host of this archive; boardwalk status lists them", site));
  }
  const auto left = crawler::leave_for_next(database->directory(), action);
  if (!left) return report_error(left.error());
  (void)print(action.kind == crawler::Action::Kind::kBlock
                  ? "no crawl runs; the next one asks nothing more of it, until boardwalk ctl unblock\n"
                  : "no crawl runs; the next one asks it again\n");
  return kDone;
}

int ask(const crawler::Action& action, const Line& line) {
  const std::string archive = line.archive_of();
  const bool is_of_hosts =
      action.kind == crawler::Action::Kind::kBlock || action.kind == crawler::Action::Kind::kUnblock;
  if (is_of_hosts && !crawler::crawl_runs(archive)) return leave_block(action, line);
  const auto answer = crawler::ask_crawl(archive, action, kPatience);
  if (!answer) return report_error(answer.error());
  (void)print(*answer + "\n");
  return kDone;
}

struct Word {
  crawler::Action::Kind kind;
  const char* help;
  const char* argument;  // what it wants; nullptr: nothing
  const char* argument_help;
};

constexpr Word kWords[] = {
    {crawler::Action::Kind::kPause, "take no more pages; what is in flight is finished", nullptr, nullptr},
    {crawler::Action::Kind::kResume, "go on", nullptr, nullptr},
    {crawler::Action::Kind::kStop, "end the run in order, as SIGTERM does", nullptr, nullptr},
    {crawler::Action::Kind::kSeed, "crawl further URLs in this run, each with the scope of a seed", "url",
     "one or more URLs"},
    {crawler::Action::Kind::kBlock, "ask nothing more of a host, in this run and later ones", "host",
     "hosts, as status lists them"},
    {crawler::Action::Kind::kUnblock, "ask a host again that is blocked or set aside", "host",
     "hosts, as status lists them"},
};

}  // namespace

void add_ctl(CLI::App& app, Line& line) {
  auto* command = app.add_subcommand(
      "ctl", "what a crawl is to do while it runs: pause, resume, stop, seed, block, unblock");
  command->require_subcommand(1);
  for (const Word& word : kWords) {
    auto action = std::make_shared<crawler::Action>();
    action->kind = word.kind;
    auto* verb = command->add_subcommand(std::string(to_string(word.kind)), word.help);
    if (word.argument != nullptr)
      verb->add_option(word.argument, action->arguments, word.argument_help)->required();
    verb->callback([action, &line] { line.chosen = [action, &line] { return ask(*action, line); }; });
  }
}

}  // namespace boardwalk::cli
