#include <fmt/format.h>

#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "config/suggest.hpp"

namespace boardwalk::cli {
namespace {

// The first word that is no option or option's value: the command.
std::string command_word(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--archive")
      ++i;
    else if (!word.starts_with("-"))
      return word;
  }
  return {};
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

int run(int argc, char** argv) {
  CLI::App app(
      "Boardwalk crawls Discuz! forums and news sites, reads out every post and article, and keeps them in "
      "an archive.",
      "boardwalk");
  app.footer(
      "Examples:\n"
      "  boardwalk crawl http://bbs.example.cn/ --archive bbs      crawl a forum into the archive bbs\n"
      "  boardwalk query threads --archive bbs --title 通知         find threads by their title\n"
      "  boardwalk show bbs.example.cn/thread/12 --archive bbs     read one\n"
      "  boardwalk export jsonl --archive bbs -o bbs.jsonl         take everything away\n"
      "Exit codes: 0 done; 1 done, some pages failed; 2 wrong usage; 3 archive trouble; 130 interrupted.");
  Line line;
  app.set_version_flag("--version", "boardwalk " BOARDWALK_VERSION);
  auto* archive =
      app.add_option("--archive", line.archive,
                     "the archive's directory (default: the job's, else $BOARDWALK_ARCHIVE, else ./archive)");
  archive->check([](const std::string& text) { return text.empty() ? "the name is empty" : std::string{}; });
  app.fallthrough();
  app.require_subcommand(1);
  add_crawl(app, line);
  add_status(app, line);
  add_ctl(app, line);
  add_errors(app, line);
  add_retry(app, line);
  add_why(app, line);
  add_query(app, line);
  add_show(app, line);
  add_export(app, line);
  add_parse(app, line);
  add_duplicates(app, line);
  add_compact(app, line);
  add_robots(app, line);
  add_stats(app, line);
  add_verify(app, line);
  add_backup(app, line);
  add_restore(app, line);
  add_reparse(app, line);
  add_merge(app, line);
  add_forget(app, line);
  const std::string word = command_word(argc, argv);
  const auto names = command_names(app);
  if (!word.empty() && std::find(names.begin(), names.end(), word) == names.end())
    return report_usage(fmt::format("unknown command \"{}\"{}{}", word, config::did_you_mean(word, names),
                                    config::nearest(word, names) ? "" : "; boardwalk --help lists them"));
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    if (word.empty()) return report_usage("no command given; boardwalk --help lists them");
    return report_usage(fmt::format("{}; boardwalk {} --help tells how", error.what(), word));
  }
  return exit_after_printing(line.chosen());
}

}  // namespace
}  // namespace boardwalk::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return boardwalk::cli::run(argc, argv);
  } catch (const std::exception& error) {
    boardwalk::cli::tell(fmt::format("boardwalk: {}; this is a fault of the program\n", error.what()));
    return boardwalk::cli::kArchiveTrouble;
  }
}
