#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/record_text.hpp"
#include "cli/terminal.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "store/bodies.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/query.hpp"
#include "store/threads.hpp"
#include "store/visits.hpp"

namespace boardwalk::cli {
namespace {

struct ShowLine {
  std::string what;
  bool history = false;
  bool raw = false;
  bool headers = false;
  bool visits = false;
};

int not_there(const std::string& what) {
  tell(fmt::format("boardwalk: {} is not in the archive; boardwalk query lists what is\n", what));
  return kPagesFailed;
}

Result<std::optional<store::Visit>> last_visit_with_bytes(const store::Database& database,
                                                          const std::string& page_key) {
  return store::last_visit(database, page_key, [](const auto& one) { return !one.sha256.empty(); });
}

// Whether --raw has something to print, be it damaged.
Result<bool> has_bytes(const store::Database& database, const std::string& page_key) {
  const auto visit = last_visit_with_bytes(database, page_key);
  if (!visit) return tl::unexpected(visit.error());
  if (!*visit) return false;
  const auto body = store::get_body(database, (*visit)->sha256);
  return body || body.error().kind != ErrorKind::kNotFound;
}

// Of a page that was visited and has no record, that, else that it is not there.
int no_record(const store::Database& database, const std::string& what) {
  const auto url = parsers::parse_url(what);
  if (!url) return not_there(what);
  const auto visit = store::last_visit(database, parsers::page_key(*url).key);
  if (!visit) return report_error(visit.error());
  if (!*visit) return not_there(what);
  const auto bytes = has_bytes(database, (*visit)->key);
  if (!bytes) return report_error(bytes.error());
  tell(fmt::format(
      "boardwalk: {} has no record in the archive; its last visit ended {}; --visits tells of all "
      "its visits{}\n",
      what, to_string((*visit)->outcome), *bytes ? ", --raw gives its bytes" : ""));
  return kPagesFailed;
}

// The id that is meant by an id, or by a URL.
std::string id_of(const std::string& what) {
  const auto url = parsers::parse_url(what);
  return url ? parsers::record_id_of(*url) : what;
}

// Of the page that a record names, or of the URL itself; nullopt when there is neither.
std::optional<std::string> page_key_of(const std::string& what, const std::string& json) {
  auto url = parsers::parse_url(what);
  if (!url)
    if (const auto page = page_url_of(json)) url = parsers::parse_url(*page);
  return url ? std::optional(parsers::page_key(*url).key) : std::nullopt;
}

// The last visit of that page. For the bytes of a record the last that brought those it was read from, for
// those of a URL the last that brought some, when any did.
Result<store::Visit> visit_for(const store::Database& database, const ShowLine& words,
                               const std::string& json) {
  const auto key = page_key_of(words.what, json);
  if (!key) return fail(ErrorKind::kNotFound, words.what);
  Result<std::optional<store::Visit>> visit;
  if (words.raw && !parsers::parse_url(words.what)) {
    const auto digest = store::page_digest_field(json);
    visit = store::last_visit(database, *key, [&](const auto& one) { return one.sha256 == digest; });
    if (visit && !*visit)
      return fail(ErrorKind::kNotFound, fmt::format("the page that {} was read from", words.what));
  } else if (words.raw) {
    visit = last_visit_with_bytes(database, *key);
  }
  if (visit && !*visit) visit = store::last_visit(database, *key);
  if (!visit) return tl::unexpected(visit.error());
  if (!*visit) return fail(ErrorKind::kNotFound, words.what);
  return std::move(**visit);
}

int show_bytes(const store::Database& database, const ShowLine& words, const std::string& json) {
  const auto visit = visit_for(database, words, json);
  if (!visit)
    return visit.error().kind == ErrorKind::kNotFound ? not_there(visit.error().message)
                                                      : report_error(visit.error());
  if (words.headers) {
    std::string text =
        fmt::format("{} {} {}\n", visit->status, visit->url, parsers::utc_rfc3339(visit->fetched_at / 1000));
    for (const auto& [name, value] : visit->headers)
      text += fmt::format("{}: {}\n", shown(name), shown(value));
    (void)print(text);
  }
  if (!words.raw) return kDone;
  if (visit->sha256.empty()) return not_there("a body of " + words.what);
  const auto body = store::get_body(database, visit->sha256);
  if (!body && body.error().kind == ErrorKind::kNotFound)
    return not_there(fmt::format("the body of {} with the digest {}", words.what, visit->sha256));
  if (!body) return report_error(body.error());
  (void)print(*body);
  return kDone;
}

// The superseded versions of a record and behind them the current one.
Result<std::vector<std::string>> all_versions(const store::Database& database, const std::string& id,
                                              const std::string& json) {
  auto versions = store::versions_json(database, id);
  if (versions) versions->push_back(json);
  return versions;
}

Result<std::string> posts_text(const store::Database& database, const parsers::Thread& thread, bool history) {
  const auto posts = store::posts_of_thread(database, thread.site, thread.thread_id);
  if (!posts) return tl::unexpected(posts.error());
  std::string text;
  if (history) {
    const auto counters = store::thread_counters(database, thread.site, thread.thread_id);
    if (!counters) return tl::unexpected(counters.error());
    text += counters_text(*counters);
  }
  for (const auto& post : *posts) {
    text += "\n" + post_text(post);
    if (!history || post.seen.version < 2) continue;
    const auto versions = all_versions(database, store::record_id(post), store::to_json(post));
    if (!versions) return tl::unexpected(versions.error());
    text += changes_text(*versions);
  }
  return text;
}

Result<std::string> whole_text(const store::Database& database, const std::string& id,
                               const std::string& json, bool history) {
  std::string text = record_text(json);
  if (id.find("/thread/") != std::string::npos) {
    const auto thread = store::thread_from_json(json);
    if (!thread) return tl::unexpected(thread.error());
    const auto posts = posts_text(database, *thread, history);
    if (!posts) return posts;
    return text + *posts;
  }
  if (!history) return text;
  const auto versions = all_versions(database, id, json);
  if (!versions) return tl::unexpected(versions.error());
  return text + "\n" + changes_text(*versions);
}

// Every fetch of the page, oldest first.
int show_visits(const store::Database& database, const ShowLine& words, const std::string& json) {
  const auto key = page_key_of(words.what, json);
  const auto visits = key ? store::visits_of(database, *key) : std::vector<store::Visit>{};
  if (!visits) return report_error(visits.error());
  if (visits->empty()) return not_there(words.what);
  std::string text;
  std::string before;
  for (const auto& visit : *visits) {
    text += visit_text(visit, !before.empty() && before == visit.content_sha256);
    if (!visit.content_sha256.empty()) before = visit.content_sha256;
  }
  print_paged(text);
  return kDone;
}

int show(const ShowLine& words, const Line& line) {
  int exit_code = kDone;
  const auto database = open_for_reading(line, exit_code);
  if (!database) return exit_code;
  const std::string id = id_of(words.what);
  const auto json = store::record_json(*database, id);
  if (!json && json.error().kind != ErrorKind::kNotFound) return report_error(json.error());
  if (words.visits) return show_visits(*database, words, json ? *json : std::string{});
  if (words.raw || words.headers) return show_bytes(*database, words, json ? *json : std::string{});
  if (!json) return no_record(*database, words.what);
  const auto text = whole_text(*database, id, *json, words.history);
  if (!text) return report_error(text.error());
  print_paged(*text);
  return kDone;
}

}  // namespace

void add_show(CLI::App& app, Line& line) {
  auto words = std::make_shared<ShowLine>();
  auto* command =
      app.add_subcommand("show", "a thread as one reads it, a post, an article, or a page's bytes");
  command->add_option("what", words->what, "a record's id (bbs.example.cn/thread/12) or a URL")->required();
  auto* history = command->add_flag(
      "--history", words->history,
      "what each version of a post or article changed, word by word; a thread's counters over time");
  auto* visits = command->add_flag("--visits", words->visits,
                                   "every fetch of its page: when, how it ended, what it brought");
  command->add_flag(
      "--raw", words->raw,
      "the bytes of the page: those that the record was read from, of a URL the last that came");
  command->add_flag("--headers", words->headers,
                    "the headers of its last fetch; with --raw, those that came with the bytes");
  history->excludes(visits)->excludes("--raw")->excludes("--headers");
  visits->excludes("--raw")->excludes("--headers");
  command->callback([words, &line] { line.chosen = [words, &line] { return show(*words, line); }; });
}

}  // namespace boardwalk::cli
