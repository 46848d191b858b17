#include "config/http_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "config/ascii.hpp"

namespace boardwalk::config {
namespace {

constexpr std::array<std::string_view, 10> kSetElsewhere{
    "accept-encoding", "connection", "content-length",    "host",      "if-modified-since", "if-none-match",
    "range",           "te",         "transfer-encoding", "user-agent"};

bool is_plain_character(char c) { return c > ' ' && c <= '~'; }

// RFC 9110 §5.6.2
bool is_token_character(char c) {
  return ascii::is_alphanumeric(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65'536;
}

std::optional<std::string> wrong_with_host(std::string_view name) {
  if (name.empty()) return "may not be empty";
  if (name.find_first_of("/?#@ \t\r\n") != std::string_view::npos)
    return fmt::format(R"("{}" is no host; write "bbs.example.cn" or "bbs.example.cn:8080")", name);
  if (std::any_of(name.begin(), name.end(), [](char c) { return (c & 0x80) != 0; }))
    return fmt::format(R"("{}" is no host's name in ASCII; write it as boardwalk status does, "xn--…")",
                       name);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> proxy_from(std::string_view text) {
  if (text.empty()) return std::string();
  if (!std::all_of(text.begin(), text.end(), is_plain_character)) return std::nullopt;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view scheme = text.substr(0, colon);
  std::string_view place = text.substr(colon + 3);
  const bool socks = scheme == "socks5" || scheme == "socks5h";
  if (!socks && scheme != "http" && scheme != "https") return std::nullopt;
  if (place.ends_with('/')) place.remove_suffix(1);
  const std::string_view host = place.substr(place.rfind('@') + 1);  // npos + 1: all of it
  const auto port = host.rfind(':');
  if (port == std::string_view::npos || port == 0 || !is_port(host.substr(port + 1))) return std::nullopt;
  if (host.find_first_of("/?#") != std::string_view::npos) return std::nullopt;
  return fmt::format("{}://{}", socks ? "socks5h" : scheme, place);
}

bool is_header_value(std::string_view text) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f; };
  return text.find_first_not_of(" \t") != std::string_view::npos &&
         std::none_of(text.begin(), text.end(), is_control);
}

std::optional<std::string> wrong_with_header(std::string_view line) {
  const auto colon = line.find(':');
  const std::string_view name = line.substr(0, colon);
  const bool named = colon != std::string_view::npos && !name.empty() &&
                     std::all_of(name.begin(), name.end(), is_token_character);
  if (!named) return fmt::format("\"{}\" is not a header; write \"Accept-Language: zh-CN\"", line);
  const std::string_view value = line.substr(colon + 1);
  if (!is_header_value(value))
    return fmt::format("the header \"{}\" has no value, or one that cannot be sent", name);
  if (std::find(kSetElsewhere.begin(), kSetElsewhere.end(), ascii::lowered(name)) != kSetElsewhere.end())
    return fmt::format("the header \"{}\" is not the job's to set{}", name,
                       ascii::lowered(name) == "user-agent" ? "; use user_agent" : "");
  return std::nullopt;
}

std::optional<std::string> turn_into_sites(std::vector<std::string>& hosts) {
  std::vector<std::string> sites;
  for (const auto& host : hosts) {
    if (auto wrong = wrong_with_host(host)) return wrong;
    const std::string& site = sites.emplace_back(ascii::lowered(host));
    const std::string_view own = site.ends_with(":80") ? ":80" : site.ends_with(":443") ? ":443" : "";
    if (!own.empty()) sites.push_back(site.substr(0, site.size() - own.size()));
  }
  hosts = std::move(sites);
  return std::nullopt;
}

}  // namespace boardwalk::config
