// The model that everything above shares: what a page says, as plain structs. Fields stand in the order of
// the record schema; what the page does not show is absent (nullopt, an empty list), never a guess. Ids are
// the site's own, as strings; a record's archive-wide id (`HOST/post/PID`) is made of `site` and the native
// id by the functions below.
//
// Texts are UTF-8. Times are Moments (see moment.hpp). The store fills what only it can know (Provenance).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/moment.hpp"

namespace boardwalk::parsers {

using OptionalString = std::optional<std::string>;

// Null for an empty text.
[[nodiscard]] inline OptionalString text_or_null(std::string text) {
  return text.empty() ? std::nullopt : OptionalString(std::move(text));
}

// Where a record was read: the fetched URL, when (UTC, epoch seconds), and the SHA-256 (hex) of the page's
// bytes.
struct PageRef {
  std::string url;
  std::int64_t fetched_at = 0;
  std::string sha256;
  friend bool operator==(const PageRef&, const PageRef&) = default;
};

struct BoardRef {
  OptionalString id;  // Discuz fid
  OptionalString name;
  friend bool operator==(const BoardRef&, const BoardRef&) = default;
};

// What only the archive knows of a record. `first_seen`, `last_seen` and `gone_at` are UTC epoch seconds.
struct Provenance {
  int version = 1;
  std::int64_t first_seen = 0;
  std::int64_t last_seen = 0;
  std::optional<std::int64_t> gone_at;
  friend bool operator==(const Provenance&, const Provenance&) = default;
};

struct Board {
  std::string site;
  std::string board_id;
  OptionalString parent_id;
  OptionalString name;
  OptionalString description;
  std::optional<std::int64_t> threads;
  std::optional<std::int64_t> posts;
  OptionalString url;
  PageRef page;
  std::string parser;
  friend bool operator==(const Board&, const Board&) = default;
};

struct PollOption {
  std::string text;
  std::optional<std::int64_t> votes;
  friend bool operator==(const PollOption&, const PollOption&) = default;
};

struct Poll {
  std::vector<PollOption> options;
  std::optional<bool> multiple;
  std::optional<Moment> ends_at;
  friend bool operator==(const Poll&, const Poll&) = default;
};

// The key of Thread::special_fields whose value is a person's name.
inline constexpr std::string_view kBestAnswerBy = "best_answer_by";

// A thread as one page tells it. A board row knows other fields than the thread's own pages; the store merges
// them.
struct Thread {
  OptionalString url;
  std::string site;
  OptionalString software;
  BoardRef board;
  std::string thread_id;
  OptionalString title;
  OptionalString type;
  OptionalString author;
  OptionalString author_id;
  std::optional<Moment> created_at;
  std::optional<std::int64_t> replies;
  std::optional<std::int64_t> views;
  std::optional<Moment> last_reply_at;
  OptionalString last_reply_by;
  std::optional<int> pages;
  OptionalString sticky;  // global | category | board
  std::optional<int> digest;
  std::optional<bool> closed;
  OptionalString special;  // poll | reward | trade | debate | activity
  std::optional<Poll> poll;
  std::vector<std::pair<std::string, std::string>> special_fields;  // in page order
  std::optional<int> read_permission;
  std::optional<std::int64_t> price;
  std::int64_t posts_archived = 0;
  bool complete = false;
  Provenance seen;
  PageRef page;
  std::string parser;
  // Beyond the schema's fixed keys.
  OptionalString sort;  // 分类信息 table's name
  std::optional<std::int64_t> participants;
  std::vector<int> missing_pages;  // pages of the thread not read whole; empty when complete or unknown
  std::optional<int> highlight;    // 1 when the row is highlighted
  friend bool operator==(const Thread&, const Thread&) = default;
};

struct Quote {
  OptionalString author;
  std::optional<Moment> posted_at;
  std::string text;
  friend bool operator==(const Quote&, const Quote&) = default;
};

struct TextLink {
  std::string url;  // absolute
  std::string text;
  friend bool operator==(const TextLink&, const TextLink&) = default;
};

struct Image {
  std::string url;  // absolute
  OptionalString alt;
  OptionalString caption;
  friend bool operator==(const Image&, const Image&) = default;
};

struct Attachment {
  OptionalString name;
  OptionalString url;   // absent when guests cannot see it
  OptionalString size;  // as printed: `60.11 KB`
  bool needs_login = false;
  std::optional<std::int64_t> downloads;
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

struct Comment {  // 点评
  OptionalString author;
  OptionalString author_id;
  std::optional<Moment> posted_at;
  std::string text;
  friend bool operator==(const Comment&, const Comment&) = default;
};

struct Rating {  // 评分
  OptionalString by;
  OptionalString by_id;
  OptionalString amount;  // with its sign, as printed: `+5`
  OptionalString unit;    // `威望`
  OptionalString reason;
  friend bool operator==(const Rating&, const Rating&) = default;
};

struct Post {
  std::string site;
  OptionalString software;
  BoardRef board;
  OptionalString thread_id;
  OptionalString thread_title;
  std::string post_id;
  std::optional<int> floor;
  bool first = false;
  OptionalString author;
  OptionalString author_id;
  bool anonymous = false;
  std::optional<Moment> posted_at;
  std::optional<Moment> edited_at;
  OptionalString edited_by;
  std::string text;
  std::vector<Quote> quotes;
  std::vector<TextLink> links;
  std::vector<Image> images;
  std::vector<Attachment> attachments;
  std::vector<Comment> comments;
  std::vector<Rating> ratings;
  std::vector<std::string> flags;  // blocked, author_banned, hidden_part, …
  OptionalString text_sha256;      // hex; of `text`
  OptionalString fold_sha256;      // hex; of its fold; both absent when there is no text
  OptionalString duplicate_of;
  OptionalString near_duplicate_of;
  std::optional<double> similarity;
  Provenance seen;
  PageRef page;
  std::string parser;
  // Beyond the schema's fixed keys.
  std::vector<std::string> smilies;   // codes or image names, in order
  std::vector<std::string> mentions;  // names behind an @ that link to a profile
  std::vector<TextLink> media;        // players and [flash], as links
  bool comments_paged = false;        // the site holds more comments than the page shows
  std::string fold;                   // of the text (fold.hpp); known of a page's records alone, not kept
  friend bool operator==(const Post&, const Post&) = default;
};

struct CharsetUse {
  OptionalString declared;    // by BOM, header or meta, the first of them that speaks
  std::string used;           // IANA name, lower case: `utf-8`, `gb18030`, `big5`
  std::int64_t replaced = 0;  // characters that had to be replaced by U+FFFD
  friend bool operator==(const CharsetUse&, const CharsetUse&) = default;
};

struct Article {
  std::string url;
  OptionalString canonical_url;
  std::string site;
  OptionalString title;
  OptionalString subtitle;
  std::vector<std::string> authors;
  OptionalString editor;
  OptionalString source;
  OptionalString section;
  std::optional<Moment> published_at;
  std::optional<Moment> modified_at;
  std::vector<std::string> keywords;
  OptionalString language;
  std::string text;
  std::vector<TextLink> links;
  std::vector<Image> images;
  OptionalString text_sha256;
  OptionalString fold_sha256;
  OptionalString duplicate_of;
  OptionalString near_duplicate_of;
  std::optional<double> similarity;
  Provenance seen;
  PageRef page;
  std::string parser;
  // Beyond the schema's fixed keys.
  CharsetUse charset;
  std::optional<int> part;   // read from the page of that number of several; `url` is then the first one's
  std::optional<int> pages;  // how many there are, by the pager; absent for an article of one page
  std::vector<int> missing_pages;  // of those, the ones that are not in the archive
  std::vector<PageRef> parts;      // the pages that the text was joined from, in order
  std::string fold;                // as in Post
  friend bool operator==(const Article&, const Article&) = default;
};

// Archive-wide ids; that of an article follows from its page's key (article_record_id, page_key.hpp).
[[nodiscard]] inline std::string board_record_id(const std::string& site, const std::string& fid) {
  return site + "/board/" + fid;
}
[[nodiscard]] inline std::string thread_record_id(const std::string& site, const std::string& tid) {
  return site + "/thread/" + tid;
}
[[nodiscard]] inline std::string post_record_id(const std::string& site, const std::string& pid) {
  return site + "/post/" + pid;
}

}  // namespace boardwalk::parsers
