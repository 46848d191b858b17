// Blacking out of texts that were taken down, wherever a page repeats them. What must go is known by hashes
// of every 16 characters in a row of it, white space aside, so that what is kept to recognise a text is not
// the text; a page is searched for them with and without its markup, so that a text is found in pieces, in
// quotes, in snippets and in attributes. Texts of fewer characters are not searched for, as too many others
// say the same, but for titles: a text node that says a title of 4 to 15 characters, and nothing else, is
// found, whoever says it.
//
// Two things are spared, since sixteen characters alone do not tell whose they are. Addresses: what lies
// wholly inside one (addresses.hpp) does not count, and one goes whole, where all of it is repeated together
// with words beside it, or not at all. What others say in their own words: there a text is found by its
// greater part alone, which is the whole of it when it has fewer than 64 characters, and else 64, 128, 256, …
// of it in a row, the most that it has; so a signature, a stock phrase or a paragraph that all articles end
// with stays theirs, and a copy of the text does not. Hashes of before tell nothing of greater parts: by them
// it is a copy when all that is said repeats them.
//
// A post is known as well by who wrote it and when, to the minute, and where no time is told by who wrote it
// and its whole text: so others' quotes of it, and pages that print it without its number, are known for what
// they are however short they are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "parsers/records.hpp"

namespace boardwalk::store {

inline constexpr std::size_t kRedactionRun = 16;  // characters
inline constexpr std::size_t kShortestTitle = 4;
inline constexpr std::size_t kLongestWhole = 64;                       // texts of more are known by a part
inline constexpr std::uint64_t kTellsGreaterParts = 0x67726561746572;  // a hash that only marks those that do
inline constexpr std::string_view kBlack = "□";
inline constexpr std::string_view kBlackInUrl = "%E2%96%A1";

class Redaction {
 public:
  void add(std::string_view text);
  void add_title(std::string_view title);
  // What a post says, and how it is known.
  void add_post(const parsers::Post& post);
  void add(const std::vector<std::int64_t>& hashes);
  [[nodiscard]] std::vector<std::int64_t> hashes() const;  // ascending
  [[nodiscard]] bool empty() const { return runs_.empty(); }

  // Whether it is of a post that was added: what a quote says, or a page of posts without numbers.
  [[nodiscard]] bool has_post(const std::string& site, const parsers::OptionalString& author,
                              const std::optional<parsers::Moment>& posted_at, std::string_view text) const;

  // Whether what somebody else says holds the greater part of a text.
  [[nodiscard]] bool is_repeated_in(std::string_view words) const;

  // Sets the bytes of the page (UTF-8) that must go in `black`, which has one for each. True when there are
  // any. `own` tells, for each byte or of none, what others say in their own words and what does not repeat a
  // text's greater part: that stays, titles aside, and with `repeats_stay` so does what repeats it in the page.
  bool find(std::string_view page, std::vector<bool>& black, const std::vector<bool>& own = {},
            bool repeats_stay = false) const;

 private:
  std::unordered_set<std::uint64_t> runs_;      // and all other hashes
  std::unordered_set<std::uint64_t> old_runs_;  // of these, the ones that came without greater parts
};

// The page with every character whose first byte is black as `□`.
[[nodiscard]] std::string blacked_out(std::string_view page, const std::vector<bool>& black);
// Whether it begins with `□` and holds nothing else but the white space that words are parted by.
[[nodiscard]] bool is_blacked_out(std::string_view text);

}  // namespace boardwalk::store
