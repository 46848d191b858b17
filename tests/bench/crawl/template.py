"""The pages of the benchmark's forum as a guest of a Discuz! X3.4 with static addresses gets them: the frame around
every page, the index, a page of a board."""
from html import escape
from datetime import datetime, timedelta, timezone

SITE = '槐江茶馆'
EOL = '\r\n'
ZONE = timezone(timedelta(hours=8))


def clock(at):
    """`2024-5-2 09:07:33`, as Discuz prints it."""
    time = datetime.fromtimestamp(at, ZONE)
    return f'{time.year}-{time.month}-{time.day} {time:%H:%M:%S}'


def day(at):
    return clock(at).split()[0]


def thread_href(tid, page=1):
    return f'thread-{tid}-{page}-1.html'


def board_href(fid, page=1):
    return f'forum-{fid}-{page}.html'


def space_href(uid):
    return f'space-uid-{uid}.html'


def avatar(uid, size):
    digits = f'{uid:09}'
    return (f'<img src="uc_server/data/avatar/{digits[:3]}/{digits[3:5]}/{digits[5:7]}/{digits[7:]}_avatar_{size}.jpg" '
            f'''onerror="this.onerror=null;this.src='uc_server/images/noavatar_{size}.gif'" />''')


def pager(pages, current, href):
    if pages < 2:
        return ''
    first, last = max(1, current - 4), min(pages, current + 5)
    parts = [f'<a href="{href(current - 1)}" class="prev">&nbsp;&nbsp;</a>'] if current > 1 else []
    if first > 1:
        parts.append(f'<a href="{href(1)}" class="first">1 ...</a>')
    for number in range(first, last + 1):
        parts.append(f'<strong>{number}</strong>' if number == current else f'<a href="{href(number)}">{number}</a>')
    if last < pages:
        parts.append(f'<a href="{href(pages)}" class="last">... {pages}</a>')
    parts.append('<label><input type="text" name="custompage" class="px" size="2" title="输入页码，按回车快速跳转" '
                 f'value="{current}" /><span title="共 {pages} 页"> / {pages} 页</span></label>')
    if current < pages:
        parts.append(f'<a href="{href(current + 1)}" class="nxt">下一页</a>')
    return f'<div class="pg">{"".join(parts)}</div>'


def head(title, script):
    style = ''.join(f'<link rel="stylesheet" type="text/css" href="data/cache/style_1_{sheet}.css?K3q" />{EOL}'
                    for sheet in ('common', f'forum_{script}', 'widthauto'))
    return f'''<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)} -  {SITE} -  Powered by Discuz!</title>
<meta name="keywords" content="{escape(title)}" />
<meta name="description" content="{escape(title)} ,{SITE}" />
<meta name="generator" content="Discuz! X3.4" />
<meta name="author" content="Discuz! Team and Comsenz UI Team" />
{style}<script type="text/javascript">var STYLEID = '1', STATICURL = 'static/', IMGDIR = 'static/image/common', VERHASH = 'K3q', charset = 'utf-8', discuz_uid = '0', cookiepre = 'wPd1_2132_', cookiepath = '/', showusercard = '1', attackevasive = '0', disallowfloat = 'newthread', creditnotice = '1|威望|,2|茶叶|,3|贡献|', JSPATH = 'static/js/', CSSPATH = 'data/cache/style_', DYNAMICURL = '';</script>
<script src="static/js/common.js?K3q" type="text/javascript"></script>
<script src="static/js/forum.js?K3q" type="text/javascript"></script>
</head>
'''


def login_form():
    return '''<form method="post" autocomplete="off" id="lsform" action="member.php?mod=logging&amp;action=login&amp;loginsubmit=yes&amp;infloat=yes&amp;lssubmit=yes" onsubmit="return lsSubmit();">
<div class="fastlg cl"><span id="return_ls" style="display:none"></span><div class="y pns">
<table cellspacing="0" cellpadding="0">
<tr><td><span class="ftid"><select name="fastloginfield" id="ls_fastloginfield" tabindex="900"><option value="username">用户名</option><option value="email">Email</option></select></span></td>
<td><input type="text" name="username" id="ls_username" autocomplete="off" class="px vm" tabindex="901" /></td>
<td class="fastlg_l"><label for="ls_cookietime"><input type="checkbox" name="cookietime" id="ls_cookietime" class="pc" value="2592000" />自动登录</label></td>
<td>&nbsp;<a href="javascript:;" onclick="showWindow('login', 'member.php?mod=logging&action=login&viewlostpw=1')">找回密码</a></td></tr>
<tr><td><label for="ls_password" class="z psw_w">密码</label></td>
<td><input type="password" name="password" id="ls_password" class="px vm" autocomplete="off" tabindex="902" /></td>
<td class="fastlg_l"><button type="submit" class="pn vm" tabindex="904"><em>登录</em></button></td>
<td>&nbsp;<a href="member.php?mod=register" class="xi2 xw1">立即注册</a></td></tr>
</table>
<input type="hidden" name="formhash" value="5f1e02c7" /><input type="hidden" name="quickforward" value="yes" />
</div></div>
</form>
'''


def top(script, boards):
    names = {fid: escape(name) for fid, name in boards}
    menu = ''.join(f'<li id="mn_F{fid}"><a href="{board_href(fid)}" hidefocus="true" title="{name}">{name}<span>{name}</span></a></li>'
                   for fid, name in names.items())
    jump = ''.join(f'<li><a href="{board_href(fid)}">{name}</a></li>{EOL}' for fid, name in names.items())
    hot = ''.join(f'<a href="search.php?mod=forum&amp;srchtxt={fid}&amp;formhash=5f1e02c7&amp;searchsubmit=true" target="_blank" class="xi2" sc="1">{name}</a>{EOL}'
                  for fid, name in names.items())
    return f'''<body id="nv_forum" class="pg_{script}" onkeydown="if(event.keyCode==27) return false;">
<div id="append_parent"></div><div id="ajaxwaitid"></div>
<div id="toptb" class="cl"><div class="wp">
<div class="z"><a href="javascript:;" onclick="setHomepage(location.href);">设为首页</a><a href="javascript:;" onclick="addFavorite(location.href, '{SITE}');return false;">收藏本站</a></div>
<div class="y"><a id="switchblind" href="javascript:;" onclick="toggleBlind(this)" title="开启辅助访问" class="switchblind"></a><a href="javascript:;" id="switchwidth" onclick="widthauto(this)" title="切换到窄版" class="switchwidth">切换到窄版</a></div>
</div></div>
<div id="qmenu_menu" class="p_pop blk" style="display: none;">
<div class="ptm pbw hm">请 <a href="javascript:;" class="xi2" onclick="lsSubmit()"><strong>登录</strong></a> 后使用快捷导航<br />没有账号？<a href="member.php?mod=register" class="xi2 xw1">立即注册</a></div>
<div id="fjump_menu" class="btda"><ul>{jump}</ul></div></div>
<div id="hd"><div class="wp">
<div class="hdc cl"><h2><a href="./" title="{SITE}"><img src="static/image/common/logo.png" alt="{SITE}" border="0" /></a></h2>
{login_form()}</div>
<div id="nv">
<a href="javascript:;" id="qmenu" onmouseover="delayShow(this, function () {{showMenu({{'ctrlid':'qmenu','pos':'34!','ctrlclass':'a','duration':2}});}})">快捷导航</a>
<ul><li class="a" id="mn_forum"><a href="./" hidefocus="true" title="BBS">论坛<span>BBS</span></a></li>{menu}</ul>
</div>
<div id="mu" class="cl"></div>
<div id="scbar" class="cl">
<form id="scbar_form" method="post" autocomplete="off" onsubmit="searchFocus($('scbar_txt'))" action="search.php?searchsubmit=yes" target="_blank">
<input type="hidden" name="mod" id="scbar_mod" value="search" /><input type="hidden" name="formhash" value="5f1e02c7" /><input type="hidden" name="srchtype" value="title" />
<table cellspacing="0" cellpadding="0"><tr>
<td class="scbar_icon_td"></td>
<td class="scbar_txt_td"><input type="text" name="srchtxt" id="scbar_txt" value="请输入搜索内容" autocomplete="off" /></td>
<td class="scbar_type_td"><a href="javascript:;" id="scbar_type" class="xg1" onclick="showMenu(this.id)" hidefocus="true">搜索</a></td>
<td class="scbar_btn_td"><button type="submit" name="searchsubmit" id="scbar_btn" sc="1" class="pn pnc" value="true"><strong class="xi2">搜索</strong></button></td>
<td class="scbar_hot_td"><div id="scbar_hot"><strong class="xw1">热搜: </strong>
{hot}</div></td>
</tr></table>
</form>
</div>
</div></div>
<div id="wp" class="wp">
'''


def foot(number):
    """`number` makes the figures that differ from page to page."""
    return f'''</div>
<div id="ft" class="wp cl">
<div id="flk" class="y">
<p><a href="archiver/">Archiver</a><span class="pipe">|</span><a href="forum.php?mobile=yes">手机版</a><span class="pipe">|</span><a href="forum.php?mod=misc&amp;action=showdarkroom">小黑屋</a><span class="pipe">|</span><strong><a href="./" target="_blank">{SITE}</a></strong></p>
<p class="xs0">GMT+8, 2024-6-1 12:00<span id="debuginfo">, Processed in 0.{20000 + number * 7919 % 60000:06} second(s), {4 + number % 17} queries.</span></p>
</div>
<div id="frt"><p>Powered by <strong><a href="http://www.discuz.net" target="_blank">Discuz!</a></strong> <em>X3.4</em></p></div>
</div>
<div id="scrolltop"><span hidefocus="true"><a title="返回顶部" onclick="window.scrollTo('0','0')" class="scrolltopa"><b>返回顶部</b></a></span></div>
<script type="text/javascript">_attachEvent(window, 'scroll', function () {{ showTopLink(); }});checkBlind();</script>
</body>
</html>
'''


def framed(title, script, boards, content, number):
    whole = head(title, script) + top(script, boards) + content + foot(number)
    return whole.replace('\r\n', '\n').replace('\n', EOL)


def crumbs(tail):
    return (f'<div id="pt" class="bm cl"><div class="z"><a href="./" class="nvhm" title="首页">{SITE}</a><em>&raquo;</em>'
            f'<a href="./">论坛</a>{tail}</div></div>{EOL}')


def crumb(href, name):
    return f' <em>&rsaquo;</em> <a href="{href}">{escape(name)}</a>'


def index_page(boards, counts):
    rows = ''.join(f'''<tr{' class="fl_row"' if place else ''}>
<td class="fl_icn"><a href="{board_href(fid)}"><img src="static/image/common/forum_new.gif" alt="{escape(name)}" /></a></td>
<td><h2><a href="{board_href(fid)}">{escape(name)}</a><em class="xw0 xi1" title="今日"> ({place + 3})</em></h2><p class="xg2">{escape(name)}的事，都在这里说</p></td>
<td class="fl_i"><span class="xi2">{counts[fid][0]}</span><span class="xg1"> / {counts[fid][1]}</span></td>
</tr>
''' for place, (fid, name) in enumerate(boards))
    content = f'''{crumbs('')}<div id="ct" class="wp cl"><div class="mn"><div class="fl bm">
<div class="bm bmw cl">
<div class="bm_h cl"><h2><a href="forum.php?gid=1">茶馆内外</a></h2></div>
<div id="category_1" class="bm_c"><table cellspacing="0" cellpadding="0" class="fl_tb">
{rows}</table></div>
</div>
</div></div></div>
'''
    return framed('论坛', 'index', boards, content, 1)


def inner_pages(thread):
    if thread.pages < 2:
        return ''
    links = [f'<a href="{thread_href(thread.tid, page)}">{page}</a>' for page in range(2, min(thread.pages, 6) + 1)]
    if thread.pages > 6:
        links.append(f'..<a href="{thread_href(thread.tid, thread.pages)}">{thread.pages}</a>')
    return f'<span class="tps">&nbsp;...{"".join(links)}</span>'


def row(fid, thread):
    first = thread_href(thread.tid)
    return f'''<tbody id="normalthread_{thread.tid}">
<tr>
<td class="icn"><a href="{first}" title="有新回复 - 新窗口打开" target="_blank"><img src="static/image/common/folder_new.gif" /></a></td>
<th class="new">
<a href="javascript:;" id="content_{thread.tid}" class="showcontent y" title="更多操作" onclick="CONTENT_TID='{thread.tid}';CONTENT_ID='normalthread_{thread.tid}';showMenu({{'ctrlid':this.id,'menuid':'content_menu'}})"></a>
<em>[<a href="forum.php?mod=forumdisplay&amp;fid={fid}&amp;filter=typeid&amp;typeid={thread.tid % 4 + 1}">闲谈</a>]</em> <a href="{first}" onclick="atarget(this)" class="s xst">{escape(thread.title)}</a>
{inner_pages(thread)}
</th>
<td class="by"><cite><a href="{space_href(thread.author)}" c="1">{escape(thread.author_name)}</a></cite><em><span>{day(thread.first_at)}</span></em></td>
<td class="num"><a href="{first}" class="xi2">{thread.posts - 1}</a><em>{thread.posts * 31 + thread.tid % 97}</em></td>
<td class="by"><cite><a href="space-username-{thread.tid}.html" c="1">{escape(thread.author_name)}</a></cite><em><a href="forum.php?mod=redirect&amp;tid={thread.tid}&amp;goto=lastpost#lastpost">{clock(thread.first_at + thread.posts * 3600)[:-3]}</a></em></td>
</tr>
</tbody>
'''


def board_page(boards, board, number, pages, threads):
    fid, name = board
    links = pager(pages, number, lambda page: board_href(fid, page))
    content = f'''{crumbs(crumb(board_href(fid), name))}<div class="boardnav"><div id="ct" class="wp cl"><div class="mn">
<div class="bm bml pbn"><div class="bm_h cl"><h1 class="xs2"><a href="{board_href(fid)}">{escape(name)}</a><span class="xs1 xw0 i">今日: <strong class="xi1">3</strong><span class="pipe">|</span>主题: <strong class="xi1">{len(threads)}</strong></span></h1></div></div>
<div id="pgt" class="bm bw0 pgs cl"><span id="fd_page_top">{links}</span><span class="pgb y"><a href="./">返&nbsp;回</a></span></div>
<div id="threadlist" class="tl bm bmw">
<div class="th"><table cellspacing="0" cellpadding="0"><tr><th colspan="2"><div class="tf"><a href="forum.php?mod=forumdisplay&amp;fid={fid}&amp;filter=digest&amp;digest=1" class="xi2">精华</a></div></th><td class="by">作者</td><td class="num">回复/查看</td><td class="by">最后发表</td></tr></table></div>
<div class="bm_c">
<form method="post" autocomplete="off" name="moderate" id="moderate" action="forum.php?mod=topicadmin&amp;action=moderate&amp;fid={fid}&amp;infloat=yes&amp;nopost=yes">
<input type="hidden" name="formhash" value="5f1e02c7" />
<table summary="forum_{fid}" cellspacing="0" cellpadding="0" id="threadlisttableid">
{"".join(row(fid, thread) for thread in threads)}</table>
</form>
</div></div>
<div class="bm bw0 pgs cl"><span id="fd_page_bottom">{links}</span></div>
</div></div></div>
'''
    return framed(name, 'forumdisplay', boards, content, fid + number)
