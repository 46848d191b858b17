#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/page_selection.hpp"
#include "config/job.hpp"
#include "crawler/actions.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::chrono::seconds kPatience{60};

struct RetryLine {
  std::vector<std::string> urls;
  PageSelection pages;
};

Result<std::vector<std::string>> keys_of(const RetryLine& words, const store::Database& database) {
  std::vector<std::string> keys;
  for (const auto& word : words.urls) {
    const auto url = parsers::parse_url(word);
    if (!url) return fail(ErrorKind::kUsage, fmt::format("\"{}\" is not a URL; write it whole", word));
    std::string key = parsers::page_key(*url).key;
    const auto state = crawler::page_state(database, key);
    if (!state) return tl::unexpected(state.error());
    if (!*state)
      return fail(ErrorKind::kUsage,
                  fmt::format("{} is not known here; boardwalk ctl seed adds a page to a crawl", word));
    keys.push_back(std::move(key));
  }
  if (!words.urls.empty()) return keys;
  const auto selected = for_each_selected(database, words.pages, [&keys](const crawler::PageState& page) {
    keys.push_back(page.key);
    return true;
  });
  if (!selected) return tl::unexpected(selected.error());
  return keys;
}

int retry(const RetryLine& words, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  auto keys = keys_of(words, *database);
  if (!keys) return report_error(keys.error());
  if (keys->empty()) {
    (void)print("no such page\n");
    return kDone;
  }
  const std::size_t count = keys->size();
  const crawler::Action action{crawler::Action::Kind::kRetry, std::move(*keys)};
  const auto directory = database->directory();
  if (crawler::crawl_runs(directory)) {
    const auto answer = crawler::ask_crawl(directory, action, kPatience);
    if (!answer) return report_error(answer.error());
    (void)print(*answer + "\n");
    return kDone;
  }
  if (auto left = crawler::leave_for_next(directory, action); !left) return report_error(left.error());
  (void)print(fmt::format("{} pages are fetched again by the next crawl\n", count));
  return kDone;
}

}  // namespace

void add_retry(CLI::App& app, Line& line) {
  auto words = std::make_shared<RetryLine>();
  auto* command =
      app.add_subcommand("retry", "fetch pages again: these URLs, or those that errors would list");
  auto* urls = command->add_option("url", words->urls, "one or more URLs that are known");
  add_selection_options(*command, words->pages);
  urls->excludes("--host")->excludes("--outcome");
  command->callback([words, &line] { line.chosen = [words, &line] { return retry(*words, line); }; });
}

}  // namespace boardwalk::cli
