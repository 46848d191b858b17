#include "parsers/discuz/signs.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

// `normalthread_` of `normalthread_7`; empty when no number stands at the end.
std::string_view head_of_numbered(std::string_view id) {
  const auto [head, number] = split_id(id);
  return number.empty() ? std::string_view() : head;
}

// A link to a script: `forum.php?mod=`.
struct Spelling {
  std::string_view script, query;  // what stands around `.php`
};

template <std::size_t N>
bool is_spelled(std::string_view href, const std::array<Spelling, N>& spellings) {
  constexpr std::string_view kSuffix = ".php";
  for (std::size_t at = href.find(kSuffix); at != std::string_view::npos; at = href.find(kSuffix, at + 1)) {
    const std::string_view before = href.substr(0, at);
    const std::string_view behind = href.substr(at + kSuffix.size());
    if (std::any_of(spellings.begin(), spellings.end(), [&](const Spelling& spelling) {
          return before.ends_with(spelling.script) && behind.starts_with(spelling.query);
        }))
      return true;
  }
  return false;
}

// What stands behind the last slash.
std::string_view file_of(std::string_view href) {
  const std::size_t slash = href.rfind('/');
  return slash == std::string_view::npos ? href : href.substr(slash + 1);
}

bool is_static(std::string_view href) {
  const std::string_view file = file_of(href);
  const bool own = file.starts_with("thread-") || file.starts_with("forum-") || file.starts_with("space-u");
  return own && contains(file, ".html");
}

bool is_archived(std::string_view href) {
  std::string_view file = file_of(href);
  if (file.starts_with('?')) file.remove_prefix(1);
  return (file.starts_with("fid-") || file.starts_with("tid-")) && contains(file, ".html");
}

// `X3.4` of `Discuz! X3.4`, `7.2` of `Discuz! 7.2`; also of `My Forum X3.5`, as some rename the generator.
std::string version_in(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = at == 0 || text[at - 1] == ' ' || text[at - 1] == '!';
    const std::size_t digits = text[at] == 'X' ? at + 1 : at;
    if (!starts || digits >= text.size() || !ascii::is_digit(text[digits])) continue;
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", digits), text.size());
    if (text[at] == 'X' || contains(text.substr(at, end - at), "."))
      return std::string(text.substr(at, end - at));
  }
  return {};
}

// Whether a comma and then a date or time follow, with 6.x's words between: `, 现在时间是 2014-6-1 12:00`.
bool precedes_time(std::string_view text) {
  constexpr std::size_t kNear = 60;
  text = strip(text);
  if (!text.starts_with(',') && !text.starts_with("，")) return false;
  text = text.substr(0, kNear);
  for (std::size_t i = 1; i + 1 < text.size(); ++i)
    if (ascii::is_digit(text[i - 1]) && contains("-/:", text.substr(i, 1)) && ascii::is_digit(text[i + 1]))
      return true;
  return false;
}

// `GMT+8,` `GMT-5.5,` `GMT+5:30,` `GMT,`: the zone that a footer prints before the time. Without a time it is
// no footer's.
std::optional<int> zone_in(std::string_view text) {
  for (std::size_t at = text.find("GMT"); at != std::string_view::npos; at = text.find("GMT", at + 3)) {
    std::string_view rest = text.substr(at + 3);
    int sign = 1;
    int hours = 0;
    int minutes = 0;
    if (rest.starts_with('+') || rest.starts_with('-')) {
      if (rest[0] == '-') sign = -1;
      const auto [stop, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), hours);
      if (error != std::errc{} || hours < 0 || hours > 14) continue;
      rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()));
      if (rest.starts_with(".5") || rest.starts_with(":30")) minutes = 30;
      if (rest.starts_with(".75") || rest.starts_with(":45")) minutes = 45;
      rest.remove_prefix(std::min(rest.find_first_not_of(".:0123456789"), rest.size()));
    }
    if (precedes_time(rest)) return sign * (60 * hours + minutes);
  }
  return std::nullopt;
}

// The characters from `node` on, at most a few dozen: enough for `Powered by Discuz! X3.4`.
std::string words_from(dom::Node node, dom::Node root) {
  std::string words;
  for (int steps = 0; node && steps < 12 && words.size() < 80; ++steps, node = node.next_in(root))
    if (node.is_text()) words.append(node.value().substr(0, 80));
  return words;
}

constexpr std::size_t kShortestSign = std::string_view("GMT").size();
constexpr int kEnoughLinks = 3;

class Reader {
 public:
  explicit Reader(dom::Node root) : root_(root) {}

  Signs read() {
    for (dom::Node node = root_; node; node = node.next_in(root_)) {
      if (node == behind_post_) in_post_ = false;
      if (node.is_text()) {
        text(node);
      } else if (node.is_element()) {
        element(node);
      }
    }
    signs_.archiver = archive_box_ && archive_link_ && signs_.posts == 0 && signs_.page_class.empty();
    if (signs_.archiver) signs_.zone.reset();  // its footer prints none: what was found is a post's
    return std::move(signs_);
  }

 private:
  void text(dom::Node node) {
    const std::string_view words = node.value();
    if (words.size() < kShortestSign) return;
    const dom::Node parent = node.parent();
    if (parent.is("script")) {
      script(words);
      return;
    }
    if (!in_post_ && contains(words, "GMT")) {
      std::string line = std::string(words) + words_from(node.next_in(root_), root_);
      if (const auto zone = zone_in(line)) {
        signs_.zone = zone;
        signs_.clock = std::move(line);
      }
    }
    if (parent.is("generator") && contains(words, "Discuz!")) signs_.generator = true;
    if (contains(words, "Powered by")) {
      const std::string line = words_from(node, root_);
      const std::size_t name = line.find("Discuz!");
      if (name == std::string::npos) return;
      signs_.powered = true;
      if (signs_.version.empty()) signs_.version = version_in(std::string_view(line).substr(name + 7));
    }
  }

  void script(std::string_view words) {
    static constexpr std::array<std::string_view, 4> kVariables{"discuz_uid", "cookiepre", "attackevasive",
                                                                "STYLEID"};
    const auto found = std::count_if(kVariables.begin(), kVariables.end(),
                                     [words](std::string_view name) { return contains(words, name); });
    signs_.variables = signs_.variables || found >= 2;
  }

  void element(dom::Node node) {
    const std::string_view name = node.name();
    if (name == "meta") return meta(node);
    if (name == "body") return body(node);
    if (name == "script") return source(node.attr_or("src"));
    if (name == "a" || name == "area") signs_.anchors.push_back(node);
    if (name == "a") return link(node.attr_or("href"));
    if (name == "input") return input(node);
    if (name == "rss" && !signs_.feed) signs_.feed = node;
    if (name == "table" && head_of_numbered(node.attr_or("summary")) == "forum_") signs_.list = true;
    if (name == "table" && node.has_class("fl_tb")) ++signs_.board_tables;
    if (const std::string_view id = node.id(); !id.empty()) identified(node, id);
    if (name == "div") classed(node);
  }

  void meta(dom::Node node) {
    const std::string_view content = node.attr_or("content");
    if (node.attr_or("name") == "format-detection") detection_ = true;
    if (node.attr_or("name") != "generator") return;
    signs_.generator = contains(content, "Discuz!");
    const std::string version = version_in(content);
    if (signs_.generator || version.starts_with('X')) signs_.version = version;
  }

  void body(dom::Node node) {
    const std::string_view classes = node.classes();
    if (node.id().starts_with("nv_")) signs_.section = node.id().substr(3);
    const std::size_t at = classes.find("pg_");
    if (at == std::string_view::npos) return;
    const std::size_t end = std::min(classes.find(' ', at), classes.size());
    signs_.page_class = classes.substr(at + 3, end - at - 3);
    signs_.frame = node.id().starts_with("nv_") || node.id() == "forum";
    signs_.touch = detection_ && !node.id().starts_with("nv_");
  }

  void source(std::string_view src) {
    static constexpr std::array<std::string_view, 7> kShipped{
        "data/cache/common.js",       "data/cache/forum",     "static/js/common.js", "static/js/forum",
        "static/js/mobile/common.js", "include/js/common.js", "include/javascript/"};
    signs_.scripts = signs_.scripts || contains_any(src, kShipped);
  }

  void link(std::string_view href) {
    static constexpr std::array<Spelling, 8> kOwn{{{"forum", "?mod="},
                                                   {"viewthread", "?tid="},
                                                   {"forumdisplay", "?fid="},
                                                   {"home", "?mod=space"},
                                                   {"space", "?uid="},
                                                   {"member", "?mod="},
                                                   {"logging", "?action="},
                                                   {"redirect", "?"}}};
    static constexpr std::array<Spelling, 4> kForeign{
        {{"showthread", ""}, {"viewtopic", ""}, {"read", "?tid"}, {"member", "?action=profile"}}};
    if (signs_.links < kEnoughLinks && is_spelled(href, kOwn)) ++signs_.links;
    if (is_spelled(href, kForeign)) ++signs_.foreign_links;
    if (signs_.links < kEnoughLinks && is_static(href)) ++signs_.links;
    if (!archive_link_ && contains(href, "id-")) archive_link_ = is_archived(href);
    if (detection_ && !signs_.touch) signs_.touch = contains(href, "mobile=no");
  }

  void input(dom::Node node) {
    if (node.attr_or("name") == "pw" && node.attr_or("type") == "password") signs_.password = node;
  }

  void identified(dom::Node node, std::string_view id) {
    if (id == "messagetext") signs_.message = node;
    if (id == "threadlist" || id == "threadlisttableid") signs_.list = true;
    if (id == "content" && node.is("div")) archive_box_ = true;
    const std::string_view head = head_of_numbered(id);
    if (head == "pid" || head == "post_") {
      ++signs_.posts;
      if (!in_post_) behind_post_ = node.next_skipping(root_);
      in_post_ = true;
    }
    if (id == "ft" || id == "footer") in_post_ = false;  // also where a post was left open
    if (head == "pid" && (node.has_class("plc") || node.has_class("bm_user"))) ++signs_.touch_posts;
    if (head == "normalthread_" || head == "stickthread_") ++signs_.rows;
    if (head == "category_" || head == "forum") ++signs_.categories;
    if (head == "sub-forum_" || head == "sub_forum_") ++signs_.touch_boards;
  }

  // Boxes that have no id: messages of 6.x, 7.x and the mobile template, its list of threads.
  void classed(dom::Node node) {
    std::string_view classes = node.classes();
    if (classes.empty()) return;
    if (detection_ && !signs_.touch_list &&
        (node.has_class("threadlist") || node.has_class("threadlist_box")))
      signs_.touch_list = node;
    if (signs_.message) return;
    bool box = false;
    bool message = false;
    bool told = false;
    for (std::string_view word = dom::take_word(classes); !word.empty(); word = dom::take_word(classes)) {
      box |= word == "box";
      message |= word == "message";
      told |= word == "alert_info" || word == "alert_error" || word == "jump_c";
    }
    if (told || (box && message)) signs_.message = node;
  }

  dom::Node root_;
  Signs signs_;
  bool detection_ = false;  // <meta name=format-detection>, which only the mobile templates have
  bool in_post_ = false;
  dom::Node behind_post_;  // the first node that is not in it
  bool archive_box_ = false;
  bool archive_link_ = false;
};

}  // namespace

bool Signs::is_discuz() const {
  if (foreign_links > 2 && !generator && !variables && !powered) return false;
  const int signs = int{generator} + int{variables} + int{frame} + int{powered} + int{scripts} +
                    int{numbered()} + int{touch} + int{links >= kEnoughLinks};
  return signs >= 2 || ((archiver || feed) && (generator || powered));
}

Signs read_signs(dom::Node root) { return Reader(root).read(); }

}  // namespace boardwalk::parsers::discuz
