// One fetched page in, what it says out: the seam between the parsers and everything above them. parse_page
// is a pure function of its input (no clock, no I/O, no globals that change) and may run on any number of
// threads, one Workspace each.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/outcome.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers {

namespace site {
struct Rules;
}

enum class PageKind {
  kIndex,  // a forum's front page
  kBoard,
  kThread,
  kThreadFiltered,  // one author only, reverse order, a single post: says nothing of the whole
  kMessage,         // 提示信息 and its like
  kProfile,
  kArchiver,
  kFeed,
  kArticle,
  kListing,  // a news site's home, section or tag page
  kOther,
};
[[nodiscard]] std::string_view to_string(PageKind kind);

// What a link leads to. Archives hold the numbers: a new role goes last.
enum class LinkRole {
  kIndex,
  kBoard,
  kThread,
  kNextPage,
  kPage,
  kArticle,
  kListing,
  kAttachment,
  kProfile,
  kExternal,
  kOther,
  kLastPage,  // of what the page shows, or of a thread in its list; a link that is the next page too is that
  kSubBoard,  // a board that the page lists below another one
};
[[nodiscard]] std::string_view to_string(LinkRole role);

// A link that a page holds. `listed` is what a listing says beside the link of how far its target has grown
// (replies, last poster and time, in one opaque string): equal strings mean that nothing new is to be had
// there.
struct Link {
  std::string url;  // absolute, without fragment, as the site spells it
  LinkRole role = LinkRole::kOther;
  std::optional<std::string> listed;
  bool nofollow = false;  // every place on the page that links it says rel=nofollow; never of a list's rows
  bool view = false;      // known to lead to a page that holds nothing of its own, as PageKey::follow says
  std::optional<std::int64_t> modified{};  // epoch seconds, at the latest; as a sitemap or feed says
  friend bool operator==(const Link&, const Link&) = default;
};

struct PageInput {
  std::string_view url;           // as fetched; absolute
  std::string_view body;          // raw bytes, content and transfer encodings undone
  std::string_view content_type;  // the header's value, or empty
  std::int64_t fetched_at = 0;    // epoch seconds; what relative times are resolved against
  std::optional<int>
      zone;  // minutes east of UTC for sites whose pages do not tell; see `timezone` in the job file
  const site::Rules* rules = nullptr;  // of the site file for this URL's host; nullptr: there is none
  std::string_view sha256 = {};  // in hex, what the page and its records are to name their bytes by; empty:
                                 // that of `body`
  bool records_only = false;     // the page's `links` are of no use to who asks, and may be left out
};

// What the page and its records name its bytes by, as hex.
[[nodiscard]] std::string digest_of(const PageInput& input);

// Which page of a thread this is, for the account of what has been read.
struct ThreadPage {
  std::string thread_id;
  int number = 1;
  std::optional<int> pages;           // how many the pager promises; at least, where its thread tells none:
                                      // of the last page, as its links tell, its own number
  std::vector<std::string> post_ids;  // of its floors, in page order
  bool whole = false;                 // every landmark of a thread page was there, to its end
  bool newest_first = false;          // behind the opening post, which stays first, the order is reversed
};

struct ParsedPage {
  Outcome outcome = Outcome::kOk;
  PageRef page;
  PageKind kind = PageKind::kOther;
  std::string software;  // `Discuz! X3.4`; empty when no parser claims the page
  std::string detail;    // one line: the message page's words, or which landmarks were missing
  CharsetUse charset;
  bool reload = false;    // of a challenge: it wants to be asked again, with the cookies that it sets
  bool nofollow = false;  // <meta name=robots> says so
  bool noindex = false;
  std::vector<Board> boards;
  std::vector<Thread> threads;
  std::vector<Post> posts;
  std::vector<Article> articles;
  std::optional<ThreadPage> thread_page;
  std::vector<Link> links;
  std::vector<std::string> feeds;  // RSS and Atom, as <link rel=alternate> names them; absolute
};

// Memory that parsing re-uses from page to page. Not thread-safe: one per parse worker.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

  class Arena& arena() {
    return *arena_;
  }

 private:
  std::unique_ptr<Arena> arena_;
};

// Never throws for what a page holds: bytes that no parser understands give outcome kNotHtml, kTooComplex or
// kUnreadable, or kOk with kind kOther and the links alone.
[[nodiscard]] ParsedPage parse_page(const PageInput& input, Workspace& workspace);

// The version of the parsers, as records name it in `parser`: `discuz/1`. Raised whenever a change alters
// what any page yields.
[[nodiscard]] std::string_view discuz_parser_version();
[[nodiscard]] std::string_view news_parser_version();
[[nodiscard]] std::string_view site_parser_version();  // of what a site file made

}  // namespace boardwalk::parsers
