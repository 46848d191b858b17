#include "config/job_keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "config/http_words.hpp"
#include "config/quantity.hpp"

namespace boardwalk::config {
namespace {

// A T's setter, from the function that gives its field.
template <typename T>
auto integer(T field, std::int64_t low, std::int64_t high) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    const auto number = value.as_integer();
    if (number == nullptr) return wrong_type("an integer", value);
    if (number->get() < low || number->get() > high)
      return fmt::format("{} is out of range; it may be {} to {}", number->get(), low, high);
    field(into) = number->get();
    return std::nullopt;
  };
}

template <typename T>
auto boolean(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    const auto flag = value.as_boolean();
    if (flag == nullptr) return wrong_type("true or false", value);
    field(into) = flag->get();
    return std::nullopt;
  };
}

template <typename T>
auto text(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    const auto words = value.as_string();
    if (words == nullptr) return wrong_type("a string", value);
    if (words->get().empty()) return "may not be empty";
    field(into) = words->get();
    return std::nullopt;
  };
}

// The same, where the empty string means none.
template <typename T>
auto any_text(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    const auto words = value.as_string();
    if (words == nullptr) return wrong_type("a string", value);
    field(into) = words->get();
    return std::nullopt;
  };
}

template <typename T>
auto texts(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    std::vector<std::string> list;
    if (auto wrong = read_texts(value, list)) return wrong;
    field(into) = std::move(list);
    return std::nullopt;
  };
}

std::optional<Wrong> read_sites(const toml::node& value, std::vector<std::string>& list) {
  if (auto wrong = read_texts(value, list)) return *wrong;
  if (auto wrong = turn_into_sites(list)) return *wrong;
  return std::nullopt;
}

template <typename T>
auto sites(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    std::vector<std::string> list;
    if (auto wrong = read_sites(value, list)) return wrong;
    field(into) = std::move(list);
    return std::nullopt;
  };
}

// The same, of one address each: without a port, and none stands for others.
std::optional<Wrong> read_addresses(Job::Fetch& fetch, const toml::node& value) {
  std::vector<std::string> list;
  if (auto wrong = read_sites(value, list)) return wrong;
  for (const auto& name : list) {
    const bool has_port = name.find(':') != std::string::npos && !name.ends_with(']');
    if (has_port || name.find('*') != std::string::npos)
      return fmt::format(R"("{}" is no single host; write "10.0.0.7", "[fd00::7]" or "wiki.local")", name);
  }
  fetch.allow_addresses = std::move(list);
  return std::nullopt;
}

// A string that `read` turns into the field's value; `how` teaches the reader to write one.
template <typename T, typename R>
auto reads(T field, R read, const std::string& what, const std::string& how) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    const auto words = value.as_string();
    if (words == nullptr) return wrong_type(what + " in quotes", value);
    const auto result = read(words->get());
    if (!result) return fmt::format("\"{}\" is not {}; {}", words->get(), what, how);
    field(into) = *result;
    return std::nullopt;
  };
}

// Absent for "auto".
std::optional<std::optional<int>> site_zone_from(std::string_view text) {
  if (text == "auto") return std::optional<int>();
  const auto zone = zone_from(text);
  if (!zone) return std::nullopt;  // an empty optional<int> would be "auto"
  return zone;
}

template <typename T>
auto duration(T field) {
  return reads(field, duration_from, "a duration",
               R"(write a whole number and a unit: "500ms", "2s", "5m", "1h", "1d", "1w")");
}

template <typename T>
auto durations(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    std::vector<std::string> words;
    if (const auto wrong = read_texts(value, words)) return Wrong(*wrong);
    std::vector<Milliseconds> list;
    for (const auto& word : words) {
      const auto time = duration_from(word);
      if (!time || (!list.empty() && *time < list.back()))
        return Wrong(fmt::format("\"{}\" is no duration that is as long as the one before; write {}", word,
                                 R"(["1h", "1d", "1w"])"));
      list.push_back(*time);
    }
    std::erase(list, Milliseconds::zero());  // "0s" alone: no interval at all
    field(into) = std::move(list);
    return std::nullopt;
  };
}

// 0 stands for no limit.
template <typename T>
auto size(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    if (value.is_integer()) return integer(field, 0, std::int64_t{1} << 50)(into, value);
    return reads(field, size_from, "a size", R"(write bytes, or "512KiB", "8MiB", "1GiB")")(into, value);
  };
}

// Of a page or a file.
template <typename T>
auto page_size(T field) {
  return [=](auto& into, const toml::node& value) -> std::optional<Wrong> {
    if (auto wrong = size(field)(into, value)) return wrong;
    if (field(into) == 0) return "may not be 0: nothing would be read";
    if (field(into) > kMostPageBytes) return "may be 1GiB at most: larger ones are not kept";
    return std::nullopt;
  };
}

std::optional<Media> media_from(std::string_view word) {
  if (word == "none") return Media::kNone;
  if (word == "attachments") return Media::kAttachments;
  if (word == "images") return Media::kImages;
  if (word == "all") return Media::kAll;
  if (word == "requisites") return Media::kRequisites;
  return std::nullopt;
}

std::optional<Sync> sync_from(std::string_view word) {
  if (word == "always") return Sync::kAlways;
  if (word == "100ms") return Sync::kEvery100ms;
  if (word == "os") return Sync::kOs;
  return std::nullopt;
}

std::optional<Wrong> read_headers(Job::Fetch& fetch, const toml::node& value) {
  std::vector<std::string> lines;
  if (auto wrong = read_texts(value, lines)) return *wrong;
  for (const auto& line : lines)
    if (const auto wrong = wrong_with_header(line)) return Wrong(*wrong);
  fetch.headers = std::move(lines);
  return std::nullopt;
}

std::optional<Wrong> read_user_agent(Job::Fetch& fetch, const toml::node& value) {
  const auto words = value.as_string();
  if (words == nullptr) return wrong_type("a string", value);
  if (words->get().empty()) return "may not be empty";
  if (!is_header_value(words->get()))
    return "cannot be sent; write it in one line, without control characters";
  fetch.user_agent = words->get();
  return std::nullopt;
}

// A field of the job, of one of its sections, or of [fetch] alone, for the setters above.
template <auto Member>
auto& top(Job& job) {
  return job.*Member;
}

template <auto Section, auto Member>
auto& in(Job& job) {
  return job.*Section.*Member;
}

template <auto Member>
auto& of(Job::Fetch& fetch) {
  return fetch.*Member;
}

// What [fetch] says of all hosts together.
constexpr std::array<std::string_view, 3> kOfAllHosts{"concurrency", "allow_addresses", "media_hosts"};

const Keys<Job::Fetch>& fetch_keys() {
  static const Keys<Job::Fetch> list{
      {"delay", duration(of<&Job::Fetch::delay>)},
      {"max_delay", duration(of<&Job::Fetch::max_delay>)},
      {"hours", reads(of<&Job::Fetch::hours>, hours_from, "hours of a day",
                      R"(write "01:00-06:00", or "" for always)")},
      {"per_host", integer(of<&Job::Fetch::per_host>, 1, 256)},
      {"concurrency", integer(of<&Job::Fetch::concurrency>, 1, 4096)},
      {"obey_robots", boolean(of<&Job::Fetch::obey_robots>)},
      {"obey_nofollow", boolean(of<&Job::Fetch::obey_nofollow>)},
      {"obey_noindex", boolean(of<&Job::Fetch::obey_noindex>)},
      {"user_agent", read_user_agent},
      {"connect_timeout", duration(of<&Job::Fetch::connect_timeout>)},
      {"timeout", duration(of<&Job::Fetch::timeout>)},
      {"min_speed", integer(of<&Job::Fetch::min_speed>, 0, 1'000'000'000)},
      {"stall_time", duration(of<&Job::Fetch::stall_time>)},
      {"retries", integer(of<&Job::Fetch::retries>, 0, 100)},
      {"retry_delay", duration(of<&Job::Fetch::retry_delay>)},
      {"max_retry_delay", duration(of<&Job::Fetch::max_retry_delay>)},
      {"redirects", integer(of<&Job::Fetch::redirects>, 0, 100)},
      {"allow_addresses", read_addresses},
      {"dns_cache", duration(of<&Job::Fetch::dns_cache>)},
      {"verify_tls", boolean(of<&Job::Fetch::verify_tls>)},
      {"proxy", reads(of<&Job::Fetch::proxy>, proxy_from, "a proxy",
                      R"(write "http://127.0.0.1:8118" or "socks5://127.0.0.1:1080", or "" for none)")},
      {"headers", read_headers},
      {"cookies", boolean(of<&Job::Fetch::cookies>)},
      {"cookie_file", any_text(of<&Job::Fetch::cookie_file>)},
      {"logged_in", any_text(of<&Job::Fetch::logged_in>)},
      {"stop_when_logged_out", boolean(of<&Job::Fetch::stop_when_logged_out>)},
      {"media", reads(of<&Job::Fetch::media>, media_from, "a choice of files",
                      R"(write "none", "attachments", "images", "all" or "requisites")")},
      {"media_types", texts(of<&Job::Fetch::media_types>)},
      {"media_bytes", page_size(of<&Job::Fetch::media_bytes>)},
      {"media_hosts", sites(of<&Job::Fetch::media_hosts>)},
  };
  return list;
}

// A [[host]] table while it is read.
struct HostTable {
  std::vector<std::string> names;
  Job::Fetch fetch;
};

std::optional<Wrong> read_names(HostTable& host, const toml::node& value) {
  if (auto wrong = read_sites(value, host.names)) return wrong;
  if (host.names.empty()) return "may not be empty";
  return std::nullopt;
}

const Keys<HostTable>& host_keys() {
  static const Keys<HostTable> list = [] {
    std::vector<Keys<HostTable>::Key> keys{{"host.name", read_names}};
    for (const auto& [name, apply] : fetch_keys().all())
      if (std::find(kOfAllHosts.begin(), kOfAllHosts.end(), name) == kOfAllHosts.end())
        keys.push_back({"host." + name, [apply = apply](HostTable& host, const toml::node& value) {
                          return apply(host.fetch, value);
                        }});
    return Keys<HostTable>(std::move(keys));
  }();
  return list;
}

std::optional<Wrong> read_hosts(Job& job, const toml::node& value) {
  if (!value.is_array()) return wrong_type("a table for each host: [[host]]", value);
  std::vector<Job::Host> hosts;
  for (const auto& element : *value.as_array()) {
    if (!element.is_table()) return Wrong(wrong_type("a table for each host: [[host]]", element));
    const toml::table& table = *element.as_table();
    HostTable host;
    if (auto wrong = host_keys().read_table(host, table, "host.")) return wrong;
    if (host.names.empty())
      return Wrong("[[host]]: it has no name; write name = \"bbs.example.cn\"", table.source().begin);
    hosts.push_back({std::move(host.names), [table](Job::Fetch& fetch) {
                       HostTable again{{}, std::move(fetch)};
                       (void)host_keys().read_table(again, table, "host.");  // it was read before
                       fetch = std::move(again.fetch);
                     }});
  }
  job.hosts = std::move(hosts);
  return std::nullopt;
}

// All but those of [fetch]. The defaults are not here: they stand in default.toml.
std::vector<Keys<Job>::Key> keys_beside_fetch() {
  return {
      {"seeds", texts(top<&Job::seeds>)},
      {"host", read_hosts},
      {"scope.hosts", texts(in<&Job::scope, &Job::Scope::hosts>)},
      {"scope.include", texts(in<&Job::scope, &Job::Scope::include>)},
      {"scope.exclude", texts(in<&Job::scope, &Job::Scope::exclude>)},
      {"scope.kinds", texts(in<&Job::scope, &Job::Scope::kinds>)},
      {"scope.url_length", integer(in<&Job::scope, &Job::Scope::url_length>, 1, 8192)},
      {"scope.sitemaps", boolean(in<&Job::scope, &Job::Scope::sitemaps>)},
      {"scope.traps", boolean(in<&Job::scope, &Job::Scope::traps>)},
      {"scope.depth", integer(in<&Job::scope, &Job::Scope::depth>, 0, 1'000'000)},
      {"limits.max_pages", integer(in<&Job::limits, &Job::Limits::max_pages>, 0, std::int64_t{1} << 50)},
      {"limits.max_time", duration(in<&Job::limits, &Job::Limits::max_time>)},
      {"limits.max_bytes", size(in<&Job::limits, &Job::Limits::max_bytes>)},
      {"limits.max_errors", integer(in<&Job::limits, &Job::Limits::max_errors>, 0, std::int64_t{1} << 50)},
      {"limits.host_pages", integer(in<&Job::limits, &Job::Limits::host_pages>, 0, std::int64_t{1} << 50)},
      {"limits.host_bytes", size(in<&Job::limits, &Job::Limits::host_bytes>)},
      {"limits.host_errors", integer(in<&Job::limits, &Job::Limits::host_errors>, 0, std::int64_t{1} << 50)},
      {"limits.host_time", duration(in<&Job::limits, &Job::Limits::host_time>)},
      {"limits.page_bytes", page_size(in<&Job::limits, &Job::Limits::page_bytes>)},
      {"limits.parse_workers", integer(in<&Job::limits, &Job::Limits::parse_workers>, 0, 256)},
      {"recrawl.listing", duration(in<&Job::recrawl, &Job::Recrawl::listing>)},
      {"recrawl.article", durations(in<&Job::recrawl, &Job::Recrawl::article>)},
      {"recrawl.denied", durations(in<&Job::recrawl, &Job::Recrawl::denied>)},
      {"recrawl.failed", duration(in<&Job::recrawl, &Job::Recrawl::failed>)},
      {"archive.path", text(in<&Job::archive, &Job::Archive::path>)},
      {"archive.sync", reads(in<&Job::archive, &Job::Archive::sync>, sync_from, "a way to sync",
                             R"(write "always", "100ms" or "os")")},
      {"archive.min_free", size(in<&Job::archive, &Job::Archive::min_free>)},
      {"archive.wait_for_room", duration(in<&Job::archive, &Job::Archive::wait_for_room>)},
      {"archive.fulltext", boolean(in<&Job::archive, &Job::Archive::fulltext>)},
      {"schedule.every", duration(in<&Job::schedule, &Job::Schedule::every>)},
      {"duplicates.min_chars", integer(in<&Job::duplicates, &Job::Duplicates::min_chars>, 0, 1'000'000)},
      {"site.timezone", reads(in<&Job::site, &Job::Site::timezone_minutes>, site_zone_from, "a time zone",
                              R"(write "auto", "+08:00", "-03:30" or "Z")")},
      {"site.files", texts(in<&Job::site, &Job::Site::files>)},
  };
}

}  // namespace

const Keys<Job>& job_keys() {
  static const Keys<Job> list = [] {
    std::vector<Keys<Job>::Key> keys = keys_beside_fetch();
    for (const auto& [name, apply] : fetch_keys().all())
      keys.push_back({"fetch." + name, [apply = apply](Job& job, const toml::node& value) {
                        return apply(job.fetch, value);
                      }});
    for (auto& [name, apply] : keys)
      apply = [name = name, apply = std::move(apply)](Job& job, const toml::node& value) {
        auto wrong = apply(job, value);
        if (!wrong) job.named.insert(name);
        return wrong;
      };
    return Keys<Job>(std::move(keys));
  }();
  return list;
}

}  // namespace boardwalk::config
