// The small pieces that every page of the sample forum is put together from: escaping, times as Discuz! X3.4
// prints them, its URL spellings, its pager. All of it UTF-8; the server encodes whole pages.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "tests/support/model.hpp"

namespace boardwalk::sample {

// What a page is rendered with, beside the model.
struct PageContext {
  const Model& model;
  std::string base;         // "http://127.0.0.1:8080/"
  std::int64_t now = 0;     // epoch seconds: relative times and the footer go by it
  std::uint64_t nonce = 0;  // another one at every fetch: form hashes, jammer noise, serving time
  bool robot = false;       // Discuz leaves floors and some links out for search engines
};

// The user agents that get the robot's page.
[[nodiscard]] bool is_robot(std::string_view user_agent);

[[nodiscard]] std::string escaped(std::string_view text);

// Percent-encoded in the forum's charset, as names in URLs are.
[[nodiscard]] std::string encoded(std::string_view text, Charset charset);

// "2024-5-2 09:07:03" and the same without seconds or clock, +08:00.
[[nodiscard]] std::string to_second(std::int64_t at);
[[nodiscard]] std::string to_minute(std::int64_t at);
[[nodiscard]] std::string to_day(std::int64_t at);

// A post's time as the option says: to the minute, or relative within `<span title="…">` (to the second when
// older than a week).
[[nodiscard]] std::string post_time(const PageContext& page, std::int64_t at);

// The same as lists print it: titles hold the minute, or for `days_only` the day.
[[nodiscard]] std::string list_time(const PageContext& page, std::int64_t at, bool days_only);

// Hrefs, escaped for an attribute. `list_page` is the board page that the link stands on.
[[nodiscard]] std::string thread_href(const PageContext& page, int tid, int number, int list_page);
[[nodiscard]] std::string board_href(const PageContext& page, int fid, int number);
[[nodiscard]] std::string space_href(const PageContext& page, int uid);
[[nodiscard]] std::string name_href(const PageContext& page, const std::string& name);

// `div.pg`; empty for a single page.
[[nodiscard]] std::string pager(int pages, int current, const std::function<std::string(int)>& href);

// The hidden token of forms.
[[nodiscard]] std::string form_hash(const PageContext& page);

struct Head {
  std::string title;
  std::string canonical{};  // path and query, escaped; empty: none
  std::string keywords{};
  std::string description{};
  std::string script{};  // forumdisplay, viewthread, index, …: names the body class
};

// Everything above and below a page's own part (`div#wp`).
[[nodiscard]] std::string framed(const PageContext& page, const Head& head, std::string_view content);

// The breadcrumb `#pt`: the forum, the category, boards, and at last what `tail` says.
[[nodiscard]] std::string breadcrumb(const PageContext& page, const Board* board, std::string_view tail);

}  // namespace boardwalk::sample
