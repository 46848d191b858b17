// A site file made ready to read pages: selectors compiled, patterns and time formats understood. Immutable;
// any number of threads may read with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/error.hpp"
#include "config/site_file.hpp"
#include "parsers/dom.hpp"
#include "parsers/selector.hpp"
#include "parsers/site/time_format.hpp"
#include "parsers/site/url_pattern.hpp"
#include "parsers/url.hpp"

namespace boardwalk::parsers::site {

// One piece of a page. Not given: it matches nothing.
class Field {
 public:
  [[nodiscard]] explicit operator bool() const { return given_; }

  // The elements that it selects in `root`: `root` itself when only ::attr() was written.
  [[nodiscard]] std::vector<dom::Node> nodes(dom::Node root) const;
  // What an element says of the field: words on one line, or the attribute; cut by `take`. Empty when
  // nothing.
  [[nodiscard]] std::string text_of(dom::Node element) const;
  // The first that says anything; empty when none does.
  [[nodiscard]] std::string text_in(dom::Node root) const;

 private:
  friend class Compiler;
  bool given_ = false;
  std::optional<Selector> selector_;  // absent: the element that is asked
  std::string attribute_;             // empty: words
  std::string before_, behind_;       // what stands around the piece
};

struct Rules {
  std::string name;  // of the file
  std::vector<UrlPattern> hosts;
  std::string software;
  std::optional<int> zone;
  std::string charset;  // IANA name; empty: found out
  std::vector<TimeFormat> times;

  std::vector<UrlPattern> article_urls, list_urls, thread_urls, board_urls;
  Field next_page;

  struct Article {
    Field title, subtitle, author, source, editor, published, modified, section, body;
    std::vector<Selector> remove;
  } article;

  struct Thread {
    Field title, board, page, pages, post;
    Field id, author, author_id, time, body, floor, quote;
    std::vector<Selector> remove;
  } thread;

  struct Board {
    Field name, row;
    Field link, title, author, replies, views, created, last_reply, last_author;
  } board;

  // Whether the rules are for this URL's host (or host:port).
  [[nodiscard]] bool covers(const Url& url) const;
};

// kUsage, with file, line and column, for a selector, pattern, time format or charset that does not check,
// and for sections that lack what they need (thread.post without thread.id, …).
[[nodiscard]] Result<Rules> compile(const config::SiteFile& file);

// The rules of several files. The first that covers a URL reads it.
class RuleSet {
 public:
  [[nodiscard]] static Result<RuleSet> compile(const std::vector<config::SiteFile>& files);
  [[nodiscard]] const Rules* find(const Url& url) const;  // nullptr: none; valid as long as the set

 private:
  std::vector<Rules> rules_;
};

}  // namespace boardwalk::parsers::site
