#include "store/export/pseudonyms.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <set>
#include <utility>

#include "config/ascii.hpp"
#include "config/whole_file.hpp"
#include "parsers/digest.hpp"
#include "parsers/fold.hpp"
#include "parsers/page_key.hpp"
#include "parsers/records.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kShortestKey = 16;
constexpr std::size_t kDigits = 16;

bool is_profile(const parsers::TextLink& link) {
  const auto url = parsers::parse_url(link.url);
  return url && parsers::page_key(*url).role == parsers::LinkRole::kProfile;
}

void drop_profiles(std::vector<parsers::TextLink>& links) {
  links.erase(std::remove_if(links.begin(), links.end(), is_profile), links.end());
}

// `files`, the last key of the records that have it, is no part of the model: it is handed on as it is.
std::string with_files_of(std::string_view json, std::string record) {
  constexpr std::string_view kMark = ",\"files\":[{";
  const std::size_t at = json.rfind(kMark);
  if (at == std::string_view::npos) return record;
  record.pop_back();
  return record += json.substr(at);
}

// What stands behind an `@`, before the next blank, as Discuz! ends a name; empty when that is too long for one.
std::string_view token_of(std::string_view text) {
  constexpr std::size_t kLongestName = 45;  // bytes; 15 characters
  const std::size_t end = std::min(text.find_first_of(" \n@"), text.size());
  return end <= kLongestName ? text.substr(0, end) : std::string_view();
}

// Whom a text mentions, `@` by `@`.
std::set<std::string, std::less<>> tokens_of(std::string_view text) {
  std::set<std::string, std::less<>> tokens;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && ascii::is_alphanumeric(text[at - 1])) continue;  // an e-mail address
    if (const auto token = token_of(text.substr(at + 1)); !token.empty()) tokens.emplace(token);
  }
  return tokens;
}

// The longest of `names` that the text begins with.
std::string_view name_at(std::string_view text, const std::set<std::string, std::less<>>& names,
                         std::size_t longest) {
  for (std::size_t length = std::min(text.size(), longest); length > 0; --length)
    if (names.contains(text.substr(0, length))) return text.substr(0, length);
  return {};
}

}  // namespace

Result<Pseudonyms> Pseudonyms::from_file(const std::string& name) {
  auto key = config::read_whole_file(name);
  if (!key)
    return fail(ErrorKind::kUsage, fmt::format("--pseudonymise {}: cannot be read: {}; make a key with "
                                               "`openssl rand -hex 32 > {}` and keep it secret",
                                               name, std::strerror(errno), name));
  key->erase(key->find_last_not_of(" \t\r\n") + 1);
  if (key->size() < kShortestKey)
    return fail(ErrorKind::kUsage,
                fmt::format("--pseudonymise {}: a key has at least {} bytes; make one with "
                            "`openssl rand -hex 32 > {}` and keep it secret",
                            name, kShortestKey, name));
  return Pseudonyms(std::move(*key));
}

std::string Pseudonyms::digest(std::string_view what, std::string_view site, std::string_view text) const {
  std::string message(what);
  message.append(1, '\0').append(site).append(1, '\0').append(text);
  parsers::Digest digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest.data(), &size);
  return "u_" + parsers::hex(digest).substr(0, kDigits);
}

std::string Pseudonyms::name(std::string_view site, std::string_view author) const {
  return digest("name", site, author);
}

std::string Pseudonyms::id(std::string_view site, std::string_view author_id) const {
  return digest("id", site, author_id);
}

void Pseudonyms::hide_name(std::string_view site, parsers::OptionalString& hidden) const {
  if (hidden) hidden = name(site, *hidden);
}

void Pseudonyms::hide_id(std::string_view site, parsers::OptionalString& hidden) const {
  if (hidden) hidden = id(site, *hidden);
}

void Pseudonyms::hide(parsers::Thread& thread) const {
  hide_name(thread.site, thread.author);
  hide_id(thread.site, thread.author_id);
  hide_name(thread.site, thread.last_reply_by);
  for (auto& [key, value] : thread.special_fields)
    if (key == parsers::kBestAnswerBy) value = name(thread.site, value);
}

void Pseudonyms::hide(parsers::Post& post) const {
  hide_name(post.site, post.author);
  hide_id(post.site, post.author_id);
  hide_name(post.site, post.edited_by);
  for (auto& quote : post.quotes) hide_name(post.site, quote.author);
  for (auto& comment : post.comments) {
    hide_name(post.site, comment.author);
    hide_id(post.site, comment.author_id);
  }
  for (auto& rating : post.ratings) {
    hide_name(post.site, rating.by);
    hide_id(post.site, rating.by_id);
  }
  hide_mentions(post);
  drop_profiles(post.links);
}

// `text` with the pseudonym behind each `@` that one of the names follows, the longest that fits.
std::string Pseudonyms::with_mentions_hidden(std::string_view site, const std::string& text,
                                             const std::set<std::string, std::less<>>& names) const {
  std::size_t longest = 0;
  for (const auto& one : names) longest = std::max(longest, one.size());
  std::string hidden;
  std::size_t done = 0;
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', done)) {
    hidden.append(text, done, at + 1 - done);
    done = at + 1;
    const std::string_view named = name_at(std::string_view(text).substr(done), names, longest);
    if (!named.empty()) hidden += name(site, named);
    done += named.size();
  }
  return hidden.append(text, done);
}

// Of what others said no record tells whom it mentions.
std::string Pseudonyms::with_any_hidden(std::string_view site, const std::string& text,
                                        const std::vector<std::string>& mentions) const {
  auto names = tokens_of(text);
  names.insert(mentions.begin(), mentions.end());
  return with_mentions_hidden(site, text, names);
}

void Pseudonyms::hide_mentions(parsers::Post& post) const {
  for (auto& quote : post.quotes) quote.text = with_any_hidden(post.site, quote.text, post.mentions);
  for (auto& comment : post.comments) comment.text = with_any_hidden(post.site, comment.text, post.mentions);
  if (post.mentions.empty()) return;
  const std::string before = std::exchange(
      post.text, with_mentions_hidden(post.site, post.text, {post.mentions.begin(), post.mentions.end()}));
  for (auto& mentioned : post.mentions) mentioned = name(post.site, mentioned);
  if (post.text == before) return;
  post.text_sha256 = parsers::sha256_hex(post.text);
  if (post.fold_sha256) post.fold_sha256 = parsers::sha256_hex(parsers::fold(post.text));
}

void Pseudonyms::hide(parsers::Article& article) const {
  const auto names_one = [&article](const parsers::TextLink& link) {
    return link.text == article.editor ||
           std::find(article.authors.begin(), article.authors.end(), link.text) != article.authors.end();
  };
  std::erase_if(article.links, names_one);  // to a page about the person, whose address may hold the name
  drop_profiles(article.links);
  for (auto& author : article.authors) author = name(article.site, author);
  hide_name(article.site, article.editor);
}

bool PseudonymousRecords::add(RecordKind kind, std::string_view json) {
  const auto hidden = [&](auto record) {
    if (!record) {
      error_ = tl::unexpected(record.error());
      return false;
    }
    pseudonyms_.hide(*record);
    return next_.add(kind, with_files_of(json, to_json(*record)));
  };
  switch (kind) {
    case RecordKind::kBoard:
      return next_.add(kind, json);
    case RecordKind::kThread:
      return hidden(thread_from_json(json));
    case RecordKind::kPost:
      return hidden(post_from_json(json));
    case RecordKind::kArticle:
      return hidden(article_from_json(json));
  }
  return false;
}

}  // namespace boardwalk::store
