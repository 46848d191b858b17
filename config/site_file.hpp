// A site file: how one host's pages are read, pinned by a person in TOML instead of by a parser in C++. Here
// its shape is checked; what selectors, patterns and time formats mean is checked by parsers/site/rules.hpp,
// which names the same places. Each key is explained in MANUAL.md, section "Site files".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"

namespace boardwalk::config {

// A string of the file, and where it stands, for messages. Lines and columns count from 1.
struct Placed {
  std::string text;
  std::string key;  // `article.title`
  int line = 0;
  int column = 0;        // of the value
  bool verbatim = true;  // character N of the text stands N + 1 columns behind `column`
};

// One piece of a page: the first match's words, or `select::attr(NAME)`; of them, when `take` is given, what
// stands where it has `{}`.
struct SiteField {
  Placed select;  // empty text: not pinned
  std::optional<Placed> take;
};

struct SiteFile {
  std::string name;                // of the file
  std::vector<std::string> hosts;  // `*` any run of characters; never empty
  std::string software;
  std::optional<int> zone_minutes;
  std::string charset;  // a label; empty: found out as for any page
  std::vector<Placed> times;

  struct Pages {
    std::vector<Placed> article_urls, list_urls, thread_urls, board_urls;
    SiteField next_page;
  } pages;

  struct Article {
    SiteField title, subtitle, author, source, editor, published, modified, section, body;
    std::vector<Placed> remove;
  } article;

  struct Thread {
    SiteField title, board, page, pages;                 // of the page
    SiteField post;                                      // each post's element
    SiteField id, author, author_id, time, body, floor;  // inside it
    SiteField quote;
    std::vector<Placed> remove;
  } thread;

  struct Board {
    SiteField name, row;                                                              // of the page
    SiteField link, title, author, replies, views, created, last_reply, last_author;  // inside a row
  } board;
};

// `FILE:LINE:COLUMN: KEY: WHAT`, for what is wrong `offset` bytes into a placed text.
[[nodiscard]] Error error_at(const SiteFile& file, const Placed& place, std::size_t offset,
                             const std::string& what);

// kUsage, with the place, for syntax errors, unknown keys, wrong types, and when there is no host.
[[nodiscard]] Result<SiteFile> parse_site_file(std::string_view toml, const std::string& name);

// Each path a file, or a directory whose `*.toml` are read in the order of their names. kNotFound names a
// path that cannot be read.
[[nodiscard]] Result<std::vector<SiteFile>> load_site_files(const std::vector<std::string>& paths);

}  // namespace boardwalk::config
