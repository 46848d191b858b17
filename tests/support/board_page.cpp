// A board's list of threads.
#include <fmt/format.h>

#include <algorithm>

#include "tests/support/listing.hpp"
#include "tests/support/pages.hpp"

namespace boardwalk::sample {
namespace {

constexpr int kInnerPages = 6;  // links to a thread's pages in its row

std::string icon(const Thread& thread, const std::string& link) {
  const char* title = "有新回复 - 新窗口打开";
  const char* image = "folder_new.gif\" alt=\"";
  if (thread.sticky == "global") title = "全局置顶主题 - 新窗口打开", image = "pin_3.gif\" alt=\"全局置顶";
  if (thread.sticky == "category") title = "分类置顶主题 - 新窗口打开", image = "pin_2.gif\" alt=\"分类置顶";
  if (thread.sticky == "board") title = "本版置顶主题 - 新窗口打开", image = "pin_1.gif\" alt=\"本版置顶";
  if (thread.special == "poll") title = "投票 - 新窗口打开", image = "pollsmall.gif\" alt=\"投票";
  if (thread.special == "reward") title = "悬赏 - 新窗口打开", image = "rewardsmall.gif\" alt=\"悬赏";
  if (thread.special == "trade") title = "商品 - 新窗口打开", image = "tradesmall.gif\" alt=\"商品";
  if (thread.special == "debate") title = "辩论 - 新窗口打开", image = "debatesmall.gif\" alt=\"辩论";
  if (thread.special == "activity") title = "活动 - 新窗口打开", image = "activitysmall.gif\" alt=\"活动";
  if (thread.closed) {
    title = thread.sticky.empty() ? "关闭的主题 - 新窗口打开" : "全局置顶主题 - 关闭的主题 - 新窗口打开";
    image = "folder_lock.gif\" alt=\"";
  }
  return fmt::format(
      "<td class=\"icn\">\n<a href=\"{}\" title=\"{}\" target=\"_blank\">\n<img "
      "src=\"static/image/common/{}\" />\n</a>\n</td>\n",
      link, title, image);
}

std::string inner_pages(const PageContext& page, const Thread& thread, int list_page) {
  const int pages = page.model.page_count(thread);
  if (pages < 2) return "";
  const auto link = [&](int n) {
    return fmt::format("<a href=\"{}\">{}</a>", thread_href(page, thread.tid, n, list_page), n);
  };
  std::string out = "<span class=\"tps\">&nbsp;...";
  for (int n = 2; n <= std::min(pages, kInnerPages); ++n) out += link(n);
  if (pages > kInnerPages) out += ".." + link(pages);
  return out + "</span>\n";
}

std::string subject(const PageContext& page, const Thread& thread, bool moved, const std::string& link,
                    int list_page) {
  std::string out = fmt::format("<th class=\"{}\">\n", thread.closed           ? "lock"
                                                       : thread.sticky.empty() ? "new"
                                                                               : "common");
  out += fmt::format(
      "<a href=\"javascript:;\" id=\"content_{}\" class=\"showcontent y\" title=\"更多操作\"></a>\n",
      moved ? thread.moved_row : thread.tid);
  if (!thread.sticky.empty()) {
    out += "<a href=\"javascript:void(0);\" class=\"closeprev y\" title=\"隐藏置顶帖\">隐藏置顶帖</a>\n";
  }
  if (thread.type_id > 0 && !moved) {
    out += fmt::format(
        "<em>[<a href=\"forum.php?mod=forumdisplay&amp;fid={}&amp;filter=typeid&amp;typeid={}\">{}</a>]</em>",
        thread.fid, thread.type_id, escaped(thread.type));
  }
  out += fmt::format(" {}<a href=\"{}\"{} class=\"s xst\">{}</a>\n", moved ? "移动:" : "", link,
                     thread.highlighted ? " style=\"font-weight: bold;color: #EE1B2E;\"" : "",
                     escaped(thread.subject));
  if (moved) return out + "</th>\n";
  if (thread.read_permission > 0)
    out += fmt::format(" - [阅读权限 <span class=\"xw1\">{}</span>]", thread.read_permission);
  if (thread.theme == Theme::kOpenAttachments || thread.theme == Theme::kAttachments) {
    out +=
        "<img src=\"static/image/filetype/image_s.gif\" alt=\"attach_img\" title=\"图片附件\" "
        "align=\"absmiddle\" />\n";
  }
  if (thread.digest > 0) {
    out += fmt::format(
        "<img src=\"static/image/common/digest_{0}.gif\" align=\"absmiddle\" alt=\"digest\" title=\"精华 "
        "{0}\" />\n",
        thread.digest);
  }
  return out + inner_pages(page, thread, list_page) + "</th>\n";
}

std::string row(const PageContext& page, const Board& board, const Thread& thread, int list_page) {
  const bool moved = thread.fid != board.fid && thread.moved_from == board.fid;
  const std::string link = thread_href(page, thread.tid, 1, list_page);
  const std::string author =
      thread.author.uid == 0 ? (thread.author.name.empty() ? "匿名" : escaped(thread.author.name))
                             : fmt::format("<a href=\"{}\" c=\"1\">{}</a>",
                                           space_href(page, thread.author.uid), escaped(thread.author.name));
  return fmt::format(
      R"(<tbody id="{0}thread_{1}">
<tr>
{2}{3}<td class="by">
<cite>
{4}</cite>
<em><span>{5}</span></em>
</td>
<td class="num"><a href="{6}" class="xi2">{7}</a><em>{8}</em></td>
<td class="by">
<cite>{9}</cite>
<em><a href="forum.php?mod=redirect&tid={10}&goto=lastpost#lastpost">{11}</a></em>
</td>
</tr>
</tbody>
)",
      thread.sticky.empty() ? "normal" : "stick", moved ? thread.moved_row : thread.tid, icon(thread, link),
      subject(page, thread, moved, link, list_page), author, list_time(page, thread.created_at, true), link,
      moved ? "-" : std::to_string(thread.replies), moved ? "-" : std::to_string(thread.views),
      poster(page, thread.last_by), thread.tid, list_time(page, thread.last_at, false));
}

std::string announcement(const PageContext& page) {
  return fmt::format(
      R"(<tbody>
<tr>
<td class="icn"><img src="static/image/common/ann_icon.gif" alt="公告" /></td>
<th><strong class="xst">公告: <a href="forum.php?mod=announcement&amp;id=1#1" target="_blank">本周三夜里换机器，打烊两小时</a></strong></th>
<td class="by">
<cite><a href="{}" c="1">admin</a></cite>
<em>{}</em>
</td>
<td class="num">&nbsp;</td>
<td class="by">&nbsp;</td>
</tr>
</tbody>
)",
      space_href(page, 1), to_day(page.model.options().day_one_ends - 9 * kSecondsADay));
}

constexpr const char* kSeparator =
    "<tbody id=\"separatorline\">\n<tr class=\"ts\">\n<td>&nbsp;</td>\n<th><a href=\"javascript:;\" "
    "title=\"查看更新\" "
    "class=\"forumrefresh\">版块主题</a></th><td>&nbsp;</td><td>&nbsp;</td><td>&nbsp;</td>\n</tr>\n</"
    "tbody>\n";

std::string list_head(const PageContext& page, const Board& board) {
  return fmt::format(
      R"(<div id="threadlist" class="tl bm bmw">
<div class="th">
<table cellspacing="0" cellpadding="0">
<tr>
<th colspan="2"><div class="tf"><a href="forum.php?mod=forumdisplay&amp;fid={0}&amp;filter=digest&amp;digest=1" class="xi2">精华</a></div></th>
<td class="by">作者</td>
<td class="num">回复/查看</td>
<td class="by">最后发表</td>
</tr>
</table>
</div>
<div class="bm_c">
<form method="post" autocomplete="off" name="moderate" id="moderate" action="forum.php?mod=topicadmin&amp;action=moderate&amp;fid={0}">
<input type="hidden" name="formhash" value="{1}" />
<table summary="forum_{0}" cellspacing="0" cellpadding="0" id="threadlisttableid">
)",
      board.fid, form_hash(page));
}

std::string list_of(const PageContext& page, const Board& board, const std::vector<const Thread*>& rows,
                    int number) {
  const auto size = static_cast<std::size_t>(page.model.options().rows);
  const std::size_t first = static_cast<std::size_t>(number - 1) * size;
  std::string out = list_head(page, board);
  if (number == 1) out += announcement(page);
  bool stickies = false;
  for (std::size_t i = first; i < std::min(first + size, rows.size()); ++i) {
    const bool sticky = !rows[i]->sticky.empty();
    if (stickies && !sticky) out += kSeparator;
    stickies = sticky;
    out += row(page, board, *rows[i], number);
  }
  return out + "</table>\n</form>\n</div>\n</div>\n";
}

std::string types_menu(const PageContext& page, const Board& board) {
  if (board.types.empty()) return "";
  std::string out = fmt::format(
      "<ul id=\"thread_types\" class=\"ttp bm cl\">\n<li id=\"ttp_all\" class=\"xw1 a\"><a "
      "href=\"{}\">全部</a></li>\n",
      board_href(page, board.fid, 1));
  for (std::size_t i = 0; i < board.types.size(); ++i) {
    out += fmt::format(
        "<li><a href=\"forum.php?mod=forumdisplay&amp;fid={}&amp;filter=typeid&amp;typeid={}\">{}</a></li>\n",
        board.fid, i + 1, escaped(board.types[i]));
  }
  return out + "</ul>\n";
}

std::string board_head(const PageContext& page, const Board& board, const Totals& totals) {
  return fmt::format(
      R"(<div class="bm bml pbn">
<div class="bm_h cl">
<h1 class="xs2">
<a href="{0}">{1}</a>
<span class="xs1 xw0 i">今日: <strong class="xi1">{2}</strong><span class="pipe">|</span>主题: <strong class="xi1">{3}</strong></span></h1>
</div>
<div class="bm_c cl pbn"><div>版主: <span class="xi2"><a href="{4}" class="notabs" c="1">打更人</a></span></div></div>
</div>
)",
      board_href(page, board.fid, 1), escaped(board.name), totals.today, totals.threads,
      name_href(page, "打更人"));
}

std::string sub_boards(const PageContext& page, const Board& board) {
  std::string rows;
  for (const Board& sub : page.model.boards()) {
    if (sub.kind == BoardKind::kSub && sub.parent == board.fid) rows += board_row(page, sub);
  }
  if (rows.empty()) return "";
  return fmt::format(
      R"(<div class="bm bmw fl">
<div class="bm_h cl"><h2>子版块</h2></div>
<div id="subforum_{}" class="bm_c">
<table cellspacing="0" cellpadding="0" class="fl_tb">
{}</table>
</div>
</div>
)",
      board.fid, rows);
}

}  // namespace

std::string board_page(const PageContext& page, const Board& board, int number, int type_id) {
  std::vector<const Thread*> rows = page.model.rows(board);
  if (type_id > 0)
    std::erase_if(rows, [&](const Thread* t) { return t->type_id != type_id || t->fid != board.fid; });
  const int size = page.model.options().rows;
  const int pages = std::max(1, (static_cast<int>(rows.size()) + size - 1) / size);
  const int current = std::clamp(number, 1, pages);
  const auto href = [&](int n) {
    if (type_id == 0) return board_href(page, board.fid, n);
    return fmt::format("forum.php?mod=forumdisplay&amp;fid={}&amp;filter=typeid&amp;typeid={}&amp;page={}",
                       board.fid, type_id, n);
  };
  const std::string page_links = pager(pages, current, href);
  std::string out = breadcrumb(page, &board, "") +
                    "<div class=\"boardnav\">\n<div id=\"ct\" class=\"wp cl\">\n<div class=\"mn\">\n";
  out += board_head(page, board, totals_of(page.model, board)) + sub_boards(page, board);
  out += fmt::format(
      "<div id=\"pgt\" class=\"bm bw0 pgs cl\">\n<span id=\"fd_page_top\">{}</span>\n<span class=\"pgb "
      "y\"><a href=\"forum.php\">返&nbsp;回</a></span>\n</div>\n",
      page_links);
  out += types_menu(page, board) + list_of(page, board, rows, current);
  out += fmt::format(
      "<div class=\"bm bw0 pgs cl\">\n<span "
      "id=\"fd_page_bottom\">{}</span>\n</div>\n</div>\n</div>\n</div>\n",
      page_links);
  Head head{.title = board.name + (current > 1 ? fmt::format(" - 第{}页", current) : ""),
            .script = "forumdisplay"};
  head.keywords = board.name;
  head.description = board.description;
  return framed(page, head, out);
}

}  // namespace boardwalk::sample
