#include "parsers/discuz/notices.hpp"

#include <array>

#include "parsers/contains.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

constexpr std::array<std::string_view, 8> kEditHeads = {"本帖最后由",
                                                        "本帖最後由",
                                                        "本贴最后由",
                                                        "此帖最后由",
                                                        "本文最后由",
                                                        "Last edited by",
                                                        "This post was last edited by",
                                                        "Edited by"};
constexpr std::array<std::string_view, 6> kAtWords = {"于", "於", " at", " on", " in", "@"};
constexpr std::array<std::string_view, 10> kPostedWords = {"发表于",    "發表於",   "发布于",    "發佈於",
                                                           "发表",      "發表",     "posted at", "Posted at",
                                                           "posted on", "Posted on"};
constexpr std::array<std::string_view, 4> kEndsOfQuoteHead = {"发表", "發表", "发布", "發佈"};
constexpr std::array<std::string_view, 7> kQuoteHeads = {
    "引用:", "引用：", "原帖由", "原文由", "最初由", "Quote:", "Originally posted by"};
constexpr std::array<std::string_view, 7> kBanned = {"禁止",   "删除",    "刪除", "禁言",
                                                     "banned", "deleted", "封"};
constexpr std::array<std::string_view, 3> kAttached = {"附件", "attachment", "Attachment"};

OptionalString name_or_null(std::string_view name) {
  return is_nobody(strip(name)) ? std::nullopt : text_or_null(std::string(strip(name)));
}

std::string_view without_head(std::string_view text, const auto& heads) {
  text = strip(text);
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view head : heads)
      if (text.starts_with(head)) {
        text = strip(text.substr(head.size()));
        cut = true;
      }
  }
  return text;
}

std::string_view without_colon(std::string_view text) {
  text = strip(text);
  for (const std::string_view colon : {":", "："})
    if (text.ends_with(colon)) text = strip(text.substr(0, text.size() - colon.size()));
  return text;
}

// `text` without the last of `words` at its end; nullopt when it ends with none of them.
std::optional<std::string_view> without_tail(std::string_view text, const auto& words) {
  text = without_colon(text);
  for (const std::string_view word : words)
    if (!word.empty() && text.ends_with(word)) return strip(text.substr(0, text.size() - word.size()));
  return std::nullopt;
}

// `text` without the picture that leads to the quoted post, where pictures are shown as their addresses.
std::string_view without_arrow(std::string_view text) {
  if (!text.ends_with("/back.gif")) return text;
  const std::size_t space = text.find_last_of(' ');
  return text.substr(0, space == std::string_view::npos ? 0 : space);
}

// The time that a sentence tells. It stands behind the member's name, which may hold a date itself, and before
// what is said of the edit.
std::optional<FoundTime> time_told(const Context& context, std::string_view text) {
  const auto first = find_time(text, context.fetched_at, context.zone, context.date_order);
  if (!first) return std::nullopt;
  auto second = find_time(text.substr(first->end), context.fetched_at, context.zone, context.date_order);
  if (!second) return first;
  const std::string_view between = text.substr(first->end, second->begin);
  if (contains(between, "编辑") || contains(between, "編輯")) return first;
  second->begin += first->end;
  second->end += first->end;
  return second;
}

}  // namespace

bool begins_edit_notice(std::string_view text) {
  text = strip(text);
  for (const std::string_view head : kEditHeads)
    if (text.starts_with(head)) return true;
  return false;
}

std::optional<Attribution> read_edit_notice(const Context& context, std::string_view text,
                                            const BodyHints& hints) {
  const auto time = time_told(context, text);
  if (!time) return std::nullopt;
  Attribution notice{std::nullopt, time->moment};
  if (begins_edit_notice(text)) {
    const std::string_view words = without_head(text.substr(0, time->begin), kEditHeads);
    notice.author = name_or_null(without_tail(words, kAtWords).value_or(words));
  } else if (hints.author && text.find(*hints.author) != std::string_view::npos) {
    notice.author = hints.author;
  }
  return notice;
}

std::optional<Attribution> read_quote_head(const Context& context, std::string_view line,
                                           const BodyHints& hints) {
  const auto time = time_told(context, line);
  if (!time) return std::nullopt;
  const std::string_view behind = without_colon(without_arrow(line.substr(time->end)));
  if (!behind.empty() && !is_one_of(behind, kEndsOfQuoteHead)) return std::nullopt;
  const std::string_view before = strip(line.substr(0, time->begin));
  const std::array<std::string_view, 1> own = {hints.posted_words};
  std::optional<std::string_view> name = without_tail(before, kPostedWords);
  if (!name) name = without_tail(before, own);
  if (!name && without_head(before, kQuoteHeads) != before) name = without_tail(before, kAtWords);
  if (!name) return std::nullopt;
  return Attribution{name_or_null(without_head(*name, kQuoteHeads)), time->moment};
}

std::string without_quote_label(std::string_view words) {
  constexpr std::array<std::string_view, 3> kLabels = {"引用:", "引用：", "Quote:"};
  for (const std::string_view label : kLabels)
    if (words.starts_with(label)) return std::string(strip(words.substr(label.size())));
  return std::string(words);
}

Withheld read_withheld(dom::Node notice, bool whole) {
  const std::string text = dom::text_of(notice);
  if (!word_in(text, kAttached).empty()) return Withheld::kAttachment;
  if (!whole) return Withheld::kHidden;
  const bool emphasised = static_cast<bool>(dom::find_tag(notice, "em")) && !dom::find_tag(notice, "a");
  if (!emphasised) return Withheld::kHidden;
  if (!word_in(text, kBanned).empty()) return Withheld::kAuthorBanned;
  return Withheld::kBlocked;
}

}  // namespace boardwalk::parsers::discuz
