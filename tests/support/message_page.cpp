// Pages that say no.
#include <fmt/format.h>

#include "tests/support/pages.hpp"

namespace boardwalk::sample {

std::string message_page(const PageContext& page, const std::string& message, const std::string& script) {
  const std::string out = fmt::format(
      R"html(<div id="ct" class="wp cl w">
<div class="nfl">
<div class="f_c altw">
<div id="messagetext" class="alert_error">
<p>{}</p>
<script type="text/javascript">
document.write('<p class="alert_btnleft"><a href="javascript:history.back()">[ 点击这里返回上一页 ]</a></p>');
</script>
</div>
</div>
</div>
</div>)html",
      escaped(message));
  return framed(page, Head{.title = "提示信息", .script = script}, out);
}

std::string password_page(const PageContext& page, const Board& board) {
  const std::string out = fmt::format(
      R"({0}
<div id="ct" class="wp cl">
<div class="mn">
<div class="nfl">
<div class="f_c">
<h3 class="xs2 xi2 mbm">本版块需要密码，您必须在下面输入正确的密码才能浏览这个版块</h3>
<div class="o">
<form method="post" autocomplete="off" action="forum.php?mod=forumdisplay&amp;fid={1}&amp;action=pwverify">
<input type="hidden" name="formhash" value="{2}" />
<input type="password" name="pw" class="px vm" size="25" />
&nbsp;<button class="pn pnc vm" type="submit" name="loginsubmit" value="true"><strong>提交</strong></button>
</form>
</div>
</div>
</div>
</div>
</div>)",
      breadcrumb(page, &board, ""), board.fid, form_hash(page));
  return framed(page, Head{.title = board.name, .keywords = board.name, .script = "forumdisplay"}, out);
}

}  // namespace boardwalk::sample
