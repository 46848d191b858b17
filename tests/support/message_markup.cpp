// A post's message: the segments as Discuz's own code turns into markup, between notices, quotes and
// attachments.
#include <fmt/format.h>

#include "tests/support/pages.hpp"
#include "tests/support/words.hpp"

namespace boardwalk::sample {
namespace {

constexpr const char* kBreak = "<br />\n";

std::string code_markup(const PageContext& page, const Segment& segment) {
  Dice dice(page.nonce, 4);
  const std::string id = fmt::format("code_{:x}", dice.next() & 0xffffU);
  std::string out = fmt::format(R"(<div class="blockcode"><div id="{}"><ol>)", id);
  for (const std::string& line : segment.items) {
    const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
    out += "<li>";
    for (std::size_t i = 0; i + 1 < text; i += 2) out += "&nbsp; ";
    out += escaped(std::string_view(line).substr(text));
  }
  return out + fmt::format(R"(</ol></div><em onclick="copycode($('{}'));">复制代码</em></div>)", id);
}

std::string table_markup(const Segment& segment) {
  std::string out = R"(<table cellspacing="0" class="t_table" style="width:98%">)";
  const auto columns = static_cast<std::size_t>(segment.number);
  for (std::size_t i = 0; i < segment.items.size(); ++i) {
    if (i % columns == 0) out += "<tr>";
    out += "<td>" + escaped(segment.items[i]) + "</td>";
    if (i % columns == columns - 1) out += "</tr>";
  }
  return out + "</table>";
}

std::string break_markup(const PageContext& page, const Post& post, std::size_t place) {
  if (!page.model.board(post.fid)->jammer) return kBreak;
  Dice dice(page.nonce, post.pid, place);
  return fmt::format("<font class=\"jammer\">{}</font>{}", escaped(jammer_noise(dice)), kBreak);
}

std::string inline_attachment(const PageContext& page, const Post& post, std::int64_t aid) {
  for (const AttachedFile& file : post.attachments) {
    if (file.aid == aid && file.guest_visible) return attachment_markup(page, post, file);
  }
  return "";
}

std::string segment_markup(const PageContext& page, const Post& post, std::size_t place) {
  const Segment& segment = post.segments[place];
  switch (segment.kind) {
    case Segment::kWords:
      return escaped(segment.text);
    case Segment::kBreak:
      return break_markup(page, post, place);
    case Segment::kSmiley:
      return fmt::format(
          R"(<img src="static/image/smiley/default/{}.gif" smilieid="{}" border="0" alt="" />)", segment.text,
          segment.text.substr(5));
    case Segment::kMention:
      return fmt::format(R"(<a href="{}home.php?mod=space&amp;uid={}" target="_blank">@{}</a>)", page.base,
                         segment.number, escaped(segment.text));
    case Segment::kLink:
      return fmt::format(R"(<a href="{}" target="_blank">{}</a>)", escaped(segment.url),
                         escaped(segment.text));
    case Segment::kImage:
      return fmt::format(R"(<img id="aimg_{}" class="zoom" src="{}" border="0" alt="" />)",
                         page.nonce % 100000, escaped(segment.url));
    case Segment::kAttachment:
      return inline_attachment(page, post, segment.number);
    case Segment::kReplyToSee:
      return fmt::format(
          R"(<div class="locked">游客，如果您要查看本帖隐藏内容请<a href="forum.php?mod=post&amp;action=reply&amp;fid={}&amp;tid={}">回复</a></div>)",
          post.fid, post.tid);
    case Segment::kCreditsToSee:
      return fmt::format(
          R"(<div class="locked">游客，本帖隐藏的内容需要积分高于 {} 才可浏览，您当前积分为 0</div>)",
          segment.number);
    case Segment::kCode:
      return code_markup(page, segment);
    case Segment::kTable:
      return table_markup(segment);
    case Segment::kBox:
      return fmt::format(R"(<div class="quote"><blockquote>{}</blockquote></div><br />)",
                         escaped(segment.text));
    case Segment::kList:
      break;
  }
  std::string out = R"(<ul type="1" class="litype_1">)";
  for (const std::string& item : segment.items) out += "<li>" + escaped(item);
  return out + "</ul>";
}

std::string quote_markup(const PageContext& page, const Post& post) {
  std::string out;
  for (const Quoted& quoted : post.quotes) {
    out += fmt::format(
        R"(<div class="quote"><blockquote><font size="2"><a href="{}forum.php?mod=redirect&amp;goto=findpost&amp;pid={}&amp;ptid={}" target="_blank"><font color="#999999">{} 发表于 {}</font></a></font><br />
{}</blockquote></div><br />
<br />
)",
        page.base, quoted.pid, post.tid, escaped(quoted.author), to_minute(quoted.posted_at),
        escaped(quoted.text));
  }
  return out;
}

std::string words_cell(const PageContext& page, const Post& post) {
  std::string out = fmt::format(
      "<table cellspacing=\"0\" cellpadding=\"0\"><tr><td class=\"t_f\" id=\"postmessage_{}\">\n", post.pid);
  if (post.edited_at > 0) {
    out += fmt::format("<i class=\"pstatus\"> 本帖最后由 {} 于 {} 编辑 </i><br />\n<br />\n",
                       escaped(post.edited_by), to_minute(post.edited_at));
  }
  out += quote_markup(page, post);
  for (std::size_t i = 0; i < post.segments.size(); ++i) out += segment_markup(page, post, i);
  if (page.model.board(post.fid)->jammer) {
    Dice dice(page.nonce, post.pid);
    out += fmt::format("<br />\n<span style=\"display:none\">{}</span>", escaped(jammer_noise(dice)));
  }
  return out + "</td></tr></table>\n";
}

std::string other_attachments(const PageContext& page, const Post& post) {
  std::string listed;
  bool locked = false;
  for (const AttachedFile& file : post.attachments) {
    locked = locked || !file.guest_visible;
    const bool in_words = file.image && post.first;
    if (file.guest_visible && !in_words) listed += attachment_markup(page, post, file);
  }
  if (locked) {
    return R"(<div class="attach_nopermission attach_tips">
<div>
<h3><strong>本帖子中包含更多资源</strong></h3>
<p>您需要 <a href="member.php?mod=logging&amp;action=login">登录</a> 才可以下载或查看，没有账号？<a href="member.php?mod=register" title="注册账号">立即注册</a> </p>
</div>
<span class="atips_close">x</span>
</div>
)";
  }
  return listed.empty() ? "" : "<div class=\"pattl\">\n" + listed + "</div>\n";
}

}  // namespace

std::string attachment_markup(const PageContext& page, const Post& post, const AttachedFile& file) {
  Dice dice(page.nonce, file.aid);
  const std::string token = fmt::format("{:x}", dice.next());
  const double kilobytes = static_cast<double>(file.bytes) / 1024.0;
  const std::string facts = fmt::format("({:.2f} KB, 下载次数: {})", kilobytes, file.aid % 97);
  if (file.image) {
    return fmt::format(
        R"(<ignore_js_op>
<img id="aimg_{0}" aid="{0}" src="static/image/common/none.gif" zoomfile="{1}" file="{1}" class="zoom" width="600" inpost="1" />
<div class="tip tip_4 aimg_tip" id="aimg_{0}_menu" style="position: absolute; display: none" disautofocus="true">
<div class="xs0">
<p><strong>{2}</strong> <em class="xg1">{3}</em></p>
<p><a href="forum.php?mod=attachment&amp;aid={4}&amp;nothumb=yes" target="_blank">下载附件</a></p>
<p class="xg1 y">{5} 上传</p>
</div>
<div class="tip_horn"></div>
</div>
</ignore_js_op>
)",
        file.aid, file.path, escaped(file.name), facts, token, to_minute(post.posted_at));
  }
  return fmt::format(
      R"(<ignore_js_op>
<dl class="tattl">
<dt><img src="static/image/filetype/zip.gif" border="0" class="vm" alt="" /></dt>
<dd>
<p class="attnm"><a href="forum.php?mod=attachment&amp;aid={0}" id="aid{1}" target="_blank">{2}</a></p>
<div class="tip tip_4" id="aid{1}_menu" style="display: none" disautofocus="true"><div class="tip_c xs0"><div class="y">{3} 上传</div>点击文件名下载附件</div></div>
<p>{4}</p>
</dd>
</dl>
</ignore_js_op>
)",
      token, file.aid, escaped(file.name), to_minute(post.posted_at), facts);
}

std::string message_markup(const PageContext& page, const Thread& thread, const Post& post) {
  if (post.blocked) return "<div class=\"locked\">提示: <em>该帖被管理员或版主屏蔽</em></div>\n";
  if (post.silenced()) return "<div class=\"locked\">提示: <em>作者被禁止或删除 内容自动屏蔽</em></div>\n";
  const std::string words = words_cell(page, post);
  if (post.first && !thread.special.empty()) return special_markup(page, thread, post, words);
  std::string out = "\n<div class=\"t_fsz\">\n" + words + other_attachments(page, post);
  if (post.first && thread.closed) {
    out += fmt::format(
        "<div class=\"modact\"><a href=\"forum.php?mod=misc&amp;action=viewthreadmod&amp;tid={}\" "
        "title=\"帖子模式\">本主题由 {} 于 {} 关闭</a></div>\n",
        thread.tid, escaped(page.model.members().front().name), to_minute(thread.last_at));
  }
  return out + "</div>\n";
}

}  // namespace boardwalk::sample
