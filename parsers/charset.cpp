#include "parsers/charset.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "parsers/charset_label.hpp"
#include "parsers/markup/tokens.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kDetectBytes = 64 * 1024;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct FreeConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// GBK on Windows has the euro sign at 0x80 (WHATWG Encoding §10.2.1), which GB18030 leaves empty.
void euro_or_replacement(const void* context, UConverterToUnicodeArgs* arguments, const char* bytes,
                         std::int32_t length, UConverterCallbackReason reason, UErrorCode* error) {
  const bool euro = reason <= UCNV_IRREGULAR && length == 1 && static_cast<unsigned char>(*bytes) == 0x80;
  if (!euro) {
    UCNV_TO_U_CALLBACK_SUBSTITUTE(context, arguments, bytes, length, reason, error);
    return;
  }
  *error = U_ZERO_ERROR;
  constexpr UChar kEuro = 0x20AC;
  ucnv_cbToUWriteUChars(arguments, &kEuro, 1, 0, error);
}

// The thread's own converter for a charset, opened at its first use; nullptr for a charset that ICU does not
// know.
UConverter* converter_for(const std::string& charset) {
  thread_local std::map<std::string, std::unique_ptr<UConverter, FreeConverter>> open;
  auto [entry, is_new] = open.try_emplace(charset);
  if (is_new && open.size() < 64) {
    UErrorCode status = U_ZERO_ERROR;
    entry->second.reset(ucnv_open(charset == "big5" ? "Big5-HKSCS" : charset.c_str(), &status));
    if (U_FAILURE(status)) entry->second.reset();
    if (entry->second) ucnv_setSubstChars(entry->second.get(), "?", 1, &status);
    if (entry->second && charset == "gb18030")
      ucnv_setToUCallBack(entry->second.get(), euro_or_replacement, nullptr, nullptr, nullptr, &status);
  }
  UConverter* converter = entry->second.get();
  if (converter != nullptr) ucnv_reset(converter);
  return converter;
}

// Where the next byte outside ASCII stands, from `at` on; the size when there is none.
std::size_t next_high(std::string_view bytes, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
  for (std::uint64_t word = 0; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (at < bytes.size() && static_cast<unsigned char>(bytes[at]) < 0x80) ++at;
  return at;
}

struct Utf8Shape {
  std::size_t two = 0;   // well-formed sequences of two bytes
  std::size_t wide = 0;  // … of three or four
  std::size_t invalid = 0;
  bool nul = false;
  bool clean = false;  // of what the tree takes as it is; then `wide` may stop at 1
  [[nodiscard]] bool ascii() const { return two + wide + invalid == 0; }
};

Utf8Shape shape_of(std::string_view bytes) {
  Utf8Shape shape;
  shape.clean = markup::is_clean_utf8(bytes);
  shape.nul = !shape.clean && bytes.find('\0') != std::string_view::npos;
  for (std::size_t i = next_high(bytes, 0); i < bytes.size() && !(shape.clean && shape.wide > 0);) {
    const std::size_t begin = i;
    if (next_code_point(bytes, i) == kMalformed) {
      ++shape.invalid;
    } else if (i - begin == 2) {
      ++shape.two;
    } else if (i - begin > 2) {
      ++shape.wide;
    }
    if (i < bytes.size() && static_cast<unsigned char>(bytes[i]) < 0x80) i = next_high(bytes, i);
  }
  return shape;
}

// A text in the making.
struct Converted {
  std::string text;
  CharsetUse use;
};

Decoded decoded_from(Converted&& converted) {
  Decoded decoded;
  decoded.made = std::make_unique<const std::string>(std::move(converted.text));
  decoded.text = *decoded.made;
  decoded.use = std::move(converted.use);
  return decoded;
}

Decoded from_utf8(std::string_view bytes, const Utf8Shape& shape) {
  if (shape.invalid == 0 && !shape.nul) {
    Decoded decoded;
    decoded.text = bytes;
    decoded.use.used = "utf-8";
    decoded.clean = shape.clean;
    return decoded;
  }
  Converted converted;
  converted.use.used = "utf-8";
  converted.text.reserve(bytes.size() + 2 * shape.invalid);
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t begin = i;
    const char32_t c = next_code_point(bytes, i);
    if (c == kMalformed) {
      converted.text += kReplacement;
      ++converted.use.replaced;
    } else if (c != 0) {
      converted.text.append(bytes, begin, i - begin);
    }
  }
  return decoded_from(std::move(converted));
}

// UTF-16 to UTF-8, what the converter replaced counted.
void append_utf16(const UChar* begin, const UChar* end, Converted& converted) {
  while (begin != end) {
    char32_t c = *begin++;
    if (U16_IS_LEAD(c) && begin != end && U16_IS_TRAIL(*begin)) {
      c = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(c, *begin++));
    } else if (U_IS_SURROGATE(c)) {
      c = 0xFFFD;
    }
    if (c == 0xFFFD) ++converted.use.replaced;
    if (c != 0) append_code_point(c, converted.text);
  }
}

void convert(UConverter* converter, std::string_view bytes, Converted& converted) {
  std::array<UChar, 2048> units;
  const char* from = bytes.data();
  std::size_t carried = 0;  // a lead surrogate whose trail comes with the next buffer
  for (UErrorCode status = U_BUFFER_OVERFLOW_ERROR; status == U_BUFFER_OVERFLOW_ERROR;) {
    status = U_ZERO_ERROR;
    UChar* to = units.data() + carried;
    ucnv_toUnicode(converter, &to, units.data() + units.size(), &from, bytes.data() + bytes.size(), nullptr,
                   true, &status);
    carried = status == U_BUFFER_OVERFLOW_ERROR && U16_IS_LEAD(*(to - 1)) ? 1 : 0;
    append_utf16(units.data(), to - carried, converted);
    if (carried != 0) units[0] = *(to - 1);
  }
}

// Pages are mostly ASCII, which needs no converter where ASCII bytes mean themselves.
void convert_high_runs(UConverter* converter, std::string_view bytes, Converted& converted) {
  // So many ASCII bytes end a run; the first of them may still belong to its last character.
  constexpr std::size_t kGap = 8;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t begin = next_high(bytes, at);
    converted.text.append(bytes, at, begin - at);
    std::size_t end = begin;
    for (at = begin; at < bytes.size() && at - end < kGap; at = next_high(bytes, end))
      for (end = at; end < bytes.size() && static_cast<unsigned char>(bytes[end]) >= 0x80;) ++end;
    at = std::min(end + kGap / 2, bytes.size());
    if (begin < at) convert(converter, bytes.substr(begin, at - begin), converted);
  }
}

Decoded from_charset(std::string_view bytes, const std::string& charset) {
  UConverter* converter = charset == "utf-8" ? nullptr : converter_for(charset);
  if (converter == nullptr) return from_utf8(bytes, shape_of(bytes));
  Converted converted;
  converted.use.used = charset;
  converted.text.reserve(bytes.size() + bytes.size() / 4);
  if (charset.starts_with("utf-16") || charset == "iso-2022-jp") {
    convert(converter, bytes, converted);
  } else {
    convert_high_runs(converter, bytes, converted);
    std::erase(converted.text, '\0');
  }
  return decoded_from(std::move(converted));
}

// How often the commonest Chinese characters and marks stand among the first pairs of high bytes, read in
// either charset: the two accept nearly each other's every byte, but not each other's words.
struct ChineseGuess {
  std::size_t pairs = 0;
  std::size_t gb = 0;
  std::size_t big5 = 0;
  std::size_t not_gb = 0;  // pairs without a character in GBK
  std::size_t low = 0;     // pairs whose second byte is ASCII
  std::size_t lone = 0;    // high bytes that no second one follows as either charset wants
  [[nodiscard]] bool is_gb() const { return gb > 2 * big5 && 50 * gb > pairs && lone * 20 <= pairs; }
  // Russian and Japanese in GBK have the pairs of Big5's common words too, but none that GBK has not; a text
  // in Big5 has a third of those. In Latin-1 nearly every pair is an accent and the letter behind it.
  [[nodiscard]] bool is_big5() const {
    return big5 > 2 * gb && 50 * big5 > pairs && lone * 20 <= pairs && 10 * not_gb > pairs &&
           8 * low < 7 * pairs;
  }
};

constexpr std::uint8_t kCommonInGb = 1;
constexpr std::uint8_t kCommonInBig5 = 2;

// By pair of bytes. 的 一 是 了 在 有 不 人 这/這 我 为/為 中 大 来/來 ， 。 、 ： and the ideographic space.
constexpr auto kCommonPairs = [] {
  std::array<std::uint8_t, 0x10000> table{};
  for (const unsigned pair : std::initializer_list<unsigned>{
           0xB5C4, 0xD2BB, 0xCAC7, 0xC1CB, 0xD4DA, 0xD3D0, 0xB2BB, 0xC8CB, 0xD5E2, 0xCED2, 0xCEAA, 0xD6D0,
           0xB4F3, 0xC0B4, 0xA3AC, 0xA1A3, 0xA1A2, 0xA3BA, 0xA1A1})
    table[pair] |= kCommonInGb;
  for (const unsigned pair : std::initializer_list<unsigned>{
           0xAABA, 0xA440, 0xAC4F, 0xA446, 0xA662, 0xA6B3, 0xA4A3, 0xA448, 0xB36F, 0xA7DA, 0xACB0, 0xA4A4,
           0xA46A, 0xA8D3, 0xA141, 0xA143, 0xA142, 0xA147, 0xA140})
    table[pair] |= kCommonInBig5;
  return table;
}();

// Whether GBK leaves this pair to its users, in areas where Big5 has marks and common characters.
bool is_free_in_gbk(unsigned char lead, unsigned char trail) {
  if (lead >= 0xA1 && lead <= 0xA7) return trail <= 0xA0;
  return ((lead >= 0xAA && lead <= 0xAF) || lead >= 0xF8) && trail >= 0xA1;
}

ChineseGuess guess_chinese(std::string_view bytes) {
  ChineseGuess guess;
  for (std::size_t i = next_high(bytes, 0); i + 1 < bytes.size() && guess.pairs < 4000;
       i = next_high(bytes, i)) {
    const auto lead = static_cast<unsigned char>(bytes[i++]);
    const auto trail = static_cast<unsigned char>(bytes[i]);
    if (trail < 0x40 || trail == 0x7F) {
      ++guess.lone;
      continue;
    }
    const unsigned pair = lead * 256U + trail;
    ++guess.pairs;
    guess.not_gb += is_free_in_gbk(lead, trail);
    guess.low += trail < 0x80;
    guess.gb += (kCommonPairs[pair] & kCommonInGb) != 0;
    guess.big5 += (kCommonPairs[pair] & kCommonInBig5) != 0;
    ++i;
  }
  return guess;
}

std::string detect(std::string_view bytes) {
  const std::unique_ptr<uchardet, decltype(&uchardet_delete)> detector(uchardet_new(), &uchardet_delete);
  // From the first byte outside ASCII on: long scripts and styles at the top tell nothing.
  const auto high =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  bytes.remove_prefix(static_cast<std::size_t>(high - bytes.begin()));
  bytes = bytes.substr(0, kDetectBytes);
  uchardet_handle_data(detector.get(), bytes.data(), bytes.size());
  uchardet_data_end(detector.get());
  const std::string found = charset_of(uchardet_get_charset(detector.get()));
  // FE FF and FF FE in the middle of a page are no byte order mark, however they look to the detector.
  return found.starts_with("utf-16") || found.starts_with("utf-32") ? std::string() : found;
}

bool is_double_byte(std::string_view charset) {
  return charset == "gb18030" || charset == "big5" || charset == "windows-949" || charset == "shift_jis" ||
         charset == "euc-jp";
}

// Well-formed UTF-8 outside ASCII hardly ever arises by chance; a few sequences of two bytes may (联通 in
// GBK), and many do where bopomofo follow each other in GBK, but not without a fault in every hundred.
bool is_utf8(const Utf8Shape& shape, std::string_view declared) {
  const std::size_t valid = shape.two + shape.wide;
  if (shape.invalid == 0 && valid > 0) return shape.wide > 0 || shape.two > 3 || !is_double_byte(declared);
  return 10 * shape.invalid < 3 * shape.wide + (is_double_byte(declared) ? shape.two / 10 : shape.two);
}

bool is_clean(const Decoded& decoded) {
  return decoded.use.replaced <= 2 + static_cast<std::int64_t>(decoded.text.size() / 2000);
}

// The bytes are not UTF-8. `by_header` is a charset, or empty; `instead` as in DeclaredCharset.
Decoded decide(std::string_view bytes, const std::string& by_header, const std::string& instead,
               const Utf8Shape& shape) {
  // Damaged UTF-8 still has more whole characters than broken ones.
  const bool yields = !instead.empty() && shape.invalid > shape.two + shape.wide;
  const std::string& declared = yields ? instead : by_header;
  const ChineseGuess guess = guess_chinese(bytes);
  const std::string chinese = guess.is_gb() ? "gb18030" : guess.is_big5() ? "big5" : "";
  const bool says_little = declared.empty() || declared == "utf-8" || declared == "windows-1252";
  if (!chinese.empty() && (says_little || declared == "gb18030" || declared == "big5")) {
    Decoded decoded = from_charset(bytes, chinese);
    if (is_clean(decoded) || chinese == declared) return decoded;
  }
  if (!declared.empty() && declared != "utf-8") {
    Decoded decoded = from_charset(bytes, declared);
    if (is_clean(decoded)) return decoded;
  }
  const std::string detected = detect(bytes);
  Decoded best = declared.empty() && detected.empty() ? from_charset(bytes, "windows-1252")
                 : declared.empty()                   ? from_charset(bytes, detected)
                                                      : from_charset(bytes, declared);
  if (!detected.empty() && detected != best.use.used) {
    Decoded other = from_charset(bytes, detected);
    if (is_clean(other) && other.use.replaced < best.use.replaced) best = std::move(other);
  }
  if (declared == "utf-8" && shape.two + shape.wide == 0 && !is_clean(best)) {
    Decoded gb = from_charset(bytes, "gb18030");
    if (is_clean(gb)) best = std::move(gb);
  }
  return best;
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kMarks{
    {{kByteOrderMark, "utf-8"}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}}};

}  // namespace

Decoded decode(std::string_view body, std::string_view content_type) {
  for (const auto& [mark, charset] : kMarks) {
    if (!body.starts_with(mark)) continue;
    Decoded decoded = from_charset(body.substr(mark.size()), std::string(charset));
    decoded.use.declared = std::string(charset);
    return decoded;
  }
  const DeclaredCharset declared = declared_charset(body, content_type);
  const Utf8Shape shape = shape_of(body);
  Decoded decoded;
  const auto has_escape = [body] { return body.find('\x1B') != std::string_view::npos; };  // of ISO-2022
  if (declared.charset.starts_with("utf-16") ? shape.nul
                                             : declared.charset == "iso-2022-jp" && has_escape()) {
    decoded = from_charset(body, declared.charset);
  } else if (shape.ascii() || is_utf8(shape, declared.charset)) {
    decoded = from_utf8(body, shape);
    if (shape.ascii() && !declared.charset.empty() && !declared.charset.starts_with("utf-16"))
      decoded.use.used = declared.charset;
  } else {
    decoded =
        decide(body, declared.charset.starts_with("utf-16") ? "" : declared.charset, declared.instead, shape);
  }
  decoded.use.declared = declared.label;
  return decoded;
}

Decoded decode_as(std::string_view body, std::string_view content_type, std::string_view charset) {
  if (charset.empty()) return decode(body, content_type);
  for (const auto& [mark, ignored] : kMarks)
    if (body.starts_with(mark)) return decode(body, content_type);
  Decoded decoded =
      charset == "utf-8" ? from_utf8(body, shape_of(body)) : from_charset(body, std::string(charset));
  decoded.use.declared = declared_charset(body, content_type).label;
  return decoded;
}

std::string encode(std::string_view text, std::string_view charset) {
  const std::string name = charset_of(charset);
  UConverter* converter =
      name.empty() || name == "utf-8" || name.starts_with("utf-16") ? nullptr : converter_for(name);
  if (converter == nullptr) return std::string(text);
  std::vector<UChar> units(text.size() + 1);
  std::int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(units.data(), static_cast<std::int32_t>(units.size()), &length, text.data(),
                       static_cast<std::int32_t>(text.size()), 0xFFFD, nullptr, &status);
  std::string encoded(static_cast<std::size_t>(length) * 8 + 16, '\0');
  const std::int32_t written = ucnv_fromUChars(
      converter, encoded.data(), static_cast<std::int32_t>(encoded.size()), units.data(), length, &status);
  encoded.resize(U_SUCCESS(status) ? static_cast<std::size_t>(written) : 0);
  return encoded;
}

}  // namespace boardwalk::parsers
