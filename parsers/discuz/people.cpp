#include "parsers/discuz/people.hpp"

#include <algorithm>

#include "parsers/contains.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

constexpr std::string_view kDigits = "0123456789";

// Digits behind `uid=` or `uid-`, where `uid` is a name of its own (not `touid`) or `suid`.
std::string_view uid_digits(std::string_view href) {
  for (std::size_t at = href.find("uid"); at != std::string_view::npos; at = href.find("uid", at + 3)) {
    const std::string_view rest = href.substr(at + 3);
    if (!rest.starts_with('=') && !rest.starts_with('-')) continue;
    std::string_view before = href.substr(0, at);
    if (before.ends_with('s')) before.remove_suffix(1);
    const bool own_name =
        before.empty() || std::string_view("?&;/-").find(before.back()) != std::string_view::npos;
    const std::size_t length = std::min(rest.find_first_not_of(kDigits, 1), rest.size()) - 1;
    if (own_name && length > 0) return rest.substr(1, length);
  }
  return {};
}

std::string one_line(std::string lines) {
  std::replace(lines.begin(), lines.end(), '\n', ' ');
  return lines;
}

}  // namespace

bool is_profile(std::string_view href) {
  if (!contains(href, "uid") && !contains(href, "space")) return false;
  if (contains(href, "spacecp") || contains(href, "viewthread") || contains(href, "action=")) return false;
  const std::size_t view = href.find("do=");
  if (view != std::string_view::npos && !href.substr(view).starts_with("do=profile")) return false;
  return !uid_digits(href).empty() || contains(href, "username=") || contains(href, "space-username");
}

std::optional<std::string> uid_of(std::string_view href) {
  if (!is_profile(href)) return std::nullopt;
  const std::string_view digits = uid_digits(href);
  if (digits.empty() || digits == "0") return std::nullopt;
  return std::string(digits);
}

std::string shown_text(dom::Node element) {
  if (element.is_text()) return std::string(strip(element.value()));
  return one_line(text_lines(element));
}

std::string own_text(dom::Node element) {
  TextLines lines;
  for (const dom::Node child : dom::children(element)) {
    if (child.is_text())
      lines.append(child.value());
    else
      lines.space();
  }
  return one_line(lines.take());
}

dom::Node profile_link(dom::Node root) {
  for (dom::Node node = root; node;) {
    if (node.is_element() && is_hidden(node)) {
      node = node.next_skipping(root);
      continue;
    }
    if (node.is("a") && is_profile(node.attr_or("href")) && !shown_text(node).empty()) return node;
    node = node.next_in(root);
  }
  return {};
}

}  // namespace boardwalk::parsers::discuz
