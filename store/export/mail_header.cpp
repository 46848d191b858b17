#include "store/export/mail_header.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

#include "config/ascii.hpp"

namespace boardwalk::store {
namespace {

constexpr std::size_t kLongestPlain = 70;  // bytes of a value that needs no folding
constexpr std::size_t kBytesOfWord = 45;  // what fits an encoded word of at most 75 characters (RFC 2047 §2)

bool is_plain(std::string_view text) {
  return text.size() <= kLongestPlain && text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// The longest beginning of at most kBytesOfWord bytes that ends between two characters.
std::string_view next_piece(std::string_view text) {
  if (text.size() <= kBytesOfWord) return text;
  std::size_t size = kBytesOfWord;
  while (size > 1 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return text.substr(0, size);
}

std::tm broken_down(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  return parts;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string header_text(std::string_view utf8) {
  std::string text(utf8);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  if (is_plain(text)) return text;
  std::string words;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view piece = next_piece(rest);
    words += fmt::format("{}=?UTF-8?B?{}?=", words.empty() ? "" : "\n ", base64(piece));
    rest.remove_prefix(piece.size());
  }
  return words;
}

std::string mailbox(std::string_view name, std::string_view address) {
  if (!is_plain(name)) return fmt::format("{} <{}>", header_text(name), address);
  std::string quoted;
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format("\"{}\" <{}>", quoted, address);
}

std::string dot_atom(std::string_view text) {
  std::string atom;
  for (const char c : text) {
    const bool inner_dot = c == '.' && !atom.empty() && atom.back() != '.';
    if (ascii::is_alphanumeric(c) || c == '-' || c == '_' || inner_dot)
      atom += c;
    else
      atom += fmt::format("={:02X}", static_cast<unsigned char>(c));
  }
  if (atom.ends_with('.')) atom.replace(atom.size() - 1, 1, "=2E");
  return atom;
}

std::string mail_date(const parsers::Moment& moment) {
  const std::string zone =
      moment.offset_minutes
          ? fmt::format("{}{:02}{:02}", *moment.offset_minutes < 0 ? '-' : '+',
                        std::abs(*moment.offset_minutes) / 60, std::abs(*moment.offset_minutes) % 60)
          : "-0000";
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} {}", broken_down(moment.local_seconds), zone);
}

std::string envelope_date(std::int64_t epoch_seconds) {
  return fmt::format("{:%a %b %e %H:%M:%S %Y}", broken_down(epoch_seconds));
}

}  // namespace boardwalk::store
