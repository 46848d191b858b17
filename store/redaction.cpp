#include "store/redaction.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <functional>
#include <set>
#include <span>

#include "config/ascii.hpp"
#include "parsers/utf8.hpp"
#include "store/addresses.hpp"
#include "store/text_nodes.hpp"

namespace boardwalk::store {
namespace {

constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;             // odd, of the rolling hash
constexpr std::size_t kLongestTitleBytes = 10 * kRedactionRun;  // with character references

std::uint64_t highest_power(std::size_t length) {
  std::uint64_t power = 1;
  for (std::size_t i = 1; i < length; ++i) power *= kBase;
  return power;
}

struct Character {
  char32_t c;
  std::size_t begin, end;  // bytes of the page
};
using Characters = std::vector<Character>;
using Run = std::span<const Character>;

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

// Calls `each` with the hash of every `length` characters in a row, and these.
void roll(const Characters& text, std::size_t length, const std::function<void(std::uint64_t, Run)>& each) {
  const std::uint64_t highest = highest_power(length);
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i >= length) hash -= highest * (text[i - length].c + 1);
    hash = hash * kBase + text[i].c + 1;
    if (i + 1 >= length) each(hash, Run(text).subspan(i + 1 - length, length));
  }
}

// How many characters in a row are the greater part of a text.
std::size_t greater_part(std::size_t characters) {
  return characters < kLongestWhole ? characters : std::bit_floor(characters);
}

// Another number than that of any run.
std::uint64_t as_greater_part(std::uint64_t hash) { return ~(hash ^ kBase); }

bool is_in_one_address(const std::vector<Address>& addresses, Run run) {
  const Address* const address = address_at(addresses, run.front().begin);
  return address != nullptr && run.back().begin < address->end;
}

using Hashes = std::unordered_set<std::uint64_t>;

// One page in which texts are searched for, and what of it goes.
class Search {
 public:
  Search(const Hashes& hashes, std::string_view page, std::vector<bool>& black, const std::vector<bool>& own)
      : hashes_(hashes), page_(page), nodes_(text_nodes(page)), black_(black), own_(own) {}

  void runs(bool repeats_stay) {
    std::vector<bool> repeated(page_.size());
    Hashes staying;
    bool found = false;
    each_found([&](std::uint64_t hash, Run run) {
      found = true;
      for (const Character& character : run)
        std::fill(position(repeated, character.begin), position(repeated, character.end), true);
      if (repeats_stay &&
          std::all_of(run.begin(), run.end(), [this](const Character& c) { return is_own(c.begin); }))
        staying.insert(hash);
    });
    if (found) blacken_runs(repeated, staying);
  }

  void titles() {
    for (const TextNode& node : nodes_) {
      if (node.end - node.begin > kLongestTitleBytes) continue;
      const auto title = characters(page_.substr(node.begin, node.end - node.begin), true);
      if (title.size() < kShortestTitle || title.size() >= kRedactionRun || !hashes_.contains(whole(title)))
        continue;
      for (const Character& character : title)
        blacken(node.begin + character.begin, node.begin + character.end);
    }
  }

  [[nodiscard]] bool any() const { return any_; }

 private:
  static std::vector<bool>::iterator position(std::vector<bool>& bytes, std::size_t at) {
    return bytes.begin() + static_cast<std::ptrdiff_t>(at);
  }

  [[nodiscard]] bool is_own(std::size_t at) const { return !own_.empty() && own_[at]; }

  void blacken(std::size_t begin, std::size_t end) {
    any_ = true;
    std::fill(position(black_, begin), position(black_, end), true);
  }

  void each_found(const std::function<void(std::uint64_t, Run)>& each) const {
    for (const bool with_markup : {false, true})
      roll(characters(page_, with_markup), kRedactionRun, [&](std::uint64_t hash, Run run) {
        if (hashes_.contains(hash)) each(hash, run);
      });
  }

  void blacken_runs(std::vector<bool>& repeated, const Hashes& staying) {
    const auto all = addresses(page_, nodes_);
    std::set<const Address*> reached;
    each_found([&](std::uint64_t hash, Run run) {
      if (staying.contains(hash) || is_in_one_address(all, run)) return;
      for (const Character& character : run) {
        if (is_own(character.begin)) continue;
        if (const Address* const address = address_at(all, character.begin))
          reached.insert(address);
        else
          blacken(character.begin, character.end);
      }
    });
    for (const Address* const address : reached) {
      const auto end = position(repeated, address->end);
      if (std::find(position(repeated, address->begin), end, false) == end)
        blacken(address->begin, address->end);
    }
  }

  const Hashes& hashes_;
  std::string_view page_;
  std::vector<TextNode> nodes_;
  std::vector<bool>& black_;
  const std::vector<bool>& own_;
  bool any_ = false;
};

}  // namespace

void Redaction::add(std::string_view text) {
  const Characters all = characters(text, true);
  if (all.size() < kRedactionRun) return;
  roll(all, kRedactionRun, [this](std::uint64_t hash, Run) { runs_.insert(hash); });
  roll(all, greater_part(all.size()),
       [this](std::uint64_t hash, Run) { runs_.insert(as_greater_part(hash)); });
  runs_.insert(kTellsGreaterParts);
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
  const bool is_old =
      std::find(hashes.begin(), hashes.end(), static_cast<std::int64_t>(kTellsGreaterParts)) == hashes.end();
  for (const auto hash : hashes) {
    runs_.insert(static_cast<std::uint64_t>(hash));
    if (is_old) old_runs_.insert(static_cast<std::uint64_t>(hash));
  }
}

std::vector<std::int64_t> Redaction::hashes() const {
  std::vector<std::int64_t> hashes;
  for (const auto hash : runs_) hashes.push_back(static_cast<std::int64_t>(hash));
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

bool Redaction::is_repeated_in(std::string_view words) const {
  if (runs_.empty()) return false;
  const Characters text = characters(words, true);
  const auto printed = addresses(words, {{0, words.size()}});
  bool found = false;
  const Character* repeated = text.data();  // up to here, by old runs
  roll(text, kRedactionRun, [&](std::uint64_t hash, Run run) {
    if (!runs_.contains(hash)) return;
    found = found || !is_in_one_address(printed, run);
    if (run.data() <= repeated && old_runs_.contains(hash)) repeated = run.data() + run.size();
  });
  if (!found) return false;
  if (repeated == text.data() + text.size()) return true;
  bool has_part = false;
  for (std::size_t length = kRedactionRun; length <= text.size() && !has_part;
       length = length < kLongestWhole ? length + 1 : length * 2)
    roll(text, length, [&](std::uint64_t hash, Run run) {
      has_part = has_part || (runs_.contains(as_greater_part(hash)) && !is_in_one_address(printed, run));
    });
  return has_part;
}

bool Redaction::find(std::string_view page, std::vector<bool>& black, const std::vector<bool>& own,
                     bool repeats_stay) const {
  Search search(runs_, page, black, own);
  search.runs(repeats_stay);
  search.titles();
  return search.any();
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
  if (!text.starts_with(kBlack)) return false;
  while (!text.empty() && (text.starts_with(kBlack) || ascii::is_space(text.front())))
    text.remove_prefix(text.starts_with(kBlack) ? kBlack.size() : 1);
  return text.empty();
}

}  // namespace boardwalk::store
