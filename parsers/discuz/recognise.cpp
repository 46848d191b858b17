#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/contains.hpp"
#include "parsers/discuz/archiver.hpp"
#include "parsers/discuz/breakdown.hpp"
#include "parsers/discuz/challenge.hpp"
#include "parsers/discuz/context.hpp"
#include "parsers/discuz/feed.hpp"
#include "parsers/discuz/links.hpp"
#include "parsers/discuz/signs.hpp"
#include "parsers/discuz/touch.hpp"

namespace boardwalk::parsers::discuz {
namespace {

// Articles of the portal and lists of them are read as any news page is.
bool is_portal(const Signs& signs) {
  static constexpr std::array<std::string_view, 3> kPortal{"view", "list", "topic"};
  return is_one_of(signs.page_class, kPortal);
}

// Lists of threads from all over the forum look like a board's, but are none: guide, tag, search, collection.
// Themes that have one frame for every page call a board's page a thread's as well; rows tell it from one.
// REQUIRES: it has no posts.
bool is_board(const Signs& signs) {
  static constexpr std::array<std::string_view, 3> kBoards{"", "forumdisplay", "group"};
  if (signs.page_class == "viewthread") return signs.rows > 0;
  return (signs.rows > 0 || signs.list) && is_one_of(signs.page_class, kBoards);
}

// A list of boards in a theme's frame, which may call every page a thread's: its tables tell it, where the
// URL asks for no board and no thread.
bool is_bare_index(const Context& context, const Signs& signs) {
  static constexpr std::array<std::string_view, 3> kFrames{"", "index", "viewthread"};
  if (signs.board_tables == 0 || !is_one_of(signs.page_class, kFrames)) return false;
  const LinkRole role = page_target(context.url).role;
  return role == LinkRole::kIndex || role == LinkRole::kOther;
}

PageKind kind_of(const Context& context, const Signs& signs) {
  const bool landmarks = signs.posts + signs.rows + signs.categories + signs.touch_boards > 0 || signs.list;
  if (signs.message && !landmarks) return PageKind::kMessage;
  if (signs.password && signs.posts + signs.rows == 0) return PageKind::kMessage;
  if (signs.feed) return PageKind::kFeed;
  if (signs.archiver) return PageKind::kArchiver;
  if (signs.posts > 0) return PageKind::kThread;
  if (is_board(signs) || signs.page_class == "forumdisplay") return PageKind::kBoard;
  if (signs.touch_list && signs.page_class.empty()) return PageKind::kBoard;
  if (signs.page_class == "space") return PageKind::kProfile;
  if (signs.section == "portal" && signs.page_class == "index" && signs.categories == 0)
    return PageKind::kListing;
  if (signs.page_class.empty() || signs.page_class == "index")
    if (signs.categories + signs.touch_boards > 0) return PageKind::kIndex;
  return is_bare_index(context, signs) ? PageKind::kIndex : PageKind::kOther;
}

// A page that should be of a kind that is read, by its own words or by the URL that was asked for.
void note_missing(const Context& context, const Signs& signs, ParsedPage& page) {
  const PageTarget target = page_target(context.url);
  if (!target.follow) return;
  if (signs.page_class == "viewthread" || target.role == LinkRole::kThread)
    page.detail = "a thread page without posts (no pidN, no post_N)";
  if (target.role == LinkRole::kBoard)
    page.detail = "a board page without rows (no normalthread_N, no thread list)";
  const bool forum = signs.section.empty() || signs.section == "forum";
  if (forum && signs.page_class == "index") page.detail = "a front page without boards (no category_N)";
  if (!page.detail.empty()) page.outcome = Outcome::kUnreadable;
}

void dispatch(const Context& context, const Signs& signs, dom::Node root, ParsedPage& page) {
  const bool touch_list = signs.touch_list && signs.rows == 0;
  switch (page.kind) {
    case PageKind::kMessage:
      return read_message(context, root, page);
    case PageKind::kThread:
      return signs.touch_posts > 0 ? read_touch_thread(context, root, page)
                                   : read_thread(context, root, page);
    case PageKind::kBoard:
      return touch_list ? read_touch_board(context, root, signs.touch_list, page)
                        : read_board(context, root, page);
    case PageKind::kIndex:
      return read_index(context, root, page);
    case PageKind::kArchiver:
      return read_archiver(context, root, page);
    case PageKind::kFeed:
      return read_feed(context, root, page);
    case PageKind::kOther:
      return note_missing(context, signs, page);
    default:
      return;
  }
}

bool note_challenge(dom::Node root, ParsedPage& page) {
  const Challenge challenge = challenge_of(root);
  if (challenge == Challenge::kNone) return false;
  page.outcome = Outcome::kChallenge;
  page.reload = challenge == Challenge::kReload;
  page.detail = page.reload ? "a notice that asks to load the page again"
                            : "a page that wants a browser to prove itself";
  return true;
}

}  // namespace

bool read_page(Context& context, dom::Node root, ParsedPage& page) {
  const Signs signs = read_signs(root);
  if (std::string words = breakdown_words(signs, root); !words.empty()) {
    page.software = "Discuz!";
    page.outcome = Outcome::kUnreadable;
    page.detail = std::move(words);
    return true;
  }
  if (!signs.is_discuz()) return note_challenge(root, page);
  if (is_portal(signs)) return false;
  context.software = signs.version.empty() ? "Discuz!" : "Discuz! " + signs.version;
  if (signs.zone) {
    context.zone = *signs.zone;
    context.date_order = order_told_by_clock(signs.clock, context.fetched_at, context.zone);
  }
  page.software = context.software;
  page.kind = kind_of(context, signs);
  const bool challenge = page.kind == PageKind::kOther && note_challenge(root, page);
  if (!challenge) dispatch(context, signs, root, page);
  if (!context.records_only) gather_links(context, signs.anchors, page);
  return true;
}

}  // namespace boardwalk::parsers::discuz
