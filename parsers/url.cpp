#include "parsers/url.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <unicode/idna.h>
#include <unicode/stringpiece.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "config/ascii.hpp"
#include "config/percent.hpp"
#include "parsers/charset.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kLongestUrl = 8 * 1024;

struct FreeHandle {
  void operator()(CURLU* handle) const { curl_url_cleanup(handle); }
};

bool is_control_or_space(char c) { return static_cast<unsigned char>(c) <= 0x20; }

using ascii::lower;

int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

// As the URL standard cleans its input: controls and spaces off both ends, tabs and line breaks out
// everywhere, the fragment away, backslashes before the query are slashes.
std::string cleaned(std::string_view text) {
  while (!text.empty() && is_control_or_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_control_or_space(text.back())) text.remove_suffix(1);
  text = text.substr(0, text.find('#'));
  std::string clean;
  clean.reserve(text.size());
  bool in_query = false;
  for (const char c : text) {
    if (c == '\t' || c == '\n' || c == '\r') continue;
    in_query = in_query || c == '?';
    clean += c == '\\' && !in_query ? '/' : c;
  }
  return clean;
}

void append_escaped(std::string_view text, std::string_view also, std::string& to) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F && also.find(c) == std::string_view::npos)
      to += c;
    else
      percent::append(to, byte);
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// A host outside ASCII in its registered form (UTS 46); empty when it has none. `authority` may end with a
// port.
std::string ascii_authority(std::string_view authority) {
  if (is_ascii(authority)) return std::string(authority);
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::IDNA> idna(
      icu::IDNA::createUTS46Instance(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, status));
  if (idna == nullptr) return {};
  const std::size_t colon = std::min(authority.rfind(':'), authority.size());
  std::string host;
  icu::StringByteSink<std::string> sink(&host);
  icu::IDNAInfo info;
  status = U_ZERO_ERROR;
  const icu::StringPiece name(authority.data(), static_cast<int32_t>(colon));
  idna->nameToASCII_UTF8(name, sink, info, status);
  if (U_FAILURE(status) || info.hasErrors()) return {};
  return host.append(authority.substr(colon));
}

// The length of `name:` at the start of `text`, 0 when it has no scheme.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !ascii::is_letter(text.front())) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ':') return i + 1;
    if (!ascii::is_letter(text[i]) && ascii::hex_value(text[i]) < 0 && text[i] != '+' && text[i] != '-' &&
        text[i] != '.')
      return 0;
  }
  return 0;
}

std::string part(CURLU* handle, CURLUPart what) {
  char* value = nullptr;
  if (curl_url_get(handle, what, &value, 0) != CURLUE_OK || value == nullptr) return {};
  std::string copy(value);
  curl_free(value);
  return copy;
}

// `rest` is what stands behind `scheme://`, cleaned. No escapes in a host: libcurl would undo them behind our
// back.
std::optional<Url> parse_parts(std::string_view scheme, std::string_view rest, std::string_view charset) {
  const std::size_t question = std::min(rest.find('?'), rest.size());
  const std::size_t slash = std::min(rest.find('/'), question);
  const std::string host_and_port = ascii_authority(rest.substr(0, slash));
  if (host_and_port.empty() || host_and_port.find('%') != std::string::npos) return std::nullopt;
  std::string text = fmt::format("{}://{}", scheme, host_and_port);
  append_escaped(rest.substr(slash, question - slash), "\"<>`{}", text);
  if (question < rest.size()) {
    text += '?';
    const std::string_view query = rest.substr(question + 1);
    append_escaped(is_ascii(query) ? std::string(query) : encode(query, charset), "\"<>'", text);
  }
  if (text.size() > kLongestUrl) return std::nullopt;
  const std::unique_ptr<CURLU, FreeHandle> handle(curl_url());
  if (curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
    return std::nullopt;
  Url url;
  url.scheme = scheme;
  url.host = part(handle.get(), CURLUPART_HOST);
  std::transform(url.host.begin(), url.host.end(), url.host.begin(), lower);
  url.path = part(handle.get(), CURLUPART_PATH);
  url.query = part(handle.get(), CURLUPART_QUERY);
  url.port = default_port(scheme);
  const std::string port = part(handle.get(), CURLUPART_PORT);
  if (!port.empty()) std::from_chars(port.data(), port.data() + port.size(), url.port);
  if (url.host.empty() || url.path.empty() || url.port < 1 || url.port > 65535) return std::nullopt;
  if (url.str().size() > kLongestUrl) return std::nullopt;  // by a path or a host that was spelled shorter
  return url;
}

bool is_plain(char c) {
  static constexpr auto kPlain = [] {
    std::array<bool, 256> table{};
    for (std::size_t byte = '!'; byte < 0x7F; ++byte) table[byte] = true;
    for (const char other : std::string_view("\"'<>\\`{}|^"))
      table[static_cast<unsigned char>(other)] = false;
    return table;
  }();
  return kPlain[static_cast<unsigned char>(c)];
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_plain(c); });
}

bool has_dots(std::string_view path) { return path.find("/.") != std::string_view::npos; }

// Names whose last label begins with a letter, which no spelling of an IPv4 address does, and such addresses
// as they are mostly written.
bool is_plain_host(std::string_view host) {
  const auto is_of_a_name = [](char c) {
    return (c >= 'a' && c <= 'z') || ascii::is_digit(c) || c == '-' || c == '.';
  };
  if (!std::all_of(host.begin(), host.end(), is_of_a_name)) return false;
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (!last.empty() && ascii::is_letter(last.front())) return true;
  int numbers = 0;
  for (; !host.empty(); ++numbers) {
    const std::string_view number = host.substr(0, host.find('.'));
    unsigned value = 256;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    if (error != std::errc{} || end != number.data() + number.size() || value > 255) return false;
    if (number.size() > 1 && number.front() == '0') return false;
    host.remove_prefix(std::min(number.size() + 1, host.size()));
  }
  return numbers == 4;
}

// An absolute URL that needs no cleaning, as most are. nullopt leaves it to parse_parts(), which says the
// same of it.
std::optional<Url> parse_plain(std::string_view text) {
  text = text.substr(0, text.find('#'));
  std::string_view scheme = "http";
  if (!text.starts_with(scheme)) return std::nullopt;
  text.remove_prefix(scheme.size());
  if (text.starts_with('s')) scheme = "https", text.remove_prefix(1);
  if (!text.starts_with("://") || text.size() > kLongestUrl / 2) return std::nullopt;
  text.remove_prefix(3);
  const std::size_t question = std::min(text.find('?'), text.size());
  const std::size_t slash = std::min(text.find('/'), question);
  const std::string_view path = text.substr(slash, question - slash);
  std::string_view host = text.substr(0, slash);
  int port = default_port(scheme);
  if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
    const std::string_view digits = host.substr(colon + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size() || port < 1 || port > 65535)
      return std::nullopt;
    host = host.substr(0, colon);
  }
  if (!is_plain_host(host) || has_dots(path) || !is_plain(text.substr(slash))) return std::nullopt;
  return Url{std::string(scheme), std::string(host), port, std::string(path.empty() ? "/" : path),
             std::string(text.substr(std::min(question + 1, text.size())))};
}

std::string_view without_slashes(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of('/'), text.size()));
}

std::optional<Url> parse_absolute(std::string_view text, std::string_view charset) {
  const std::size_t length = scheme_length(text);
  std::string scheme(text.substr(0, length == 0 ? 0 : length - 1));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), lower);
  if (scheme != "http" && scheme != "https") return std::nullopt;
  text.remove_prefix(length);
  if (!text.starts_with('/')) return std::nullopt;
  return parse_parts(scheme, without_slashes(text), charset);
}

// 0 where a URL does not show it.
int shown_port(const Url& url) { return url.port == default_port(url.scheme) ? 0 : url.port; }

std::string authority(const Url& url) {
  return shown_port(url) == 0 ? url.host : url.host + ":" + std::to_string(url.port);
}

// What stands behind the origin of `base` in `reference`, from the '/' on; nullopt when it is no URL of that
// origin.
std::optional<std::string_view> behind_origin(const Url& base, std::string_view reference) {
  if (!reference.starts_with(base.scheme)) return std::nullopt;
  const std::string port = shown_port(base) == 0 ? std::string() : ":" + std::to_string(base.port);
  for (const std::string_view part : {std::string_view(base.scheme), std::string_view("://"),
                                      std::string_view(base.host), std::string_view(port)}) {
    if (!reference.starts_with(part)) return std::nullopt;
    reference.remove_prefix(part.size());
  }
  return reference.starts_with('/') ? std::optional(reference) : std::nullopt;
}

// The parts of a URL of its base's origin, as views: its path is these two, one behind the other.
struct PlainReference {
  std::string_view directory, path, query;
};

// The meaning of a reference that needs no cleaning: plain characters, a path without dots on the base's own
// site. Nine of ten are such, and a page has hundreds. nullopt leaves it to parse_parts(), which says the
// same of them.
std::optional<PlainReference> plain_reference(const Url& base, std::string_view reference) {
  if (reference.size() > kLongestUrl) return std::nullopt;
  reference = behind_origin(base, reference).value_or(reference);
  reference = reference.substr(0, reference.find('#'));
  const std::size_t question = std::min(reference.find('?'), reference.size());
  const std::string_view path = reference.substr(0, question);
  if (path.empty() || path.starts_with('.') || has_dots(path) || path.starts_with("//") ||
      path.find(':') != std::string_view::npos || !is_plain(reference))
    return std::nullopt;
  if (base.host.size() + base.path.size() + reference.size() > kLongestUrl / 2) return std::nullopt;
  const std::string_view directory = std::string_view(base.path).substr(0, base.path.rfind('/') + 1);
  return PlainReference{path.front() == '/' ? std::string_view() : directory, path,
                        reference.substr(std::min(question + 1, reference.size()))};
}

// What resolve_url() says of a reference that is not plain.
std::optional<Url> resolve_any(const Url& base, std::string_view reference, std::string_view charset) {
  if (reference.size() > kLongestUrl) return std::nullopt;
  if (auto plain = parse_plain(reference)) return plain;
  const std::string text = cleaned(reference);
  if (text.empty()) return base;
  if (scheme_length(text) != 0) return parse_absolute(text, charset);
  if (text.starts_with("//")) return parse_parts(base.scheme, without_slashes(text), charset);
  std::string rest = authority(base);
  if (text.front() == '?') {
    rest += base.path;
  } else if (text.front() != '/') {
    rest += base.path.substr(0, base.path.rfind('/') + 1);
  }
  return parse_parts(base.scheme, rest + text, charset);
}

// The text of a URL on the origin of `of`; its path is `directory` and `path`.
UrlText text_of(const Url& of, std::string_view directory, std::string_view path, std::string_view query) {
  constexpr std::string_view kRoom = "://:65535?";
  UrlText url;
  std::string& text = url.text;
  text.reserve(of.scheme.size() + of.host.size() + directory.size() + path.size() + query.size() +
               kRoom.size());
  text.append(of.scheme).append("://");
  url.site_at = text.size();
  text.append(of.host);
  if (shown_port(of) != 0) text.append(":").append(std::to_string(of.port));
  url.path_at = text.size();
  text.append(directory).append(path);
  url.path_end = text.size();
  if (!query.empty()) text.append("?").append(query);
  return url;
}

}  // namespace

std::string Url::str() const { return text_of(*this, {}, path, query).text; }

std::string Url::target() const { return query.empty() ? path : path + '?' + query; }

std::string Url::site() const { return authority(*this); }

std::optional<Url> parse_url(std::string_view text) {
  if (text.size() > kLongestUrl) return std::nullopt;
  if (auto plain = parse_plain(text)) return plain;
  return parse_absolute(cleaned(text), "utf-8");
}

std::optional<Url> resolve_url(const Url& base, std::string_view reference, std::string_view charset) {
  const auto plain = plain_reference(base, reference);
  if (!plain) return resolve_any(base, reference, charset);
  std::optional<Url> url(Url{base.scheme, base.host, base.port, {}, std::string(plain->query)});
  url->path.reserve(plain->directory.size() + plain->path.size());
  url->path.append(plain->directory).append(plain->path);
  return url;
}

std::optional<UrlText> resolve_text(const Url& base, std::string_view reference, std::string_view charset) {
  if (const auto plain = plain_reference(base, reference))
    return text_of(base, plain->directory, plain->path, plain->query);
  const auto url = resolve_any(base, reference, charset);
  if (!url) return std::nullopt;
  return text_of(*url, {}, url->path, url->query);
}

std::optional<std::string> query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (percent_decode(pair.substr(0, equals)) != name) continue;
    std::string value(pair.substr(std::min(equals + 1, pair.size())));
    std::replace(value.begin(), value.end(), '+', ' ');
    return percent_decode(value);
  }
  return std::nullopt;
}

std::string percent_decode(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return std::string(text);
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int byte = percent::byte_at(text, i);
    decoded += byte < 0 ? text[i] : static_cast<char>(byte);
    if (byte >= 0) i += 2;
  }
  return decoded;
}

}  // namespace boardwalk::parsers
