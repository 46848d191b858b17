// The boxes of special threads around their first post's message.
#include <fmt/format.h>

#include "tests/support/pages.hpp"
#include "tests/support/special.hpp"

namespace boardwalk::sample {
namespace {

std::string poll_rows(const SpecialFacts& facts) {
  std::string out;
  int number = 0;
  for (const PollChoice& choice : facts.poll) {
    out += fmt::format(
        R"(<tr{}>
<td class="pvt">
<label for="option_{}">{}. &nbsp;{}</label>
</td>
<td class="pvts"></td>
</tr>
)",
        facts.ended ? "" : " class=\"ptl\"", number + 1, number + 1, escaped(choice.text));
    ++number;
    if (!facts.ended) continue;
    const double share = 100.0 * choice.votes / facts.voters;
    out += fmt::format(
        R"(<tr>
<td>
<div class="pbg">
<div class="pbr" style="width: {:.0f}%; background-color:#E92725"></div>
</div>
</td>
<td>{:.2f}% <em style="color:#E92725">({})</em></td>
</tr>
)",
        share, share, choice.votes);
  }
  return out;
}

std::string poll_markup(const PageContext& page, const Thread& thread, const SpecialFacts& facts,
                        const std::string& message) {
  const std::string kind =
      facts.multiple ? fmt::format("<strong>多选投票</strong>: ( 最多可选 {} 项 )", facts.poll.size() - 1)
                     : "<strong>单选投票</strong>";
  return fmt::format(
      R"(<div class="pcbs">
{0}<form id="poll" name="poll" method="post" autocomplete="off" action="forum.php?mod=misc&amp;action=votepoll&amp;fid={1}&amp;tid={2}&amp;pollsubmit=yes">
<input type="hidden" name="formhash" value="{3}" />
<div class="pinf">
{4}, 共有 {5} 人参与投票
</div>
{6}<div class="pcht">
<table summary="poll panel" cellspacing="0" cellpadding="0" width="100%">
{7}<tr>
<td colspan="2">
您所在的用户组没有投票权限
</td>
</tr>
</table>
</div>
</form>
</div>
)",
      message, thread.fid, thread.tid, form_hash(page), kind, facts.voters,
      facts.ended ? "<p class=\"ptmr\"><strong>投票已经结束</strong></p>\n" : "", poll_rows(facts));
}

std::string best_answer(const PageContext& page, const Thread& thread, const SpecialFacts& facts) {
  for (const Post& post : page.model.posts(thread)) {
    if (post.pid != facts.best_pid) continue;
    return fmt::format(
        R"html(<div class="rwdbst">
<h3 class="psth">最佳答案</h3>
<div class="pstl">
<div class="psta vm"><a href="{0}" class="xi2 xw1">{1}</a></div>
<div class="psti">
<p class="xi2"><a href="javascript:;" onclick="window.open('forum.php?mod=redirect&amp;goto=findpost&amp;ptid={2}&amp;pid={3}')">查看完整内容</a></p>
<div class="mtn">{4}</div>
</div>
</div>
</div>
)html",
        space_href(page, post.author.uid), escaped(post.author.name), thread.tid, post.pid,
        escaped(post.text));
  }
  return "";
}

std::string reward_markup(const PageContext& page, const Thread& thread, const SpecialFacts& facts,
                          const std::string& message) {
  const bool solved = facts.best_pid != 0;
  const std::string ask = solved ? ""
                                 : "<p class=\"pns mtw\"><button name=\"answer\" value=\"ture\" "
                                   "class=\"pn\"><span>我来回答</span></button></p>\n";
  return fmt::format(
      R"(<div class="pcbs">
<div class="rwd cl">
<div class="{0} z">
<cite>{1}</cite>金钱</div>
<div class="rwdn">
{2}{3}</div>
</div>
{4}</div>
)",
      solved ? "rsld" : "rusld", facts.price, message, ask, solved ? best_answer(page, thread, facts) : "");
}

std::string trade_markup(const Thread& thread, const Post& first, const std::string& message) {
  std::string goods;
  for (const Goods& item : thread.goods) {
    const std::string href =
        fmt::format("forum.php?mod=viewthread&amp;do=tradeinfo&amp;tid={}&amp;pid={}", thread.tid, item.pid);
    goods += fmt::format(
        R"(<div class="trdb">
<div id="trade{0}" class="trdl cl">
<div class="tt"><img src="static/image/common/nophotosmall.gif" width="90" height="90" alt="{1}" /></div>
<div class="ta spi">
<h4><a href="{2}" target="_blank">{1}</a></h4>
<dl class="z">
<dt>商品类型:</dt>
<dd>
二手商品
</dd>
</dl>
<div class="z mtn">
<strong>{3}.00</strong>&nbsp;元&nbsp;&nbsp;
</div>
</div>
</div>
<div id="tradeinfo{0}"></div>
</div>
)",
        item.pid, escaped(item.name), href, item.price);
  }
  return fmt::format(
      R"(<div class="pcbs">
{0}<div class="trdc xs1">
<em>商品数: {1}</em>
</div>
<div class="xs1 cl">{2}</div>
<div id="postmessage_{3}"></div>
</div>
)",
      message, thread.goods.size(), goods, first.pid);
}

std::string debate_markup(const SpecialFacts& facts, const std::string& message) {
  const auto side = [](int number, const char* name, int votes, const std::string& point) {
    return fmt::format(
        R"html(<td class="si_{0}">
<div class="point">
<strong>{1}观点 ({2})</strong>
<p>{3}</p>
</div>
</td>
<td class="sc_{0}"><div class="point_chart"><div class="chart" style="height: 50%;" title="{1} ({2})"></div></div></td>
)html",
        number, name, votes, escaped(point));
  };
  return "<div class=\"pcbs\">\n" + message +
         "<div class=\"ds\">\n<table summary=\"全部观点\" cellspacing=\"0\" cellpadding=\"0\">\n<tr>\n" +
         side(1, "正方", facts.affirm_votes, facts.affirm) + "<th><div></div></th>\n" +
         side(2, "反方", facts.negative_votes, facts.negative) + "</tr>\n</table>\n</div>\n</div>\n";
}

std::string activity_markup(const SpecialFacts& facts, const std::string& message) {
  return fmt::format(
      R"(<div class="pcbs">
<div class="act pbm cl">
<div class="spvimg">
<img src="static/image/common/nophoto.gif" width="300" height="300" /></div>
<div class="spi">
<dl>
<dt>活动类型:</dt>
<dd><strong>{0}</strong></dd>
<dt>开始时间:</dt>
<dd>
{1}</dd>
<dt>活动地点:</dt>
<dd>{2}</dd>
</dl>
<dl class="nums mtw">
<dt>已报名人数:</dt>
<dd>
<em>{3}</em> 人
</dd>
</dl>
<dl>
<dt>剩余名额:</dt>
<dd>
{4} 人
</dd>
<dt>报名截止:</dt>
<dd>{5}</dd>
</dl>
</div>
</div>
{6}</div>
)",
      escaped(facts.activity), to_minute(facts.starts_at), escaped(facts.place), facts.applied,
      facts.seats - facts.applied, to_minute(facts.closes_at), message);
}

}  // namespace

std::string special_markup(const PageContext& page, const Thread& thread, const Post& first,
                           const std::string& message) {
  const SpecialFacts facts = special_facts(page.model, thread);
  if (thread.special == "poll") return poll_markup(page, thread, facts, message);
  if (thread.special == "reward") return reward_markup(page, thread, facts, message);
  if (thread.special == "trade") return trade_markup(thread, first, message);
  if (thread.special == "debate") return debate_markup(facts, message);
  return activity_markup(facts, message);
}

}  // namespace boardwalk::sample
