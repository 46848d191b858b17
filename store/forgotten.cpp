#include "store/forgotten.hpp"

#include <algorithm>
#include <concepts>
#include <set>
#include <type_traits>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/records.hpp"
#include "parsers/url.hpp"
#include "parsers/utf8.hpp"
#include "store/damage.hpp"
#include "store/json_codec.hpp"
#include "store/packed.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {

template <typename Archive, typename Row>
requires std::same_as<std::remove_const_t<Row>, Forgetting>
void fields(Archive& archive, Row& row) {
  archive(row.at);
  archive(row.records);
  archive(row.hashes);
}

namespace {

std::string author_key(const std::string& site, const std::string& name) { return site + '\0' + name; }

std::vector<std::string> names(const parsers::OptionalString& author) {
  return author ? std::vector{*author} : std::vector<std::string>{};
}

}  // namespace

std::string forgotten_key(const Target& target) {
  switch (target.kind) {
    case Target::Kind::kAuthor:
      return std::string("author") + '\0' + author_key(target.site, target.name);
    case Target::Kind::kSite:
      return std::string("site") + '\0' + target.site;
    case Target::Kind::kFile:
      return std::string("file") + '\0' + target.name;
    default:
      return std::string("record") + '\0' + target.name;
  }
}

void put_forgetting(Batch& batch, const Target& target, const Forgetting& forgetting) {
  batch.put(Family::kForgotten, forgotten_key(target), pack(forgetting));
}

Result<std::string> merged_forgetting(std::string_view a, std::string_view b) {
  auto merged = unpack<Forgetting>(a);
  const auto other = unpack<Forgetting>(b);
  if (!merged || !other) return damaged_row("forgotten", "what was taken down");
  merged->at = std::min(merged->at, other->at);
  merged->records = std::max(merged->records, other->records);
  std::set<std::int64_t> hashes(merged->hashes.begin(), merged->hashes.end());
  hashes.insert(other->hashes.begin(), other->hashes.end());
  // Where one row tells nothing of greater parts, the rule for such rows holds for both.
  const auto mark = static_cast<std::int64_t>(kTellsGreaterParts);
  const auto is_old = [mark](const Forgetting& row) {
    return !row.hashes.empty() && std::find(row.hashes.begin(), row.hashes.end(), mark) == row.hashes.end();
  };
  if (is_old(*merged) || is_old(*other)) hashes.erase(mark);
  merged->hashes.assign(hashes.begin(), hashes.end());
  return pack(*merged);
}

Result<void> add_forgetting(Batch& batch, const Target& target, std::string_view row,
                            const Forgetting& forgetting) {
  const auto both = merged_forgetting(row, pack(forgetting));
  if (!both) return tl::unexpected(both.error());
  batch.put(Family::kForgotten, forgotten_key(target), *both);
  return {};
}

std::vector<std::string> editors_in(const std::string& editor) {
  constexpr std::u32string_view kBetween = U" \u00A0\u3000、，；,;/";
  std::vector<std::string> names(1);
  std::size_t characters = 0;  // of the last of them
  bool can_be_told = true;     // `江 一舟` is one
  for (std::size_t at = 0; at <= editor.size();) {
    const std::size_t begin = at;
    const char32_t c = at < editor.size() ? parsers::next_code_point(editor, at) : (++at, kBetween.front());
    if (kBetween.find(c) == std::u32string_view::npos) {
      names.back() += editor.substr(begin, at - begin);
      ++characters;
      can_be_told = can_be_told && c >= 0x80;
    } else if (characters > 0) {
      can_be_told = can_be_told && characters > 1;
      names.emplace_back();
      characters = 0;
    }
  }
  names.pop_back();
  return can_be_told ? names : std::vector{editor};
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
                  : kind == "file" ? forgotten.files_
                                   : forgotten.records_;
    if (row && &names == &forgotten.records_) forgotten.add_signs(name, !row->hashes.empty());
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

bool Forgotten::has(const parsers::Thread& thread) const {
  return has(thread.site, record_id(thread), thread.thread_id, names(thread.author)) ||
         has_author(thread.site, thread.author);
}

bool Forgotten::has(const parsers::Post& post) const {
  return has(post.site, record_id(post), post.thread_id, names(post.author)) ||
         has_author(post.site, post.author) ||
         (post.post_id.empty() && redaction_.has_post(post.site, post.author, post.posted_at, post.text));
}

bool Forgotten::has(const std::string& site, const parsers::Quote& quote) const {
  return has_author(site, quote.author) ||
         redaction_.has_post(site, quote.author, quote.posted_at, quote.text);
}

bool Forgotten::has(const parsers::Article& article) const {
  return has(article.site, record_id(article), std::nullopt, article.authors) ||
         std::any_of(article.authors.begin(), article.authors.end(),
                     [&](const auto& author) { return has_author(article.site, author); });
}

bool Forgotten::has_author(const std::string& site, const parsers::OptionalString& name) const {
  if (!name || authors_.empty()) return false;
  if (authors_.contains(author_key(site, *name))) return true;
  const auto first = authors_.lower_bound(author_key(site, ""));
  return is_blacked_out(*name) && first != authors_.end() && first->starts_with(author_key(site, ""));
}

std::vector<std::string> Forgotten::authors_of(const std::string& site) const {
  std::vector<std::string> names;
  const std::string first = author_key(site, "");
  for (auto at = authors_.lower_bound(first); at != authors_.end() && at->starts_with(first); ++at)
    names.push_back(at->substr(first.size()));
  return names;
}

bool Forgotten::may_be_in(const std::string& site, std::string_view text) const {
  const std::string first = author_key(site, "");
  for (auto at = authors_.lower_bound(first); at != authors_.end() && at->starts_with(first); ++at) {
    const std::string_view name = std::string_view(*at).substr(first.size());
    // A name with one of these is written in several ways.
    if (text.find(name) != std::string_view::npos || name.find_first_of("&<>\"'") != std::string_view::npos)
      return true;
  }
  const auto found = signs_.find(site);
  if (found == signs_.end()) return false;
  const Signs& signs = found->second;
  if (signs.any_article) return true;
  // Quotes and pages of the archiver (`<p class="author">`) may name a post by its author and time alone.
  if (signs.any_quotable && parsers::contains_any(text, {"quote", "\"author\""})) return true;
  if (parsers::contains_any(text, signs.others)) return true;
  for (std::size_t at = 0; at < text.size() && !signs.numbers.empty(); ++at) {
    const std::size_t begin = at;
    while (at < text.size() && ascii::is_digit(text[at])) ++at;
    if (at > begin && signs.numbers.contains(std::string(text.substr(begin, at - begin)))) return true;
  }
  return false;
}

void Forgotten::add_signs(const std::string& record_id, bool is_quotable) {
  const auto id = parse_record_id(record_id);
  if (!id) return;
  Signs& signs = signs_[std::string(id->site)];
  signs.any_article = signs.any_article || id->kind == kArticleRow;
  if (id->kind == kArticleRow) return;
  signs.any_quotable = signs.any_quotable || is_quotable;
  const std::string number{id->id};
  if (ascii::all_digits(number))
    signs.numbers.insert(number);
  else
    signs.others.push_back(number);
}

void Forgotten::take_out(parsers::ParsedPage& page) const {
  if (empty()) return;
  std::erase_if(page.boards, [this](const auto& board) { return sites_.contains(board.site); });
  std::erase_if(page.threads, [this](const auto& thread) { return has(thread); });
  std::erase_if(page.posts, [this](const auto& post) { return has(post); });
  std::erase_if(page.articles, [this](const auto& article) { return has(article); });
  if (page.threads.empty() && page.posts.empty()) page.thread_page.reset();
  for (auto& post : page.posts) take_out(post);
  for (auto& thread : page.threads) take_out(thread);
  for (auto& article : page.articles) take_out(article);
  std::erase_if(page.links, [](const auto& link) { return link.url.find(kBlackInUrl) != std::string::npos; });
  if (authors_.empty()) return;
  for (auto& link : page.links)
    if (const auto url = link.listed ? parsers::parse_url(link.url) : std::nullopt)
      black_out_names(url->site(), *link.listed);
}

void Forgotten::black_out_names(const std::string& site, std::string& words) const {
  for (const auto& name : authors_of(site))
    for (std::size_t at = words.find(name); at != std::string::npos;
         at = words.find(name, at + kBlack.size()))
      words.replace(at, name.size(), kBlack);
}

void Forgotten::take_out(parsers::Thread& thread) const {
  if (has_author(thread.site, thread.last_reply_by)) thread.last_reply_by.reset();
  std::erase_if(thread.special_fields, [&](const auto& field) {
    return field.first == parsers::kBestAnswerBy && has_author(thread.site, field.second);
  });
}

void Forgotten::take_out(parsers::Article& article) const {
  if (!article.editor || authors_.empty()) return;
  auto names = editors_in(*article.editor);
  if (has_author(article.site, article.editor)) names = {*article.editor};
  const auto gone = std::erase_if(names, [&](const auto& name) { return has_author(article.site, name); });
  if (gone == 0) return;
  article.editor.reset();
  for (const auto& name : names) article.editor = article.editor ? *article.editor + " " + name : name;
}

void Forgotten::take_out(parsers::Post& post) const {
  std::erase_if(post.quotes, [&](const auto& quote) { return has(post.site, quote); });
  if (authors_.empty()) return;
  const auto is_out = [&](const parsers::OptionalString& name) { return has_author(post.site, name); };
  if (is_out(post.edited_by)) post.edited_by.reset();
  std::erase_if(post.comments, [&](const auto& comment) { return is_out(comment.author); });
  std::erase_if(post.ratings, [&](const auto& rating) { return is_out(rating.by); });
  std::erase_if(post.mentions, [&](const auto& name) { return is_out(name); });
}

}  // namespace boardwalk::store
