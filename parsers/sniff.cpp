#include "parsers/sniff.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/charset_label.hpp"

namespace boardwalk::parsers {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSniffed = 1024;

std::string_view by_magic(std::string_view body) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kMagic{{
      {"\x89PNG"sv, "image"},
      {"GIF8"sv, "image"},
      {"\xFF\xD8\xFF"sv, "image"},
      {"BM\0\0"sv, "image"},
      {"RIFF"sv, "media"},
      {"OggS"sv, "media"},
      {"ID3"sv, "media"},
      {"\x1A\x45\xDF\xA3"sv, "media"},
      {"%PDF-"sv, "pdf"},
      {"PK\x03\x04"sv, "archive"},
      {"\x1F\x8B"sv, "archive"},
      {"Rar!"sv, "archive"},
      {"7z\xBC\xAF"sv, "archive"},
      {"\xD0\xCF\x11\xE0"sv, "document"},
      {"wOF"sv, "font"},
      {"\0asm"sv, "binary"},
  }};
  for (const auto& [magic, what] : kMagic)
    if (body.starts_with(magic)) return what;
  return body.substr(0, 12).find("ftyp") == 4 ? "media"sv : ""sv;
}

// Control characters that no text has but UTF-16, which its mark or the header tells.
bool is_binary(std::string_view head, std::string_view content_type) {
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) return false;
  const auto controls = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x09 || (byte > 0x0D && byte < 0x1B) || (byte > 0x1B && byte < 0x20);
  });
  return 20 * static_cast<std::size_t>(controls) > head.size() &&
         !declared_charset({}, content_type).charset.starts_with("utf-16");
}

// Cards for the telephones of old (WML), whichever type they are sent with: what stands behind `<?xml …?>`
// says so.
bool is_wml(std::string_view markup) {
  if (markup.starts_with("<?xml")) {
    markup.remove_prefix(std::min(markup.find("?>"), markup.size() - 2) + 2);
    markup.remove_prefix(std::min(markup.find('<'), markup.size()));
  }
  return ascii::starts_same(markup, "<wml") || ascii::starts_same(markup, "<!doctype wml");
}

std::string_view by_type(std::string_view content_type) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTypes{{
      {"image/", "image"},
      {"audio/", "media"},
      {"video/", "media"},
      {"font/", "font"},
      {"application/pdf", "pdf"},
      {"application/json", "json"},
      {"text/css", "style sheet"},
      {"text/javascript", "script"},
      {"application/javascript", "script"},
  }};
  const std::string type = media_type(content_type);
  for (const auto& [begin, what] : kTypes)
    if (type.starts_with(begin)) return what;
  return type == "text/plain" ? "text"sv : ""sv;
}

}  // namespace

std::string media_type(std::string_view content_type) {
  return ascii::lowered(ascii::trimmed_ows(content_type.substr(0, content_type.find(';'))));
}

std::string_view sniff_other_than_html(std::string_view body, std::string_view content_type) {
  if (body.empty()) return "empty body";
  if (const auto what = by_magic(body); !what.empty()) return what;
  if (is_binary(body.substr(0, kSniffed), content_type)) return "binary";
  const std::size_t first = body.find_first_not_of(" \t\r\n\f\xEF\xBB\xBF");
  if (first == std::string_view::npos) return {};
  if (body[first] == '<') return is_wml(body.substr(first)) ? "wml"sv : ""sv;
  const bool braces = (body[first] == '{' || body[first] == '[') && body.find("</") == std::string_view::npos;
  return braces ? "json"sv : by_type(content_type);
}

}  // namespace boardwalk::parsers
