// The layout of an archive, version 3: every family's keys and values, byte for byte. Reader and writer share
// the codecs below; numbers and letters are never re-used; a change of this grammar raises kLayout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// clang-format off
//
// The grammar is written so:
//   (a, b)   fields behind one another, as packed.hpp packs them
//   be64     eight bytes, most significant first
//   digest   the 32 bytes of a SHA-256
//   id(x)    one byte min(length, 255), the bytes, then 00 when there are 255 or more: digits sort as numbers do
//   site     host and port, as in record ids, then 00
//   json     a record as json_codec.hpp writes it, without line end
//   stamp    fetched at (UTC epoch seconds), url, sha256 in hex: which page said it
//
// LAYOUT (the file beside db/)
//   `boardwalk archive layout 3` and a line end
// records
//   'b' site id(board)                    → flags json
//   't' site id(thread)                   → flags json
//   'p' site id(thread) id(post)          → flags json    a post that names no thread has the thread id ""
//   'a' site id(hex)                      → flags json
//     flags: one byte; 1: its fold's cluster has other members, 2: older versions stand in `versions`,
//     4: its fold has neighbours
//     in the json duplicate_of, near_duplicate_of and similarity are null: they follow from `folds` and `near`
// ids
//   record id of a post                   → its key in `records`
// versions
//   record id, 00, be64 version           → json of a superseded version
// folds
//   digest of a fold                      → (members, record id of the original, rank of the original)
//   digest of a fold, record id           → (rank)        for every member, as soon as there are two
//     rank: published (UTC epoch seconds, of a day alone by clusters.hpp; 2^63 - 1 when not told), first seen
// bands
//   band number, its hash (5 bytes), first 6 bytes of the digest of a fold   → nothing; see sketch.hpp
// near
//   digest of a fold, digest of another   → (common shingles, all shingles) of two folds that are neighbours
// threads
//   site id(thread) 's'                   → (promised, stamp, posts, floorless, first pages, last pages)
//     promised pages by the newest of the thread's own pages that tells, that page, records held, whether one of
//     its pages prints no floors, and the runs of pages that were read whole
//   site id(thread) 'r'                   → json: what board rows say
//   site id(thread) 'o'                   → json: what its own pages say
//     in both, what the state tells is not filled in; `marks_from`, `counters_from` may stand at the end: thread_layer.hpp
//   site id(thread) 'p' be64 page         → (whole, prints floors, newest first, stamp, post ids in page
//     order, their floors or 0)
//   site id(thread) 'c' be64 seconds      → (replies, views) printed at that time; -1: not printed
//   site id(hex) 'a' be64 page            → json lines: what that page of an article of several has said, oldest first
// by_time
//   kind site time id                     → thread id     of 't' created_at, 'p' posted_at, 'a' published_at
// by_author
//   kind id(author) time site id          → thread id     a row for each author of an article
//     both are of current versions; `thread id` stands for posts alone; `id` is the site's own, to the key's end
//     time: be64 of UTC epoch seconds + 2^63, of a record without a time eight bytes FF
// bodies
//   digest of the bytes                   → (codec, dictionary, raw length), data
//     codec 0: stored, 1: a zstd frame, 2: a zstd frame of a redacted page; dictionary 0: none
// dictionaries
//   be64 number, from 1 on                → (site, digests of the bodies that it was trained on, dictionary)
// visits
//   page key, 00, be64 UTC milliseconds   → (2, url, run, outcome, status, detail, sha256, content sha256, page kind,
//                                            bytes, milliseconds, header names, header values, robots rule);
//                                            begun with 1 when written without the last field
// forgotten
//   `record` 00 record id, `author` 00 site 00 name, `site` 00 host, or `file` 00 page key
//                                         → (UTC epoch seconds, how many records, hashes of the texts; see redaction.hpp)
// meta: `file/` by files.hpp, `text/` and `textindex` by text_marks.hpp, `unsettled/` by care/unsettled.hpp,
//       `cookies/` by the crawler
// urls, queue, hosts, runs: the crawler's rows, whose grammar stands beside the code that writes them; and run_reading.hpp
//
// Layout 1 had no `by_time`, `by_author`, `bands`, `near`, `dictionaries` and `forgotten`; who wrote layout 2 left no marks
// for the full-text index. Archives of both are brought here when they are opened for writing; of layout 2 they can be
// read as they are.
//
// clang-format on

namespace boardwalk::store {

inline constexpr int kLayout = 3;
inline constexpr int kOldestRead = 2;  // without being brought to kLayout

// Keys of `records`.
inline constexpr char kBoardRow = 'b';
inline constexpr char kThreadRow = 't';
inline constexpr char kPostRow = 'p';
inline constexpr char kArticleRow = 'a';

[[nodiscard]] std::string board_key(std::string_view site, std::string_view board_id);
[[nodiscard]] std::string thread_key(std::string_view site, std::string_view thread_id);
[[nodiscard]] std::string post_key(std::string_view site, std::string_view thread_id,
                                   std::string_view post_id);
[[nodiscard]] std::string article_key(std::string_view site, std::string_view hex);
// What the keys of one kind begin with: of all sites, of one site, and of the posts of one thread.
[[nodiscard]] std::string kind_prefix(char kind);
[[nodiscard]] std::string site_prefix(char kind, std::string_view site);
[[nodiscard]] std::string thread_posts_prefix(std::string_view site, std::string_view thread_id);

// A key of `records` taken apart; the views point into the key. nullopt when it is none.
struct RecordKey {
  char kind;
  std::string_view site;
  std::string_view thread_id;  // of posts and threads
  std::string_view id;         // the site's own id of the record
};
[[nodiscard]] std::optional<RecordKey> parse_record_key(std::string_view key);

// The same, the other way.
[[nodiscard]] std::string record_key(const RecordKey& record);

// A record id (`HOST/post/PID`) taken apart; the views point into it. nullopt when it is none.
struct RecordId {
  char kind;  // as in keys
  std::string_view site;
  std::string_view id;
};
[[nodiscard]] std::optional<RecordId> parse_record_id(std::string_view record_id);
// `board`, `thread`, `post`, `article`; empty for any other letter.
[[nodiscard]] std::string_view kind_word(char kind);

// Values of `records`.
inline constexpr char kInCluster = 1;
inline constexpr char kHasVersions = 2;
inline constexpr char kHasNear = 4;

// Keys of `versions`.
[[nodiscard]] std::string version_prefix(std::string_view record_id);
[[nodiscard]] std::string version_key(std::string_view record_id, int version);

// Keys of `threads`.
[[nodiscard]] std::string thread_state_key(std::string_view site, std::string_view thread_id);
[[nodiscard]] std::string thread_rows_key(std::string_view site, std::string_view thread_id);
[[nodiscard]] std::string thread_own_key(std::string_view site, std::string_view thread_id);
[[nodiscard]] std::string thread_pages_prefix(std::string_view site, std::string_view thread_id);
[[nodiscard]] std::string thread_counters_prefix(std::string_view site, std::string_view thread_id);
[[nodiscard]] std::string thread_page_key(std::string_view site, std::string_view thread_id, int page);
[[nodiscard]] std::string article_parts_prefix(std::string_view site, std::string_view hex);
[[nodiscard]] std::string article_part_key(std::string_view site, std::string_view hex, int page);

// Keys of `visits`.
[[nodiscard]] std::string visit_prefix(std::string_view page_key);
[[nodiscard]] std::string visit_key(std::string_view page_key, std::int64_t fetched_at);

// The bytes of a digest written as 64 lower-case hexadecimal digits; nullopt when it is none.
inline constexpr std::size_t kDigestBytes = 32;
[[nodiscard]] std::optional<std::string> digest_key(std::string_view hex);

// Keys of `dictionaries`; 0 when it is none.
[[nodiscard]] std::string dictionary_key(int number);
[[nodiscard]] int parse_dictionary_key(std::string_view key);

}  // namespace boardwalk::store
