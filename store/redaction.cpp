#include "store/redaction.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include "parsers/utf8.hpp"
#include "store/text_nodes.hpp"

namespace boardwalk::store {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;             // odd, of the rolling hash
constexpr std::size_t kLongestTitleBytes = 10 * kRedactionRun;  // with character references

constexpr std::uint64_t highest_power() {
  std::uint64_t power = 1;
  for (std::size_t i = 1; i < kRedactionRun; ++i) power *= kBase;
  return power;
}

struct Character {
  char32_t c;
  std::size_t begin, end;  // bytes of the page
};

bool is_space(char32_t c) {
  return c <= 0x20 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) || c == 0xFEFF;
}

// The character that a reference at `at` means; `end` is set behind it. `&` itself when it is none.
char32_t reference(std::string_view text, std::size_t at, std::size_t& end) {
  constexpr std::pair<std::string_view, char32_t> kNames[] = {
      {"amp;", U'&'}, {"lt;", U'<'}, {"gt;", U'>'}, {"quot;", U'"'}, {"apos;", U'\''}, {"nbsp;", 0xA0}};
  const std::string_view rest = text.substr(at + 1);
  for (const auto& [name, c] : kNames)
    if (rest.starts_with(name)) return end = at + 1 + name.size(), c;
  end = at + 1;
  if (!rest.starts_with('#')) return U'&';
  const bool hex = rest.size() > 1 && (rest[1] == 'x' || rest[1] == 'X');
  const char* const first = rest.data() + (hex ? 2 : 1);
  const char* const last = rest.data() + std::min<std::size_t>(rest.size(), 10);
  std::uint32_t code = 0;
  if (first >= last) return U'&';
  const auto [stop, error] = std::from_chars(first, last, code, hex ? 16 : 10);
  if (error != std::errc{} || code == 0 || code > 0x10FFFF) return U'&';
  end = at + 1 + static_cast<std::size_t>(stop - rest.data());
  if (end < text.size() && text[end] == ';') ++end;
  return code;
}

// The characters that count, with or without those of tags.
std::vector<Character> characters(std::string_view page, bool with_markup) {
  std::vector<Character> all;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t begin = at;
    if (!with_markup && page[at] == '<') {
      at = std::min(page.find('>', at), page.size() - 1) + 1;
      continue;
    }
    char32_t c = 0;
    if (page[at] == '&')
      c = reference(page, begin, at);
    else
      c = parsers::next_code_point(page, at);
    if (!is_space(c)) all.push_back({c, begin, at});
  }
  return all;
}

// A text as a whole: another number than that of any run.
std::uint64_t whole(const std::vector<Character>& text) {
  std::uint64_t hash = text.size();
  for (const Character& character : text) hash = hash * kBase + character.c + 1;
  return hash ^ kBase;
}

// Of words that are told apart, no run and no text as a whole.
std::uint64_t told_apart(std::initializer_list<std::string_view> words) {
  std::uint64_t hash = 1;
  for (const std::string_view word : words) {
    for (const Character& character : characters(word, true)) hash = hash * kBase + character.c + 1;
    hash *= kBase;
  }
  return ~hash;
}

std::optional<std::string> minute_of(const std::optional<parsers::Moment>& moment) {
  if (!moment || moment->precision > parsers::Precision::kMinute) return std::nullopt;
  return std::to_string(moment->local_seconds / 60);
}

// Calls `each` with the hash of every run and where its last character stands.
void roll(const std::vector<Character>& text, const std::function<void(std::uint64_t, std::size_t)>& each) {
  constexpr std::uint64_t kHighest = highest_power();
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i >= kRedactionRun) hash -= kHighest * (text[i - kRedactionRun].c + 1);
    hash = hash * kBase + text[i].c + 1;
    if (i + 1 >= kRedactionRun) each(hash, i);
  }
}

}  // namespace

void Redaction::add(std::string_view text) {
  roll(characters(text, true), [this](std::uint64_t hash, std::size_t) { runs_.insert(hash); });
}

void Redaction::add_title(std::string_view title) {
  add(title);
  const auto text = characters(title, true);
  if (text.size() >= kShortestTitle && text.size() < kRedactionRun) runs_.insert(whole(text));
}

void Redaction::add_post(const parsers::Post& post) {
  add(post.text);
  if (!post.author) return;
  if (const auto minute = minute_of(post.posted_at))
    runs_.insert(told_apart({post.site, *post.author, "at", *minute}));
  if (!post.text.empty()) runs_.insert(told_apart({post.site, *post.author, "said", post.text}));
}

bool Redaction::has_post(const std::string& site, const parsers::OptionalString& author,
                         const std::optional<parsers::Moment>& posted_at, std::string_view text) const {
  if (!author || runs_.empty()) return false;
  if (const auto minute = minute_of(posted_at))
    return runs_.contains(told_apart({site, *author, "at", *minute}));
  return !text.empty() && runs_.contains(told_apart({site, *author, "said", text}));
}

void Redaction::add(const std::vector<std::int64_t>& hashes) {
  for (const auto hash : hashes) runs_.insert(static_cast<std::uint64_t>(hash));
}

std::vector<std::int64_t> Redaction::hashes() const {
  std::vector<std::int64_t> hashes;
  for (const auto hash : runs_) hashes.push_back(static_cast<std::int64_t>(hash));
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

bool Redaction::find(std::string_view page, std::vector<bool>& black) const {
  bool any = false;
  const auto blacken = [&](const Character& character) {
    any = true;
    for (std::size_t byte = character.begin; byte < character.end; ++byte) black[byte] = true;
  };
  for (const bool with_markup : {false, true}) {
    const auto text = characters(page, with_markup);
    roll(text, [&](std::uint64_t hash, std::size_t last) {
      if (runs_.contains(hash))
        for (std::size_t i = last + 1 - kRedactionRun; i <= last; ++i) blacken(text[i]);
    });
  }
  for (const TextNode& node : text_nodes(page)) {
    if (node.end - node.begin > kLongestTitleBytes) continue;
    auto title = characters(page.substr(node.begin, node.end - node.begin), true);
    if (title.size() < kShortestTitle || title.size() >= kRedactionRun || !runs_.contains(whole(title)))
      continue;
    for (Character& character : title) {
      character.begin += node.begin;
      character.end += node.begin;
      blacken(character);
    }
  }
  return any;
}

std::string blacked_out(std::string_view page, const std::vector<bool>& black) {
  std::string redacted;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t begin = at;
    (void)parsers::next_code_point(page, at);
    if (black[begin])
      redacted += kBlack;
    else
      redacted += page.substr(begin, at - begin);
  }
  return redacted;
}

bool is_blacked_out(std::string_view text) {
  if (text.empty()) return false;
  while (text.starts_with(kBlack)) text.remove_prefix(kBlack.size());
  return text.empty();
}

}  // namespace boardwalk::store
