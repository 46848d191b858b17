#include "store/export/warc.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/moment.hpp"
#include "parsers/page_key.hpp"
#include "parsers/sniff.hpp"
#include "store/bodies.hpp"
#include "store/export/compressor.hpp"
#include "store/export/warc_record.hpp"
#include "store/json_text.hpp"

namespace boardwalk::store {
namespace {

constexpr std::string_view kSameBytes = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
constexpr std::string_view kNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";
constexpr std::string_view kHttp = "application/http; msgtype=response";
constexpr std::string_view kFields = "application/warc-fields";

// Those that tell how the body was sent, which is not how it stands here.
bool tells_transport(std::string_view name) {
  const std::string small = ascii::lowered(name);
  return small == "content-encoding" || small == "transfer-encoding" || small == "content-length";
}

std::string header_block(const Visit& visit, std::size_t length) {
  std::string block = fmt::format("HTTP/1.1 {} \r\n", visit.status);
  for (const auto& [name, value] : visit.headers)
    block += fmt::format("{}{}: {}\r\n", tells_transport(name) ? "X-Archive-Orig-" : "", name, value);
  return block + fmt::format("Content-Length: {}\r\n\r\n", length);
}

std::string mime_of(const Visit& visit) {
  const std::string type = parsers::media_type(content_type_of(visit));
  return type.empty() ? "unk" : type;
}

// Why a body stops before its end (§5.13); empty when it does not.
std::string_view truncated(const Visit& visit) {
  switch (visit.outcome) {
    case parsers::Outcome::kTruncated:
      return "disconnect";
    case parsers::Outcome::kTimeout:
      return "time";
    case parsers::Outcome::kTooLarge:
      return "length";
    default:
      return {};
  }
}

std::string visit_words(const Visit& visit) { return fmt::format("{} {}", visit.fetched_at, visit.key); }

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return text;
}

std::string metadata_fields(const Visit& visit, bool body_lost) {
  std::string fields = fmt::format("outcome: {}\r\nrun: {}\r\nfetchTimeMs: {}\r\n", to_string(visit.outcome),
                                   visit.run, visit.milliseconds);
  if (!visit.detail.empty()) fields += fmt::format("detail: {}\r\n", one_line(visit.detail));
  if (!visit.page_kind.empty()) fields += fmt::format("pageKind: {}\r\n", visit.page_kind);
  if (!visit.content_sha256.empty()) fields += fmt::format("contentSha256: {}\r\n", visit.content_sha256);
  if (body_lost) fields += "body: no longer in the archive\r\n";
  return fields;
}

// The page is what was asked for, so that the next request goes with its validators; no error page's are sent.
bool was_read(const Visit& visit) {
  return visit.outcome == parsers::Outcome::kOk || visit.outcome == parsers::Outcome::kUnchanged;
}

// A response that later visits of the page may refer to.
struct Earlier {
  std::string key, url, sha256, id;
  std::int64_t date = 0;
  std::string digest;  // of its payload, as it was written
};

class Warc {
 public:
  Warc(const Database& database, const WarcFile& file, const Write& write, WarcCounts& counts,
       std::vector<std::string>& index)
      : database_(database),
        file_(file),
        write_(write),
        counts_(counts),
        index_(index),
        gzip_(Compression::kGzip) {}

  bool begin() {
    info_id_ = warc_id(fmt::format("warcinfo {} {}", file_.name, file_.made_at));
    WarcRecord record("warcinfo", info_id_, file_.made_at * 1000);
    if (!file_.name.empty()) record.field("WARC-Filename", file_.name);
    record.block(kFields, fmt::format("software: boardwalk {}\r\nformat: WARC File Format 1.1\r\n"
                                      "conformsTo: http://iipc.github.io/warc-specifications/specifications/"
                                      "warc-format/warc-1.1/\r\ndescription: bodies stand with content and "
                                      "transfer encodings undone, headers fit them, those sent are kept as "
                                      "X-Archive-Orig-…; requests were not kept\r\n",
                                      file_.version));
    return put(record.take());
  }

  Result<bool> add(const Visit& visit) {
    if (visit.key != last_.key) last_ = held_ = {};
    const auto is_of_url = [&](const Earlier& one) { return !one.url.empty() && one.url == visit.url; };
    if (visit.status == 0) return metadata(visit, {}, false);
    if (visit.status == 304 && is_of_url(held_)) return revisit(visit, kNotModified, held_);
    const bool same = !visit.sha256.empty() && is_of_url(last_) && last_.sha256 == visit.sha256;
    const auto added = same ? revisit(visit, kSameBytes, last_) : response(visit);
    if (!visit.sha256.empty() && was_read(visit))
      held_ = last_.sha256 == visit.sha256 ? last_ : Earlier{};  // else its body is not in the archive
    return added;
  }

 private:
  Result<bool> response(const Visit& visit) {
    std::string body;
    if (!visit.sha256.empty()) {
      auto held = get_body(database_, visit.sha256);
      if (!held && held.error().kind == ErrorKind::kNotFound) return metadata(visit, {}, true);
      if (!held) return tl::unexpected(held.error());
      body = std::move(*held);
    }
    const std::string id = warc_id("response " + visit_words(visit));
    WarcRecord record("response", id, visit.fetched_at);
    target(record, visit);
    const std::string digest = warc_digest(body);
    record.field("WARC-Payload-Digest", digest);
    if (const auto why = truncated(visit); !why.empty()) record.field("WARC-Truncated", why);
    record.block(kHttp, header_block(visit, body.size()) + body);
    const std::uint64_t offset = offset_;
    if (!put(record.take())) return false;
    ++counts_.responses;
    list(visit, mime_of(visit), digest, offset);
    if (!visit.sha256.empty()) last_ = {visit.key, visit.url, visit.sha256, id, visit.fetched_at, digest};
    return metadata(visit, id, false);
  }

  Result<bool> revisit(const Visit& visit, std::string_view profile, const Earlier& earlier) {
    const std::string id = warc_id("revisit " + visit_words(visit));
    WarcRecord record("revisit", id, visit.fetched_at);
    target(record, visit);
    record.field("WARC-Profile", profile);
    record.field("WARC-Refers-To", earlier.id);
    record.field("WARC-Refers-To-Target-URI", earlier.url);
    record.field("WARC-Refers-To-Date", warc_date(earlier.date));
    record.field("WARC-Payload-Digest", earlier.digest);
    record.block(kHttp, header_block(visit, 0));
    const std::uint64_t offset = offset_;
    if (!put(record.take())) return false;
    ++counts_.revisits;
    list(visit, "warc/revisit", earlier.digest, offset);
    return metadata(visit, id, false);
  }

  // `beside` is the id of the record that it goes with; empty when it stands alone.
  Result<bool> metadata(const Visit& visit, const std::string& beside, bool body_lost) {
    WarcRecord record("metadata", warc_id("metadata " + visit_words(visit)), visit.fetched_at);
    target(record, visit);
    if (!beside.empty()) record.field("WARC-Concurrent-To", beside);
    record.block(kFields, metadata_fields(visit, body_lost));
    counts_.metadata += 1;
    return put(record.take());
  }

  void target(WarcRecord& record, const Visit& visit) {
    record.field("WARC-Target-URI", visit.url);
    record.field("WARC-Warcinfo-ID", info_id_);
  }

  bool put(const std::string& record) {
    bytes_.clear();
    if (file_.gzip) {
      gzip_.add(record, bytes_);
      gzip_.finish(bytes_);
    } else {
      bytes_ = record;
    }
    offset_ += bytes_.size();
    return write_(bytes_);
  }

  void list(const Visit& visit, const std::string& mime, const std::string& digest, std::uint64_t offset) {
    std::string timestamp = parsers::utc_rfc3339(visit.fetched_at / 1000);
    std::erase_if(timestamp, [](char c) { return !ascii::is_digit(c); });
    JsonText json;
    json.start_object();
    json.field("url", visit.url);
    json.field("mime", mime);
    json.field("status", std::to_string(visit.status));
    json.field("digest", digest);
    json.field("length", std::to_string(offset_ - offset));
    json.field("offset", std::to_string(offset));
    json.field("filename", file_.name);
    json.end_object();
    index_.push_back(fmt::format("{} {} {}", surt(visit.url), timestamp, json.view()));
  }

  const Database& database_;
  const WarcFile& file_;
  const Write& write_;
  WarcCounts& counts_;
  std::vector<std::string>& index_;
  Compressor gzip_;
  std::string info_id_;
  std::string bytes_;
  std::uint64_t offset_ = 0;
  Earlier last_;
  Earlier held_;  // whose validators a 304 answers
};

// The names in `www.a.test`, `www1.a.test` and `a.test` mean the same.
std::string_view without_www(std::string_view host) {
  if (!host.starts_with("www")) return host;
  const std::size_t end = host.find_first_not_of("0123456789", 3);
  return end != std::string_view::npos && host[end] == '.' ? host.substr(end + 1) : host;
}

// By their names, then by their values; one without `=` before an empty one.
std::string sorted_parameters(std::string_view query) {
  std::vector<std::pair<std::string_view, std::optional<std::string_view>>> all;
  for (bool more = true; more;) {
    const std::size_t end = query.find('&');
    const std::string_view one = query.substr(0, end);
    const std::size_t equals = one.find('=');
    all.emplace_back(one.substr(0, equals),
                     equals == std::string_view::npos ? std::nullopt : std::optional(one.substr(equals + 1)));
    more = end != std::string_view::npos;
    if (more) query.remove_prefix(end + 1);
  }
  std::sort(all.begin(), all.end());
  std::string sorted;
  for (const auto& [name, value] : all) {
    if (&name != &all.front().first) sorted += '&';
    sorted += name;
    if (value) sorted.append("=").append(*value);
  }
  return sorted;
}

}  // namespace

bool VisitSelection::takes(const Visit& visit) const {
  if (site && !visit.key.starts_with(*site + ' ')) return false;
  if (since && visit.fetched_at / 1000 < *since) return false;
  if (until && visit.fetched_at / 1000 >= *until) return false;
  if (outcome && visit.outcome != *outcome) return false;
  if (run != 0 && visit.run != run) return false;
  if (!board && !thread) return true;
  const auto url = parsers::parse_url(visit.url);
  if (!url) return false;
  const auto key = parsers::page_key(*url);
  return (!board || key.board_id == board) && (!thread || key.thread_id == thread);
}

std::string surt(const std::string& text) {
  const auto url = parsers::parse_url(text);
  if (!url) return text;
  std::string key;
  std::string_view host = url->host;
  if (host.find_first_not_of("0123456789.") == std::string_view::npos || host.starts_with('[')) {
    key = host;  // an address is not turned round
  } else {
    host = without_www(host);
    while (!host.empty()) {
      const std::size_t dot = host.rfind('.');
      key += (key.empty() ? "" : ",") + std::string(host.substr(dot == std::string_view::npos ? 0 : dot + 1));
      host = host.substr(0, dot == std::string_view::npos ? 0 : dot);
    }
  }
  const int usual = url->scheme == "https" ? 443 : 80;
  if (url->port != usual) key += fmt::format(":{}", url->port);
  std::string path = ascii::lowered(url->path);
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return key + ")" + path + (url->query.empty() ? "" : "?" + sorted_parameters(ascii::lowered(url->query)));
}

Result<void> export_warc(const Database& database, const VisitSelection& selection, const WarcFile& file,
                         const Write& write, WarcCounts& counts, std::vector<std::string>& index) {
  Warc warc(database, file, write, counts, index);
  if (!warc.begin()) return {};
  std::optional<Error> error;
  auto scanned = for_each_visit(database, [&](const Visit& visit) {
    if (!selection.takes(visit)) return true;
    const auto added = warc.add(visit);
    if (!added) error = added.error();
    return added && *added;
  });
  if (error) return tl::unexpected(*error);
  return scanned;
}

}  // namespace boardwalk::store
