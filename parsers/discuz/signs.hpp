// What tells that a page is Discuz!'s, which version made it and which kind it is, gathered in one walk over
// the tree. Themes rename classes, generator and footer; numbered ids (`normalthread_7`, `pid7`,
// `category_2`) and the script variables of every page stay. No single sign is believed alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/dom.hpp"

namespace boardwalk::parsers::discuz {

struct Signs {
  // Signs of the software.
  bool generator = false;   // <meta name=generator> says Discuz!
  bool variables = false;   // inline script: discuz_uid, cookiepre, STYLEID, …
  bool frame = false;       // <body id="nv_forum" class="pg_index">
  bool powered = false;     // `Powered by … Discuz!`
  bool scripts = false;     // scripts that Discuz! ships
  int links = 0;            // links spelled as Discuz! does; counted while it matters
  int foreign_links = 0;    // links to scripts of other forum software with ids like Discuz!'s
  std::string version;      // `X3.4`, `7.2`; empty when the page does not tell
  std::optional<int> zone;  // minutes east of UTC, of the last `GMT+8, 2014-6-1 12:00` outside posts
  std::string clock;        // the line that says so

  // Landmarks of the kinds of page, by numbered ids and the like.
  std::string section;     // `portal` of the body's id `nv_portal`
  std::string page_class;  // `viewthread` of the body's class `pg_viewthread`
  int posts = 0;           // pidN, post_N
  int touch_posts = 0;     // of these, the mobile template's: div.plc
  int rows = 0;            // normalthread_N, stickthread_N
  bool list = false;       // the frame of a board's list, rows or none
  int categories = 0;      // category_N, forumN
  int board_tables = 0;    // table.fl_tb, the frame of a list of boards whatever its id
  dom::Node message;       // #messagetext, or the box that older versions and the mobile template have for it
  dom::Node password;      // the field of a board's password
  bool touch = false;      // the mobile template
  dom::Node touch_list;    // its list of threads
  int touch_boards = 0;    // its lists of boards
  bool archiver = false;
  dom::Node feed;  // <rss>

  std::vector<dom::Node> anchors;  // <a> and <area>, in page order

  [[nodiscard]] bool numbered() const { return posts + rows + categories > 0; }
  [[nodiscard]] bool is_discuz() const;
};

[[nodiscard]] Signs read_signs(dom::Node root);

}  // namespace boardwalk::parsers::discuz
