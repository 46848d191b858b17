#include "store/export/site_links.hpp"

#include <fmt/format.h>

#include "config/ascii.hpp"
#include "parsers/digest.hpp"
#include "parsers/page_key.hpp"
#include "store/clusters.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kKept = 60;  // of a longer one, before its digest

std::string file_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool plain = ascii::is_alphanumeric(c) || c == '-' || c == '_' || (c == '.' && !name.empty());
    name += plain ? std::string(1, c) : fmt::format("={:02X}", static_cast<unsigned char>(c));
  }
  if (name.size() <= kLongestName) return name;
  return name.substr(0, kKept) + "=" + parsers::sha256_hex(text).substr(0, 16);
}

// Behind a sign that file_name() never gives: a board may be called `news-2`.
std::string numbered(std::size_t page) { return page > 1 ? fmt::format("~{}", page) : ""; }

std::string last_part(const std::string& record_id) { return record_id.substr(record_id.rfind('/') + 1); }

}  // namespace

std::string SiteLinks::thread(const std::string& site, const std::string& thread_id) const {
  return fmt::format("{}/thread-{}{}", file_name(site), file_name(thread_id), suffix_);
}

std::string SiteLinks::board(const std::string& site, const std::string& board_id, std::size_t page) const {
  const std::string name = board_id.empty() ? "threads" : "board-" + file_name(board_id);
  return fmt::format("{}/{}{}{}", file_name(site), name, numbered(page), suffix_);
}

std::string SiteLinks::articles(const std::string& site, std::size_t page) const {
  return fmt::format("{}/articles{}{}", file_name(site), numbered(page), suffix_);
}

std::string SiteLinks::article(const std::string& record_id) const {
  const std::string site = record_id.substr(0, record_id.find('/'));
  return fmt::format("{}/article-{}{}", file_name(site), file_name(last_part(record_id)), suffix_);
}

std::string SiteLinks::anchor(const std::string& post_id) { return "post-" + file_name(post_id); }

std::optional<std::string> SiteLinks::to_record(const std::string& record_id) const {
  const auto id = parse_record_id(record_id);
  if (!id) return std::nullopt;
  const std::string site(id->site);
  if (id->kind == kArticleRow)
    return articles_.contains(record_id) ? std::optional(article(record_id)) : std::nullopt;
  if (id->kind == kThreadRow) {
    const std::string thread_id(id->id);
    return readings_.has_thread(site, thread_id) ? std::optional(thread(site, thread_id)) : std::nullopt;
  }
  if (id->kind != kPostRow) return std::nullopt;
  const auto key = find_key(database_, record_id);
  const auto place = key && *key ? parse_record_key(**key) : std::nullopt;
  if (!place) return std::nullopt;
  const std::string thread_id(place->thread_id);
  if (!readings_.has_thread(site, thread_id)) return std::nullopt;
  return thread(site, thread_id) + "#" + anchor(std::string(id->id));
}

std::optional<std::string> SiteLinks::to_url(const std::string& text) const {
  const auto url = parsers::parse_url(text);
  if (!url) return std::nullopt;
  const auto target = parsers::page_target(*url);  // some other view of a thread leads into it, too
  return to_record(target.thread_id ? parsers::thread_record_id(url->site(), *target.thread_id)
                                    : parsers::record_id_of(*url));
}

std::vector<std::string> SiteLinks::copies_of(const parsers::OptionalString& fold_sha256,
                                              const std::string& record_id) const {
  if (!fold_sha256) return {};
  auto members = members_of(database_, *fold_sha256);
  if (!members) return {};
  std::erase(*members, record_id);
  return std::move(*members);
}

}  // namespace boardwalk::store
