#include "crawler/rows.hpp"

#include <fmt/format.h>

namespace boardwalk::crawler {
namespace {

template <typename Row>
Result<std::optional<Row>> decode(Result<std::optional<std::string>> bytes, std::string_view family,
                                  const std::string& key) {
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return std::optional<Row>{};
  auto row = store::unpack<Row>(**bytes);
  if (!row)
    return fail(
        ErrorKind::kDamaged,
        fmt::format("the archive's row of {} \"{}\" is damaged; restore it from a backup", family, key));
  return row;
}

}  // namespace

std::string ready_prefix(const std::string& site) { return site + '\0' + 'r'; }
std::string waiting_prefix(const std::string& site) { return site + '\0' + 'w'; }

std::string ready_key(const std::string& site, int priority, std::uint64_t sequence) {
  return ready_prefix(site) + static_cast<char>(priority) + store::big_endian(sequence);
}

std::string waiting_key(const std::string& site, std::int64_t due, std::uint64_t sequence) {
  return waiting_prefix(site) + store::big_endian(static_cast<std::uint64_t>(due)) +
         store::big_endian(sequence);
}

std::string_view site_of_queue_key(std::string_view key) { return key.substr(0, key.find('\0')); }

std::optional<std::int64_t> due_of_queue_key(std::string_view key) {
  const auto nul = key.find('\0');
  if (nul == std::string_view::npos || key.size() < nul + 10 || key[nul + 1] != 'w') return std::nullopt;
  return static_cast<std::int64_t>(store::from_big_endian(key.substr(nul + 2)));
}

Result<std::optional<UrlRow>> read_url(const store::Batch& batch, const std::string& key) {
  return decode<UrlRow>(batch.get(store::Family::kUrls, key), "page", key);
}

Result<std::optional<UrlRow>> read_url(const store::Database& database, const std::string& key) {
  return decode<UrlRow>(database.get(store::Family::kUrls, key), "page", key);
}

Result<std::optional<HostRow>> read_host(const store::Database& database, const std::string& site) {
  return decode<HostRow>(database.get(store::Family::kHosts, site), "host", site);
}

int priority_of(parsers::LinkRole role) {
  using parsers::LinkRole;
  switch (role) {
    case LinkRole::kIndex:
      return 0;
    case LinkRole::kBoard:
    case LinkRole::kListing:
      return 1;
    case LinkRole::kThread:
      return 2;
    case LinkRole::kArticle:
      return 3;
    case LinkRole::kAttachment:
      return 5;
    default:
      return 4;
  }
}

}  // namespace boardwalk::crawler
