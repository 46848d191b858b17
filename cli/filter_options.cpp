#include "cli/filter_options.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>

#include "cli/command.hpp"
#include "parsers/fold.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::cli {
namespace {

// A time as people type it, or as a query's table prints it (`2026-01-31 08:00`), in full; anything else as
// it is.
std::string in_full(std::string text) {
  constexpr std::size_t kDate = 10, kMinute = 16, kSecond = 19;
  if (text.size() < kMinute) return text;
  if (text[kDate] == ' ') text[kDate] = 'T';
  if (text.size() == kMinute || text[kMinute] != ':') text.insert(kMinute, ":00");
  return text.size() == kSecond ? text + "+08:00" : text;
}

Result<std::optional<std::int64_t>> instant(const std::string& option, const std::string& text) {
  if (text.empty()) return std::optional<std::int64_t>{};
  auto moment = parsers::moment_from_rfc3339(in_full(text));
  if (!moment)
    return fail(ErrorKind::kUsage,
                fmt::format("{} {}: not a time of the years 1970 to 2199; write 2026-01-31, 2026-01-31T08:00 "
                            "or 2026-01-31T08:00:00+08:00",
                            option, text));
  if (!moment->offset_minutes) moment->offset_minutes = parsers::kChinaMinutes;
  return std::optional(moment->epoch());
}

std::optional<std::string> given(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

struct AddFilter {
  CLI::App& command;

  void operator()(const char* name, std::string& value, const char* help) const {
    command.add_option(name, value, help)->check(not_empty());
  }
};

}  // namespace

void add_filter_options(CLI::App& command, FilterOptions& options) {
  const AddFilter add{command};
  add("--site", options.site, "records of this site (bbs.example.cn, or with its port)");
  add("--board", options.board, "of this board, by its id (Discuz fid)");
  add("--thread", options.thread, "of this thread, by its id (Discuz tid)");
  add("--author", options.author, "by this author, by the whole name");
  add("--title", options.title, "whose title holds these words");
  add("--text", options.text, "whose text holds these words");
  add("--fold", options.fold, "whose text holds these words in any script, spacing or punctuation");
  add("--since", options.since, "published at or after this time");
  add("--until", options.until, "published before this time");
}

void add_page_filter_options(CLI::App& command, FilterOptions& options) {
  const AddFilter add{command};
  add("--site", options.site, "pages of this site (bbs.example.cn, or with its port)");
  add("--board", options.board, "of this board, by its id (Discuz fid)");
  add("--thread", options.thread, "of this thread, by its id (Discuz tid)");
  add("--since", options.since, "fetched at or after this time");
  add("--until", options.until, "fetched before this time");
}

Result<store::Filter> filter_from(const FilterOptions& options) {
  const auto since = instant("--since", options.since);
  if (!since) return tl::unexpected(since.error());
  const auto until = instant("--until", options.until);
  if (!until) return tl::unexpected(until.error());
  if (!options.fold.empty() && parsers::fold(options.fold).empty())
    return fail(ErrorKind::kUsage,
                fmt::format("--fold {}: nothing of it is left in the fold, which drops punctuation, symbols "
                            "and blanks; ask with --text",
                            options.fold));
  store::Filter filter;
  filter.site = given(options.site);
  filter.board = given(options.board);
  filter.thread = given(options.thread);
  filter.author = given(options.author);
  filter.title = given(options.title);
  filter.text = given(options.text);
  filter.fold = given(options.fold);
  filter.since = *since;
  filter.until = *until;
  return filter;
}

Result<int> run_from(const std::string& text) {
  if (text.empty()) return 0;
  int run = 0;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, run);
  if (error == std::errc{} && at == end && run != 0) return run;
  return fail(ErrorKind::kUsage,
              fmt::format("--run {}: not a run's number; boardwalk status lists them", text));
}

}  // namespace boardwalk::cli
