#include "parsers/page_key.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "config/ascii.hpp"
#include "config/percent.hpp"
#include "parsers/digest.hpp"
#include "parsers/discuz/urls.hpp"
#include "parsers/records.hpp"
#include "parsers/word_table.hpp"

namespace boardwalk::parsers {
namespace {

bool is_unreserved(char c) {
  return ascii::is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

// RFC 3986 §6.2.2: escapes of unreserved characters undone, the digits of the others in upper case.
std::string normal_escapes(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return std::string(text);
  std::string normal;
  normal.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = percent::byte_at(text, i);
    if (byte < 0) {
      normal += text[i];
      continue;
    }
    if (is_unreserved(static_cast<char>(byte)))
      normal += static_cast<char>(byte);
    else
      percent::append(normal, byte);
    i += 2;
  }
  return normal;
}

// Whether normal_escapes() would say the same.
bool has_normal_escapes(std::string_view text) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'f'; };
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const int byte = percent::byte_at(text, at);
    if (byte < 0) continue;
    if (is_unreserved(static_cast<char>(byte)) || is_lower(text[at + 1]) || is_lower(text[at + 2]))
      return false;
  }
  return true;
}

// RFC 3986 §5.2.4, on a path that begins with '/'.
std::string without_dot_segments(std::string_view path) {
  std::string done;
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin + 1), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    const bool last = end == path.size();
    if (segment == "/..") {
      done.resize(done.empty() ? 0 : done.rfind('/'));
      if (last) done += '/';
    } else if (segment == "/.") {
      if (last) done += '/';
    } else {
      done += segment;
    }
    begin = end;
  }
  return done.empty() ? "/" : done;
}

// Parameters that only say where the reader came from or which session is his.
constexpr WordSet kTracking(std::to_array<std::string_view>(
    {"spm", "scm", "fbclid", "gclid", "msclkid", "yclid", "dclid", "igshid", "mc_cid", "mc_eid", "_ga", "wfr",
     "isappinstalled", "tdsourcetag", "PHPSESSID", "phpsessid", "jsessionid", "share_token"}));

// The scripts that put PHP session ids into their links: phpBB's as `sid`, vBulletin's as `s`.
constexpr WordSet kPhpBbScripts(std::to_array<std::string_view>({"index.php", "viewtopic.php",
                                                                 "viewforum.php", "memberlist.php",
                                                                 "search.php", "ucp.php", "posting.php",
                                                                 "viewonline.php", "faq.php", "app.php"}));
constexpr WordSet kVBulletinScripts(std::to_array<std::string_view>(
    {"index.php", "showthread.php", "forumdisplay.php", "showpost.php", "member.php", "memberlist.php",
     "search.php", "forum.php", "online.php", "calendar.php", "faq.php"}));

// Whether the path is one of the scripts or, as `showthread.php/12-title`, a page of one. Any software may
// have pages behind index.php.
bool is_script_of(const auto& scripts, std::string_view path) {
  if (scripts.contains(path.substr(path.rfind('/') + 1))) return true;
  constexpr std::string_view kSuffix = ".php";
  const std::size_t suffix = path.find(".php/");
  if (suffix == std::string_view::npos) return false;
  path = path.substr(0, suffix + kSuffix.size());
  const std::string_view script = path.substr(path.rfind('/') + 1);
  return script != "index.php" && scripts.contains(script);
}

// Elsewhere such a value may name the page.
bool is_session(std::string_view path, std::string_view name, std::string_view value) {
  constexpr std::size_t kDigits = 32;
  return value.size() == kDigits &&
         ((name == "sid" && is_script_of(kPhpBbScripts, path)) ||
          (name == "s" && is_script_of(kVBulletinScripts, path))) &&
         std::all_of(value.begin(), value.end(), [](char c) { return ascii::hex_value(c) >= 0; });
}

bool is_tracking(std::string_view path, std::string_view pair) {
  static constexpr std::array<std::string_view, 4> kReaders{"timeline", "singlemessage", "groupmessage",
                                                            "weixin"};
  const std::size_t equals = std::min(pair.find('='), pair.size());
  const std::string_view name = pair.substr(0, equals);
  const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
  if (name.starts_with("utm_")) return true;
  if (name == "from") return std::find(kReaders.begin(), kReaders.end(), value) != kReaders.end();
  return kTracking.contains(name) || is_session(path, name, value);
}

// The parameters in their order, without those that only track and without empty ones. `path` is a plain one.
std::string plain_query(std::string_view path, std::string_view escaped) {
  const std::string normal = normal_escapes(escaped);
  std::string_view query = normal;
  std::string plain;
  plain.reserve(query.size());
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty() || is_tracking(path, pair)) continue;
    plain.append(plain.empty() ? "" : "&").append(pair);
  }
  return plain;
}

bool is_plain_path(std::string_view path) {
  return has_normal_escapes(path) && path.find(';') == std::string_view::npos &&
         path.find("/.") == std::string_view::npos;
}

std::string plain_path(std::string_view path) {
  if (is_plain_path(path)) return std::string(path);
  std::string plain = without_dot_segments(normal_escapes(path));
  const std::size_t session = plain.find(";jsessionid=");
  if (session != std::string::npos) plain.resize(session);
  return plain;
}

// Files that are no pages: images, media, archives, documents; and what only dresses a page. A zipped sitemap
// (`1.xml.gz`) is read like one.
bool is_file(std::string_view path, bool& attachment) {
  static constexpr std::array<std::string_view, 30> kAttachments{
      ".jpg", ".jpeg", ".png", ".gif", ".bmp",  ".webp", ".svg",  ".mp3", ".mp4",  ".avi",
      ".flv", ".mov",  ".wmv", ".mkv", ".wav",  ".zip",  ".rar",  ".7z",  ".gz",   ".tar",
      ".exe", ".apk",  ".pdf", ".doc", ".docx", ".xls",  ".xlsx", ".ppt", ".pptx", ".torrent"};
  static constexpr std::array<std::string_view, 4> kDress{".css", ".js", ".ico", ".swf"};
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || path.find('/', dot) != std::string_view::npos) return false;
  const std::string suffix = ascii::lowered(path.substr(dot));
  if (suffix == ".gz" && path.substr(0, dot).ends_with(".xml")) return false;
  attachment = std::find(kAttachments.begin(), kAttachments.end(), suffix) != kAttachments.end();
  return attachment || std::find(kDress.begin(), kDress.end(), suffix) != kDress.end();
}

// Whether plain_path() and plain_query() would say the same, as of most URLs.
bool is_plain(std::string_view path, std::string_view query) {
  if (!is_plain_path(path) || !has_normal_escapes(query) || query.ends_with('&')) return false;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty() || is_tracking(path, pair)) return false;
  }
  return true;
}

PageRole role_of_any(std::string_view path) {
  PageRole role;
  bool attachment = false;
  if (is_file(path, attachment)) {
    role.follow = false;
    if (attachment) role.role = LinkRole::kAttachment;
  }
  return role;
}

PageTarget target_of_any(std::string_view path) {
  const PageRole known = role_of_any(path);
  PageTarget target;
  target.role = known.role;
  target.follow = known.follow;
  return target;
}

PageKey key_of_plain(const Url& plain) {
  if (auto key = discuz::discuz_key(plain)) return *std::move(key);
  PageKey key{target_of_any(plain.path), plain.site() + " " + plain.path};
  if (!plain.query.empty()) key.key += "?" + plain.query;
  return key;
}

PageTarget target_of_plain(const Url& plain) {
  if (auto target = discuz::discuz_target(plain)) return *std::move(target);
  return target_of_any(plain.path);
}

PageRole role_of_plain(std::string_view path, std::string_view query) {
  const auto role = discuz::discuz_role(path, query);
  return role ? *role : role_of_any(path);
}

}  // namespace

Url without_tracking(const Url& url) {
  const std::string path = plain_path(url.path);
  return {url.scheme, url.host, url.port, path, plain_query(path, url.query)};
}

PageKey page_key(const Url& url) {
  return is_plain(url.path, url.query) ? key_of_plain(url) : key_of_plain(without_tracking(url));
}

PageTarget page_target(const Url& url) {
  return is_plain(url.path, url.query) ? target_of_plain(url) : target_of_plain(without_tracking(url));
}

PageRole page_role(std::string_view path, std::string_view query) {
  if (is_plain(path, query)) return role_of_plain(path, query);
  const std::string plain = plain_path(path);
  return role_of_plain(plain, plain_query(plain, query));
}

std::string article_record_id(const std::string& site, std::string_view page_key) {
  return site + "/article/" + sha256_hex(page_key).substr(0, 16);
}

std::string record_id_of(const Url& url) {
  const PageKey key = page_key(url);
  if (key.role == LinkRole::kThread && key.thread_id) return thread_record_id(url.site(), *key.thread_id);
  if (key.role == LinkRole::kBoard && key.board_id) return board_record_id(url.site(), *key.board_id);
  return article_record_id(url.site(), key.key);
}

}  // namespace boardwalk::parsers
