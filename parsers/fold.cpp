#include "parsers/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

#include "parsers/pinyin.hpp"
#include "parsers/simplified.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

// What a normalised character is to the fold. The low 21 bits hold what a kept one becomes.
constexpr int kCharacterBits = 21;
constexpr std::uint32_t kCharacter = (1U << kCharacterBits) - 1;
constexpr std::uint32_t kLetter = 1U << 21;           // kept, and marks behind it
constexpr std::uint32_t kNumber = 1U << 22;           // kept
constexpr std::uint32_t kMark = 1U << 23;             // kept behind a kept letter
constexpr std::uint32_t kHan = 1U << 24;              // a gloss may follow
constexpr std::uint32_t kLatin = 1U << 25;            // a gloss is made of these
constexpr std::uint32_t kInvisible = 1U << 26;        // as if it were not there
constexpr std::uint32_t kNeedsNormaliser = 1U << 27;  // means nothing before the text is in NFKC
constexpr std::uint32_t kCapital = 1U << 28;          // A to Z: alone they are an abbreviation, no gloss

bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF) || c == 0x3005 || c == 0x3007;
}

class FoldTable {
 public:
  FoldTable() : basic_(0x10000), kinds_(basic_.size()) {
    UErrorCode status = U_ZERO_ERROR;
    nfkc_ = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no NFKC data");
    for (char32_t c = 0; c < basic_.size(); ++c) {
      basic_[c] = of_raw(c);
      const bool becomes_itself = (basic_[c] & kCharacter) == c;
      kinds_[c] = becomes_itself ? static_cast<std::uint8_t>(basic_[c] >> kCharacterBits) : kOther;
    }
  }

  // A character of a text that has not been normalised.
  [[nodiscard]] std::uint32_t raw(char32_t c) const {
    if (c >= basic_.size()) return of_raw(c);
    const std::uint32_t kind = kinds_[c];
    return kind != kOther ? kind << kCharacterBits | c : basic_[c];
  }
  // A character of a text in NFKC.
  [[nodiscard]] std::uint32_t normal(char32_t c) const {
    const std::uint32_t entry = c < basic_.size() ? basic_[c] : kNeedsNormaliser;
    return entry != kNeedsNormaliser ? entry : classify(c);
  }
  [[nodiscard]] std::string nfkc(std::string_view text) const {
    UErrorCode status = U_ZERO_ERROR;
    std::string normalised;
    const auto piece = icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
    nfkc_->normalize(icu::UnicodeString::fromUTF8(piece), status).toUTF8String(normalised);
    return normalised;
  }

 private:
  [[nodiscard]] std::uint32_t of_raw(char32_t c) const {
    if (is_han(c)) return classify(c);
    const auto code = static_cast<UChar32>(c);
    if (U_IS_SURROGATE(code)) return 0;
    if (!nfkc_->hasBoundaryBefore(code)) return kNeedsNormaliser;
    icu::UnicodeString whole;
    if (!nfkc_->getDecomposition(code, whole)) return classify(c);
    UErrorCode status = U_ZERO_ERROR;
    whole = nfkc_->normalize(icu::UnicodeString(code), status);
    if (whole.countChar32() == 1) return classify(static_cast<char32_t>(whole.char32At(0)));
    return is_left_out(whole) ? 0 : kNeedsNormaliser;
  }

  // Every character of it, as the dots of an ellipsis.
  [[nodiscard]] bool is_left_out(const icu::UnicodeString& characters) const {
    bool left_out = true;
    for (std::int32_t at = 0; at < characters.length(); at = characters.moveIndex32(at, 1))
      left_out = left_out && classify(static_cast<char32_t>(characters.char32At(at))) == 0;
    return left_out;
  }

  [[nodiscard]] std::uint32_t classify(char32_t c) const {
    const auto code = static_cast<UChar32>(c);
    if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return kInvisible;
    const std::uint32_t category = U_GET_GC_MASK(code);
    if (c == U'(' || c == U')') return c;
    if ((category & U_GC_M_MASK) != 0) return c | kMark;
    const auto lower = static_cast<std::uint32_t>(u_tolower(static_cast<UChar32>(simplified_[c])));
    if ((category & U_GC_N_MASK) != 0) return lower | kNumber | (is_han(c) ? kHan : 0);
    if ((category & U_GC_L_MASK) == 0) return 0;
    UErrorCode status = U_ZERO_ERROR;
    const bool latin = c < 0x3000 && uscript_getScript(code, &status) == USCRIPT_LATIN;
    const bool capital = c >= U'A' && c <= U'Z';
    return lower | kLetter | (is_han(c) ? kHan : 0) | (latin ? kLatin : 0) | (capital ? kCapital : 0);
  }

  const icu::Normalizer2* nfkc_ = nullptr;
  const SimplifiedTable& simplified_ = simplified_table();
  std::vector<std::uint32_t> basic_;
  // The flags of the characters that become themselves, kOther for all others: most of what is asked for, in
  // a quarter of the memory, as no cache holds `basic_` beside a page.
  static constexpr std::uint8_t kOther = 0xFF;
  std::vector<std::uint8_t> kinds_;
};

const FoldTable& table() {
  static const FoldTable only;
  return only;
}

// Puts together what is kept of a text, character by character.
class Folding {
 public:
  explicit Folding(std::size_t expected) : kept_(expected + kLongestCodePoint, '\0') {}

  void add(std::uint32_t entry) {
    if ((entry & kInvisible) != 0) return;
    const bool glossed = follow_gloss(entry);  // then the Han character before it is the one behind us
    const bool kept = (entry & (kLetter | kNumber)) != 0 || ((entry & kMark) != 0 && behind_letter_);
    if (kept) keep(entry & kCharacter);
    behind_letter_ = glossed || (entry & kLetter) != 0 || (kept && (entry & kMark) != 0);
    behind_han_ = glossed || (entry & kHan) != 0;
  }
  [[nodiscard]] bool in_gloss() const { return gloss_begin_.has_value(); }
  // The same of characters that all become themselves; `last` is the last one's entry. REQUIRES: !in_gloss().
  void add_run(std::string_view characters, std::uint32_t last) {
    if (characters.empty()) return;
    if (kept_.size() < size_ + characters.size()) kept_.resize(2 * kept_.size() + characters.size());
    characters.copy(kept_.data() + size_, characters.size());
    size_ += characters.size();
    behind_letter_ = (last & kLetter) != 0;
    behind_han_ = (last & kHan) != 0;
  }
  [[nodiscard]] std::string take() {
    kept_.resize(size_);
    return std::move(kept_);
  }

 private:
  void keep(char32_t c) {
    if (kept_.size() < size_ + kLongestCodePoint) kept_.resize(2 * kept_.size());
    size_ = static_cast<std::size_t>(write_code_point(c, kept_.data() + size_) - kept_.data());
  }

  // Of what stands in a parenthesis that ends here.
  [[nodiscard]] bool is_gloss() const {
    constexpr int kLongestSyllable = 6;
    return gloss_letters_ > gloss_capitals_ && gloss_letters_ <= kLongestSyllable &&
           is_pinyin_syllable(std::string_view(kept_).substr(*gloss_begin_, size_ - *gloss_begin_));
  }

  // A gloss is kept like other letters until its closing parenthesis shows that it was one: true then.
  bool follow_gloss(std::uint32_t entry) {
    if (entry == U'(' && behind_han_) {
      gloss_begin_ = size_;
      gloss_letters_ = 0;
      gloss_capitals_ = 0;
    } else if (!gloss_begin_) {
      return false;
    } else if ((entry & kLatin) != 0) {
      ++gloss_letters_;
      gloss_capitals_ += (entry & kCapital) != 0;
    } else if (entry == U')' && is_gloss()) {
      size_ = *gloss_begin_;
      gloss_begin_.reset();
      return true;
    } else if ((entry & kMark) == 0) {
      gloss_begin_.reset();
    }
    return false;
  }

  std::string kept_;  // and room for what comes
  std::size_t size_ = 0;
  std::optional<std::size_t> gloss_begin_;
  int gloss_letters_ = 0;
  int gloss_capitals_ = 0;
  bool behind_letter_ = false;
  bool behind_han_ = false;
};

// nullopt when the text has to be normalised first.
std::optional<std::string> fold_directly(const FoldTable& characters, std::string_view text) {
  Folding folding(text.size());
  std::size_t run = 0;  // where the characters begin that are still to be added, each of which becomes itself
  std::uint32_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    const std::uint32_t entry = c == kMalformed ? 0 : characters.raw(c);
    if (entry == kNeedsNormaliser) return std::nullopt;
    const bool becomes_itself = (entry & (kLetter | kNumber)) != 0 && (entry & kCharacter) == c;
    if (becomes_itself && !folding.in_gloss()) {
      last = entry;
      continue;
    }
    folding.add_run(text.substr(run, begin - run), last);
    folding.add(entry);
    run = at;
  }
  folding.add_run(text.substr(run), last);
  return folding.take();
}

std::string fold_normalised(const FoldTable& characters, std::string_view text) {
  const std::string normalised = characters.nfkc(text);
  Folding folding(normalised.size());
  for (std::size_t at = 0; at < normalised.size();)
    folding.add(characters.normal(next_code_point(normalised, at)));
  return folding.take();
}

}  // namespace

std::string fold(std::string_view text) {
  const FoldTable& characters = table();
  if (auto folded = fold_directly(characters, text)) return *std::move(folded);
  // What was left out may have kept apart characters that compose; twice is rare, more is not to be had.
  std::string folded = fold_normalised(characters, text);
  for (int again = 0; again < 4; ++again) {
    std::string next = fold_normalised(characters, folded);
    if (next == folded) break;
    folded = std::move(next);
  }
  return folded;
}

std::size_t length(std::string_view utf8) {
  std::size_t count = 0;
  for (const char c : utf8) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace boardwalk::parsers
