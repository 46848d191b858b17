#include "parsers/simplified.hpp"

#include <fmt/format.h>
#include <opencc/Exception.hpp>
#include <opencc/Lexicon.hpp>
#include <opencc/MarisaDict.hpp>

#include <exception>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

std::optional<char32_t> only_character(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::size_t at = 0;
  const char32_t c = next_code_point(text, at);
  return at == text.size() && c != kMalformed ? std::optional(c) : std::nullopt;
}

opencc::LexiconPtr read_lexicon(const std::string& file) {
  std::string reason;
  try {
    const auto table = opencc::SerializableDict::NewFromFile<opencc::MarisaDict>(file);
    if (table->GetLexicon()->Length() > 0) return table->GetLexicon();
    reason = "it is empty";
  } catch (const opencc::Exception& error) {  // no std::exception
    reason = error.what();
  } catch (const std::exception& error) {
    reason = error.what();
  }
  throw std::runtime_error(
      fmt::format("{}: cannot read OpenCC's table ({}); install the package libopencc-data", file, reason));
}

}  // namespace

SimplifiedTable::SimplifiedTable(const std::string& file) : basic_(0x10000) {
  std::iota(basic_.begin(), basic_.end(), U'\0');
  const opencc::LexiconPtr lexicon = read_lexicon(file);
  for (const auto& entry : *lexicon) {
    const auto from = only_character(entry->Key());
    const auto to = only_character(entry->GetDefault());
    if (!from || !to) continue;
    if (*from < basic_.size()) {
      basic_[*from] = *to;
    } else {
      supplementary_[*from] = *to;
    }
  }
  constexpr int kLongestChain = 4;
  for (int step = 0; step < kLongestChain; ++step) {
    for (char32_t& to : basic_) to = (*this)[to];
    for (auto& [from, to] : supplementary_) to = (*this)[to];
  }
}

char32_t SimplifiedTable::operator[](char32_t c) const {
  if (c < basic_.size()) return basic_[c];
  const auto found = supplementary_.find(c);
  return found == supplementary_.end() ? c : found->second;
}

const SimplifiedTable& simplified_table() {
  static const SimplifiedTable only;
  return only;
}

}  // namespace boardwalk::parsers
