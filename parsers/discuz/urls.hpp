// Which page of a Discuz! forum a URL means: the rule table behind page_key(). It knows the scripts of
// Discuz! 6 to X3.5 (`forum.php?mod=viewthread`, `viewthread.php`), the static spellings of their rewrites
// (`thread-1-2-1.html`, `space-uid-7.html`) and those of sites with rules of their own (`t7-2-1`, `f3-1`,
// `suid-9`). A forum may stand in a directory (`/bbs/forum.php`), which then belongs to the key: two forums
// can share a host.
//
//   spelling                                           key                            follow
//   forum.php                                          SITE index                     yes
//   forum-3-2.html, …mod=forumdisplay&fid=3&page=2     SITE board 3 2                 yes
//   …mod=forumdisplay&fid=3&filter=digest              SITE board-view 3 1 filter=…   no: the same threads in
//                                                                                     another order
//   thread-1-2-1.html, viewthread.php?tid=1&page=2     SITE thread 1 2                yes
//   …mod=viewthread&tid=1&authorid=5                   SITE thread-view 1 1 author…   no
//   …mod=redirect&goto=lastpost&tid=1                  SITE redirect …                no: leads to a page
//                                                                                     that has other links
//   …&mobile=2                                         SITE mobile-thread 1 1         no: a twin
//   archiver/?tid-1.html&page=2                        SITE archiver-thread 1 2       no: a twin
//   …mod=rss&fid=3                                     SITE feed 3                    no: a twin
//   article-4-1.html, portal.php?mod=view&aid=4        SITE article 4 1               yes
//   space-uid-7.html, home.php, member.php, …          SITE profile …, SITE script …  no
//
// In a directory the site is followed by the directory: `SITE /bbs board 3 2`. Whatever parameter a rule does
// not name (`extra`, `highlight`, `from`, `sid`, `fromuid`, `_dsign`, …) is not part of the page. A front page
// (`/`, index.php, or forum.php and portal.php without a mod) may be other software's: with a parameter that
// Discuz!'s does not have it is no Discuz! spelling.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/page_key.hpp"

namespace boardwalk::parsers::discuz {

// nullopt when the URL is no Discuz! spelling. REQUIRES: dot segments of the path undone.
[[nodiscard]] std::optional<PageKey> discuz_key(const Url& url);
[[nodiscard]] std::optional<PageTarget> discuz_target(const Url& url);  // the same without the key's text
[[nodiscard]] std::optional<PageRole> discuz_role(std::string_view path, std::string_view query);

}  // namespace boardwalk::parsers::discuz
