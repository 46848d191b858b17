#include "store/export/warc_record.hpp"

#include <fmt/format.h>

#include <utility>

#include "parsers/digest.hpp"
#include "parsers/moment.hpp"

namespace boardwalk::store {

WarcRecord::WarcRecord(std::string_view type, const std::string& id, std::int64_t date) {
  head_ = "WARC/1.1\r\n";
  field("WARC-Type", type);
  field("WARC-Record-ID", id);
  field("WARC-Date", warc_date(date));
}

void WarcRecord::field(std::string_view name, std::string_view value) {
  head_ += fmt::format("{}: {}\r\n", name, value);
}

void WarcRecord::block(std::string_view content_type, std::string block) {
  block_ = std::move(block);
  field("WARC-Block-Digest", warc_digest(block_));
  field("Content-Type", content_type);
}

std::string WarcRecord::take() {
  field("Content-Length", std::to_string(block_.size()));
  return std::move(head_) + "\r\n" + block_ + "\r\n\r\n";
}

std::string warc_id(std::string_view words) {
  const auto digest = parsers::sha256(words);
  auto bytes = digest;
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x80);  // version 8
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);  // the variant
  const std::string hex = parsers::hex(bytes);
  return fmt::format("<urn:uuid:{}-{}-{}-{}-{}>", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20, 12));
}

std::string warc_date(std::int64_t epoch_milliseconds) {
  std::string date = parsers::utc_rfc3339(epoch_milliseconds / 1000);
  date.insert(date.size() - 1, fmt::format(".{:03}", epoch_milliseconds % 1000));
  return date;
}

std::string warc_digest(std::string_view bytes) { return "sha256:" + parsers::sha256_hex(bytes); }

}  // namespace boardwalk::store
