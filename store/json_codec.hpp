// The one place where records become JSON and JSON becomes records: the lines that `export jsonl` prints and
// the archive stores. Keys stand in the schema's order, no space between tokens, UTF-8; absent is null. The
// schema itself is store/record.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "config/error.hpp"
#include "parsers/records.hpp"

namespace boardwalk::store {

[[nodiscard]] std::string to_json(const parsers::Board& board);
[[nodiscard]] std::string to_json(const parsers::Thread& thread);
[[nodiscard]] std::string to_json(const parsers::Post& post);
[[nodiscard]] std::string to_json(const parsers::Article& article);

// The same of a record that enters the archive: with this provenance, and as a copy of nothing.
[[nodiscard]] std::string entering_json(const parsers::Post& post, const parsers::Provenance& seen);
[[nodiscard]] std::string entering_json(const parsers::Article& article, const parsers::Provenance& seen);

// The same without what changes without the record having changed: where and when it was read, by which
// parser, view and download counters. Such fields are as those of a record that was never read.
[[nodiscard]] std::string lasting_json(const parsers::Board& board);
[[nodiscard]] std::string lasting_json(const parsers::Thread& thread);
[[nodiscard]] std::string lasting_json(const parsers::Post& post);
[[nodiscard]] std::string lasting_json(const parsers::Article& article);

// entering_json() of a post whose lasting_json() is at hand: what differs is written, the rest copied.
[[nodiscard]] std::string entering_json(const parsers::Post& post, const parsers::Provenance& seen,
                                        std::string_view lasting);

// Inverse of to_json, but for what is not exported. kDamaged when the text is not such a record.
[[nodiscard]] Result<parsers::Board> board_from_json(std::string_view json);
[[nodiscard]] Result<parsers::Thread> thread_from_json(std::string_view json);
[[nodiscard]] Result<parsers::Post> post_from_json(std::string_view json);
[[nodiscard]] Result<parsers::Article> article_from_json(std::string_view json);

// The same for a template's record.
template <typename Record>
[[nodiscard]] Result<Record> from_json(std::string_view json) {
  if constexpr (std::is_same_v<Record, parsers::Board>)
    return board_from_json(json);
  else if constexpr (std::is_same_v<Record, parsers::Thread>)
    return thread_from_json(json);
  else if constexpr (std::is_same_v<Record, parsers::Post>)
    return post_from_json(json);
  else
    return article_from_json(json);
}

// The archive-wide id that the record's JSON carries under `id`.
[[nodiscard]] std::string record_id(const parsers::Board& board);
[[nodiscard]] std::string record_id(const parsers::Thread& thread);
[[nodiscard]] std::string record_id(const parsers::Post& post);
[[nodiscard]] std::string record_id(const parsers::Article& article);

}  // namespace boardwalk::store
