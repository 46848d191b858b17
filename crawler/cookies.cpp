#include "crawler/cookies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <sstream>

#include "config/whole_file.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::string_view kHttpOnly = "#HttpOnly_";
constexpr std::size_t kMostCookies = 300;  // of a host: some name a new one on each page
constexpr std::size_t kFields =
    7;  // domain, whether its names below get it, path, secure, expiry, name, value

using Fields = std::array<std::string_view, kFields>;

std::optional<Fields> fields_of(std::string_view line) {
  if (line.starts_with(kHttpOnly)) line.remove_prefix(kHttpOnly.size());
  Fields fields;
  for (std::size_t i = 0; i + 1 < kFields; ++i) {
    const auto tab = line.find('\t');
    // A cookie without a value may end behind its name.
    if (tab == std::string_view::npos && i + 2 < kFields) return std::nullopt;
    fields[i] = line.substr(0, tab);
    line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  }
  fields[kFields - 1] = line;
  const bool flags =
      (fields[1] == "TRUE" || fields[1] == "FALSE") && (fields[3] == "TRUE" || fields[3] == "FALSE");
  if (!flags || fields[0].empty() || fields[5].empty()) return std::nullopt;
  return fields;
}

bool same_cookie(const std::string& a, const std::string& b) {
  const auto x = fields_of(a);
  const auto y = fields_of(b);
  return x && y && (*x)[0] == (*y)[0] && (*x)[2] == (*y)[2] && (*x)[5] == (*y)[5];
}

bool holds(const std::vector<std::string>& lines, const std::string& line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

std::vector<std::string>::iterator same_in(std::vector<std::string>& jar, const std::string& line) {
  return std::find_if(jar.begin(), jar.end(), [&](const auto& held) { return same_cookie(held, line); });
}

}  // namespace

CookieChanges cookie_changes(const std::vector<std::string>& before, const std::vector<std::string>& after) {
  CookieChanges changes;
  for (const auto& line : after)
    if (!holds(before, line)) changes.set.push_back(line);
  for (const auto& line : before) {
    const auto is_it = [&line](const std::string& other) { return same_cookie(line, other); };
    if (std::none_of(after.begin(), after.end(), is_it)) changes.gone.push_back(line);
  }
  return changes;
}

void apply_to_jar(const CookieChanges& changes, std::vector<std::string>& jar) {
  for (const auto& line : changes.gone)
    if (const auto held = same_in(jar, line); held != jar.end()) jar.erase(held);
  for (const auto& line : changes.set) {
    const auto held = same_in(jar, line);
    if (held != jar.end())
      *held = line;
    else if (jar.size() < kMostCookies)
      jar.push_back(line);
  }
}

bool is_expired(std::string_view line, std::int64_t now) {
  const auto fields = fields_of(line);
  std::int64_t expiry = 0;
  if (fields) std::from_chars((*fields)[4].data(), (*fields)[4].data() + (*fields)[4].size(), expiry);
  return expiry != 0 && expiry < now;
}

std::vector<std::string> cookies_for(const std::vector<std::string>& lines, std::string_view host) {
  std::vector<std::string> fitting;
  for (const auto& line : lines) {
    const auto fields = fields_of(line);
    if (!fields) continue;
    std::string_view domain = (*fields)[0];
    if (domain.starts_with('.')) domain.remove_prefix(1);
    const bool below = host.size() > domain.size() && host.ends_with(domain) &&
                       host[host.size() - domain.size() - 1] == '.' && (*fields)[1] == "TRUE";
    if (host == domain || below) fitting.push_back(line);
  }
  return fitting;
}

Result<std::vector<std::string>> read_cookies(const std::string& file) {
  const auto text = config::read_whole_file(file);
  if (!text)
    return fail(ErrorKind::kNotFound,
                fmt::format("cannot read cookie file {}: {}; export the session's cookies "
                            "in Netscape format, or leave fetch.cookie_file empty",
                            file, std::strerror(errno)));
  std::vector<std::string> lines;
  std::istringstream in(*text);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    const bool comment = line.starts_with('#') && !line.starts_with(kHttpOnly);
    if (comment || line.find_first_not_of(" \t") == std::string::npos) continue;
    if (!fields_of(line))
      return fail(
          ErrorKind::kUsage,
          fmt::format("{}:{}: not a cookie; each line holds seven fields with tabs between: domain, TRUE or "
                      "FALSE, path, TRUE or FALSE, expiry, name, value",
                      file, number));
    lines.push_back(line);
  }
  return lines;
}

}  // namespace boardwalk::crawler
