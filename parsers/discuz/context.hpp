// What every reader of a Discuz! page is given besides the tree: whose page it is, when it was fetched, and
// how the site writes its URLs and times. Read-only; lives for one parse_page.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/discuz/times.hpp"
#include "parsers/dom.hpp"
#include "parsers/page.hpp"
#include "parsers/url.hpp"

namespace boardwalk::parsers::discuz {

struct Context {
  Url url;               // the page's own, as fetched
  Url base;              // what its hrefs are relative to: <base href>, else `url`
  std::string site;      // url.site()
  std::string charset;   // that the page was decoded from; query strings are encoded in it
  std::string software;  // `Discuz! X3.4`; `Discuz!` when the page does not tell the version
  std::int64_t fetched_at = 0;
  int zone =
      kChinaMinutes;  // minutes east of UTC: the page's own words (`GMT+8`), else the job's, else +08:00
  DateOrder date_order = DateOrder::kUnknown;  // as far as the page tells
  PageRef page;
  std::string_view source{};  // the page's text, that the tree was made of; empty when it is not at hand
  bool records_only = false;  // as PageInput says

  // An href resolved against `base`; absent when it leads nowhere that can be fetched.
  [[nodiscard]] std::optional<std::string> absolute(std::string_view href) const;
};

// The readers, one file per kind of page. Each fills `page` (kind, outcome, records, links); when fewer
// landmarks than the kind must have are there, outcome is kUnreadable and `detail` names the missing ones.
void read_index(const Context& context, dom::Node root, ParsedPage& page);
void read_board(const Context& context, dom::Node root, ParsedPage& page);
void read_thread(const Context& context, dom::Node root, ParsedPage& page);
void read_message(const Context& context, dom::Node root, ParsedPage& page);

// Whether the page is Discuz!'s, and then everything it says. False leaves `page` untouched.
[[nodiscard]] bool read_page(Context& context, dom::Node root, ParsedPage& page);

}  // namespace boardwalk::parsers::discuz
