#include "crawler/robots.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "config/ascii.hpp"
#include "crawler/robots_pattern.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::crawler {

namespace {

constexpr std::size_t kMaxBytes = 512'000;  // §2.5
constexpr std::size_t kMaxLine = 16'663;    // google/robotstxt: the rest of a longer line is ignored
constexpr std::string_view kSpace = " \t\v\f";

using ascii::same;

std::string_view trim(std::string_view text) { return ascii::trimmed(text, kSpace); }

bool is_token(char c) { return ascii::is_letter(c) || c == '-' || c == '_'; }

std::string_view leading_token(std::string_view text) {
  return text.substr(
      0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_token) - text.begin()));
}

// A name that breaks the rule (§2.2.1) is meant whole all the same: `MJ12bot`, `360Spider`, `pond.example`.
std::string_view leading_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t\v\f/();,"));
}

enum class Key { kUserAgent, kAllow, kDisallow, kCrawlDelay, kSitemap, kUnknown };

Key key_of(std::string_view key) {
  constexpr std::array<std::pair<std::string_view, Key>, 13> kKeys{{
      {"user-agent", Key::kUserAgent},
      {"useragent", Key::kUserAgent},
      {"user agent", Key::kUserAgent},
      {"allow", Key::kAllow},
      {"disallow", Key::kDisallow},
      {"dissallow", Key::kDisallow},
      {"dissalow", Key::kDisallow},
      {"disalow", Key::kDisallow},
      {"diasllow", Key::kDisallow},
      {"disallaw", Key::kDisallow},
      {"crawl-delay", Key::kCrawlDelay},
      {"sitemap", Key::kSitemap},
      {"site-map", Key::kSitemap},
  }};
  for (const auto& [word, meaning] : kKeys)
    if (ascii::starts_same(key, word)) return meaning;
  return Key::kUnknown;
}

struct Line {
  Key key = Key::kUnknown;
  std::string_view value;
};

Line read_line(std::string_view raw) {
  Line line;
  raw = raw.substr(0, kMaxLine);
  const std::string_view text = trim(raw.substr(0, raw.find('#')));
  std::size_t separator = text.find(':');
  if (separator == std::string_view::npos) {
    // `disallow /x`: white space will do for a forgotten colon when it leaves two words, no more.
    separator = text.find_first_of(" \t");
    if (separator == std::string_view::npos) return line;
    if (trim(text.substr(separator)).find_first_of(" \t") != std::string_view::npos) return line;
  }
  line.key = key_of(trim(text.substr(0, separator)));
  line.value = trim(text.substr(separator + 1));
  return line;
}

std::string_view without_bom(std::string_view text) {
  const auto [end, ignored] =
      std::mismatch(text.begin(), text.end(), parsers::kByteOrderMark.begin(), parsers::kByteOrderMark.end());
  return text.substr(static_cast<std::size_t>(end - text.begin()));
}

std::optional<double> seconds(std::string_view value) {
  double number = 0;
  if (value.empty() || (value[0] != '.' && !ascii::is_digit(value[0]))) return std::nullopt;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace

// Reads line by line and keeps the rules of two groups: the agent's own, and `*`'s.
class RobotsReader {
 public:
  explicit RobotsReader(std::string_view agent) : agent_(agent) {}

  void read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
      take(read_line(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  // The own group when any line named it, even without a rule (§2.2.1).
  [[nodiscard]] Robots robots() && {
    Group& group = named_ ? own_ : everyone_;
    Robots robots;
    robots.rules_ = std::move(group.rules);
    robots.crawl_delay_ = group.crawl_delay;
    robots.sitemaps_ = std::move(sitemaps_);
    return robots;
  }

 private:
  struct Group {
    bool open = false;  // the lines being read belong to it
    std::vector<Robots::Rule> rules;
    std::optional<double> crawl_delay;
  };

  void take(const Line& line) {
    switch (line.key) {
      case Key::kUserAgent:
        return name(line.value);
      case Key::kAllow:
      case Key::kDisallow:
        return rule(line);
      case Key::kCrawlDelay:
        return delay(line.value);
      case Key::kSitemap:
        if (!line.value.empty()) sitemaps_.emplace_back(line.value);
        return;
      case Key::kUnknown:
        return;
    }
  }

  // Only a rule ends a run of user-agent lines; others between them, known or not, leave the group open
  // (§2.2.4).
  void name(std::string_view value) {
    if (rules_seen_) own_.open = everyone_.open = rules_seen_ = false;
    if (value == "*" || value.starts_with("* ") || value.starts_with("*\t")) {
      everyone_.open = true;
    } else if (!agent_.empty() && (same(leading_token(value), agent_) || same(leading_word(value), agent_))) {
      own_.open = named_ = true;
    }
  }

  void rule(const Line& line) {
    const bool allow = line.key == Key::kAllow;
    if (own_.open || everyone_.open) add(allow, line.value, line.value);
    rules_seen_ = true;
  }

  // `value` is the pattern as the file has it.
  void add(bool allow, std::string_view pattern, std::string_view value) {
    using robots_pattern::normalise_pattern;
    using robots_pattern::Spelling;
    if (pattern.empty()) return;
    const Robots::Rule rule{allow, normalise_pattern(pattern, allow ? Spelling::kLetters : Spelling::kNone),
                            normalise_pattern(pattern, Spelling::kNone).size(),
                            (allow ? "allow: " : "disallow: ") + std::string(value)};
    if (own_.open) own_.rules.push_back(rule);
    if (everyone_.open) everyone_.rules.push_back(rule);
    const std::size_t slash = pattern.rfind('/');
    if (allow && slash != std::string_view::npos && pattern.substr(slash).starts_with("/index.htm"))
      add(true, std::string(pattern.substr(0, slash + 1)) + '$', value);
  }

  // Of several, the longest: a site that says two things meant the careful one for somebody like us.
  void delay(std::string_view value) {
    const std::optional<double> asked = seconds(value);
    if (!asked) return;
    for (Group* group : {&own_, &everyone_})
      if (group->open) group->crawl_delay = std::max(group->crawl_delay.value_or(0), *asked);
  }

  std::string_view agent_;
  Group own_;
  Group everyone_;
  std::vector<std::string> sitemaps_;
  bool named_ = false;
  bool rules_seen_ = false;
};

Robots Robots::parse(std::string_view text, std::string_view agent) {
  text = without_bom(text);
  if (text.size() > kMaxBytes) {
    // The octet behind the cap tells whether the last line is whole.
    const bool whole = text[kMaxBytes] == '\n' || text[kMaxBytes] == '\r';
    text = text.substr(0, kMaxBytes);
    if (!whole) text = text.substr(0, text.find_last_of("\r\n") + 1);
  }
  RobotsReader reader(agent);
  reader.read(text);
  return std::move(reader).robots();
}

Robots Robots::allow_all(std::string reason) {
  Robots robots;
  robots.fixed_ = Verdict{true, std::move(reason)};
  return robots;
}

Robots Robots::disallow_all(std::string reason) {
  Robots robots;
  robots.fixed_ = Verdict{false, std::move(reason)};
  return robots;
}

Robots::Verdict Robots::check(std::string_view target) const {
  if (target.substr(0, target.find('?')) == "/robots.txt") return {true, "/robots.txt is always allowed"};
  if (fixed_) return *fixed_;
  const robots_pattern::Target spellings(target);
  const Rule* best = nullptr;
  for (const Rule& rule : rules_) {
    // §2.2.2: the most octets win, an allow among equals.
    if (best && (rule.octets < best->octets || (rule.octets == best->octets && (best->allow || !rule.allow))))
      continue;
    if (spellings.matched_by(rule.pattern, rule.allow)) best = &rule;
  }
  if (!best) return {true, "no rule"};
  return {best->allow, best->line};
}

std::string product_token(std::string_view user_agent) {
  constexpr std::string_view kCompatible = "compatible;";
  const std::size_t at = user_agent.find(kCompatible);
  if (user_agent.starts_with("Mozilla/") && at != std::string_view::npos) {
    const std::string_view token = leading_word(trim(user_agent.substr(at + kCompatible.size())));
    if (!token.empty()) return std::string(token);
  }
  return std::string(leading_word(user_agent));
}

std::string robots_target(std::string_view url) {
  url = url.substr(0, url.find('#'));
  if (url.starts_with("//")) {
    url.remove_prefix(2);
  } else if (!url.starts_with('/')) {
    const std::size_t scheme = url.find("://");
    const bool has_scheme = scheme < url.find_first_of("/?;");
    if (has_scheme) url.remove_prefix(scheme + 3);
  }
  url.remove_prefix(std::min(url.find_first_of("/?;"), url.size()));
  return url.starts_with('/') ? std::string(url) : '/' + std::string(url);
}

}  // namespace boardwalk::crawler
