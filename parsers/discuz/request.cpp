#include "parsers/discuz/request.hpp"

#include <algorithm>
#include <array>

#include "config/ascii.hpp"
#include "config/percent.hpp"
#include "parsers/contains.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::discuz {
namespace {

constexpr int kLastPage = 1'000'000;

using ascii::is_digit;

void set(Request& request, std::string_view name, std::string_view text) {
  request.parameters.emplace_back(name, text);
}

void become(Request& request, std::string_view script, std::string_view mod) {
  request.script = script;
  if (!mod.empty()) set(request, "mod", mod);
}

// `t7-2-1`, `f3-1`, `suid-9`, `thread22074.html`: rewrite rules of sites' own.
bool undo_custom_rewrite(Request& request, const std::vector<std::string_view>& parts, bool html) {
  const std::string_view head = parts.front();
  const bool rest_numbers = std::all_of(parts.begin() + 1, parts.end(), is_number);
  if (head == "suid" && parts.size() == 2 && rest_numbers) {
    become(request, "home.php", "space");
    set(request, "uid", parts[1]);
  } else if (head.starts_with("thread") && is_number(head.substr(6)) && html && rest_numbers) {
    become(request, "forum.php", "viewthread");
    set(request, "tid", head.substr(6));
    if (parts.size() > 1) set(request, "page", parts[1]);
  } else if (head.starts_with('t') && is_number(head.substr(1)) && parts.size() == 3 && rest_numbers) {
    become(request, "forum.php", "viewthread");
    set(request, "tid", head.substr(1));
    set(request, "page", parts[1]);
  } else if (head.starts_with('f') && is_number(head.substr(1)) && parts.size() == 2 && rest_numbers) {
    become(request, "forum.php", "forumdisplay");
    set(request, "fid", head.substr(1));
    set(request, "page", parts[1]);
  } else {
    return false;
  }
  return true;
}

// `parts`: how many the name has at most, its head and page among them. A thread's last one is the page of
// the board that its reader came from.
struct Rewrite {
  std::string_view head, script, mod, id;
  std::size_t parts;
};
constexpr std::array<Rewrite, 4> kRewrites{{{"thread", "forum.php", "viewthread", "tid", 4},
                                            {"forum", "forum.php", "forumdisplay", "fid", 3},
                                            {"group", "forum.php", "group", "fid", 3},
                                            {"article", "portal.php", "view", "aid", 3}}};

// Undoes the rewrite rules that Discuz! ships. A board may have a word of its own for its id:
// `forum-cars-1.html`.
bool undo_rewrite(Request& request, std::string_view name) {
  const std::string_view bare = without_suffix(name);
  const bool html = bare.size() != name.size();
  for (const std::string_view head : {"space-uid-", "space-username-", "profile-uid-", "profile-username-"}) {
    if (!html || !bare.starts_with(head)) continue;
    become(request, "home.php", "space");
    const bool by_id = head.ends_with("uid-");
    set(request, by_id ? "uid" : "username", bare.substr(head.size()));
    return true;
  }
  const auto parts = split(bare, '-');
  const auto* rule = std::find_if(kRewrites.begin(), kRewrites.end(),
                                  [&](const Rewrite& rewrite) { return rewrite.head == parts.front(); });
  if (rule == kRewrites.end() || !html) return undo_custom_rewrite(request, parts, html);
  const bool named_board = rule->head == "forum" && parts.size() == 3 && !parts[1].empty();
  if (parts.size() < 2 || parts.size() > rule->parts || (!is_number(parts[1]) && !named_board)) return false;
  if (!std::all_of(parts.begin() + 2, parts.end(), is_number)) return false;
  become(request, rule->script, rule->mod);
  set(request, rule->id, parts[1]);
  if (parts.size() > 2) set(request, "page", parts[2]);
  return true;
}

// Scripts of 6.x and 7.x that X made into a `mod` of forum.php, told by a parameter that they cannot do
// without.
struct OldScript {
  std::string_view script, mod, needs;
};
constexpr std::array<OldScript, 8> kOldScripts{{{"viewthread.php", "viewthread", "tid"},
                                                {"forumdisplay.php", "forumdisplay", "fid"},
                                                {"redirect.php", "redirect", "goto"},
                                                {"attachment.php", "attachment", "aid"},
                                                {"post.php", "post", "action"},
                                                {"topicadmin.php", "topicadmin", "action"},
                                                {"rss.php", "rss", ""},
                                                {"announcement.php", "announcement", ""}}};

void undo_old_script(Request& request) {
  if (request.script == "bbs.php") request.script = "forum.php";
  for (const OldScript& old : kOldScripts) {
    if (request.script != old.script || (!old.needs.empty() && !request.has(old.needs))) continue;
    if (old.mod == "rss" && !request.has("fid") && !request.has("auth")) return;
    become(request, "forum.php", old.mod);
    return;
  }
}

// `text` without its escapes, but for those of `kept` and of what is no printable UTF-8.
std::string_view decoded(std::string_view text, std::string_view kept, Request& request) {
  if (text.find('%') == std::string_view::npos) return text;
  const std::string bytes = percent_decode(text);
  std::string& words = request.decoded.emplace_front();
  for (std::size_t begin = 0, end = 0; begin < bytes.size(); begin = end) {
    const char32_t c = next_code_point(bytes, end);
    const std::string_view part = std::string_view(bytes).substr(begin, end - begin);
    if (c > ' ' && c != 0x7F && c != kMalformed && !contains(kept, part)) {
      words += part;
      continue;
    }
    for (const char byte : part) percent::append(words, static_cast<unsigned char>(byte));
  }
  return words;
}

void read_query(std::string_view query, Request& request) {
  constexpr std::size_t kParameters = 8;  // few have more
  request.parameters.reserve(kParameters);
  const bool coded = query.find('%') != std::string_view::npos;
  while (!query.empty()) {
    std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    while (pair.starts_with("amp;")) pair.remove_prefix(4);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string_view name = pair.substr(0, equals);
    std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    if (coded) name = decoded(name, "%&=", request), value = decoded(value, "%&", request);
    if (!name.empty()) request.parameters.emplace_back(name, value);
  }
}

// Leading ones, without zeros before them.
std::string_view digits_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  return text.substr(0, text.find_first_not_of("0123456789"));
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

}  // namespace

bool is_number(std::string_view text) { return !text.empty() && ascii::all_digits(text); }

std::string leading_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 20;
  return std::string(digits_of(text).substr(0, kMostDigits));
}

int page_number(std::string_view text) {
  int page = 0;
  for (const char digit : digits_of(text)) page = std::min(page * 10 + (digit - '0'), kLastPage);
  return std::max(page, 1);
}

std::string_view page_digits(std::string_view text) {
  const std::string_view digits = digits_of(text);
  return digits.empty() ? "1" : digits;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::string attachment_number(std::string_view token) {
  if (is_number(token)) return std::string(token);
  std::string number;
  unsigned bits = 0;
  int have = 0;
  for (const char c : token) {
    const int value = base64_value(c);
    if (value < 0) return {};
    bits = (bits << 6U | static_cast<unsigned>(value)) & 0xFFFFU;
    have += 6;
    if (have < 8) continue;
    have -= 8;
    const char byte = static_cast<char>(bits >> static_cast<unsigned>(have) & 0xFFU);
    if (byte == '|') return number;
    if (!is_digit(byte)) return {};
    number += byte;
  }
  return {};
}

std::string_view without_suffix(std::string_view name) {
  for (const std::string_view suffix : {".html", ".htm"})
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  return name;
}

std::string_view Request::value(std::string_view name) const {
  for (auto at = parameters.rbegin(); at != parameters.rend(); ++at)
    if (at->first == name) return at->second;
  return {};
}

Request read_request(std::string_view path, std::string_view query) {
  const std::size_t slash = path.rfind('/');
  Request request{path.substr(0, slash), path.substr(slash + 1), {}, {}};
  read_query(query, request);
  if (!request.script.ends_with(".php") && !request.directory.ends_with("/archiver"))
    undo_rewrite(request, request.script);
  undo_old_script(request);
  return request;
}

}  // namespace boardwalk::parsers::discuz
