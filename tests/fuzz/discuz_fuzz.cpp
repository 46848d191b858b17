// The first byte picks a kind of Discuz! page, the rest stands in its content: such a page is always
// recognised, so that every input reaches the reader of its kind.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/page.hpp"
#include "tests/fuzz/moments.hpp"

namespace parsers = boardwalk::parsers;

namespace {

struct Frame {
  std::string_view url;
  std::string_view before;
  std::string_view after;
};

constexpr std::string_view kHead =
    "<!DOCTYPE html><head><meta name=\"generator\" content=\"Discuz! X3.4\" />";
constexpr std::string_view kVariables =
    "<script>var STYLEID = '1', discuz_uid = '0', cookiepre = 'aa_';</script>";
constexpr std::string_view kFoot =
    "<div id=\"ft\">Powered by <strong>Discuz!</strong> X3.4, GMT+8, 2024-5-20 20:00</div>";

constexpr std::array<Frame, 10> kFrames{{
    {"http://pier.example/thread-7-1-1.html",
     "<body id=\"nv_forum\" class=\"pg_viewthread\"><div id=\"pgt\"></div><div id=\"postlist\">"
     "<table><tr><td><span id=\"thread_subject\">Tide</span></td></tr></table>"
     "<div id=\"post_1\"><table id=\"pid1\"><tr><td class=\"pls\"><div class=\"authi\">"
     "<a href=\"space-uid-1.html\">Mo</a></div></td><td class=\"plc\"><em id=\"authorposton1\">2024-5-1 "
     "08:00:00</em>"
     "<table><tr><td class=\"t_f\" id=\"postmessage_1\">",
     "</td></tr></table></td></tr></table></div></div>"},
    {"http://pier.example/forum.php?mod=viewthread&tid=7&page=2",
     "<body id=\"nv_forum\" class=\"pg_viewthread\"><div id=\"postlist\"><table "
     "id=\"pid3\"><tr><td>x</td></tr></table>",
     "</div>"},
    {"http://pier.example/forum-2-1.html",
     "<body id=\"nv_forum\" class=\"pg_forumdisplay\"><div id=\"threadlist\"><table summary=\"forum_2\" "
     "id=\"threadlisttableid\">"
     "<tbody id=\"normalthread_7\"><tr><th><a href=\"thread-7-1-1.html\" class=\"s xst\">Tide</a></th>",
     "</tr></tbody></table></div>"},
    {"http://pier.example/forum.php?mod=forumdisplay&fid=2",
     "<body id=\"nv_forum\" class=\"pg_forumdisplay\"><table id=\"threadlisttableid\" summary=\"forum_2\">",
     "</table>"},
    {"http://pier.example/forum.php",
     "<body id=\"nv_forum\" class=\"pg_index\"><div class=\"bm\"><div id=\"category_1\"><table "
     "class=\"fl_tb\"><tr><td>"
     "<h2><a href=\"forum-2-1.html\">Boats</a></h2>",
     "</td></tr></table></div></div>"},
    {"http://pier.example/forum.php?mod=viewthread&tid=7&mobile=2",
     "<meta name=\"format-detection\" content=\"telephone=no\"></head><body class=\"pg_viewthread\">"
     "<div class=\"postlist\"><div class=\"plc\" id=\"pid1\"><ul class=\"authi\"><li>Mo</li></ul><div "
     "class=\"message\">",
     "</div></div></div>"},
    {"http://pier.example/forum.php?mod=forumdisplay&fid=2&mobile=2",
     "<meta name=\"format-detection\" content=\"telephone=no\"></head><body><a href=\"?mobile=no\"></a>"
     "<div class=\"threadlist\"><ul><li>",
     "</li></ul></div>"},
    {"http://pier.example/archiver/?tid-7.html",
     "</head><body><div id=\"content\"><a href=\"?fid-2.html\">Boats</a><p "
     "class=\"author\"><strong>Mo</strong> 2024-5-1</p>",
     "</div>"},
    {"http://pier.example/forum.php?mod=viewthread&tid=8",
     "</head><body id=\"nv_forum\" class=\"pg_viewthread\"><div id=\"messagetext\" class=\"alert_error\"><p>",
     "</p></div>"},
    {"http://pier.example/viewthread.php?tid=7",
     "</head><body><form><div class=\"mainbox viewthread\"><h1>Tide</h1><table id=\"pid1\"><tr><td "
     "class=\"postauthor\"><cite>Mo"
     "</cite></td><td class=\"postcontent\"><div class=\"t_msgfont\" id=\"postmessage_1\">",
     "</div></td></tr></table></div></form>"},
}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static parsers::Workspace workspace;
  if (size == 0) return 0;
  const Frame& frame = kFrames[data[0] % kFrames.size()];
  std::string body;
  for (const std::string_view part : {kHead, kVariables, frame.before}) body += part;
  body.append(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const std::string_view part : {frame.after, kFoot}) body += part;
  parsers::PageInput input;
  input.url = frame.url;
  input.content_type = "text/html; charset=utf-8";
  input.body = body;
  input.fetched_at = 1716206400;
  const parsers::ParsedPage page = parsers::parse_page(input, workspace);
  const bool read =
      page.outcome != parsers::Outcome::kTooComplex && page.outcome != parsers::Outcome::kNotHtml;
  if (read && page.software.empty() && page.outcome != parsers::Outcome::kChallenge) std::abort();
  for (const parsers::Post& post : page.posts)
    if (post.post_id.empty() != (page.kind == parsers::PageKind::kArchiver)) std::abort();
  for (const parsers::Thread& thread : page.threads)
    if (thread.thread_id.empty()) std::abort();
  boardwalk::fuzz::require_readable_times(page);
  input.records_only = true;
  const parsers::ParsedPage alone = parsers::parse_page(input, workspace);
  if (alone.posts != page.posts || alone.threads != page.threads || alone.boards != page.boards) std::abort();
  return 0;
}
