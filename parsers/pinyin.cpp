#include "parsers/pinyin.hpp"

#include <unicode/normalizer2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string>

#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

struct Row {
  std::string_view initial;
  std::string_view finals;  // between blanks
};

constexpr std::string_view kBackFinals = " a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang ";
constexpr std::string_view kFrontFinals = " i ia ie iao iu ian in iang ing iong u ue uan un ";

// Of initials that begin like another one, the longer first.
constexpr std::array<Row, 24> kSyllables{{
    {"zh", " a e ai ei ao ou an en ang eng ong i u ua uo uai ui uan un uang "},
    {"ch", " a e ai ao ou an en ang eng ong i u ua uo uai ui uan un uang "},
    {"sh", " a e ai ei ao ou an en ang eng i u ua uo uai ui uan un uang "},
    {"b", " a o ai ei ao an en ang eng i ie iao ian in ing u "},
    {"p", " a o ai ei ao ou an en ang eng i ie iao ian in ing u "},
    {"m", " a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u "},
    {"f", " a o ei ou an en ang eng u "},
    {"d", " a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un "},
    {"t", " a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un "},
    {"n", " a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan un ue "},
    {"l", " a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un ue "},
    {"g", kBackFinals},
    {"k", kBackFinals},
    {"h", kBackFinals},
    {"j", kFrontFinals},
    {"q", kFrontFinals},
    {"x", kFrontFinals},
    {"r", " e ao ou an en ang eng ong i u ua uo ui uan un "},
    {"z", " a e ai ei ao ou an en ang eng ong i u uo ui uan un "},
    {"c", " a e ai ao ou an en ang eng ong i u uo ui uan un "},
    {"s", " a e ai ao ou an en ang eng ong i u uo ui uan un "},
    {"y", " a o e ai ao ou an ang ong i in ing u ue uan un "},
    {"w", " a o ai ei an en ang eng u "},
    {"", " a o e ai ei ao ou an en ang eng er n ng m "},
}};

const icu::Normalizer2& nfd() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const found = icu::Normalizer2::getNFDInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFD data");
    return found;
  }();
  return *instance;
}

// The letter below the marks; nullopt for one that pinyin has not, '\0' for a mark by itself.
std::optional<char> plain_letter(char32_t c) {
  icu::UnicodeString parts;
  if (c >= 0x80 && nfd().getDecomposition(static_cast<UChar32>(c), parts))
    c = static_cast<char32_t>(parts.char32At(0));
  if (c == U'v') return 'u';
  if (c >= U'a' && c <= U'z') return static_cast<char>(c);
  if (c == U'\u0251') return 'a';
  if (c == U'\u0261') return 'g';
  if (u_getCombiningClass(static_cast<UChar32>(c)) != 0) return '\0';
  return std::nullopt;
}

}  // namespace

bool is_pinyin_syllable(std::string_view letters) {
  std::string plain;
  for (std::size_t at = 0; at < letters.size();) {
    const auto letter = plain_letter(next_code_point(letters, at));
    if (!letter) return false;
    if (*letter != '\0') plain += *letter;
  }
  const auto* const row = std::find_if(kSyllables.begin(), kSyllables.end(),
                                       [&plain](const Row& each) { return plain.starts_with(each.initial); });
  const auto has = [&plain](const Row& each) {
    return each.finals.find(" " + plain.substr(each.initial.size()) + " ") != std::string_view::npos;
  };
  return !plain.empty() && (has(*row) || has(kSyllables.back()));
}

}  // namespace boardwalk::parsers
