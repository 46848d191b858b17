#include "parsers/charset.hpp"

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "parsers/charset_label.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kDetectBytes = 64 * 1024;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct FreeConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

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
  }
  UConverter* converter = entry->second.get();
  if (converter != nullptr) ucnv_reset(converter);
  return converter;
}

bool has_high_bit(const char* eight) {
  std::uint64_t word;
  std::memcpy(&word, eight, sizeof word);
  return (word & 0x8080808080808080ULL) != 0;
}

struct Utf8Shape {
  std::size_t two = 0;   // well-formed sequences of two bytes
  std::size_t wide = 0;  // … of three or four
  std::size_t invalid = 0;
  bool nul = false;
  bool escape = false;  // ESC: ISO-2022 may switch charsets
  [[nodiscard]] bool ascii() const { return two + wide + invalid == 0; }
};

Utf8Shape shape_of(std::string_view bytes) {
  Utf8Shape shape;
  shape.nul = bytes.find('\0') != std::string_view::npos;
  shape.escape = bytes.find('\x1B') != std::string_view::npos;
  for (std::size_t i = 0; i < bytes.size();) {
    if (i + 8 <= bytes.size() && !has_high_bit(bytes.data() + i)) {
      i += 8;
      continue;
    }
    const std::size_t begin = i;
    if (next_code_point(bytes, i) == kMalformed) {
      ++shape.invalid;
    } else if (i - begin == 2) {
      ++shape.two;
    } else if (i - begin > 2) {
      ++shape.wide;
    }
  }
  return shape;
}

Decoded from_utf8(std::string_view bytes, const Utf8Shape& shape) {
  Decoded decoded;
  decoded.use.used = "utf-8";
  decoded.text.reserve(bytes.size() + 2 * shape.invalid);
  if (shape.invalid == 0 && !shape.nul) {
    decoded.text = bytes;
    return decoded;
  }
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t begin = i;
    const char32_t c = next_code_point(bytes, i);
    if (c == kMalformed) {
      decoded.text += kReplacement;
      ++decoded.use.replaced;
    } else if (c != 0) {
      decoded.text.append(bytes, begin, i - begin);
    }
  }
  return decoded;
}

// UTF-16 to UTF-8, NUL left out, what the converter replaced counted.
void append_utf16(const UChar* begin, const UChar* end, Decoded& decoded) {
  std::array<char, 3 * 4096> buffer;
  std::size_t used = 0;
  while (begin != end) {
    if (used + 4 > buffer.size()) decoded.text.append(buffer.data(), std::exchange(used, 0));
    const UChar unit = *begin++;
    if (unit < 0x80) {
      if (unit != 0) buffer[used++] = static_cast<char>(unit);
      continue;
    }
    UChar32 c = unit;
    if (U16_IS_LEAD(unit) && begin != end && U16_IS_TRAIL(*begin)) c = U16_GET_SUPPLEMENTARY(unit, *begin++);
    if (U_IS_SURROGATE(c)) c = 0xFFFD;
    if (c == 0xFFFD) ++decoded.use.replaced;
    U8_APPEND_UNSAFE(buffer.data(), used, c);
  }
  decoded.text.append(buffer.data(), used);
}

Decoded from_charset(std::string_view bytes, const std::string& charset) {
  if (charset == "utf-8") return from_utf8(bytes, shape_of(bytes));
  Decoded decoded;
  decoded.use.used = charset;
  UConverter* converter = converter_for(charset);
  if (converter == nullptr) return from_utf8(bytes, shape_of(bytes));
  std::vector<UChar> units(bytes.size() + 16);
  const char* from = bytes.data();
  const char* const from_end = from + bytes.size();
  decoded.text.reserve(bytes.size() + bytes.size() / 4);
  for (UErrorCode status = U_BUFFER_OVERFLOW_ERROR; status == U_BUFFER_OVERFLOW_ERROR;) {
    status = U_ZERO_ERROR;
    UChar* to = units.data();
    ucnv_toUnicode(converter, &to, units.data() + units.size(), &from, from_end, nullptr, true, &status);
    append_utf16(units.data(), to, decoded);
  }
  return decoded;
}

// How often the commonest Chinese characters and marks stand among the first pairs of high bytes, read in
// either charset: the two accept nearly each other's every byte, but not each other's words.
struct ChineseGuess {
  std::size_t pairs = 0;
  std::size_t gb = 0;
  std::size_t big5 = 0;
  std::size_t lone = 0;  // high bytes that no second one follows as either charset wants
  [[nodiscard]] bool is_gb() const { return gb > 2 * big5 && 50 * gb > pairs && lone * 20 <= pairs; }
  [[nodiscard]] bool is_big5() const { return big5 > 2 * gb && 50 * big5 > pairs && lone * 20 <= pairs; }
};

ChineseGuess guess_chinese(std::string_view bytes) {
  // 的 一 是 了 在 有 不 人 这/這 我 为/為 中 大 来/來 ， 。 、 ： and the ideographic space
  static constexpr std::array<unsigned, 19> kGb{0xB5C4, 0xD2BB, 0xCAC7, 0xC1CB, 0xD4DA, 0xD3D0, 0xB2BB,
                                                0xC8CB, 0xD5E2, 0xCED2, 0xCEAA, 0xD6D0, 0xB4F3, 0xC0B4,
                                                0xA3AC, 0xA1A3, 0xA1A2, 0xA3BA, 0xA1A1};
  static constexpr std::array<unsigned, 19> kBig5{0xAABA, 0xA440, 0xAC4F, 0xA446, 0xA662, 0xA6B3, 0xA4A3,
                                                  0xA448, 0xB36F, 0xA7DA, 0xACB0, 0xA4A4, 0xA46A, 0xA8D3,
                                                  0xA141, 0xA143, 0xA142, 0xA147, 0xA140};
  ChineseGuess guess;
  for (std::size_t i = 0; i + 1 < bytes.size() && guess.pairs < 4000; ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x81) continue;
    const auto trail = static_cast<unsigned char>(bytes[i + 1]);
    if (trail < 0x40 || trail == 0x7F) {
      ++guess.lone;
      continue;
    }
    const unsigned pair = lead * 256U + trail;
    ++guess.pairs;
    if (std::find(kGb.begin(), kGb.end(), pair) != kGb.end()) ++guess.gb;
    if (std::find(kBig5.begin(), kBig5.end(), pair) != kBig5.end()) ++guess.big5;
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
  return charset_of(uchardet_get_charset(detector.get()));
}

bool is_double_byte(std::string_view charset) {
  return charset == "gb18030" || charset == "big5" || charset == "windows-949" || charset == "shift_jis" ||
         charset == "euc-jp";
}

// Well-formed UTF-8 outside ASCII hardly ever arises by chance; a few sequences of two bytes may (联通 in
// GBK).
bool is_utf8(const Utf8Shape& shape, std::string_view declared) {
  const std::size_t valid = shape.two + shape.wide;
  if (shape.invalid == 0 && valid > 0) return shape.wide > 0 || shape.two > 3 || !is_double_byte(declared);
  return valid > 0 && 10 * shape.invalid < 3 * shape.wide + shape.two;
}

bool is_clean(const Decoded& decoded) {
  return decoded.use.replaced <= 2 + static_cast<std::int64_t>(decoded.text.size() / 2000);
}

// The bytes are not UTF-8. `declared` is a charset, or empty.
Decoded decide(std::string_view bytes, const std::string& declared, const Utf8Shape& shape) {
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

}  // namespace

Decoded decode(std::string_view body, std::string_view content_type) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kMarks{
      {{"\xEF\xBB\xBF", "utf-8"}, {"\xFF\xFE", "utf-16le"}, {"\xFE\xFF", "utf-16be"}}};
  for (const auto& [mark, charset] : kMarks) {
    if (!body.starts_with(mark)) continue;
    Decoded decoded = from_charset(body.substr(mark.size()), std::string(charset));
    decoded.use.declared = std::string(charset);
    return decoded;
  }
  const DeclaredCharset declared = declared_charset(body, content_type);
  const Utf8Shape shape = shape_of(body);
  Decoded decoded;
  if (declared.charset.starts_with("utf-16") ? shape.nul
                                             : declared.charset == "iso-2022-jp" && shape.escape) {
    decoded = from_charset(body, declared.charset);
  } else if (shape.ascii() || is_utf8(shape, declared.charset)) {
    decoded = from_utf8(body, shape);
    if (shape.ascii() && !declared.charset.empty() && !declared.charset.starts_with("utf-16"))
      decoded.use.used = declared.charset;
  } else {
    decoded = decide(body, declared.charset.starts_with("utf-16") ? "" : declared.charset, shape);
  }
  decoded.use.declared = declared.label;
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
