#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "cli/command.hpp"
#include "config/job.hpp"
#include "parsers/page.hpp"
#include "parsers/url.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::cli {
namespace {

struct ParseLine {
  std::string file, url, content_type, fetched_at;
};

Result<std::string> read_all(const std::string& file) {
  if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(ErrorKind::kUsage, fmt::format("cannot read {}: {}", file, std::strerror(errno)));
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return fail(ErrorKind::kUsage, fmt::format("cannot read {}: it is no readable file", file));
  return text;
}

Result<std::int64_t> fetch_time(const std::string& text) {
  if (text.empty())
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  const auto moment = parsers::moment_from_rfc3339(text);
  if (!moment)
    return fail(ErrorKind::kUsage,
                fmt::format("--fetched-at {}: not a time; write 2026-01-31T08:00:00+08:00", text));
  return moment->epoch();
}

// As the archive would hold it after its first sight.
template <typename Record>
std::string line_of(Record record) {
  if constexpr (requires { record.seen; })
    record.seen.first_seen = record.seen.last_seen = record.page.fetched_at;
  return store::to_json(record) + '\n';
}

std::string lines_of(const parsers::ParsedPage& page) {
  std::string lines;
  for (const auto& board : page.boards) lines += line_of(board);
  for (const auto& thread : page.threads) lines += line_of(thread);
  for (const auto& post : page.posts) lines += line_of(post);
  for (const auto& article : page.articles) lines += line_of(article);
  return lines;
}

int parse(const ParseLine& words) {
  const auto body = read_all(words.file);
  if (!body) return report_error(body.error());
  const auto fetched_at = fetch_time(words.fetched_at);
  if (!fetched_at) return report_error(fetched_at.error());
  if (!parsers::parse_url(words.url))
    return report_usage(fmt::format("--url {}: not an absolute http(s) URL", words.url));
  const config::Job job = config::default_job();
  if (static_cast<std::int64_t>(body->size()) > job.limits.page_bytes) {
    fmt::print(stderr, "{}\n", to_string(parsers::Outcome::kTooLarge));
    return kDone;
  }
  parsers::Workspace workspace;
  const auto page = parsers::parse_page(
      {words.url, *body, words.content_type, *fetched_at, job.site.timezone_minutes}, workspace);
  if (page.outcome != parsers::Outcome::kOk) fmt::print(stderr, "{}\n", to_string(page.outcome));
  (void)print(lines_of(page));
  return kDone;
}

}  // namespace

void add_parse(CLI::App& app, Line& line) {
  auto words = std::make_shared<ParseLine>();
  auto* command = app.add_subcommand("parse", "read one page's records as JSONL, without an archive");
  command->add_option("file", words->file, "the page's bytes: a file, or - for standard input")->required();
  command->add_option("--url", words->url, "where the page is from; its links and ids follow from it")
      ->required();
  command->add_option("--content-type", words->content_type, "the header that came with it");
  command->add_option("--fetched-at", words->fetched_at,
                      "when it was fetched; relative times follow from it (default: now)");
  command->callback([words, &line] { line.chosen = [words] { return parse(*words); }; });
}

}  // namespace boardwalk::cli
