#include "store/addresses.hpp"

#include <algorithm>
#include <array>

namespace boardwalk::store {
namespace {

constexpr std::string_view kEnds = "\"'`<>";       // of a word, besides white space
constexpr std::string_view kBehind = ".,;:!?)\\";  // a sentence's own, when a word ends with it

// How long the character reference is that begins the text and that no address holds; 0 when none does.
std::size_t breaking_reference(std::string_view text) {
  constexpr std::array<std::string_view, 5> kBreaking{"&quot;", "&lt;", "&gt;", "&apos;", "&nbsp;"};
  constexpr std::array<std::string_view, 3> kAmpersands{"&#38;", "&#038;", "&#x26;"};
  for (const auto reference : kBreaking)
    if (text.starts_with(reference)) return reference.size();
  if (!text.starts_with("&#")) return 0;
  for (const auto reference : kAmpersands)
    if (text.starts_with(reference)) return 0;
  return std::min(text.find_first_not_of("&#xX0123456789abcdefABCDEF"), text.size());
}

// Whether a word ends with the character at `at`, which is not of it; `behind` is where the next may begin.
bool is_break(std::string_view page, std::size_t at, std::size_t& behind) {
  const auto c = static_cast<unsigned char>(page[at]);
  behind = at + 1;
  if (c <= ' ' || c >= 0x7F || kEnds.find(page[at]) != std::string_view::npos) return true;
  const std::size_t reference = c == '&' ? breaking_reference(page.substr(at)) : 0;
  if (reference > 0) behind = at + reference;
  return reference > 0;
}

}  // namespace

bool is_address(std::string_view word, bool is_markup) {
  constexpr std::array<std::string_view, 4> kSigns{"/", "?", ".htm", ".php"};
  if (word.starts_with("www.") || word.find("://") != std::string_view::npos) return true;
  return is_markup && std::any_of(kSigns.begin(), kSigns.end(),
                                  [word](auto sign) { return word.find(sign) != std::string_view::npos; });
}

std::vector<Address> addresses(std::string_view page, const std::vector<TextNode>& nodes) {
  std::vector<Address> all;
  auto node = nodes.begin();
  for (std::size_t at = 0, behind = 0; at < page.size(); at = behind) {
    std::size_t end = at;
    while (end < page.size() && !is_break(page, end, behind)) ++end;
    while (node != nodes.end() && node->end <= at) ++node;
    const bool is_markup = node == nodes.end() || at < node->begin;
    const std::size_t length = page.substr(at, end - at).find_last_not_of(kBehind) + 1;  // 0: npos
    if (is_address(page.substr(at, length), is_markup)) all.push_back({at, at + length});
  }
  return all;
}

const Address* address_at(const std::vector<Address>& addresses, std::size_t at) {
  const auto behind =
      std::upper_bound(addresses.begin(), addresses.end(), at,
                       [](std::size_t pos, const Address& address) { return pos < address.end; });
  return behind != addresses.end() && behind->begin <= at ? &*behind : nullptr;
}

}  // namespace boardwalk::store
