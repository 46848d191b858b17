#include "parsers/discuz/archived_posts.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "parsers/discuz/message_body.hpp"
#include "parsers/discuz/notices.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;
using Lines = std::vector<std::string>;

constexpr std::string_view kHidden = "**** Hidden Message *****";
constexpr std::string_view kListItem = "[*]";
constexpr std::size_t kLongestQuote = 3;  // lines

// The codes of the smilies that Discuz! ships, none a prefix of one behind it; further sets have `{:2_25:}`.
constexpr std::array<std::string_view, 24> kSmilies = {
    ":loveliness:", ":handshake", ":victory:", ":shutup:", ":sleepy:", ":curse:", ":dizzy:", ":funk:",
    ":hug:",        ":time:",     ":kiss:",    ":call:",   ":lol",     ":'(",     ":)",      ":(",
    ":D",           ":@",         ":o",        ":P",       ";P",       ":$",      ":L",      ":Q"};

std::size_t digits_at(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of("0123456789", at), text.size()) - at;
}

// Bytes of the smiley's code that `text` begins with; 0 when it begins with none.
std::size_t smiley_at(std::string_view text) {
  if (text.starts_with("{:")) {
    const std::size_t set = digits_at(text, 2);
    if (set == 0 || !text.substr(2 + set).starts_with('_')) return 0;
    const std::size_t number = digits_at(text, 3 + set);
    return number > 0 && text.substr(3 + set + number).starts_with(":}") ? 5 + set + number : 0;
  }
  const auto* found =
      std::find_if(kSmilies.begin(), kSmilies.end(), [text](auto code) { return text.starts_with(code); });
  return found == kSmilies.end() ? 0 : found->size();
}

bool is_author_line(Node node) { return node.is("p") && node.has_class("author"); }

bool asks_for_price(Node node) {
  return node.is("a") && node.attr_or("href").find("action=pay") != std::string_view::npos;
}

Post begin_post(const Context& context, Node line) {
  Post post;
  post.site = context.site;
  post.software = context.software;
  std::string author = dom::text_of(dom::find_tag(line, "strong"));
  post.anonymous = is_nobody(author);
  if (!post.anonymous && !author.empty()) post.author = std::move(author);
  const Node relative = dom::find_tag(line, "span");  // 6 天前, the real time in its title
  post.posted_at = relative ? time_in(relative, context.fetched_at, context.zone, context.date_order)
                            : read_time(own_text(line), context.fetched_at, context.zone, context.date_order);
  return post;
}

// The lines of a post, empty ones too.
class LineCollector {
 public:
  void text(std::string_view words) { line_ += words; }
  // This line asks for something before it shows what follows; it is no one's words.
  void withhold() { withheld_ = true; }
  void end_line() {
    TextLines folded;
    folded.append(std::exchange(line_, {}));
    lines_.push_back(std::exchange(withheld_, false) ? std::string(kHidden) : folded.take());
  }
  Lines take() {
    end_line();
    return std::exchange(lines_, {});
  }

 private:
  std::string line_;
  bool withheld_ = false;
  Lines lines_;
};

class WordsReader {
 public:
  WordsReader(const Context& context, Post& post) : context_(context), post_(post) {}

  void read(Lines lines) {
    take_edit_notice(lines);
    TextLines words;
    for (std::size_t at = 0; at < lines.size();) {
      if (const std::size_t quoted = read_quote(lines, at); quoted > 0) {
        at += quoted;
        continue;
      }
      const std::string_view line = lines[at++];
      if (line == kHidden) {
        if (post_.flags.empty()) post_.flags.emplace_back("hidden_part");
        continue;
      }
      append(line.starts_with(kListItem) ? line.substr(kListItem.size()) : line, words, &post_.smilies);
    }
    post_.text = words.take();
  }

 private:
  // A line without its smilies, which `smilies` takes, if there is one.
  static void append(std::string_view line, TextLines& words, std::vector<std::string>* smilies) {
    std::size_t done = 0;
    for (std::size_t at = 0; at < line.size();) {
      const std::size_t code =
          line[at] == ':' || line[at] == ';' || line[at] == '{' ? smiley_at(line.substr(at)) : 0;
      if (code == 0) {
        ++at;
        continue;
      }
      words.append(line.substr(done, at - done));
      if (smilies != nullptr) smilies->emplace_back(line.substr(at, code));
      done = at += code;
    }
    words.append(line.substr(done));
    words.end_line();
  }

  void take_edit_notice(Lines& lines) {
    const auto said = [](const std::string& line) { return !line.empty(); };
    const auto first = std::find_if(lines.begin(), lines.end(), said);
    const auto last = std::find_if(lines.rbegin(), lines.rend(), said);
    if (first == lines.end()) return;
    if (take_edit_notice(*first)) return;
    const std::string_view line = *last;
    if (!line.starts_with('[') || !line.ends_with(']')) return;
    std::string bare(strip(line.substr(1, line.size() - 2)));
    if (take_edit_notice(bare)) last->clear();
  }

  bool take_edit_notice(std::string& line) {
    if (!begins_edit_notice(line)) return false;
    const auto notice = read_edit_notice(context_, line, {{}, post_.author});
    if (!notice) return false;
    post_.edited_by = notice->author;
    post_.edited_at = notice->at;
    line.clear();
    return true;
  }

  // How many lines the quote takes that begins at `at`; 0 when none does.
  std::size_t read_quote(const Lines& lines, std::size_t at) {
    const auto head = read_quote_head(context_, lines[at], {});
    if (!head) return 0;
    TextLines words;
    std::size_t count = 1;
    for (; at + count < lines.size() && !lines[at + count].empty() && count <= kLongestQuote; ++count)
      append(lines[at + count], words, nullptr);
    post_.quotes.push_back({head->author, head->at, words.take()});
    return count;
  }

  const Context& context_;
  Post& post_;
};

}  // namespace

std::vector<Post> read_archived_posts(const Context& given, Node content, int page) {
  Context context = given;
  if (context.date_order == DateOrder::kUnknown) context.date_order = order_told_in(content, is_author_line);
  std::vector<Post> posts;
  LineCollector lines;
  const auto finish = [&] {
    Lines read = lines.take();
    if (!posts.empty()) WordsReader(context, posts.back()).read(std::move(read));
  };
  for (Node node = content.first_child(); node;) {
    if (is_author_line(node)) {
      finish();
      posts.push_back(begin_post(context, node));
    }
    const bool aside = node.is("p") || node.is("h3") || node.is("script") || node.has_class("page");
    if (node.is_text()) lines.text(node.value());
    if (asks_for_price(node)) lines.withhold();
    if (node.is("br") || (is_block(node) && !aside)) lines.end_line();
    node = aside ? node.next_skipping(content) : node.next_in(content);
  }
  finish();
  if (page == 1 && !posts.empty()) {
    posts.front().first = true;
    posts.front().floor = 1;
  }
  return posts;
}

}  // namespace boardwalk::parsers::discuz
