#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"
#include "cli/input.hpp"
#include "cli/terminal.hpp"
#include "config/ascii.hpp"
#include "config/job.hpp"
#include "crawler/fetcher.hpp"
#include "crawler/robots_answer.hpp"
#include "parsers/url.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::cli {
namespace {

struct RobotsLine {
  std::string source, agent;
  std::vector<std::string> urls;
};

// `named`: by the person who asks, so that it may be of a private network.
crawler::FetchResult fetch(const std::string& url, bool named) {
  const config::Job job = config::default_job();
  std::promise<crawler::FetchResult> came;
  crawler::Fetcher fetcher(job.fetch, job.limits.page_bytes,
                           [&came](crawler::FetchResult answer) { came.set_value(std::move(answer)); });
  crawler::FetchRequest request;
  request.url = url;
  request.allow_private = named;
  request.enough = crawler::kRobotsEnough;
  fetcher.submit(std::move(request));
  return came.get_future().get();
}

// Whether a line of it begins as those do that a robots.txt is made of.
bool has_rules(std::string_view text) {
  constexpr std::string_view kFirstWords[] = {"user-agent", "allow", "disallow", "sitemap"};
  while (!text.empty()) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    for (const auto& word : kFirstWords)
      if (ascii::starts_same(text, word)) return true;
    text.remove_prefix(std::min(text.find_first_of("\r\n"), text.size()));
  }
  return false;
}

// What servers send for any URL that they do not know. Some send a robots.txt as text/html.
bool is_page(const crawler::FetchResult& answer) {
  std::string_view body = answer.body;
  if (body.starts_with(parsers::kByteOrderMark)) body.remove_prefix(parsers::kByteOrderMark.size());
  if (ascii::trimmed(body, " \t\r\n").starts_with('<')) return true;
  return ascii::starts_same(answer.header("content-type"), "text/html") && !has_rules(body);
}

// The robots.txt at that URL; of a host's front page, which holds no rules, that of the host.
crawler::Robots fetch_robots(const parsers::Url& named, const std::string& agent) {
  const bool is_front_page = named.path == "/" && named.query.empty();
  std::string url = is_front_page ? crawler::robots_url(named.scheme, named.site()) : named.str();
  for (int hops = 0;; ++hops) {
    const auto target = parsers::parse_url(url);
    auto answer = fetch(url, target && target->host == named.host);
    crawler::undo_coding(answer);
    const auto means = crawler::robots_answer(answer, hops, false);
    if (means.kind == crawler::RobotsAnswer::Kind::kRedirect) {
      url = means.target;
      continue;
    }
    if (means.kind == crawler::RobotsAnswer::Kind::kRules && is_page(answer))
      tell(fmt::format("boardwalk: {} is a page, no robots.txt; a crawl reads it as one all the same\n",
                       shown(url)));
    return crawler::robots_of(means, answer.body, agent);
  }
}

Result<crawler::Robots> robots_from(const RobotsLine& words, const std::string& agent) {
  if (words.source.find("://") == std::string::npos) {
    const auto text = read_input(words.source);
    if (!text) return tl::unexpected(text.error());
    return crawler::Robots::parse(*text, agent);
  }
  const auto url = parsers::parse_url(words.source);
  if (!url) return fail(ErrorKind::kUsage, fmt::format("{}: not an absolute http(s) URL", words.source));
  return fetch_robots(*url, agent);
}

// A whole User-Agent stands for its product token; anything else is the token itself.
std::string agent_of(const std::string& words) {
  return words.find('/') == std::string::npos ? words : crawler::product_token(words);
}

// Text of a file that anybody wrote, fit for one line of a terminal.
std::string in_a_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return shown(text);
}

// A whole URL, or what stands behind its host; an empty word is the front page. Anything else would be taken
// for a host without a path, which nothing forbids.
bool names_a_page(const std::string& url) {
  const bool has_scheme = url.find("://") < url.find_first_of("/?;");
  return url.empty() || url.starts_with('/') || has_scheme;
}

int robots(const RobotsLine& words) {
  for (const auto& url : words.urls)
    if (!names_a_page(url))
      return report_usage(fmt::format(
          "\"{}\" is not a URL; write it whole, as http://bbs.example.cn/search.php", in_a_line(url)));
  const auto robots = robots_from(words, agent_of(words.agent));
  if (!robots) return report_error(robots.error());
  for (const auto& url : words.urls) {
    const auto verdict = robots->check(crawler::robots_target(url));
    if (!print(fmt::format("{}\t{}\t{}\n", verdict.allowed ? "allowed" : "denied", in_a_line(verdict.rule),
                           in_a_line(url))))
      break;
  }
  return kDone;
}

}  // namespace

void add_robots(CLI::App& app, Line& line) {
  auto words = std::make_shared<RobotsLine>();
  words->agent = crawler::product_token(config::default_job().fetch.user_agent);
  auto* command = app.add_subcommand("robots", "what a robots.txt says of URLs, and which of its rules");
  command->add_option("source", words->source, "a robots.txt: a file, - for standard input, or its URL")
      ->required();
  command->add_option("--agent", words->agent,
                      "the crawler asked for: a product token or a whole User-Agent (default: ours)");
  command->add_option("url", words->urls, "the URLs, or paths that begin with /")->required();
  command->callback([words, &line] { line.chosen = [words] { return robots(*words); }; });
}

}  // namespace boardwalk::cli
