// One post of the sample forum with its words in two forms that are made apart from each other: segments,
// from which the page's markup is rendered, and `text`, what a guest reads as the author's own words, one
// line per visual line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace boardwalk::sample {

enum class AuthorKind { kMember, kAnonymous, kGuest, kDeleted };

struct Member {
  int uid = 0;
  std::string name{};
  bool banned = false;
  std::string signature{};  // empty: none
};

// As a guest can know it: an anonymous or guest author has no name and uid 0, a deleted one a name and uid 0.
struct Author {
  AuthorKind kind = AuthorKind::kMember;
  int uid = 0;
  std::string name{};
  bool banned = false;
};

struct Segment {
  enum Kind {
    kWords,         // `text`
    kBreak,         // end of line
    kSmiley,        // `text` its code name
    kMention,       // `text` the name, `number` the uid
    kLink,          // `text` shown, `url`
    kImage,         // `url`; says nothing in words
    kAttachment,    // `number` the aid, in its place among the words; guests see it only in boards that allow
                    // it
    kReplyToSee,    // a part that shows after a reply
    kCreditsToSee,  // `number` credits needed
    kCode,          // `items` the lines
    kList,          // `items`
    kTable,         // `items` the cells by rows, `number` the columns
    kBox,           // a quote box that quotes no post: `text`
  };
  Kind kind = kWords;
  std::string text{};
  std::string url{};
  std::int64_t number = 0;
  std::vector<std::string> items{};
};

struct Quoted {
  std::int64_t pid = 0;
  std::string author{};
  std::int64_t posted_at = 0;
  std::string text{};
};

struct Comment {
  int id = 0;
  std::string author{};
  int uid = 0;
  std::int64_t posted_at = 0;
  std::string text{};
  bool on_thread_page = true;  // the first five; the rest come by AJAX
};

struct Rating {
  std::string by{};
  int uid = 0;
  int amount = 0;
  std::string reason{};
};

struct AttachedFile {
  int aid = 0;
  std::string name{};
  std::int64_t bytes = 0;
  bool image = false;
  std::string path{};
  bool guest_visible = false;
};

struct Post {
  std::int64_t pid = 0;
  int tid = 0;
  int fid = 0;
  int position = 0;  // in the database
  int floor = 0;     // as printed
  bool first = false;
  Author author{};
  std::int64_t posted_at = 0;
  std::int64_t edited_at = 0;  // 0: never; pages print it to the minute
  std::string edited_by{};
  std::vector<Segment> segments{};
  std::vector<Quoted> quotes{};
  std::vector<Comment> comments{};
  std::vector<Rating> ratings{};
  std::vector<AttachedFile> attachments{};
  std::string signature{};
  bool blocked = false;  // by a moderator; the page shows a notice in place of the words
  bool hidden_part = false;
  bool guest_visible = true;  // false in threads that guests cannot open
  std::string text{};         // empty when silenced()

  // The page shows a notice in place of the words; Discuz hides those of banned and deleted authors too.
  [[nodiscard]] bool silenced() const {
    return blocked || author.banned || author.kind == AuthorKind::kDeleted;
  }
};

// The words of the segments as a reader sees them: lines joined by "\n", no blank ones, runs of space as one.
[[nodiscard]] std::string plain_text(const std::vector<Segment>& segments);

}  // namespace boardwalk::sample
