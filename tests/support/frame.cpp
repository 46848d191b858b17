// Head and foot of every forum page.
#include <fmt/format.h>

#include "tests/support/markup.hpp"

namespace boardwalk::sample {
namespace {

std::string head_part(const PageContext& page, const Head& head) {
  const Options& options = page.model.options();
  const char* charset = options.charset == Charset::kGbk ? "gbk" : "utf-8";
  const std::string site = escaped(options.site_name);
  std::string out = fmt::format(
      R"(<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset={0}" />
<title>{1} -  {2} -  Powered by Discuz!</title>
)",
      charset, escaped(head.title), site);
  if (!head.canonical.empty())
    out += fmt::format("<link href=\"{}{}\" rel=\"canonical\" />\n", page.base, head.canonical);
  out += fmt::format(
      R"(<meta name="keywords" content="{0}" />
<meta name="description" content="{1} ,{2}" />
<meta name="generator" content="Discuz! X3.4" />
<base href="{3}" /><link rel="stylesheet" type="text/css" href="data/cache/style_1_common.css" />
<script type="text/javascript">var STYLEID = '1', STATICURL = 'static/', charset = '{4}', discuz_uid = '0', SITEURL = '{3}';</script>
<script src="static/js/common.js" type="text/javascript"></script>
</head>
)",
      escaped(head.keywords), escaped(head.description), site, page.base, charset);
  return out;
}

std::string top_part(const PageContext& page, const Head& head) {
  return fmt::format(
      R"(
<body id="nv_forum" class="pg_{0}">
<div id="append_parent"></div><div id="ajaxwaitid"></div>
<div id="toptb" class="cl"><div class="wp"><div class="z"><a href="javascript:;">设为首页</a></div></div></div>
<div id="qmenu_menu" class="p_pop blk" style="display: none;">请 <a href="javascript:;" class="xi2"><strong>登录</strong></a> 后使用快捷导航</div>
<div id="hd">
<div class="wp">
<div class="hdc cl"><h2><a href="./" title="{1}"><img src="static/image/common/logo.png" alt="{1}" border="0" /></a></h2>
<form method="post" autocomplete="off" id="lsform" action="member.php?mod=logging&amp;action=login&amp;loginsubmit=yes&amp;infloat=yes">
<input type="text" name="username" id="ls_username" /><input type="password" name="password" id="ls_password" />
<input type="hidden" name="formhash" value="{2}" />
<a href="member.php?mod=register" class="xi2 xw1">立即注册</a>
</form>
</div>
<div id="nv"><ul><li class="a" id="mn_forum"><a href="forum.php" hidefocus="true" title="BBS">论坛<span>BBS</span></a></li><li id="mn_news"><a href="news/" title="News">新闻<span>News</span></a></li></ul></div>
<div id="scbar" class="cl"><form id="scbar_form" method="post" action="search.php?searchsubmit=yes"><input type="hidden" name="formhash" value="{2}" /><input type="text" name="srchtxt" id="scbar_txt" value="请输入搜索内容" /></form></div>
</div>
</div>

<div id="wp" class="wp">
)",
      head.script, escaped(page.model.options().site_name), form_hash(page));
}

std::string foot_part(const PageContext& page) {
  Dice dice(page.nonce, 2);
  return fmt::format(
      R"(</div>
<div id="ft" class="wp cl">
<div id="flk" class="y">
<p><a href="forum.php?mod=misc&amp;action=showdarkroom">小黑屋</a><span class="pipe">|</span><strong><a href="{0}" target="_blank">{1}</a></strong></p>
<p class="xs0">
GMT+8, {2}<span id="debuginfo">
, Processed in 0.{3:06} second(s), {4} queries
.
</span>
</p>
</div>
<div id="frt">
<p>Powered by <strong><a href="http://www.discuz.net" target="_blank">Discuz!</a></strong> <em>X3.4</em></p>
</div></div>
<script src="home.php?mod=misc&amp;ac=sendmail&amp;rand={5}" type="text/javascript"></script>
</body>
</html>
)",
      page.base, escaped(page.model.options().site_name), to_minute(page.now), dice.between(3000, 90000),
      dice.between(4, 20), page.now);
}

}  // namespace

std::string framed(const PageContext& page, const Head& head, std::string_view content) {
  std::string out = head_part(page, head) + top_part(page, head);
  out += content;
  return out + foot_part(page);
}

}  // namespace boardwalk::sample
