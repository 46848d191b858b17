#include "store/schema.hpp"

#include <array>
#include <limits>
#include <utility>

#include "config/ascii.hpp"
#include "store/key_parts.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {
namespace {

constexpr std::array<std::pair<char, std::string_view>, 4> kKindWords{
    {{kBoardRow, "board"}, {kThreadRow, "thread"}, {kPostRow, "post"}, {kArticleRow, "article"}}};

// What each byte means as a hexadecimal digit, -1 where it is none, as capital letters are not.
constexpr auto kLowerHex = [] {
  std::array<signed char, 256> values{};
  for (int c = 0; c < 256; ++c) {
    const auto digit = static_cast<char>(c);
    values[static_cast<std::size_t>(c)] =
        ascii::is_upper(digit) ? -1 : static_cast<signed char>(ascii::hex_value(digit));
  }
  return values;
}();

std::string key_of(char kind, std::string_view site, std::string_view id) {
  std::string key = site_prefix(kind, site);
  append_id(key, id);
  return key;
}

std::string thread_row(std::string_view site, std::string_view thread_id, char row) {
  std::string key{site};
  key += '\0';
  append_id(key, thread_id);
  key += row;
  return key;
}

}  // namespace

std::string board_key(std::string_view site, std::string_view board_id) {
  return key_of(kBoardRow, site, board_id);
}

std::string thread_key(std::string_view site, std::string_view thread_id) {
  return key_of(kThreadRow, site, thread_id);
}

std::string post_key(std::string_view site, std::string_view thread_id, std::string_view post_id) {
  std::string key = thread_posts_prefix(site, thread_id);
  append_id(key, post_id);
  return key;
}

std::string article_key(std::string_view site, std::string_view hex) {
  return key_of(kArticleRow, site, hex);
}

std::string kind_prefix(char kind) { return std::string(1, kind); }

std::string site_prefix(char kind, std::string_view site) {
  std::string key(1, kind);
  key += site;
  key += '\0';
  return key;
}

std::string thread_posts_prefix(std::string_view site, std::string_view thread_id) {
  return key_of(kPostRow, site, thread_id);
}

std::optional<RecordKey> parse_record_key(std::string_view key) {
  if (key.empty()) return std::nullopt;
  RecordKey parsed{key.front(), {}, {}, {}};
  key.remove_prefix(1);
  const auto site = take_site(key);
  if (!site) return std::nullopt;
  parsed.site = *site;
  if (parsed.kind == kPostRow) {
    const auto thread_id = take_id(key);
    if (!thread_id) return std::nullopt;
    parsed.thread_id = *thread_id;
  }
  const auto id = take_id(key);
  if (!id || !key.empty()) return std::nullopt;
  parsed.id = *id;
  if (parsed.kind == kThreadRow) parsed.thread_id = *id;
  return parsed;
}

std::string record_key(const RecordKey& record) {
  return record.kind == kPostRow ? post_key(record.site, record.thread_id, record.id)
                                 : key_of(record.kind, record.site, record.id);
}

std::optional<RecordId> parse_record_id(std::string_view record_id) {
  const std::size_t site_end = record_id.find('/');
  if (site_end == std::string_view::npos) return std::nullopt;
  const std::size_t kind_end = record_id.find('/', site_end + 1);
  if (kind_end == std::string_view::npos) return std::nullopt;
  const std::string_view word = record_id.substr(site_end + 1, kind_end - site_end - 1);
  for (const auto& [kind, name] : kKindWords)
    if (word == name) return RecordId{kind, record_id.substr(0, site_end), record_id.substr(kind_end + 1)};
  return std::nullopt;
}

std::string_view kind_word(char kind) {
  for (const auto& [letter, word] : kKindWords)
    if (letter == kind) return word;
  return {};
}

std::string version_prefix(std::string_view record_id) {
  std::string key{record_id};
  key += '\0';
  return key;
}

std::string version_key(std::string_view record_id, int version) {
  std::string key = version_prefix(record_id);
  key += big_endian(static_cast<std::uint64_t>(version));
  return key;
}

std::string thread_state_key(std::string_view site, std::string_view thread_id) {
  return thread_row(site, thread_id, 's');
}
std::string thread_rows_key(std::string_view site, std::string_view thread_id) {
  return thread_row(site, thread_id, 'r');
}
std::string thread_own_key(std::string_view site, std::string_view thread_id) {
  return thread_row(site, thread_id, 'o');
}
std::string thread_pages_prefix(std::string_view site, std::string_view thread_id) {
  return thread_row(site, thread_id, 'p');
}

std::string thread_counters_prefix(std::string_view site, std::string_view thread_id) {
  return thread_row(site, thread_id, 'c');
}
std::string thread_page_key(std::string_view site, std::string_view thread_id, int page) {
  std::string key = thread_pages_prefix(site, thread_id);
  key += big_endian(static_cast<std::uint64_t>(page));
  return key;
}

std::string article_parts_prefix(std::string_view site, std::string_view hex) {
  return thread_row(site, hex, 'a');
}

std::string article_part_key(std::string_view site, std::string_view hex, int page) {
  std::string key = article_parts_prefix(site, hex);
  key += big_endian(static_cast<std::uint64_t>(page));
  return key;
}

std::string visit_prefix(std::string_view page_key) {
  std::string key{page_key};
  key += '\0';
  return key;
}

std::string visit_key(std::string_view page_key, std::int64_t fetched_at) {
  std::string key = visit_prefix(page_key);
  key += big_endian(static_cast<std::uint64_t>(fetched_at));
  return key;
}

std::optional<std::string> digest_key(std::string_view hex) {
  if (hex.size() != 2 * kDigestBytes) return std::nullopt;
  std::string digest(kDigestBytes, '\0');
  int all = 0;  // negative: one of them is no lower-case digit
  for (std::size_t i = 0; i < kDigestBytes; ++i) {
    const int high = kLowerHex[static_cast<unsigned char>(hex[2 * i])];
    const int low = kLowerHex[static_cast<unsigned char>(hex[2 * i + 1])];
    all |= high | low;
    digest[i] = static_cast<char>(high << 4 | low);
  }
  if (all < 0) return std::nullopt;
  return digest;
}

std::string dictionary_key(int number) { return big_endian(static_cast<std::uint64_t>(number)); }

int parse_dictionary_key(std::string_view key) {
  const std::uint64_t number = key.size() == 8 ? from_big_endian(key) : 0;
  return number <= std::numeric_limits<int>::max() ? static_cast<int>(number) : 0;
}

}  // namespace boardwalk::store
