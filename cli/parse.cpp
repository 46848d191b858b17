#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <utility>
#include <vector>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/page_list.hpp"
#include "cli/site_rules.hpp"
#include "cli/terminal.hpp"
#include "config/job.hpp"
#include "crawler/url_list_page.hpp"
#include "parsers/page.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "store/json_codec.hpp"
#include "store/json_text.hpp"

namespace boardwalk::cli {
namespace {

struct ParseLine {
  std::string file, url, content_type, fetched_at, batch, site;
  bool links = false;
};

Result<std::int64_t> fetch_time(const std::string& text) {
  if (text.empty())
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  const auto moment = parsers::moment_from_rfc3339(text);
  if (!moment)
    return fail(ErrorKind::kUsage, fmt::format("{}: not a time; write 2026-01-31T08:00:00+08:00", text));
  return moment->epoch();
}

// As the archive would hold it after its first sight.
template <typename Record>
std::string line_of(Record record) {
  if constexpr (requires { record.seen; })
    record.seen.first_seen = record.seen.last_seen = record.page.fetched_at;
  return store::to_json(record);
}

// A link as a crawl sees it: `page_key` is the archive's name for what it leads to.
std::string line_of(const parsers::Link& link) {
  const auto url = parsers::parse_url(link.url);
  const parsers::PageKey key = url ? parsers::page_key(*url) : parsers::PageKey{};
  store::JsonText json;
  json.start_object();
  json.field("kind", "link");
  json.field("url", link.url);
  json.field("role", to_string(link.role));
  json.field("page_key", key.key);
  json.key("follow");
  json.boolean(key.follow);
  json.end_object();
  return std::string(json.view());
}

std::vector<std::string> lines_of(const parsers::ParsedPage& page, bool links) {
  std::vector<std::string> lines;
  for (const auto& board : page.boards) lines.push_back(line_of(board));
  for (const auto& thread : page.threads) lines.push_back(line_of(thread));
  for (const auto& post : page.posts) lines.push_back(line_of(post));
  for (const auto& article : page.articles) lines.push_back(line_of(article));
  if (links)
    for (const auto& link : page.links) lines.push_back(line_of(link));
  return lines;
}

// Parses page after page with what a crawl's job says of pages.
class PageReader {
 public:
  // `by_site_file`: what it misses on a page is told.
  PageReader(parsers::site::RuleSet rules, bool links, bool by_site_file)
      : rules_(std::move(rules)), links_(links), by_site_file_(by_site_file) {}

  [[nodiscard]] parsers::ParsedPage read(const std::string& url, const std::string& body,
                                         const std::string& content_type, std::int64_t fetched_at) {
    parsers::ParsedPage page;
    page.outcome = parsers::Outcome::kTooLarge;
    if (static_cast<std::int64_t>(body.size()) > job_.limits.page_bytes) return page;
    const auto place = parsers::parse_url(url);
    const parsers::PageInput input{url,
                                   body,
                                   content_type,
                                   fetched_at,
                                   job_.site.timezone_minutes,
                                   place ? rules_.find(*place) : nullptr};
    const auto most = static_cast<std::size_t>(job_.limits.page_bytes);
    if (auto list = crawler::read_url_list_page(input, most)) return std::move(*list);
    return parsers::parse_page(input, workspace_);
  }

  // What standard error names a page by; empty when standard output tells all.
  [[nodiscard]] std::string name_of(const parsers::ParsedPage& page) const {
    const std::string fault = by_site_file_ && !page.detail.empty() ? ": " + page.detail : "";
    if (page.outcome != parsers::Outcome::kOk) return std::string(to_string(page.outcome)) + fault;
    if (page.kind != parsers::PageKind::kFeed || !page.threads.empty() || page.links.empty() || links_)
      return {};
    return "feed: a sitemap or feed lists pages and holds no record; --links prints them" + fault;
  }

  // What the program prints of a page.
  [[nodiscard]] std::vector<std::string> lines(const parsers::ParsedPage& page) const {
    return lines_of(page, links_);
  }

 private:
  config::Job job_ = config::default_job();
  parsers::site::RuleSet rules_;
  bool links_, by_site_file_;
  parsers::Workspace workspace_;
};

int parse(const ParseLine& words, parsers::site::RuleSet rules) {
  const auto body = read_input(words.file);
  if (!body) return report_error(body.error());
  const auto fetched_at = fetch_time(words.fetched_at);
  if (!fetched_at) return report_usage("--fetched-at " + fetched_at.error().message);
  const auto url = parsers::parse_url(words.url);
  if (!url) return report_usage(fmt::format("--url {}: not an absolute http(s) URL", words.url));
  if (!words.site.empty() && rules.find(*url) == nullptr)
    return report_usage(
        fmt::format("--site {}: its host is not {}; see host in the file", words.site, url->site()));
  PageReader reader(std::move(rules), words.links, !words.site.empty());
  const auto page = reader.read(words.url, *body, words.content_type, *fetched_at);
  if (const std::string name = reader.name_of(page); !name.empty()) tell(shown(name + '\n'));
  for (const auto& line : reader.lines(page))
    if (!print(line + '\n')) break;
  return kDone;
}

Result<parsers::ParsedPage> read_listed(const ListedPage& listed, PageReader& reader) {
  if (!parsers::parse_url(listed.url))
    return fail(ErrorKind::kUsage, fmt::format("{}: not an absolute http(s) URL", listed.url));
  const auto fetched_at = fetch_time(listed.fetched_at);
  if (!fetched_at) return tl::unexpected(fetched_at.error());
  const auto body = read_input(listed.file);
  if (!body) return tl::unexpected(body.error());
  return reader.read(listed.url, *body, listed.content_type, *fetched_at);
}

// One line of the list, `place` its name and number. False when nobody reads the output any more.
bool parse_line(const std::string& line, std::size_t number, const std::string& place, PageReader& reader) {
  const auto blame = [&place](std::string_view what) { tell(shown(fmt::format("{}: {}\n", place, what))); };
  const auto listed = listed_page(line, number);
  if (!listed) return blame(listed.error().message), true;
  const auto page = read_listed(*listed, reader);
  if (!page) return blame(page.error().message), true;
  if (const std::string name = reader.name_of(*page); !name.empty()) blame(name);
  std::string lines;
  for (auto& record : reader.lines(*page)) lines += with_batch_id(std::move(record), listed->id) + '\n';
  return print(lines);
}

// Each line is answered before the next one is read, so that a program may feed and read page by page.
int parse_list(std::istream& list, const std::string& name, PageReader reader) {
  std::string line;
  for (std::size_t number = 1; std::getline(list, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (!parse_line(line, number, fmt::format("boardwalk: {}:{}", name, number), reader)) return kDone;
  }
  return list.bad() ? report_usage(fmt::format("cannot read {}: it is no readable file", name)) : kDone;
}

int parse_batch(const ParseLine& words, PageReader reader) {
  if (!words.file.empty() || !words.url.empty() || !words.content_type.empty() || !words.fetched_at.empty())
    return report_usage("--batch takes files, URLs and headers from its list; give no others beside it");
  if (words.batch == "-") return parse_list(std::cin, words.batch, std::move(reader));
  std::ifstream list(words.batch, std::ios::binary);
  if (!list) return report_usage(fmt::format("cannot read {}: {}", words.batch, std::strerror(errno)));
  return parse_list(list, words.batch, std::move(reader));
}

int parse_words(const ParseLine& words) {
  auto rules = load_rules(words.site.empty() ? std::vector<std::string>{} : std::vector{words.site});
  if (!rules) return report_error(rules.error());
  if (!words.batch.empty()) return parse_batch(words, {*std::move(rules), words.links, !words.site.empty()});
  for (const auto& [word, value] : {std::pair("file", &words.file), std::pair("--url", &words.url)})
    if (value->empty())
      return report_usage(fmt::format("{} is required; boardwalk parse --help tells how", word));
  return parse(words, *std::move(rules));
}

}  // namespace

void add_parse(CLI::App& app, Line& line) {
  auto words = std::make_shared<ParseLine>();
  auto* command = app.add_subcommand("parse", "read one page's records as JSONL, without an archive");
  command->add_option("file", words->file, "the page's bytes: a file, or - for standard input");
  command->add_option("--url", words->url, "where the page is from; its links and ids follow from it");
  command->add_option("--content-type", words->content_type, "the header that came with it");
  command->add_option("--fetched-at", words->fetched_at,
                      "when it was fetched; relative times follow from it (default: now)");
  command->add_option("--batch", words->batch,
                      "many pages instead: a file (or -) of lines {\"file\", \"url\", \"content_type\", "
                      "\"fetched_at\", \"id\"}; each record gets a batch_id, its page's id or line number");
  command->add_option("--site", words->site,
                      "a site file, or a directory of them, whose rules read the pages of its host");
  command->add_flag("--links", words->links,
                    "behind the records the page's links, each with its role and whether a crawl follows it");
  command->callback([words, &line] { line.chosen = [words] { return parse_words(*words); }; });
}

}  // namespace boardwalk::cli
