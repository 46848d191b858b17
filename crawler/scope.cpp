#include "crawler/scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "crawler/trap.hpp"

namespace boardwalk::crawler {
namespace {

using parsers::LinkRole;

constexpr std::string_view kArchiver = "/archiver/";  // a forum's pages for robots, in its own directory

// What a seed's URL means if it is no board or thread.
std::string directory_of(const parsers::Url& url, LinkRole role) {
  std::string directory = url.site() + url.path.substr(0, url.path.rfind('/') + 1);
  if (role == LinkRole::kIndex && directory.ends_with(kArchiver))
    directory.resize(directory.size() - kArchiver.size() + 1);
  return directory;
}

// A host in a job is written as in URLs: `example.cn` or `example.cn:8080`.
std::optional<parsers::Url> host_url(const std::string& host) {
  return parsers::parse_url("http://" + host + "/");
}

bool wants_files(const config::Job& job) {
  const auto wants = [](const config::Job::Fetch& fetch) { return fetch.media != config::Media::kNone; };
  return wants(job.fetch) ||
         std::any_of(job.hosts.begin(), job.hosts.end(), [&](const config::Job::Host& host) {
           config::Job::Fetch fetch = job.fetch;
           host.change(fetch);
           return wants(fetch);
         });
}

// What scope.kinds calls a link's target: the further pages of a thing are of its kind.
LinkRole kind_of(LinkRole role) {
  switch (role) {
    case LinkRole::kIndex:
    case LinkRole::kBoard:
    case LinkRole::kThread:
    case LinkRole::kArticle:
    case LinkRole::kListing:
      return role;
    default:
      return LinkRole::kOther;
  }
}

std::optional<LinkRole> kind_from(std::string_view name) {
  for (const auto role : {LinkRole::kIndex, LinkRole::kBoard, LinkRole::kThread, LinkRole::kArticle,
                          LinkRole::kListing, LinkRole::kOther})
    if (parsers::to_string(role) == name) return role;
  return std::nullopt;
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++from;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

Result<Scope> Scope::make(const config::Job& job) {
  Scope scope;
  scope.include_ = job.scope.include;
  scope.exclude_ = job.scope.exclude;
  scope.wants_files_ = wants_files(job);
  if (scope.wants_files_) scope.media_hosts_ = job.fetch.media_hosts;
  scope.depth_ = job.scope.depth;
  scope.url_length_ = job.scope.url_length;
  scope.traps_ = job.scope.traps;
  scope.sitemaps_ = job.scope.sitemaps;
  for (const auto& name : job.scope.kinds) {
    const auto kind = kind_from(name);
    if (!kind)
      return fail(ErrorKind::kUsage,
                  fmt::format("scope.kinds: \"{}\" is no kind of page; write \"index\", \"board\", "
                              "\"thread\", \"article\", \"listing\" or \"other\"",
                              name));
    scope.kinds_.insert(*kind);
  }
  for (const auto& host : job.scope.hosts) {
    const auto url = host_url(host);
    if (!url || url->path != "/")
      return fail(
          ErrorKind::kUsage,
          fmt::format("scope.hosts: \"{}\" is not a host; write \"example.cn\" or \"example.cn:8080\"",
                      host));
    scope.sites_.insert(url->site());
    scope.whole_sites_.insert(url->site());
  }
  for (const auto& host : job.fetch.allow_addresses) scope.named_hosts_.insert(host);
  for (const auto& seed : job.seeds)
    if (auto added = scope.add_seed(seed); !added)
      return fail(added.error().kind, "seeds: " + added.error().message);
  if (scope.seeds_.empty())
    return fail(ErrorKind::kUsage,
                "nothing to crawl: the job has no seeds; add seeds = [\"http://bbs.example.cn/\"]");
  return scope;
}

Result<void> Scope::add_seed(const std::string& seed) {
  const auto url = parsers::parse_url(seed);
  if (!url)
    return fail(
        ErrorKind::kUsage,
        fmt::format("\"{}\" is not a URL that can be crawled; write it whole, as http://bbs.example.cn/",
                    seed));
  const parsers::PageKey key = parsers::page_key(*url);
  const std::string site = url->site();
  std::string directory = directory_of(*url, key.role);
  const bool is_entrance = url->path == "/" || key.role == LinkRole::kIndex;
  sites_.insert(site);
  named_hosts_.insert(url->host);
  if (key.role == LinkRole::kBoard && key.board_id)
    boards_.insert(site + ' ' + *key.board_id);
  else if (key.role == LinkRole::kThread && key.thread_id)
    threads_.insert(site + ' ' + *key.thread_id);
  else if (is_entrance && directory == site + '/')
    whole_sites_.insert(site);
  else
    directories_.push_back(std::move(directory));
  seeds_.push_back({*url, key});
  return {};
}

bool Scope::admits_all_of(const std::string& site) const {
  return whole_sites_.contains(site) && include_.empty() && exclude_.empty();
}

bool Scope::is_seed(const std::string& key) const {
  return std::any_of(seeds_.begin(), seeds_.end(), [&key](const Seed& seed) { return seed.key.key == key; });
}

bool Scope::is_media_host(const std::string& site) const {
  return std::any_of(media_hosts_.begin(), media_hosts_.end(),
                     [&site](const std::string& pattern) { return matches_pattern(pattern, site); });
}

bool Scope::is_excluded(const std::string& url) const {
  return std::any_of(exclude_.begin(), exclude_.end(),
                     [&url](const std::string& pattern) { return matches_pattern(pattern, url); });
}

bool Scope::admits_file(const parsers::Url& url) const {
  const std::string site = url.site();
  return wants_files_ && has_site(site) && !is_excluded(url.str());
}

std::string_view Scope::refusal(const Candidate& link, std::int64_t now) const {
  if (!link.key.follow) return "view";
  if (const auto out = out_of_place(link.from, link.url, link.key); !out.empty()) return out;
  if (!kinds_.empty() && !kinds_.contains(kind_of(link.role))) return "kind";
  if (link.depth > depth_) return "depth";
  return trap(link.url, now);
}

std::string_view Scope::trap(const parsers::Url& url, std::int64_t now) const {
  return traps_ ? trap_of(url, now, url_length_) : std::string_view{};
}

std::string_view Scope::out_of_place(const parsers::PageKey& from, const parsers::Url& url,
                                     const parsers::PageKey& key) const {
  if (!sites_.contains(url.site())) return "host";
  if (!include_.empty() || !exclude_.empty()) {
    const auto matches = [text = url.str()](const std::string& pattern) {
      return matches_pattern(pattern, text);
    };
    if (std::any_of(exclude_.begin(), exclude_.end(), matches)) return "exclude";
    if (!include_.empty() && std::none_of(include_.begin(), include_.end(), matches)) return "include";
  }
  return is_in_place(from, url, key) ? std::string_view{} : "place";
}

bool Scope::is_in_place(const parsers::PageKey& from, const parsers::Url& url,
                        const parsers::PageKey& key) const {
  const std::string site = url.site();
  if (whole_sites_.contains(site)) return true;
  if (key.role == LinkRole::kBoard && key.board_id && boards_.contains(site + ' ' + *key.board_id))
    return true;
  if (key.role == LinkRole::kThread && key.thread_id) {
    if (threads_.contains(site + ' ' + *key.thread_id)) return true;
    const bool listed_by_board =
        from.role == LinkRole::kBoard && from.board_id && boards_.contains(site + ' ' + *from.board_id);
    const bool page_of_same = from.role == LinkRole::kThread && from.thread_id == key.thread_id;
    if (listed_by_board || page_of_same) return true;
  }
  const std::string place = site + url.path;
  return std::any_of(directories_.begin(), directories_.end(),
                     [&place](const std::string& directory) { return place.starts_with(directory); });
}

}  // namespace boardwalk::crawler
