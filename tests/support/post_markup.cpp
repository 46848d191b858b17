// One post's block on a thread page, around its message: author column, floor, time, comments, ratings,
// signature.
#include <fmt/format.h>

#include <array>

#include "tests/support/pages.hpp"

namespace boardwalk::sample {
namespace {

std::string author_column(const PageContext& page, const Post& post) {
  const Author& author = post.author;
  switch (author.kind) {
    case AuthorKind::kAnonymous:
      return "<div class=\"pi\">\n匿名\n</div>\n";
    case AuthorKind::kGuest:
      return "<div class=\"pi\">\n<a href=\"javascript:;\">匿名 <em>192.0.2.x:40961</em></a>\n</div>\n";
    case AuthorKind::kDeleted:
      return fmt::format("<div class=\"pi\">\n{} <em>该用户已被删除</em>\n</div>\n", escaped(author.name));
    case AuthorKind::kMember:
      break;
  }
  return fmt::format(
      R"(<div class="pi">
<div class="authi"><a href="{0}" target="_blank" class="xw1">{1}</a>
</div>
</div>
<div class="p_pop blk bui" id="userinfo{2}" style="display: none; margin-top: -11px;">
<div class="i y"><div><strong><a href="{0}" target="_blank" class="xi2">{1}</a></strong> <em>当前离线</em></div></div>
</div>
<div class="avatar"><a href="{0}" class="avtm" target="_blank"><img src="{3}uc_server/avatar.php?uid={4}&size=middle" /></a></div>
<dl class="pil cl"><dt>积分</dt><dd>{5}</dd></dl>
)",
      space_href(page, author.uid), escaped(author.name), post.pid, page.base, author.uid,
      author.uid * 37 % 991);
}

std::string floor_label(int floor) {
  constexpr std::array<const char*, 4> kNames = {"楼主", "沙发", "板凳", "地板"};
  if (floor >= 1 && floor <= 4) return kNames[static_cast<std::size_t>(floor - 1)];
  return fmt::format("<em>{}</em><sup>#</sup>", floor);
}

std::string floor_part(const PageContext& page, const Thread& thread, const Post& post) {
  if (page.robot) return "";
  const std::string href =
      post.first ? thread_href(page, thread.tid, 1, 1)
                 : fmt::format("forum.php?mod=redirect&amp;goto=findpost&amp;ptid={}&amp;pid={}", thread.tid,
                               post.pid);
  return fmt::format(
      R"(<strong>
<a href="{}"   id="postnum{}" onclick="setCopy(this.href, '帖子地址复制成功');return false;">
{}</a>
</strong>
)",
      href, post.pid, floor_label(post.floor));
}

std::string time_part(const PageContext& page, const Thread& thread, const Post& post,
                      const ThreadView& view) {
  std::string out = fmt::format(
      R"(<div class="pti">
<div class="pdbt">
</div>
<div class="authi">
<img class="authicn vm" id="authicon{0}" src="static/image/common/online_member.gif" />
<em id="authorposton{0}">发表于 {1}</em>
)",
      post.pid, post_time(page, post.posted_at));
  if (page.robot) {
    out += fmt::format("<span class=\"pipe\">|</span>\n<a href=\"{}\" rel=\"nofollow\">显示全部楼层</a>\n",
                       thread_href(page, thread.tid, view.number, view.list_page));
  } else if (post.author.uid > 0) {
    out += fmt::format(
        "<span class=\"pipe\">|</span>\n<a "
        "href=\"forum.php?mod=viewthread&amp;tid={}&amp;page={}&amp;authorid={}\" "
        "rel=\"nofollow\">只看该作者</a>\n",
        thread.tid, view.number, post.author.uid);
    if (post.first) {
      out += fmt::format(
          "<span class=\"pipe show\">|</span><a "
          "href=\"forum.php?mod=viewthread&amp;tid={}&amp;extra=&amp;ordertype=1\" "
          "class=\"show\">倒序浏览</a>\n",
          thread.tid);
    }
  }
  return out + "</div>\n</div>\n";
}

std::string comments_part(const PageContext& page, const Post& post) {
  std::string out = fmt::format("<div id=\"comment_{}\" class=\"cm\">\n", post.pid);
  if (!post.comments.empty()) out += "<h3 class=\"psth xs1\"><span class=\"icon_ring vm\"></span>点评</h3>\n";
  bool more = false;
  for (const Comment& comment : post.comments) {
    if (!comment.on_thread_page) {
      more = true;
      continue;
    }
    out += fmt::format(
        R"(<div class="pstl xs1 cl">
<div class="psta vm">
<a href="{0}" c="1"><img src="{1}uc_server/avatar.php?uid={2}&size=small" /></a>
<a href="{0}" class="xi2 xw1">{3}</a>
</div>
<div class="psti">
{4}&nbsp;
<span class="xg1">
发表于 {5}</span>
</div>
</div>
)",
        space_href(page, comment.uid), page.base, comment.uid, escaped(comment.author), escaped(comment.text),
        post_time(page, comment.posted_at));
  }
  if (more) {
    out += fmt::format(
        "<div class=\"pgs mbm cl\"><div class=\"pg\"><strong>1</strong><a href=\"javascript:;\" "
        "onclick=\"ajaxget('forum.php?mod=misc&amp;action=commentmore&amp;tid={0}&amp;pid={1}&amp;page=2', "
        "'comment_{1}')\">2</a></div></div>\n",
        post.tid, post.pid);
  }
  return out + "</div>\n";
}

std::string ratings_part(const PageContext& page, const Post& post) {
  if (post.ratings.empty()) return fmt::format("<div id=\"post_rate_div_{}\"></div>\n", post.pid);
  int sum = 0;
  std::string rows;
  for (const Rating& rating : post.ratings) {
    sum += rating.amount;
    rows += fmt::format(
        R"(<tr id="rate_{0}_{1}">
<td>
<a href="{2}" target="_blank"><img src="{3}uc_server/avatar.php?uid={1}&size=small" /></a> <a href="{2}" target="_blank">{4}</a>
</td><td class="xi1"> + {5}</td>
<td class="xg1">{6}</td>
</tr>
)",
        post.pid, rating.uid, space_href(page, rating.uid), page.base, escaped(rating.by), rating.amount,
        escaped(rating.reason));
  }
  return fmt::format(
      R"(<h3 class="psth xs1"><span class="icon_ring vm"></span>评分</h3>
<dl id="ratelog_{0}" class="rate">
<dd style="margin:0">
<div id="post_rate_{0}"></div>
<table class="ratl">
<tr>
<th class="xw1" width="120"><a href="forum.php?mod=misc&amp;action=viewratings&amp;tid={1}&amp;pid={0}" title="查看全部评分"> 参与人数 <span class="xi1">{2}</span></a></th><th class="xw1" width="80">茶叶 <i><span class="xi1">+{3}</span></i></th>
<th><i class="txt_h">理由</i></th>
</tr>
<tbody class="ratl_l">{4}</tbody>
</table>
</dd>
</dl>
)",
      post.pid, post.tid, post.ratings.size(), sum, rows);
}

std::string actions(const Post& post) {
  return fmt::format(
      R"(<tr id="_postposition{0}"></tr>
<tr>
<td class="pls"></td>
<td class="plc" style="overflow:visible;">
<div class="po hin"><div class="pob cl"><em><a class="fastre" href="forum.php?mod=post&amp;action=reply&amp;fid={1}&amp;tid={2}&amp;repquote={0}">回复</a></em>
<p><a href="javascript:;" id="mgc_post_{0}" class="showmenu">使用道具</a></p></div></div>
</td>
</tr>
<tr class="ad"><td class="pls"></td><td class="plc"></td></tr>
</table>
</div>)",
      post.pid, post.fid, post.tid);
}

}  // namespace

std::string post_markup(const PageContext& page, const Thread& thread, const Post& post,
                        const ThreadView& view) {
  std::string out = fmt::format(
      R"(<div id="post_{0}" ><table id="pid{0}" class="plhin" summary="pid{0}" cellspacing="0" cellpadding="0">
<tr>
<td class="pls" rowspan="2">
<div id="favatar{0}" class="pls cl favatar">
{1}</div>
</td>
<td class="plc">
<div class="pi">
{2}{3}</div><div class="pct"><div class="pcb">
)",
      post.pid, author_column(page, post), floor_part(page, thread, post),
      time_part(page, thread, post, view));
  out += message_markup(page, thread, post);
  out += comments_part(page, post) + ratings_part(page, post);
  out += "</div>\n</div>\n\n</td></tr>\n<tr><td class=\"plc plm\">\n";
  if (!post.signature.empty()) {
    out += fmt::format("<div class=\"sign\" style=\"max-height:100px;maxHeightIE:100px;\">{}</div>\n",
                       escaped(post.signature));
  }
  return out + "</td>\n</tr>\n" + actions(post);
}

}  // namespace boardwalk::sample
