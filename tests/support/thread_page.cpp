// The frame of a thread page: crumbs, pager, counters, then the posts.
#include <fmt/format.h>

#include <algorithm>

#include "tests/support/pages.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::size_t kDescriptionBytes = 240;

std::vector<Post> shown(const PageContext& page, const Thread& thread, const ThreadView& view, int& number,
                        int& pages) {
  const Options& options = page.model.options();
  std::vector<Post> posts = page.model.posts(thread);
  pages = page.model.page_count(thread);
  if (view.only_author > 0) {
    std::erase_if(posts, [&view](const Post& post) { return post.author.uid != view.only_author; });
    pages = std::max(1, (static_cast<int>(posts.size()) + options.page_size - 1) / options.page_size);
  }
  if (view.reversed && posts.size() > 1) std::reverse(posts.begin() + 1, posts.end());
  number = std::clamp(view.number, 1, pages);
  const bool by_count = view.only_author > 0 || view.reversed || options.renumber_floors;
  std::vector<Post> out;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const int place = by_count ? static_cast<int>(i) + 1 : posts[i].position;
    if ((place - 1) / options.page_size + 1 == number) out.push_back(std::move(posts[i]));
  }
  return out;
}

std::string href_of(const PageContext& page, const Thread& thread, const ThreadView& view, int number) {
  if (view.only_author == 0 && !view.reversed) return thread_href(page, thread.tid, number, view.list_page);
  std::string href = fmt::format("forum.php?mod=viewthread&amp;tid={}&amp;page={}", thread.tid, number);
  if (view.only_author > 0) href += fmt::format("&amp;authorid={}", view.only_author);
  return href + (view.reversed ? "&amp;ordertype=1" : "");
}

std::string counters(const PageContext& page, const Thread& thread, int number) {
  if (number == 1) {
    return fmt::format(
        R"(<div class="hm ptn">
<span class="xg1">查看:</span> <span class="xi1">{}</span><span class="pipe">|</span><span class="xg1">回复:</span> <span class="xi1">{}</span>
</div>)",
        thread.views, thread.replies);
  }
  if (thread.author.uid == 0) return R"(<div id="tath" class="cl">楼主: 匿名</div>)";
  return fmt::format(
      R"(<div id="tath" class="cl">
<a href="{0}" title="{1}"><img src="{2}uc_server/avatar.php?uid={3}&size=small" /></a>
楼主: <a href="{0}" title="{1}">{1}</a>
</div>)",
      space_href(page, thread.author.uid), escaped(thread.author.name), page.base, thread.author.uid);
}

std::string title_cell(const PageContext& page, const Thread& thread) {
  std::string type;
  if (thread.type_id > 0) {
    type = fmt::format(
        "<a href=\"forum.php?mod=forumdisplay&amp;fid={}&amp;filter=typeid&amp;typeid={}\">[{}]</a>\n",
        thread.fid, thread.type_id, escaped(thread.type));
  }
  return fmt::format(
      R"(<div class="y">
<a href="forum.php?mod=viewthread&amp;action=printable&amp;tid={0}" title="打印" target="_blank"><img src="static/image/common/print.png" alt="打印" class="vm" /></a>
<a href="forum.php?mod=redirect&amp;goto=nextoldset&amp;tid={0}" title="上一主题"><img src="static/image/common/thread-prev.png" alt="上一主题" class="vm" /></a>
<a href="forum.php?mod=redirect&amp;goto=nextnewset&amp;tid={0}" title="下一主题"><img src="static/image/common/thread-next.png" alt="下一主题" class="vm" /></a>
</div>
<h1 class="ts">
{1}<span id="thread_subject">{2}</span>
</h1>
<span class="xg1">
<a href="{3}">[复制链接]</a>
</span>)",
      thread.tid, type, escaped(thread.subject), thread_href(page, thread.tid, 1, 1));
}

std::string advertisement(const PageContext& page) {
  Dice dice(page.nonce, 3);
  return fmt::format(
      R"(<table cellspacing="0" cellpadding="0" class="ad">
<tr><td class="pls"></td><td class="plc"><div class="a_pt" id="ad_thread{}"><a href="http://ads.example.org/{}" rel="nofollow">槐江茶具节，满百减十</a></div></td></tr>
</table>)",
      dice.between(1, 9), dice.between(1000, 9999));
}

std::string reply_form(const PageContext& page, const Thread& thread) {
  return fmt::format(
      R"(<div id="f_pst" class="pl bm bmw">
<form method="post" autocomplete="off" id="fastpostform" action="forum.php?mod=post&amp;action=reply&amp;fid={0}&amp;tid={1}&amp;replysubmit=yes">
<table cellspacing="0" cellpadding="0"><tr><td class="pls"></td><td class="plc">
<div class="pt hm">您需要登录后才可以回帖 <a href="member.php?mod=logging&amp;action=login" class="xi2">登录</a> | <a href="member.php?mod=register" class="xi2">立即注册</a></div>
<input type="hidden" name="formhash" value="{2}" />
</td></tr></table>
</form>
</div>
)",
      thread.fid, thread.tid, form_hash(page));
}

Head head_of(const PageContext& page, const Thread& thread, const Board& board, const Post* first,
             int number) {
  Head head{.title =
                thread.subject + (number > 1 ? fmt::format(" - 第{}页", number) : "") + " - " + board.name};
  head.canonical = page.model.options().static_urls
                       ? thread_href(page, thread.tid, 1, 1)
                       : fmt::format("forum.php?mod=viewthread&amp;tid={}", thread.tid);
  head.keywords = thread.subject;
  head.script = "viewthread";
  if (first != nullptr && number == 1) {
    head.description = first->text.size() > kDescriptionBytes ? thread.subject : first->text;
    std::replace(head.description.begin(), head.description.end(), '\n', ' ');
  }
  return head;
}

}  // namespace

std::string thread_page(const PageContext& page, const Thread& thread, const ThreadView& view) {
  const Board& board = *page.model.board(thread.fid);
  int number = 1;
  int pages = 1;
  const std::vector<Post> posts = shown(page, thread, view, number, pages);
  const auto href = [&](int n) { return href_of(page, thread, view, n); };
  const std::string list = fmt::format(R"(<span class="y pgb"><a href="{}">返回列表</a></span>)",
                                       board_href(page, board.fid, view.list_page));
  const std::string crumb =
      fmt::format(R"( <em>&rsaquo;</em> <a href="{}">{}</a>)",
                  thread_href(page, thread.tid, 1, view.list_page), escaped(thread.subject));
  std::string out = fmt::format(
      "<script type=\"text/javascript\">var fid = parseInt('{}'), tid = parseInt('{}');</script>\n",
      thread.fid, thread.tid);
  out += breadcrumb(page, &board, crumb);
  out += fmt::format(
      "<div id=\"ct\" class=\"wp cl\">\n<div id=\"pgt\" class=\"pgs mbm cl \">\n<div "
      "class=\"pgt\">{}</div>\n{}\n</div>\n",
      pager(pages, number, href), list);
  out +=
      "<div id=\"postlist\" class=\"pl bm\">\n<table cellspacing=\"0\" cellpadding=\"0\">\n<tr>\n<td "
      "class=\"pls ptn pbn\">\n";
  out += counters(page, thread, number);
  out +=
      "\n</td>\n<td class=\"plc ptm pbn vwthd\">\n" + title_cell(page, thread) + "\n</td>\n</tr>\n</table>\n";
  out += advertisement(page);
  for (const Post& post : posts) out += post_markup(page, thread, post, view);
  out +=
      "<div id=\"postlistreply\" class=\"pl\"><div id=\"post_new\" class=\"viewthread_table\" "
      "style=\"display: none\"></div></div>\n</div>\n";
  out += fmt::format("<div class=\"pgs mtm mbm cl\">\n{}{}\n</div>\n", pager(pages, number, href), list);
  out += reply_form(page, thread) + "</div>\n";
  return framed(page, head_of(page, thread, board, posts.empty() ? nullptr : &posts.front(), number), out);
}

}  // namespace boardwalk::sample
