#include "store/forgotten.hpp"

#include <algorithm>
#include <concepts>
#include <type_traits>

#include "parsers/charset.hpp"
#include "store/damage.hpp"
#include "store/json_codec.hpp"
#include "store/packed.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, Forgetting>
void fields(Archive& archive, Row& row) {
  archive(row.at);
  archive(row.records);
  archive(row.hashes);
}

namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

std::string author_key(const std::string& site, const std::string& name) { return site + '\0' + name; }

std::vector<std::string> authors_of(const parsers::OptionalString& author) {
  return author ? std::vector{*author} : std::vector<std::string>{};
}

}  // namespace

std::string forgotten_key(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kAuthor:
      return std::string("author") + '\0' + author_key(target.site, target.name);
    case Target::Kind::kSite:
      return std::string("site") + '\0' + target.site;
    default:
      return std::string("record") + '\0' + target.name;
  }
}

void put_forgetting(Batch& batch, const Target& target, const Forgetting& forgetting) {
  batch.put(Family::kForgotten, forgotten_key(target), pack(forgetting));
}

Result<Forgotten> Forgotten::load(const Database& database) {
  Forgotten forgotten;
  std::string damaged;
  auto scanned = database.scan(Family::kForgotten, "", "", [&](std::string_view key, std::string_view value) {
    const auto row = unpack<Forgetting>(value);
    const std::size_t end = std::min(key.find('\0'), key.size());
    const std::string_view kind = key.substr(0, end);
    std::string name{key.substr(std::min(end + 1, key.size()))};
    if (!row || name.empty()) damaged = kind;
    if (row) forgotten.redaction_.add(row->hashes);
    auto& names = kind == "author" ? forgotten.authors_
                  : kind == "site" ? forgotten.sites_
                                   : forgotten.records_;
    names.insert(std::move(name));
    return damaged.empty();
  });
  if (!scanned) return tl::unexpected(scanned.error());
  if (!damaged.empty()) return damaged_row("forgotten", "a " + damaged);
  return forgotten;
}

bool Forgotten::has(const std::string& site, const std::string& record_id,
                    const parsers::OptionalString& thread_id, const std::vector<std::string>& authors) const {
  return sites_.contains(site) || records_.contains(record_id) ||
         (thread_id && records_.contains(parsers::thread_record_id(site, *thread_id))) ||
         std::any_of(authors.begin(), authors.end(),
                     [&](const auto& author) { return authors_.contains(author_key(site, author)); });
}

void Forgotten::take_out(parsers::ParsedPage& page) const {
  if (empty()) return;
  std::erase_if(page.boards, [this](const auto& board) { return sites_.contains(board.site); });
  std::erase_if(page.threads, [this](const auto& thread) {
    return has(thread.site, record_id(thread), thread.thread_id, authors_of(thread.author));
  });
  std::erase_if(page.posts, [this](const auto& post) {
    return has(post.site, record_id(post), post.thread_id, authors_of(post.author));
  });
  std::erase_if(page.articles, [this](const auto& article) {
    return has(article.site, record_id(article), std::nullopt, article.authors);
  });
  if (page.threads.empty() && page.posts.empty()) page.thread_page.reset();
}

std::optional<std::string> redacted_body(const Redaction& redaction, std::string_view body,
                                         std::string_view content_type) {
  if (redaction.empty()) return std::nullopt;
  auto redacted = redaction.apply(parsers::decode(body, content_type).text);
  if (redacted) redacted->insert(0, kBom);
  return redacted;
}

}  // namespace boardwalk::store
