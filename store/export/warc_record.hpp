// One record of a web archive (WARC 1.1 §5): its fields and its block, as bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace boardwalk::store {

class WarcRecord {
 public:
  // `id` as warc_id() makes it; `date` in UTC epoch milliseconds.
  WarcRecord(std::string_view type, const std::string& id, std::int64_t date);

  void field(std::string_view name, std::string_view value);
  void block(std::string_view content_type, std::string block);  // with its digest and length
  // The record's bytes, which this object gives away.
  [[nodiscard]] std::string take();

 private:
  std::string head_;
  std::string block_;
};

// `<urn:uuid:…>`, made of what the record stands for (RFC 9562 §5.8): equal words, equal ids.
[[nodiscard]] std::string warc_id(std::string_view words);
// `2026-11-25T07:00:00.123Z` (§5.4: W3C's profile of ISO 8601)
[[nodiscard]] std::string warc_date(std::int64_t epoch_milliseconds);
// `sha256:` and the hex digits.
[[nodiscard]] std::string warc_digest(std::string_view bytes);

}  // namespace boardwalk::store
