"""A page of a thread, in the markup of Discuz! X3.4: post after post with its author's column, message and extras."""
from html import escape

from template import avatar, board_href, clock, crumb, crumbs, framed, pager, space_href, thread_href

FLOORS = {1: '楼主', 2: '沙发', 3: '板凳', 4: '地板'}
GROUPS = ('新来的', '常客', '老茶客', '掌柜', '说书人')
LIFT = ('<div id="fj" class="y"><label class="z">电梯直达</label><input type="text" class="px p_fre z" size="2" title="跳转到指定楼层" />'
        '<a href="javascript:;" id="fj_btn" class="z" title="跳转到指定楼层"><img src="static/image/common/fj_btn.png" alt="跳转到指定楼层" class="vm" /></a></div>\n')
BREAK = '<br />\n'


def tallies(post):
    """The counters of a member; made from its number, as nothing depends on them."""
    uid = post.author
    return (('主题', uid % 311), ('帖子', uid * 7 % 9001), ('积分', uid * 37 % 20011))


def user_card(post):
    uid, name = post.author, escape(post.author_name)
    space = f'home.php?mod=space&amp;uid={uid}'
    facts = ''.join(f'<dt>{label}</dt><dd>{value}&nbsp;</dd>' for label, value in (
        ('UID', uid), ('好友', uid % 53), ('阅读权限', uid % 9 * 10), ('精华', uid % 3), ('茶叶', f'{uid % 777} 片'),
        ('贡献', f'{uid % 91} 点'), ('在线时间', f'{uid % 3001} 小时'), ('注册时间', f'20{10 + uid % 13}-{uid % 12 + 1}-{uid % 28 + 1}')))
    return f'''<div class="p_pop blk bui card_gender_0" id="userinfo{post.pid}" style="display: none; margin-top: -11px;">
<div class="m z"><div id="userinfo{post.pid}_ma"></div></div>
<div class="i y">
<div><strong><a href="{space_href(uid)}" target="_blank" class="xi2">{name}</a></strong><em>当前离线</em></div>
<dl class="cl">{facts}</dl>
<div class="imicn"><a href="{space}&amp;do=profile" target="_blank" title="查看详细资料"><img src="static/image/common/userinfo.gif" alt="查看详细资料" /></a></div>
<div id="avatarfeed"><span id="threadsortswait"></span></div>
</div>
</div>
'''


def author_column(post):
    uid, name = post.author, escape(post.author_name)
    group = GROUPS[uid % len(GROUPS)]
    counters = ''.join(f'<th><p><a href="home.php?mod=space&amp;uid={uid}&amp;do=thread&amp;type=thread&amp;view=me&amp;from=space" class="xi2">{value}</a></p>{label}</th>'
                       for label, value in tallies(post))
    stars = '<img src="static/image/common/star_level2.gif" alt="Rank: 2" />' * (1 + uid % 4)
    medals = ''.join(f'<img src="static/image/common/medal{number}.gif" alt="勋章" title="" id="md_{post.pid}_{number}" />'
                     for number in range(1, uid % 5))
    return f'''<td class="pls" rowspan="2">
<div id="favatar{post.pid}" class="pls cl favatar">
<a name="newpost"></a><div class="pi"><div class="authi"><a href="{space_href(uid)}" target="_blank" class="xw1">{name}</a>
</div></div>
{user_card(post)}<div>
<div class="avatar" onmouseover="showauthor(this, 'userinfo{post.pid}')"><a href="{space_href(uid)}" class="avtm" target="_blank">{avatar(uid, 'middle')}</a></div>
</div>
<div class="tns xg2"><table cellspacing="0" cellpadding="0">{counters}</table></div>
<p><em><a href="home.php?mod=spacecp&amp;ac=usergroup&amp;gid={10 + uid % 5}" target="_blank">{group}</a></em></p>
<p><span id="g_up{post.pid}" onmouseover="showMenu({{'ctrlid':this.id, 'pos':'12!'}});">{stars}</span></p>
<div id="g_up{post.pid}_menu" class="tip tip_4" style="display: none;"><div class="tip_horn"></div><div class="tip_c">{group}, 积分 {uid * 37 % 20011}, 距离下一级还需 {uid % 400} 积分</div></div>
<p><span class="pbg2" id="upgradeprogress_{post.pid}"><span class="pbr2" style="width:{uid % 90 + 4}%;"></span></span></p>
<p class="md_ctrl"><a href="home.php?mod=medal">{medals}</a></p>
<dl class="pil cl"><dt>积分</dt><dd><a href="home.php?mod=space&amp;uid={uid}&amp;do=profile" target="_blank" class="xi2">{uid * 37 % 20011}</a></dd></dl>
<ul class="xl xl2 o cl">
<li class="addflw"><a href="home.php?mod=spacecp&amp;ac=follow&amp;op=add&amp;hash=5f1e02c7&amp;fuid={uid}" id="followmod_{uid}" title="收听TA" class="xi2" onclick="showWindow('followmod', this.href, 'get', 0);">收听TA</a></li>
<li class="pm2"><a href="home.php?mod=spacecp&amp;ac=pm&amp;op=showmsg&amp;handlekey=showmsg_{uid}&amp;touid={uid}&amp;pmid=0&amp;daterange=2&amp;pid={post.pid}&amp;tid={post.tid}" onclick="showWindow('sendpm', this.href);" title="发消息" class="xi2">发消息</a></li>
</ul>
</div></td>
'''


def post_head(post, page):
    label = FLOORS.get(post.floor, f'<em>{post.floor}</em><sup>#</sup>')
    href = thread_href(post.tid) if post.floor == 1 else f'forum.php?mod=redirect&amp;goto=findpost&amp;ptid={post.tid}&amp;pid={post.pid}'
    lift = LIFT if post.floor == 1 else ''
    return f'''<div class="pi">
{lift}<strong>
<a href="{href}" id="postnum{post.pid}" onclick="setCopy(this.href, '帖子地址复制成功');return false;">
{label}</a>
</strong>
<div class="pti">
<div class="pdbt">
</div>
<div class="authi">
<img class="authicn vm" id="authicon{post.pid}" src="static/image/common/online_member.gif" />
<em id="authorposton{post.pid}">发表于 {clock(post.at)}</em>
<span class="pipe">|</span><a href="forum.php?mod=viewthread&amp;tid={post.tid}&amp;page={page}&amp;authorid={post.author}" rel="nofollow">只看该作者</a>
</div>
</div>
</div>'''


def quote(post):
    said = post.quoted
    return (f'<div class="quote"><blockquote><font size="2"><a href="forum.php?mod=redirect&amp;goto=findpost&amp;pid={said.pid}&amp;ptid={post.tid}" target="_blank">'
            f'<font color="#999999">{escape(said.author_name)} 发表于 {clock(said.at)}</font></a></font>{BREAK}{escape(said.excerpt)}</blockquote></div>{BREAK}')


def picture(post, place):
    aid = post.pid * 10 + place
    name = f'data/attachment/forum/{post.pid % 12 + 202301}/{aid:08}.jpg'
    return f'''<ignore_js_op>
<img style="cursor:pointer" id="aimg_{aid}" aid="{aid}" src="static/image/common/none.gif" zoomfile="{name}" file="{name}" class="zoom" onclick="zoom(this, this.src, 0, 0, 0)" width="600" inpost="1" onmouseover="showMenu({{'ctrlid':this.id,'pos':'12'}})" />
<div class="tip tip_4 aimg_tip" id="aimg_{aid}_menu" style="position: absolute; display: none" disautofocus="true">
<div class="xs0">
<p><strong>{aid}.jpg</strong> <em class="xg1">({aid % 900 + 40}.{aid % 90 + 10} KB, 下载次数: {aid % 71})</em></p>
<p><a href="forum.php?mod=attachment&amp;aid={aid * 977:x}&amp;nothumb=yes" target="_blank">下载附件</a></p>
<p class="xg1 y">{clock(post.at)} 上传</p>
</div>
<div class="tip_horn"></div>
</div>
</ignore_js_op>
'''


def piece_markup(kind, text):
    if kind == 'bold':
        return f'<strong>{escape(text)}</strong>'
    if kind == 'colour':
        return f'<font color="#ff0000">{escape(text)}</font>'
    if kind == 'link':
        return f'<a href="https://example.org/{len(text)}" target="_blank">{escape(text)}</a>'
    return escape(text)


def paragraph_markup(paragraph):
    words = ''.join(piece_markup(kind, text) for kind, text in paragraph.pieces)
    smiley = paragraph.smiley
    return words if not smiley else f'{words}<img src="static/image/smiley/default/{smiley}.gif" smilieid="{smiley}" border="0" alt="" />'


def message(post):
    edited = ''
    if post.edited_at:
        edited = f'<i class="pstatus"> 本帖最后由 {escape(post.author_name)} 于 {clock(post.edited_at)} 编辑 </i>{BREAK}{BREAK}'
    quoted = quote(post) if post.quoted else ''
    words = BREAK.join(paragraph_markup(paragraph) for paragraph in post.paragraphs)
    pictures = ''.join(picture(post, place) for place in range(post.pictures))
    listed = f'<div class="pattl">\n{pictures}</div>\n' if pictures else ''
    return f'''<div class="t_fsz">
<table cellspacing="0" cellpadding="0"><tr><td class="t_f" id="postmessage_{post.pid}">
{edited}{quoted}{words}</td></tr></table>
{listed}</div>
'''


def comments(post):
    rows = ''.join(f'''<div class="pstl xs1 cl">
<div class="psta vm"><a href="{space_href(uid)}" c="1">{avatar(uid, 'small')}</a> <a href="{space_href(uid)}" class="xi2 xw1">{escape(name)}</a></div>
<div class="psti">{escape(words)}&nbsp;<span class="xg1">发表于 {clock(post.at + 600)}</span></div>
</div>
''' for uid, name, words in post.comments)
    title = '<h3 class="psth xs1"><span class="icon_ring vm"></span>点评</h3>\n' if rows else ''
    return f'<div id="comment_{post.pid}" class="cm">\n{title}{rows}</div>\n'


def ratings(post):
    if not post.ratings:
        return f'<div id="post_rate_div_{post.pid}"></div>\n'
    rows = ''.join(f'''<tr id="rate_{post.pid}_{uid}">
<td><a href="{space_href(uid)}" target="_blank">{avatar(uid, 'small')}</a> <a href="{space_href(uid)}" target="_blank">{escape(name)}</a></td><td class="xi1"> + {uid % 5 + 1}</td>
<td class="xg1">{escape(words)}</td>
</tr>
''' for uid, name, words in post.ratings)
    total = sum(uid % 5 + 1 for uid, _, _ in post.ratings)
    return f'''<h3 class="psth xs1"><span class="icon_ring vm"></span>评分</h3>
<dl id="ratelog_{post.pid}" class="rate"><dd style="margin:0">
<div id="post_rate_{post.pid}"></div>
<table class="ratl">
<tr><th class="xw1" width="120"><a href="forum.php?mod=misc&amp;action=viewratings&amp;tid={post.tid}&amp;pid={post.pid}" title="查看全部评分"> 参与人数 <span class="xi1">{len(post.ratings)}</span></a></th><th class="xw1" width="80">茶叶 <i><span class="xi1">+{total}</span></i></th><th><i class="txt_h">理由</i></th></tr>
<tbody class="ratl_l">{rows}</tbody>
</table>
</dd></dl>
'''


def actions(post, fid, page):
    return f'''<tr id="_postposition{post.pid}"></tr>
<tr>
<td class="pls"></td>
<td class="plc" style="overflow:visible;">
<div class="po hin"><div class="pob cl">
<em>
<a class="fastre" href="forum.php?mod=post&amp;action=reply&amp;fid={fid}&amp;tid={post.tid}&amp;repquote={post.pid}&amp;extra=page%3D1&amp;page={page}" onclick="showWindow('reply', this.href)">回复</a>
<a class="replyadd" href="forum.php?mod=misc&amp;action=postreview&amp;do=support&amp;tid={post.tid}&amp;pid={post.pid}&amp;hash=5f1e02c7" onclick="ajaxmenu(this, 3000, 0, 1, '43', '');return false;">支持 <span id="review_support_{post.pid}">{post.pid % 7}</span></a>
<a class="replysubtract" href="forum.php?mod=misc&amp;action=postreview&amp;do=against&amp;tid={post.tid}&amp;pid={post.pid}&amp;hash=5f1e02c7" onclick="ajaxmenu(this, 3000, 0, 1, '43', '');return false;">反对 <span id="review_against_{post.pid}">{post.pid % 3}</span></a>
</em>
<p>
<a href="javascript:;" id="mgc_post_{post.pid}" onmouseover="showMenu(this.id)" class="showmenu">使用道具</a>
<a href="javascript:;" onclick="showWindow('miscreport{post.pid}', 'misc.php?mod=report&rtype=post&rid={post.pid}&tid={post.tid}&fid={fid}', 'get', -1);return false;">举报</a>
</p>
<ul id="mgc_post_{post.pid}_menu" class="p_pop mgcmn" style="display: none;">
</ul>
<script type="text/javascript" reload="1">checkmgcmn('post_{post.pid}')</script>
</div></div>
</td>
</tr>
<tr class="ad"><td class="pls"></td><td class="plc"></td></tr>
</table>
</div>'''


def post_markup(post, fid, page):
    signature = ''
    if post.signature:
        signature = f'<div class="sign" style="max-height:100px;maxHeightIE:100px;">{escape(post.signature)}</div>\n'
    return f'''<div id="post_{post.pid}" ><table id="pid{post.pid}" class="plhin" summary="pid{post.pid}" cellspacing="0" cellpadding="0">
<tr>
{author_column(post)}<td class="plc">
{post_head(post, page)}<div class="pct"><style type="text/css">.pcb{{margin-right:0}}</style><div class="pcb">
{message(post)}{comments(post)}{ratings(post)}</div>
</div>

</td></tr>
<tr><td class="plc plm">
{signature}</td>
</tr>
{actions(post, fid, page)}'''


def reply_form(thread, fid):
    tools = ''.join(f'<a href="javascript:;" title="{title}" class="{style}">{name}</a>\n' for title, style, name in (
        ('文字加粗', 'fbld', 'B'), ('设置文字颜色', 'fclr', 'Color'), ('图片', 'fmg', 'Image'), ('添加链接', 'flnk', 'Link'),
        ('引用', 'fqt', 'Quote'), ('代码', 'fcd', 'Code'), ('添加表情', 'fsml', 'Smilies')))
    smilies = ''.join(('<tr>' if number % 8 == 1 else '') +
                      f'''<td onmouseover="smilies_preview('fastpost', 'fastsmiliesdiv', this, 40)" onclick="seditor_insertunit('fastpost', ':{number}:')"><img id="fastsmilie_{number}_td" width="20" height="20" src="static/image/smiley/default/{number}.gif" alt=":{number}:" /></td>''' +
                      ('</tr>\n' if number % 8 == 0 else '') for number in range(1, 41))
    return f'''<div id="f_pst" class="pl bm bmw">
<form method="post" autocomplete="off" id="fastpostform" action="forum.php?mod=post&amp;action=reply&amp;fid={fid}&amp;tid={thread.tid}&amp;extra=page%3D1&amp;replysubmit=yes&amp;infloat=yes&amp;handlekey=fastpost" onSubmit="return fastpostvalidate(this)">
<table cellspacing="0" cellpadding="0"><tr><td class="pls"></td><td class="plc">
<span id="fastpostreturn"></span>
<div class="cl"><div id="fastsmiliesdiv" class="y"><div id="fastsmiliesdiv_data"><div id="fastsmilies"><table cellspacing="0" cellpadding="0">{smilies}</table></div></div></div>
<div class="hasfsl" id="fastposteditor"><div class="tedt"><div class="bar"><span class="y"><a href="forum.php?mod=post&amp;action=reply&amp;fid={fid}&amp;tid={thread.tid}" onclick="return switchAdvanceMode(this.href)">高级模式</a></span>
<div class="fpd">
{tools}</div></div>
<div class="area"><div class="pt hm">您需要登录后才可以回帖 <a href="member.php?mod=logging&amp;action=login" onclick="showWindow('login', this.href)" class="xi2">登录</a> | <a href="member.php?mod=register" class="xi2">立即注册</a></div></div>
</div></div></div>
<input type="hidden" name="formhash" value="5f1e02c7" /><input type="hidden" name="usesig" value="" /><input type="hidden" name="subject" value="" />
<p class="ptm pnpost"><a href="home.php?mod=spacecp&amp;ac=credit&amp;op=rule&amp;fid={fid}" class="y" target="_blank">本版积分规则</a><button type="button" name="replysubmit" id="fastpostsubmit" class="pn pnc vm" value="replysubmit" tabindex="5"><strong>发表回复</strong></button></p>
</td></tr></table>
</form>
</div>
'''


def title_table(thread, page):
    first = thread_href(thread.tid)
    return f'''<table cellspacing="0" cellpadding="0">
<tr>
<td class="pls ptn pbn"><div class="hm ptn"><span class="xg1">查看:</span> <span class="xi1">{thread.posts * 31 + thread.tid % 97}</span><span class="pipe">|</span><span class="xg1">回复:</span> <span class="xi1">{thread.posts - 1}</span></div></td>
<td class="plc ptm pbn vwthd">
<div class="y"><a href="forum.php?mod=viewthread&amp;action=printable&amp;tid={thread.tid}" title="打印" target="_blank"><img src="static/image/common/print.png" alt="打印" class="vm" /></a></div>
<h1 class="ts"><span id="thread_subject">{escape(thread.title)}</span></h1>
<span class="xg1"><a href="{first}" onclick="return copyThreadUrl(this, '')">[复制链接]</a></span>
</td>
</tr>
</table>
<table cellspacing="0" cellpadding="0" class="ad"><tr><td class="pls"></td><td class="plc"></td></tr></table>
'''


def thread_page(boards, board, thread, page, posts):
    fid, name = board
    links = pager(thread.pages, page, lambda number: thread_href(thread.tid, number))
    back = f'<span class="y pgb"><a href="{board_href(fid)}">返回列表</a></span>'
    tail = crumb(board_href(fid), name) + crumb(thread_href(thread.tid), thread.title)
    content = f'''<script type="text/javascript">var fid = parseInt('{fid}'), tid = parseInt('{thread.tid}');</script>
<script src="static/js/forum_viewthread.js?K3q" type="text/javascript"></script>
<script type="text/javascript">zoomstatus = parseInt(1);var imagemaxwidth = '600';var aimgcount = new Array();</script>
{crumbs(tail)}<div id="ct" class="wp cl">
<div id="pgt" class="pgs mbm cl "><div class="pgt">{links}</div>{back}</div>
<div id="postlist" class="pl bm">
{title_table(thread, page)}{"".join(post_markup(post, fid, page) for post in posts)}<div id="postlistreply" class="pl"><div id="post_new" class="viewthread_table" style="display: none"></div></div>
</div>
<form method="post" autocomplete="off" name="modactions" id="modactions"><input type="hidden" name="formhash" value="5f1e02c7" /><input type="hidden" name="optgroup" /></form>
<div class="pgs mtm mbm cl">{links}{back}</div>
{reply_form(thread, fid)}</div>
'''
    title = thread.title if page == 1 else f'{thread.title} - 第{page}页'
    return framed(f'{title} - {name}', 'viewthread', boards, content, thread.tid + page)
