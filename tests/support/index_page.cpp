// The forum's front page.
#include <fmt/format.h>

#include "tests/support/listing.hpp"
#include "tests/support/news.hpp"
#include "tests/support/pages.hpp"

namespace boardwalk::sample {
namespace {

std::string last_post(const PageContext& page, const Totals& totals) {
  if (totals.last == nullptr) return "从未";
  return fmt::format(
      R"(<a href="forum.php?mod=redirect&amp;tid={}&amp;goto=lastpost#lastpost" class="xi2">{}</a> <cite>{} {}</cite>)",
      totals.last->tid, escaped(totals.last->subject), list_time(page, totals.last->last_at, false),
      poster(page, totals.last->last_by));
}

std::string sub_links(const PageContext& page, const Board& board) {
  std::string out;
  for (const Board& sub : page.model.boards()) {
    if (sub.kind != BoardKind::kSub || sub.parent != board.fid) continue;
    out +=
        fmt::format("<p>子版块: <a href=\"{}\" >{}</a></p>", board_href(page, sub.fid, 1), escaped(sub.name));
  }
  return out;
}

std::string category_block(const PageContext& page, const Board& category) {
  std::string rows;
  for (const Board& board : page.model.boards()) {
    if (board.parent == category.fid) rows += board_row(page, board);
  }
  return fmt::format(
      R"(<div class="bm bmw  cl">
<div class="bm_h cl">
<span class="o"><img id="category_{0}_img" src="static/image/common/collapsed_no.gif" alt="收起/展开" /></span>
<h2><a href="forum.php?gid={0}">{1}</a></h2>
</div>
<div id="category_{0}" class="bm_c">
<table cellspacing="0" cellpadding="0" class="fl_tb">
{2}</table>
</div>
</div>
)",
      category.fid, escaped(category.name), rows);
}

}  // namespace

Totals totals_of(const Model& model, const Board& board) {
  Totals totals;
  for (const Thread& thread : model.threads()) {
    if (thread.removed || thread.fid != board.fid) continue;
    ++totals.threads;
    for (const PostHead& head : thread.heads) {
      if (head.deleted) continue;
      ++totals.posts;
      if (head.posted_at > model.ends_at() - kSecondsADay) ++totals.today;
    }
    if (totals.last == nullptr || thread.last_at > totals.last->last_at) totals.last = &thread;
  }
  return totals;
}

std::string poster(const PageContext& page, const Author& author) {
  if (author.name.empty()) return "匿名";
  return fmt::format("<a href=\"{}\" c=\"1\">{}</a>", name_href(page, author.name), escaped(author.name));
}

std::string board_row(const PageContext& page, const Board& board) {
  const std::string href = board_href(page, board.fid, 1);
  const bool link = board.kind == BoardKind::kLink;
  const Totals totals = totals_of(page.model, board);
  const std::string counts =
      link ? ""
           : fmt::format("<span class=\"xi2\">{}</span><span class=\"xg1\"> / {}</span>", totals.threads,
                         totals.posts);
  const std::string last =
      link ? fmt::format("<a href=\"{}\" class=\"xi2\">链接到外部地址</a>", href) : last_post(page, totals);
  const std::string today =
      totals.today > 0 ? fmt::format("<em class=\"xw0 xi1\" title=\"今日\"> ({})</em>", totals.today) : "";
  return fmt::format(
      R"(<tr class="fl_row"><td class="fl_icn" >
<a href="{0}"{1}><img src="static/image/common/forum.gif" alt="{2}" /></a>
</td>
<td>
<h2><a href="{0}"{1}>{2}</a>{3}</h2>
<p class="xg2">{4}</p>{5}</td>
<td class="fl_i">
{6}</td>
<td class="fl_by">
<div>
{7}
</div>
</td>
</tr>
)",
      href, link ? " target=\"_blank\"" : "", escaped(board.name), today, escaped(board.description),
      sub_links(page, board), counts, last);
}

std::string index_page(const PageContext& page, int category) {
  std::string blocks;
  std::string title = "论坛";
  for (const Board& board : page.model.boards()) {
    if (board.kind != BoardKind::kCategory || (category != 0 && board.fid != category)) continue;
    blocks += category_block(page, board);
    if (category != 0) title = board.name;
  }
  std::string out = breadcrumb(page, nullptr, "") + "<div id=\"ct\" class=\"wp cl\">\n";
  out += fmt::format(
      "<div id=\"chart\" class=\"bm bw0 cl\">\n<p class=\"chart z\">帖子: <em>{}</em><span "
      "class=\"pipe\">|</span>会员: <em>{}</em></p>\n</div>\n",
      page.model.visible_posts(), page.model.members().size());
  out += "<div class=\"mn\">\n<div class=\"fl bm\">\n" + blocks + "</div>\n";
  out += "<div class=\"bm lk\">\n<div id=\"category_lk\" class=\"bm_c ptm\">\n<ul class=\"m mbn cl\">";
  out +=
      "<li class=\"mbm bbda\"><div class=\"lk_content\"><h5><a href=\"news/\" "
      "target=\"_blank\">槐江新闻</a></h5><p>本地的事</p></div></li>";
  for (const Section& section : kSections) {
    out += fmt::format("<li><a href=\"news/{}/\" target=\"_blank\">{}</a></li>", section.path, section.name);
  }
  out += "</ul>\n</div>\n</div>\n</div>\n</div>\n";
  return framed(page, Head{.title = title, .script = "index"}, out);
}

}  // namespace boardwalk::sample
