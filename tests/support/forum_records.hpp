// What a sample forum consists of, as its database would hold it: boards, threads, who posted when, news
// articles. Plain data; Model makes and owns it. Times are epoch seconds, 0 for never.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/post.hpp"

namespace boardwalk::sample {

enum class BoardKind { kCategory, kBoard, kSub, kLocked, kLink };

struct Board {
  int fid = 0;
  BoardKind kind = BoardKind::kBoard;
  int parent = 0;    // fid of the category, or of the board that a kSub stands in; 0 for a category
  int category = 0;  // fid
  std::string name{};
  std::string description{};
  std::vector<std::string> types{};  // thread types; type id = place in the list, from 1
  bool jammer = false;               // hidden noise behind every line
  bool open_attachments = false;     // guests see attachments
};

// What is special about a thread; the first threads of a forum are one of each, in this order.
enum class Theme {
  kGlobalSticky,
  kCategorySticky,
  kBoardSticky,
  kLong,
  kPoll,
  kEndedPoll,
  kReward,
  kSolvedReward,
  kTrade,
  kDebate,
  kActivity,
  kQuotes,
  kHidden,
  kBlocked,
  kOddAuthors,
  kAttachments,
  kComments,
  kMarkup,
  kClosed,
  kHighlighted,
  kMoved,
  kRestricted,
  kOpenAttachments,
  kPlain,
  kLocked,  // kLocked: in the board behind a password
};

// A post before its words.
struct PostHead {
  std::int64_t pid = 0;
  int position = 0;  // 1, 2, …; never changes; a goods entry has 0 and is no floor
  int member = 0;    // uid
  AuthorKind kind = AuthorKind::kMember;
  std::int64_t posted_at = 0;
  int edited_day = 0;          // the last day that changed it; 0: none
  std::int64_t edited_at = 0;  // of that day
  bool deleted = false;
};

struct Goods {
  std::int64_t pid = 0;
  std::string name{};
  int price = 0;
};

struct Thread {
  int tid = 0;
  int fid = 0;
  Theme theme = Theme::kPlain;
  std::string subject{};
  Author author{};
  std::int64_t created_at = 0;
  std::int64_t last_at = 0;
  Author last_by{};
  int replies = 0;  // as printed: living replies, comments and goods
  int views = 0;
  std::string sticky{};  // global, category, board; empty: none
  int digest = 0;
  bool closed = false;
  bool highlighted = false;
  int type_id = 0;  // 0: none
  std::string type{};
  std::string special{};  // poll, reward, trade, debate, activity; empty: none
  int read_permission = 0;
  int moved_row = 0;  // the dead tid whose row in `moved_from` leads here; 0: none
  int moved_from = 0;
  bool guest_visible = true;
  bool removed = false;
  std::vector<Goods> goods{};
  std::vector<PostHead> heads{};  // by position, deleted ones included
};

struct Article {
  int id = 0;
  std::string path{};     // "/news/life/1003.html"
  std::string section{};  // path part
  std::string section_name{};
  std::string title{};
  std::string source{};
  std::string author{};
  std::string editor{};
  std::int64_t published_at = 0;
  std::int64_t modified_at = 0;           // equals published_at until a day edits it
  std::vector<std::string> paragraphs{};  // for a mirror: those of the original, before the rewriting
  std::int64_t copy_of_pid = 0;           // the post whose words these are; 0: none
  int mirror_of = 0;  // id of the article that this one is in traditional characters; 0: none
};

// How many 点评 stand under a post; they count as replies of its thread.
[[nodiscard]] int comment_count(const Thread& thread, const PostHead& head);

}  // namespace boardwalk::sample
