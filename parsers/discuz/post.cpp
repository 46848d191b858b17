#include "parsers/discuz/post.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/contains.hpp"
#include "parsers/discuz/attachments.hpp"
#include "parsers/discuz/message_body.hpp"
#include "parsers/discuz/notices.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/post_extras.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

constexpr std::array<std::string_view, 4> kAnonymous = {"匿名", "Anonymous", "anonymous", "匿名用户"};
// What X3 prints in place of a floor's number for the replies that readers like best, which stand first.
constexpr std::array<std::string_view, 2> kRecommended = {"推荐", "推薦"};
constexpr std::array<std::string_view, 6> kGuest = {"游客", "遊客", "访客", "訪客", "Guest", "guest"};

void add_flag(Post& post, std::string_view flag) {
  if (std::find(post.flags.begin(), post.flags.end(), flag) == post.flags.end())
    post.flags.emplace_back(flag);
}

// Whether the line with the time repeats the words in the author's place, as X does for 匿名 in any language.
bool repeated_beside_time(const PostParts& parts, std::string_view words) {
  return std::any_of(parts.infos.begin(), parts.infos.end(),
                     [words](Node info) { return own_text(info) == words; });
}

// An author without a link: `匿名`; a guest, `<a href="javascript:;">匿名 <em>1.2.3.x</em></a>`; a deleted
// member, `name <em>该用户已被删除</em>`. False when the box names nobody.
bool read_unlinked_author(const PostParts& parts, Node box, Post& post) {
  const Node link = dom::find_tag(box, "a");
  const Node mark = dom::find_tag(box, "em");
  const std::string words =
      link && mark ? own_text(link) : own_text(dom::find_tag(box, "cite") ? dom::find_tag(box, "cite") : box);
  if (words.empty()) return false;
  if ((link && mark) || is_one_of(words, kGuest)) {
    add_flag(post, "guest");
  } else if (is_one_of(words, kAnonymous) || (!mark && repeated_beside_time(parts, words))) {
    post.anonymous = true;
  } else {
    post.author = words;
    if (mark) add_flag(post, "author_deleted");
  }
  return true;
}

bool read_author(const PostParts& parts, Post& post) {
  if (parts.author_link) {
    post.author = shown_text(parts.author_link);
    post.author_id = uid_of(parts.author_link.attr_or("href"));
    return true;
  }
  for (const Node box : parts.author_boxes) {
    if (read_unlinked_author(parts, box, post)) return true;
    // As some themes have it, in the line that holds the link of others.
    const Node line = dom::find_class(box, "", "authi");
    if (line && !parts.posted.inside(line) && read_unlinked_author(parts, line, post)) return true;
  }
  for (const Node info : parts.infos)
    if (const std::string words = own_text(info); is_one_of(words, kAnonymous)) {
      post.anonymous = true;
      return true;
    }
  return false;
}

std::optional<Moment> read_posted(const Context& context, const PostParts& parts) {
  if (parts.posted)
    if (auto time = time_in(parts.posted, context.fetched_at, context.zone, context.date_order)) return time;
  for (const Node info : parts.infos)
    if (auto time = time_in(info, context.fetched_at, context.zone, context.date_order)) return time;
  return std::nullopt;
}

// What the interface says before the time, in its language.
std::string words_before_time(const Context& context, Node posted) {
  if (!posted) return {};
  const std::string text = dom::text_of(posted);
  const auto time = find_time(text, context.fetched_at, context.zone, context.date_order);
  return time ? std::string(strip(std::string_view(text).substr(0, time->begin))) : own_text(posted);
}

void read_floor_of(const PostParts& parts, ReadPost& read) {
  if (!parts.number) return;
  const std::string words = dom::text_of(parts.number);
  read.stuck = dom::find_class(parts.number, "", "replystick") || dom::find_tag(parts.number, "img") ||
               is_one_of(words, kRecommended);
  read.post.floor = read_floor(words);
  read.numbered = read.post.floor.has_value();
  read.worded = read.numbered && !first_number(words);
}

void read_notices(const PostParts& parts, ReadPost& read) {
  const bool whole = !parts.message;
  const std::vector<Node>& notices = whole && parts.locked.empty() ? parts.notices : parts.locked;
  for (const Node notice : notices) {
    switch (read_withheld(notice, whole)) {
      case Withheld::kBlocked:
        add_flag(read.post, "blocked");
        break;
      case Withheld::kAuthorBanned:
        add_flag(read.post, "author_banned");
        break;
      case Withheld::kHidden:
        add_flag(read.post, "hidden_part");
        break;
      case Withheld::kAttachment:
        read.post.attachments.emplace_back().needs_login = true;
        break;
    }
  }
  read.has_words = parts.message || !notices.empty();
  if (whole) return;
  for (const Node notice : parts.notices)
    if (read_withheld(notice, false) == Withheld::kAttachment)
      read.post.attachments.emplace_back().needs_login = true;
}

void read_stand(Node stand, Post& post) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kStands = {
      {{"pdbts_1", "debate_affirmative"}, {"pdbts_2", "debate_negative"}, {"pdbts_0", "debate_neutral"}}};
  for (const auto& [word, flag] : kStands)
    if (stand.has_class(word)) add_flag(post, flag);
}

}  // namespace

std::optional<int> read_floor(std::string_view words) {
  constexpr std::array<std::pair<std::string_view, int>, 7> kNames = {
      {{"楼主", 1}, {"樓主", 1}, {"沙发", 2}, {"沙發", 2}, {"板凳", 3}, {"地板", 4}, {"地下室", 5}}};
  if (const auto number = first_number(words)) {
    if (*number < 1 || *number > 100'000'000) return std::nullopt;
    return static_cast<int>(*number);
  }
  for (const auto& [name, floor] : kNames)
    if (words.find(name) != std::string_view::npos) return floor;
  return std::nullopt;
}

ReadPost read_post(const Context& context, const PostParts& parts) {
  ReadPost read;
  Post& post = read.post;
  post.post_id = parts.pid;
  read.has_author = read_author(parts, post);
  post.posted_at = read_posted(context, parts);
  read.has_time = post.posted_at || looks_like_time(dom::text_of(parts.posted));
  read_floor_of(parts, read);
  read_notices(parts, read);
  if (parts.message) {
    const BodyHints hints{words_before_time(context, parts.posted), post.author};
    if (read_message_body(context, parts.message, hints, post)) add_flag(post, "hidden_part");
  }
  for (const Node list : parts.attachments) read_attachment_list(context, list, post);
  if (parts.attachments_denied) post.attachments.emplace_back().needs_login = true;
  if (parts.warned) add_flag(post, "warned");
  if (parts.stand) read_stand(parts.stand, post);
  read_ratings(parts, post);
  if (parts.comments) read_comments(context, parts, post);
  return read;
}

}  // namespace boardwalk::parsers::discuz
