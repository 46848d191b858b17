#include "parsers/charset_label.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "config/ascii.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kMetaBytes = 1024;

// The value behind `charset=` in a Content-Type or a <meta> tag, with or without quotes.
std::string_view charset_parameter(std::string_view text) {
  const std::string lower = ascii::lowered(text);
  for (std::size_t at = lower.find("charset"); at != std::string::npos; at = lower.find("charset", at)) {
    at = std::min(lower.find_first_not_of(ascii::kHtmlSpace, at + 7), lower.size());
    if (at == lower.size() || lower[at] != '=') continue;
    at = lower.find_first_not_of(" \t\r\n\f\"'", at + 1);
    if (at == std::string::npos) return {};
    return text.substr(at, lower.find_first_of(" \t\r\n\f\"';>/,", at) - at);
  }
  return {};
}

std::string_view meta_charset(std::string_view body) {
  const std::string_view head = body.substr(0, kMetaBytes);
  const std::string lower = ascii::lowered(head);
  for (std::size_t at = 0; (at = lower.find('<', at)) != std::string::npos;) {
    if (lower.compare(at, 4, "<!--") == 0) {
      at = std::min(lower.find("-->", at + 4), lower.size());
      continue;
    }
    const std::size_t end = std::min(lower.find('>', at), lower.size());
    if (lower.compare(at, 5, "<meta") == 0) {
      const std::string_view found = charset_parameter(head.substr(at, end - at));
      if (!found.empty()) return found;
    }
    ++at;
  }
  return {};
}

// XML pages and feeds: <?xml version="1.0" encoding="gbk"?>
std::string_view xml_encoding(std::string_view body) {
  if (!body.starts_with("<?xml")) return {};
  const std::string_view head = body.substr(0, std::min(body.find('>'), kMetaBytes));
  std::size_t at = head.find("encoding=");
  if (at == std::string_view::npos || at + 10 >= head.size()) return {};
  at += 10;
  return head.substr(at, head.find_first_of("\"'", at) - at);
}

}  // namespace

std::string charset_of(std::string_view label) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kLabels{{
      {"utf-8", " utf-8 utf8 unicode-1-1-utf-8 "},
      {"gb18030",
       " gb18030 gbk gb2312 x-gbk gb_2312-80 gb_2312 csgb2312 chinese iso-ir-58 cp936 windows-936 "},
      {"big5", " big5 big5-hkscs cn-big5 x-x-big5 csbig5 "},
      {"utf-16le", " utf-16 utf-16le unicode "},
      {"utf-16be", " utf-16be "},
      {"windows-1252", " iso-8859-1 latin1 ascii us-ascii iso8859-1 iso_8859-1 l1 cp1252 x-cp1252 "},
      {"windows-1254", " iso-8859-9 latin5 "},
      {"shift_jis", " shift_jis sjis shift-jis x-sjis windows-31j ms_kanji "},
      {"windows-949", " euc-kr ks_c_5601-1987 korean ksc5601 uhc cp949 "},
  }};
  const std::string name = ascii::lowered(label);
  if (name.empty() || name.find(' ') != std::string::npos) return {};
  for (const auto& [charset, labels] : kLabels)
    if (labels.find(' ' + name + ' ') != std::string_view::npos) return std::string(charset);
  static constexpr std::array<std::string_view, 28> kOwnNames{
      "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
      "windows-1256", "windows-1257", "windows-1258", "windows-874",  "iso-8859-2",   "iso-8859-3",
      "iso-8859-4",   "iso-8859-5",   "iso-8859-6",   "iso-8859-7",   "iso-8859-8",   "iso-8859-10",
      "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "koi8-r",       "koi8-u",       "euc-jp",
      "iso-2022-jp",  "macintosh",    "ibm866",       "windows-949"};
  return std::find(kOwnNames.begin(), kOwnNames.end(), name) != kOwnNames.end() ? name : std::string();
}

DeclaredCharset declared_charset(std::string_view body, std::string_view content_type) {
  std::string_view page = meta_charset(body);
  if (page.empty()) page = xml_encoding(body);
  const std::string_view header = charset_parameter(content_type);
  DeclaredCharset declared;
  if (const std::string_view first = header.empty() ? page : header; !first.empty())
    declared.label = ascii::lowered(first);
  declared.charset = charset_of(header);
  std::string by_page = charset_of(page);
  if (by_page.starts_with("utf-16")) by_page = "utf-8";  // it could be read, so it is none (HTML §13.2.3.2)
  if (declared.charset.empty() || declared.charset == "windows-1252") {
    if (!by_page.empty()) declared.charset = std::move(by_page);
  } else if (declared.charset == "utf-8" && by_page != "utf-8" && by_page != "windows-1252") {
    declared.instead = std::move(by_page);
  }
  return declared;
}

}  // namespace boardwalk::parsers
