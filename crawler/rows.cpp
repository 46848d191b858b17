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

// As it was written by version 1, which counted nothing and kept robots.txt in the row.
struct FirstHostRow {
  std::int64_t not_before = 0;
  std::string blocked_because;
  std::int64_t failures = 0, robots_until = 0, robots_status = 0;
  std::string robots_text, robots_redirect;
  std::int64_t robots_hops = 0, robots_failures = 0, crawl_delay = 0;
  std::vector<std::int64_t> outcomes;
  std::int64_t bytes = 0;
};

void fields(store::Unpacker& archive, FirstHostRow& row) {
  archive(row.not_before);
  archive(row.blocked_because);
  archive(row.failures);
  archive(row.robots_until);
  archive(row.robots_status);
  archive(row.robots_text);
  archive(row.robots_redirect);
  archive(row.robots_hops);
  archive(row.robots_failures);
  archive(row.crawl_delay);
  archive(row.outcomes);
  archive(row.bytes);
}

// robots.txt is asked for again.
Result<HostRow> from_first(const store::Database& database, const std::string& site, FirstHostRow first) {
  HostRow row;
  row.blocked_until = first.not_before;
  row.blocked_because = std::move(first.blocked_because);
  row.outcomes = std::move(first.outcomes);
  row.bytes = first.bytes;
  const std::string prefix = site + '\0';
  const auto counted =
      database.scan(store::Family::kQueue, prefix, prefix, [&row](std::string_view key, std::string_view) {
        ++(due_of_queue_key(key) ? row.waiting : row.ready);
        return true;
      });
  if (!counted) return tl::unexpected(counted.error());
  return row;
}

Result<HostRow> host_row(const store::Database& database, const std::string& site, std::string_view bytes) {
  if (auto row = store::unpack<HostRow>(bytes); row && row->version == HostRow::kVersion)
    return std::move(*row);
  if (auto first = store::unpack<FirstHostRow>(bytes)) return from_first(database, site, std::move(*first));
  return fail(ErrorKind::kDamaged,
              fmt::format("the archive's row of host \"{}\" is damaged; restore it from a backup", site));
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

int priority_of_queue_key(std::string_view key) { return key[key.find('\0') + 2]; }

std::uint64_t sequence_of_queue_key(std::string_view key) {
  return key.size() < 8 ? 0 : store::from_big_endian(key.substr(key.size() - 8));
}

Result<std::optional<UrlRow>> read_url(const store::Batch& batch, const std::string& key) {
  return decode<UrlRow>(batch.get(store::Family::kUrls, key), "page", key);
}

Result<std::optional<UrlRow>> read_url(const store::Database& database, const std::string& key) {
  return decode<UrlRow>(database.get(store::Family::kUrls, key), "page", key);
}

Result<std::optional<HostRow>> read_host(const store::Database& database, const std::string& site) {
  auto bytes = database.get(store::Family::kHosts, site);
  if (!bytes) return tl::unexpected(bytes.error());
  if (!*bytes) return std::optional<HostRow>{};
  auto row = host_row(database, site, **bytes);
  if (!row) return tl::unexpected(row.error());
  return std::move(*row);
}

Result<void> for_each_host(const store::Database& database,
                           const std::function<bool(const std::string& site, HostRow row)>& each) {
  Result<void> read;
  const auto scanned =
      database.scan(store::Family::kHosts, "", "", [&](std::string_view name, std::string_view bytes) {
        const std::string site(name);
        auto row = host_row(database, site, bytes);
        if (!row) read = tl::unexpected(row.error());
        return row && each(site, std::move(*row));
      });
  return scanned ? read : scanned;
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
