#include "parsers/news/refusal.hpp"

#include <algorithm>
#include <string>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

bool says_not_found(std::string_view title) {
  return title.starts_with("404") ||
         contains_any(title, {"页面不存在", "頁面不存在", "页面未找到", "网页不存在", "網頁不存在",
                              "页面没有找到", "找不到页面", "找不到頁面", "找不到网页", "文章不存在",
                              "内容不存在", "内容已删除", "您访问的页面", "page not found", "404 not found"});
}

bool says_login(std::string_view title) {
  return contains_any(title, {"登录", "登錄", "登入"}) || title.starts_with("log in") ||
         title.starts_with("login") || title.starts_with("sign in");
}

bool asks_for_password(dom::Node root) {
  const auto inputs = dom::find_tags(root, "input");
  return std::any_of(inputs.begin(), inputs.end(),
                     [](dom::Node input) { return ascii::same(strip(input.attr_or("type")), "password"); });
}

}  // namespace

std::optional<Outcome> refusal_of(std::string_view title, dom::Node root) {
  const std::string words = ascii::lowered(strip(title));
  if (says_not_found(words)) return Outcome::kNotFound;
  if (says_login(words) && asks_for_password(root)) return Outcome::kDenied;
  return std::nullopt;
}

}  // namespace boardwalk::parsers::news
