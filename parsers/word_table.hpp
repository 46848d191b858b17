// Words that are known beforehand, such as classes and the names of elements, and what each means. They are
// asked about for every element of a page, so they are found by their length and three of their letters.
// Built by the compiler; any thread may look up.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace boardwalk::parsers {

template <typename Meaning>
struct KnownWord {
  std::string_view word;
  Meaning meaning;
};

template <typename Meaning, std::size_t N>
class WordTable {
 public:
  // REQUIRES: no word is empty.
  constexpr explicit WordTable(const std::array<KnownWord<Meaning>, N>& words) : words_(words) {
    static_assert(N < 256);
    for (std::size_t i = 0; i < N; ++i) {
      std::size_t slot = slot_of(words_[i].word);
      while (index_[slot] != 0) slot = (slot + 1) % kSlots;
      index_[slot] = static_cast<std::uint8_t>(i + 1);
    }
  }

  // nullptr: the word is not known.
  [[nodiscard]] constexpr const Meaning* find(std::string_view word) const {
    if (word.empty()) return nullptr;
    for (std::size_t slot = slot_of(word); index_[slot] != 0; slot = (slot + 1) % kSlots)
      if (const auto& known = words_[index_[slot] - std::size_t{1}]; known.word == word)
        return &known.meaning;
    return nullptr;
  }

 private:
  static constexpr std::size_t kSlots = std::bit_ceil(8 * N);

  static constexpr std::size_t slot_of(std::string_view word) {
    std::size_t hash = word.size();
    for (const char c : {word.front(), word[word.size() / 2], word.back()})
      hash = hash * 31 + static_cast<unsigned char>(c);
    return hash % kSlots;
  }

  std::array<KnownWord<Meaning>, N> words_;
  std::array<std::uint8_t, kSlots> index_{};  // open addressing; 0 is an empty slot, i + 1 the word i
};

template <std::size_t N>
class WordSet {
 public:
  constexpr explicit WordSet(const std::array<std::string_view, N>& words) : table_(with_meaning(words)) {}
  [[nodiscard]] constexpr bool contains(std::string_view word) const { return table_.find(word) != nullptr; }

 private:
  static constexpr std::array<KnownWord<bool>, N> with_meaning(const std::array<std::string_view, N>& words) {
    std::array<KnownWord<bool>, N> known{};
    for (std::size_t i = 0; i < N; ++i) known[i] = {words[i], true};
    return known;
  }

  WordTable<bool, N> table_;
};

}  // namespace boardwalk::parsers
