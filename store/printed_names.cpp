#include "store/printed_names.hpp"

#include <algorithm>
#include <array>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"

namespace boardwalk::store {
namespace {

constexpr std::array<std::string_view, 19> kLabels = {
    "由",   "作者", "楼主", "樓主",   "记者",   "記者",   "编辑", "編輯", "责编", "責編",
    "撰文", "撰稿", "来自", "發布者", "发布者", "发帖者", "By",   "by",   "BY"};
// What stands between a label and its name.
constexpr std::array<std::string_view, 7> kBetween = {" ", ":", "：", "\u00A0", "\u3000", "&nbsp;", "|"};
// What may follow a Chinese name without a blank.
constexpr std::array<std::string_view, 10> kBehind = {"于", "於", "在", "发",   "發",
                                                      "编", "編", "回", "责编", "責編"};

bool ends_with_label(std::string_view words) {
  return std::any_of(kLabels.begin(), kLabels.end(), [words](std::string_view label) {
    if (!words.ends_with(label)) return false;
    const std::size_t at = words.size() - label.size();
    return !ascii::is_letter(label.front()) || at == 0 || !ascii::is_alphanumeric(words[at - 1]);
  });
}

std::string_view without_what_parts(std::string_view before) {
  for (std::size_t size = 0; size != before.size();) {
    size = before.size();
    for (const std::string_view part : kBetween)
      if (before.ends_with(part)) before.remove_suffix(part.size());
  }
  return before;
}

bool may_end_before(std::string_view behind) {
  if (behind.empty()) return true;
  const auto first = static_cast<unsigned char>(behind.front());
  if (first < 0x80) return !ascii::is_alphanumeric(behind.front());
  // Han characters, of three bytes from E3 90 to E9: a longer name, unless the line goes on after it.
  const bool is_han = first > 0xE3 && first <= 0xE9;
  return !is_han || std::any_of(kBehind.begin(), kBehind.end(),
                                [behind](std::string_view word) { return behind.starts_with(word); });
}

// Where the name stands with what `fits` before and behind it.
template <typename Fits>
std::vector<std::size_t> places_of(std::string_view line, std::string_view name, Fits fits) {
  std::vector<std::size_t> places;
  if (name.empty()) return places;
  for (std::size_t at = line.find(name); at != std::string_view::npos; at = line.find(name, at + name.size()))
    if (fits(line.substr(0, at), line.substr(at + name.size()))) places.push_back(at);
  return places;
}

bool is_called(std::string_view before, std::string_view behind) {
  return ends_with_label(without_what_parts(before)) && may_end_before(behind);
}

}  // namespace

std::vector<std::size_t> printed_name(std::string_view line, std::string_view name) {
  return places_of(line, name, [](std::string_view before, std::string_view behind) {
    return (before.ends_with('@') && may_end_before(behind)) || is_called(before, behind);
  });
}

bool names_person(std::string_view tag) {
  return parsers::contains_any(
      tag, {"space-u", "mod=space", "space.php", "uid=", "username=", "avatar", "rel=\"author\""});
}

std::vector<std::size_t> printed_title(std::string_view markup, std::string_view name) {
  return places_of(markup, name, [](std::string_view before, std::string_view behind) {
    constexpr std::array<std::string_view, 5> kOpens = {"title=\"", "alt=\"", "title='", "alt='",
                                                        "username="};
    const bool opened = std::any_of(kOpens.begin(), kOpens.end(),
                                    [before](std::string_view opens) { return before.ends_with(opens); });
    const bool ends = behind.empty() || parsers::contains("\"'&", behind.substr(0, 1));
    if (!opened || !ends) return is_called(before, behind);
    const std::size_t tag = before.rfind('<') == std::string_view::npos ? 0 : before.rfind('<');
    return names_person(before.substr(tag)) || names_person(behind.substr(0, behind.find('>')));
  });
}

}  // namespace boardwalk::store
