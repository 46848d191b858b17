#include "crawler/robots_pattern.hpp"

#include <algorithm>

#include "config/ascii.hpp"
#include "config/percent.hpp"

namespace boardwalk::crawler::robots_pattern {
namespace {

// No URL is sent with white space, controls or octets outside ASCII in it.
bool is_sent_plain(unsigned char c) { return c > 0x20 && c < 0x7F; }

bool is_mark(char c) { return c == '-' || c == '.' || c == '_' || c == '~'; }

std::string normalise(std::string_view text, Spelling spelling, bool escape_octets, std::string_view signs) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (const int octet = percent::byte_at(text, i); octet >= 0) {
      const char sign = static_cast<char>(octet);
      if (is_mark(sign) || (spelling == Spelling::kNone && ascii::is_alphanumeric(sign)))
        out += sign;
      else
        percent::append(out, octet);
      i += 2;
    } else if ((!is_sent_plain(c) && escape_octets) || signs.find(text[i]) != std::string_view::npos) {
      percent::append(out, c);
    } else {
      out += text[i];
    }
  }
  return out;
}

// Behind a `?` there is no path for these to part (RFC 3986 §3.4), and encoders disagree on them: plain
// there.
std::string with_plain_query(std::string_view text) {
  const std::size_t question = std::min(text.find('?'), text.size());
  std::string out(text.substr(0, question));
  for (std::size_t i = question; i < text.size(); ++i) {
    const int octet = percent::byte_at(text, i);
    const bool undo = octet == ':' || octet == '/' || octet == '@';
    out += undo ? static_cast<char>(octet) : text[i];
    if (undo) i += 2;
  }
  return out;
}

// Each run between stars is taken where it occurs first: a later place never helps the runs behind it, save
// the last one before `$`, which is looked for at the end.
bool matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t star = pattern.find('*');
  if (!target.starts_with(pattern.substr(0, star))) return false;
  if (star == std::string_view::npos) return !anchored || target.size() == pattern.size();
  target.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  while ((star = pattern.find('*')) != std::string_view::npos) {
    const std::string_view run = pattern.substr(0, star);
    const std::size_t at = target.find(run);
    if (at == std::string_view::npos) return false;
    target.remove_prefix(at + run.size());
    pattern.remove_prefix(star + 1);
  }
  return anchored ? target.ends_with(pattern) : target.find(pattern) != std::string_view::npos;
}

}  // namespace

std::string normalise_pattern(std::string_view pattern, Spelling spelling) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::string out = normalise(with_plain_query(pattern), spelling, true, "$");
  if (anchored) out += '$';
  return out;
}

// A target's own `*` and `$` are octets like others: escaped, so that a pattern's `%2A` and `%24` mean them
// (§2.2.3).
Target::Spellings::Spellings(std::string_view target)
    : equivalent(normalise(target, Spelling::kNone, true, "*$")),
      as_sent(normalise(target, Spelling::kLetters, false, "*$")),
      undone(normalise(target, Spelling::kNone, false, "*$")) {
  for (std::string* spelling : {&equivalent, &as_sent, &undone})
    if (!spelling->starts_with('/')) spelling->insert(0, 1, '/');
}

Target::Target(std::string_view target) : plain_(target), query_undone_(with_plain_query(target)) {}

bool Target::matched_by(std::string_view pattern, bool allow) const {
  const Spellings& target = pattern.find('?') == std::string_view::npos ? plain_ : query_undone_;
  if (!allow) return matches(pattern, target.equivalent);
  return matches(pattern, target.as_sent) || matches(pattern, target.undone);
}

}  // namespace boardwalk::crawler::robots_pattern
