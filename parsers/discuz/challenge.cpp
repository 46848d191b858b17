#include "parsers/discuz/challenge.hpp"

#include <array>
#include <string>
#include <string_view>

#include "parsers/contains.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

constexpr std::size_t kLittleText = 600;  // bytes of UTF-8
constexpr std::size_t kLoneScript = 500;  // bytes
constexpr int kFewLinks = 5;

struct Page {
  std::string words;   // title and visible text, as far as it is little
  std::string script;  // inline scripts, as far as they may matter
  int links = 0;
  bool resources = false;  // other scripts, style sheets, pictures: a page, if an empty one
  bool form = false;
  bool means = false;  // a script elsewhere, a frame or a refresh, by which a browser could get on
};

Page read(Node root) {
  Page page;
  for (Node node = root.first_child(); node && page.words.size() <= kLittleText; node = node.next_in(root)) {
    if (node.is_text()) {
      if (node.parent().is("script")) {
        page.script.append(node.value().substr(0, 100'000));
      } else if (!node.parent().is("style")) {
        page.words.append(strip(node.value()));
      }
    }
    if (node.is("a")) ++page.links;
    if (node.is("form") || node.is("input")) page.form = true;
    const bool script = node.is("script") && node.attr("src");
    if (node.is("link") || node.is("img") || script) page.resources = true;
    if (script || node.is("iframe") || (node.is("meta") && dom::says(node, "http-equiv", "refresh")))
      page.means = true;
  }
  return page;
}

// `document.cookie = …; location.reload()`, `location.href = '…_dsign=…'`, also taken apart and put together
// again.
bool leads_on(std::string_view script) {
  static constexpr std::array<std::string_view, 3> kCookie{"document.cookie", "document['cookie']",
                                                           "document[\"cookie\"]"};
  static constexpr std::array<std::string_view, 4> kLocation{"location", "window[", "document.URL",
                                                             ".reload("};
  if (script.find("_dsign") != std::string_view::npos) return true;
  return contains_any(script, kCookie) && contains_any(script, kLocation);
}

// A notice in words alone that loads itself again, as Discuz! shows to a visitor who comes too fast:
// 页面重载开启, 频繁刷新限制. Small pages of numbers load themselves again too, but ask for no patience.
bool is_reloaded_notice(const Page& page) {
  static constexpr std::array<std::string_view, 10> kPatience{
      "载入", "載入", "重载", "重載", "刷新", "访问限制", "訪問限制", "reload", "refresh", "wait"};
  return page.links == 0 && !page.resources && !page.means && page.script.size() < kLoneScript &&
         contains(page.script, "location.reload(") && contains_any(page.words, kPatience);
}

bool is_scrambled(std::string_view script) {
  static constexpr std::array<std::string_view, 8> kMeans{"location", "window[", "eval(", "Function(",
                                                          "assign",   "replace", "href",  "fromCharCode"};
  return script.size() > 100 && contains_any(script, kMeans);
}

// What nothing but such a page says.
bool asks_for_proof(std::string_view words) {
  static constexpr std::array<std::string_view, 8> kAsking{
      "人机验证",   "人機驗證",      "正在验证您的浏览器",    "请完成验证",
      "請完成驗證", "Just a moment", "Checking your browser", "verify you are human"};
  return contains_any(words, kAsking);
}

// What news and notices say too.
bool tells_of_proof(std::string_view words) {
  static constexpr std::array<std::string_view, 14> kTelling{
      "安全验证", "安全驗證", "滑动验证", "滑動驗證", "安全检查", "安全檢查",     "访问验证",
      "訪問驗證", "排队等候", "排隊等候", "等候室",   "DDoS",     "waiting room", "Waiting Room"};
  return contains_any(words, kTelling);
}

}  // namespace

Challenge challenge_of(Node root) {
  constexpr std::size_t kFewWords = 200;
  const Page page = read(root);
  if (page.words.size() > kLittleText || page.links > kFewLinks) return Challenge::kNone;
  if (asks_for_proof(page.words)) return Challenge::kProof;
  const bool means = page.means || page.form || !strip(page.script).empty();
  if (means && tells_of_proof(page.words)) return Challenge::kProof;
  if (page.script.empty() || page.links > 1 || page.form) return Challenge::kNone;
  if (leads_on(page.script)) return page.words.size() < kFewWords ? Challenge::kProof : Challenge::kNone;
  if (is_reloaded_notice(page)) return page.words.size() < kFewWords ? Challenge::kReload : Challenge::kNone;
  const bool scrambled = page.words.empty() && !page.resources && is_scrambled(page.script);
  return scrambled ? Challenge::kProof : Challenge::kNone;
}

}  // namespace boardwalk::parsers::discuz
