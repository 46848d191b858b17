#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <exception>
#include <sstream>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/examples.hpp"
#include "cli/misspelt.hpp"

namespace boardwalk::cli {
namespace {

int run(int argc, char** argv) {
  CLI::App app(
      "Boardwalk crawls Discuz! forums and news sites, reads out every post and article, and keeps them in "
      "an archive.",
      "boardwalk");
  Line line;
  app.set_version_flag("--version", std::function<std::string()>(version_text));
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
  add_index(app, line);
  add_robots(app, line);
  add_stats(app, line);
  add_verify(app, line);
  add_backup(app, line);
  add_restore(app, line);
  add_reparse(app, line);
  add_merge(app, line);
  add_forget(app, line);
  add_completion(app, line);
  add_examples(app);
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (const auto unknown = misspelt(app, words)) return report_usage(*unknown);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& help) {
    std::ostringstream text;
    const int exit_code = app.exit(help, text);
    (void)print(text.str());
    return exit_after_printing(exit_code);
  } catch (const CLI::ParseError& error) {
    const std::string command = command_in(app, words);
    if (command == app.get_name()) return report_usage("no command given; boardwalk --help lists them");
    return report_usage(fmt::format("{}; {} --help tells how", error.what(), command));
  }
  return exit_after_printing(line.chosen());
}

}  // namespace
}  // namespace boardwalk::cli

namespace {

// Standard input, output and error may come closed: no file of ours is to take their place. What is printed
// to an output that is not there is lost, which print() tells.
void keep_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
      (void)open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR);
}

}  // namespace

int main(int argc, char** argv) {
  keep_standard_descriptors();
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return boardwalk::cli::run(argc, argv);
  } catch (const std::exception& error) {
    return boardwalk::cli::report_thrown(error);
  }
}
