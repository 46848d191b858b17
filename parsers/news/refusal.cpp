#include "parsers/news/refusal.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

// The parts of a title, of which one is the site's name; each as long as such a notice is at most.
std::vector<std::string_view> short_parts(std::string_view title) {
  constexpr std::size_t kLongest = 36;  // bytes
  std::vector<std::string_view> parts;
  while (!title.empty()) {
    const std::size_t end = std::min(title.find_first_of("-_|"), title.size());
    if (const std::string_view part = strip(title.substr(0, end)); part.size() <= kLongest)
      parts.push_back(part);
    title.remove_prefix(std::min(end + 1, title.size()));
  }
  return parts;
}

bool says_not_found(std::string_view part) {
  return part == "404" || part.starts_with("404 ") || part.starts_with("404页") ||
         part.starts_with("404错") ||
         contains_any(
             part, {"页面不存在", "頁面不存在", "页面未找到", "网页不存在", "網頁不存在", "页面没有找到",
                    "找不到页面", "找不到頁面", "找不到网页", "文章不存在", "内容不存在", "page not found"});
}

bool says_login(std::string_view part) {
  constexpr std::size_t kLongest = 18;  // bytes; of a headline there is more
  return part.size() <= kLongest &&
         (contains_any(part, {"登录", "登錄", "登入"}) || part.starts_with("log in") ||
          part.starts_with("login") || part.starts_with("sign in"));
}

bool asks_for_password(dom::Node root) {
  const auto inputs = dom::find_tags(root, "input");
  return std::any_of(inputs.begin(), inputs.end(),
                     [](dom::Node input) { return ascii::same(strip(input.attr_or("type")), "password"); });
}

}  // namespace

std::optional<Outcome> refusal_of(std::string_view title, dom::Node root) {
  const std::string words = ascii::lowered(strip(title));
  const auto parts = short_parts(words);
  if (std::any_of(parts.begin(), parts.end(), says_not_found)) return Outcome::kNotFound;
  const bool login = std::any_of(parts.begin(), parts.end(), says_login);
  return login && asks_for_password(root) ? std::optional(Outcome::kDenied) : std::nullopt;
}

}  // namespace boardwalk::parsers::news
