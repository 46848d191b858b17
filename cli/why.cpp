#include <fmt/format.h>

#include <optional>
#include <string>

#include "cli/command.hpp"
#include "cli/crawl_run.hpp"
#include "cli/terminal.hpp"
#include "crawler/why.hpp"
#include "parsers/moment.hpp"
#include "store/json_text.hpp"

namespace boardwalk::cli {
namespace {

struct WhyLine {
  std::string url, job;
  bool json = false;
};

std::string for_a_person(const crawler::Why& why) {
  std::string text = fmt::format("{}: {}{}\n", why.decision, why.because,
                                 why.at ? fmt::format(" ({})", parsers::utc_rfc3339(*why.at / 1000)) : "");
  text += fmt::format("  page  {}\n", why.key);
  for (const auto& [name, value] : why.facts) text += fmt::format("  {}  {}\n", name, value);
  return text;
}

std::string as_json(const crawler::Why& why) {
  store::JsonText json;
  json.start_object();
  json.field("url", why.url);
  json.field("decision", why.decision);
  json.field("because", why.because);
  why.at ? json.field("at", parsers::utc_rfc3339(*why.at / 1000)) : json.null_field("at");
  json.field("page", why.key);
  json.key("facts");
  json.start_array();
  for (const auto& [name, value] : why.facts) {
    json.start_object();
    json.field(name, value);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return std::string(json.view()) + "\n";
}

Result<std::optional<config::Job>> named_job(const std::string& file) {
  if (file.empty()) return std::optional<config::Job>{};
  auto job = config::load_job(file);
  if (!job) return fail(ErrorKind::kUsage, job.error().message);
  return std::optional(std::move(*job));
}

int why(const WhyLine& words, const Line& line) {
  const auto url = parsers::parse_url(words.url);
  if (!url)
    return report_usage(fmt::format(
        "\"{}\" is not a URL; write it whole, as http://bbs.example.cn/thread-1-1-1.html", words.url));
  auto job = named_job(words.job);
  if (!job) return report_error(job.error());
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code, job->value_or(config::default_job()));
  if (!database) return exit_code;
  if (!*job) job = crawler::last_job(*database);
  if (!job) return report_error(job.error());
  const auto answer = crawler::why(*database, *url, *job, now_ms());
  if (!answer) return report_error(answer.error());
  (void)print(words.json ? as_json(*answer) : shown(for_a_person(*answer)));
  return kDone;
}

}  // namespace

void add_why(CLI::App& app, Line& line) {
  auto words = std::make_shared<WhyLine>();
  auto* command = app.add_subcommand("why", "what decided that a URL was fetched or was not, and when");
  command->add_option("url", words->url, "the URL")->required();
  command
      ->add_option("--job", words->job,
                   "ask the archive of this job file, judged by its scope (default: the last run's)")
      ->check(not_empty());
  command->add_flag("--json", words->json, "for programs");
  command->callback([words, &line] { line.chosen = [words, &line] { return why(*words, line); }; });
}

}  // namespace boardwalk::cli
