// A URL as Discuz's front controller sees it, whichever way it was spelled: static spellings and the scripts
// of 6.x and 7.x are brought to the form that X uses (`forum.php?mod=viewthread&tid=1`).
#pragma once

#include <forward_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/url.hpp"

namespace boardwalk::parsers::discuz {

// Views into the path and query that it was read from, which must outlive it. Moves, but is not copied.
struct Request {
  std::string_view directory;  // of the forum: empty, or `/bbs`
  std::string_view script;     // `forum.php`; empty for the directory itself
  // In their order, decoded but for what a key could not hold as it is (see read_request).
  std::vector<std::pair<std::string_view, std::string_view>> parameters;
  std::forward_list<std::string> decoded;  // what the URL does not hold as it is meant

  // The last one of a name counts, as in PHP. Empty when absent.
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return !value(name).empty(); }
};

// Of the query's escapes stay those of bytes that are no UTF-8 (words of forums in GBK), of blanks and
// controls, of `%` and `&`, and in names of `=`: keys are made of these words, are text, and must not be read
// two ways.
[[nodiscard]] Request read_request(std::string_view path, std::string_view query);
[[nodiscard]] inline Request read_request(const Url& url) { return read_request(url.path, url.query); }

[[nodiscard]] bool is_number(std::string_view text);
// The digits that PHP's intval reads off the front, without leading zeros; empty for none and for zero.
[[nodiscard]] std::string leading_number(std::string_view text);
// The number that an attachment's token of X begins with (`306|2360c0cb|…` in base64), or a token that is the
// number itself; empty for anything else. The rest of a token changes with every view of the page.
[[nodiscard]] std::string attachment_number(std::string_view token);
// At least 1, at most a million.
[[nodiscard]] int page_number(std::string_view text);
// The same for a key, a part of `text` or "1", and without bounds: other software has names like
// `article-12-20240501001.html`, and two of them are two pages.
[[nodiscard]] std::string_view page_digits(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char at);
// `name` without `.html` or `.htm`.
[[nodiscard]] std::string_view without_suffix(std::string_view name);

}  // namespace boardwalk::parsers::discuz
