#include <array>
#include <string_view>

#include "parsers/contains.hpp"
#include "parsers/discuz/context.hpp"
#include "parsers/discuz/signs.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

struct Meaning {
  Outcome outcome;
  std::string_view words;
};

// What the words mean, the first that is found. "不存在或已被删除或正在被审核" does not say which, so it is
// "not found".
constexpr std::array<Meaning, 62> kMeanings{{
    {Outcome::kNotFound, "不存在"},     {Outcome::kNotFound, "没有找到"},
    {Outcome::kNotFound, "沒有找到"},   {Outcome::kNotFound, "找不到"},
    {Outcome::kNotFound, "未找到"},     {Outcome::kNotFound, "未定义操作"},
    {Outcome::kNotFound, "未定義操作"}, {Outcome::kNotFound, "没有比当前"},
    {Outcome::kNotFound, "沒有比當前"}, {Outcome::kNotFound, "無效"},
    {Outcome::kNotFound, "无效"},       {Outcome::kNotFound, "not exist"},
    {Outcome::kNotFound, "not found"},  {Outcome::kDenied, "审核"},
    {Outcome::kDenied, "審核"},         {Outcome::kDenied, "待审"},
    {Outcome::kDenied, "待審"},         {Outcome::kGone, "已被删除"},
    {Outcome::kGone, "已被刪除"},       {Outcome::kGone, "已经删除"},
    {Outcome::kGone, "已經刪除"},       {Outcome::kGone, "已经被删除"},
    {Outcome::kGone, "已經被刪除"},     {Outcome::kGone, "已删除"},
    {Outcome::kGone, "已刪除"},         {Outcome::kGone, "been deleted"},
    {Outcome::kGone, "been removed"},   {Outcome::kGone, "was deleted"},
    {Outcome::kGone, "员删除"},         {Outcome::kGone, "員刪除"},
    {Outcome::kGone, "版主删除"},       {Outcome::kGone, "版主刪除"},
    {Outcome::kDenied, "权限"},         {Outcome::kDenied, "權限"},
    {Outcome::kDenied, "无权"},         {Outcome::kDenied, "無權"},
    {Outcome::kDenied, "登录"},         {Outcome::kDenied, "登錄"},
    {Outcome::kDenied, "登入"},         {Outcome::kDenied, "登陆"},
    {Outcome::kDenied, "登陸"},         {Outcome::kDenied, "密码"},
    {Outcome::kDenied, "密碼"},         {Outcome::kDenied, "关闭"},
    {Outcome::kDenied, "關閉"},         {Outcome::kDenied, "禁止"},
    {Outcome::kDenied, "不允许"},       {Outcome::kDenied, "不允許"},
    {Outcome::kDenied, "只有特定用户"}, {Outcome::kDenied, "只有特定用戶"},
    {Outcome::kDenied, "付费"},         {Outcome::kDenied, "付費"},
    {Outcome::kDenied, "购买"},         {Outcome::kDenied, "購買"},
    {Outcome::kDenied, "积分"},         {Outcome::kDenied, "積分"},
    {Outcome::kDenied, "屏蔽"},         {Outcome::kDenied, "permission"},
    {Outcome::kDenied, "denied"},       {Outcome::kDenied, "log in"},
    {Outcome::kDenied, "login"},        {Outcome::kDenied, "closed"},
}};

bool is_button(Node node) {
  return node.has_class("alert_btnleft") || node.has_class("alert_btn") || node.is("form") ||
         node.is("button") || node.is("script") || node.is("style") || node.is("h1") ||
         node.has_class("float_ctrl");
}

// The message's own words, without its buttons, headings and login form.
std::string words_of(Node box) {
  std::string words;
  for (Node node = box.first_child(); node && words.size() < 1000;) {
    if (node.is_element() && is_button(node)) {
      node = node.next_skipping(box);
      continue;
    }
    if (node.is_text()) words.append(node.value());
    if (node.is_element()) words += ' ';
    node = node.next_in(box);
  }
  return words;
}

// White space as single spaces.
std::string one_line(std::string_view words) {
  std::string line;
  for (const char c : words) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// Words of what was asked for, but of the visitor's session and the server as well.
bool is_wide(std::string_view words) {
  return is_one_of(words, {"没有找到", "沒有找到", "找不到", "未找到", "無效", "无效"});
}

bool tells_of_visit(std::string_view words) {
  const bool later = contains_any(words, {"稍后", "稍後", "稍候"}) &&
                     contains_any(words, {"再试", "再試", "重试", "重試", "再来", "再來"});
  return later || contains_any(words, {"登录", "登錄", "登入", "登陆", "登陸", "IP 地址", "IP地址", "IP 位址",
                                       "IP位址", "服务器", "伺服器", "繁忙"});
}

Outcome meaning_of(std::string_view words, bool success) {
  const bool of_visit = tells_of_visit(words);
  for (const Meaning& meaning : kMeanings) {
    if (words.find(meaning.words) == std::string_view::npos || (of_visit && is_wide(meaning.words))) continue;
    return success ? Outcome::kOk : meaning.outcome;
  }
  return success ? Outcome::kOk : Outcome::kDenied;
}

}  // namespace

void read_message(const Context&, Node root, ParsedPage& page) {
  page.kind = PageKind::kMessage;
  const Signs signs = read_signs(root);
  if (signs.password && !signs.message) {
    const Node form = signs.password.closest([](Node node) { return node.is("form"); });
    Node box = form ? form.parent() : signs.password.parent();
    if (!dom::find_tag(box, "h3") && box.parent()) box = box.parent();
    page.detail = dom::text_of(dom::find_tag(box, "h3"));
    page.outcome = Outcome::kDenied;
    return;
  }
  page.detail = one_line(words_of(signs.message));
  const bool success =
      signs.message.has_class("alert_right") || dom::find_class(signs.message, "", "alert_right");
  page.outcome = meaning_of(page.detail, success);
}

}  // namespace boardwalk::parsers::discuz
