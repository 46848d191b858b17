#include "parsers/news/page_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include "parsers/text.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

// Han, kana, Hangul.
bool is_cjk(char32_t c) {
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Thai, Lao, Myanmar, Khmer: a blank stands between clauses, not between words.
bool is_unspaced(char32_t c) {
  return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF);
}

bool is_mark(char32_t c) {
  constexpr std::u32string_view kMarks = U",.;:!?，。；：！？、\u060C\u061B\u061F\u06D4\u0964\u0589\u1362";
  return kMarks.find(c) != std::u32string_view::npos;
}

bool is_word(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
         (c >= 0xAA && c < 0x2000);
}

int heading_level(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0' : 0;
}

// Words as they are seen unless a line breaks in them.
std::string without_soft_hyphens(std::string_view text) {
  constexpr std::string_view kSoftHyphen = "\xC2\xAD";
  std::string bare;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(kSoftHyphen, at), text.size());
    bare += text.substr(at, end - at);
    at = end + kSoftHyphen.size();
  }
  return bare;
}

class Reader {
 public:
  explicit Reader(dom::Node root) : root_(root) { page_.blocks.push_back({.node = root}); }

  PageText read() {
    for (dom::Node node = root_.first_child(); node;) {
      if (enter(node) && node.first_child()) {
        node = node.first_child();
        continue;
      }
      node = behind(node);
    }
    end_line();
    page_.blocks[0].last_line = static_cast<int>(page_.lines.size());
    return std::move(page_);
  }

 private:
  static bool is_unseen(dom::Node node) {
    static constexpr std::array<std::string_view, 22> kUnseen{
        "applet", "audio", "button",   "canvas",   "datalist", "embed",  "frameset", "head",
        "iframe", "input", "math",     "noframes", "noscript", "object", "script",   "select",
        "style",  "svg",   "template", "textarea", "title",    "video"};
    const std::string_view name = node.name();
    return name.empty() || std::binary_search(kUnseen.begin(), kUnseen.end(), name) ||
           (is_hidden(node) && !is_named_content(node));  // scripts show the article when they have run
  }

  static bool is_cell(std::string_view name) { return name == "td" || name == "th"; }

  // A gloss above a character, which stands in parentheses where the page does not say so with <rp>.
  bool is_bare_gloss(dom::Node node) {
    if (!node.is("rt")) return false;
    if (!with_parentheses_) {
      with_parentheses_.emplace();
      for (const dom::Node rp : dom::find_tags(root_, "rp"))
        for (dom::Node around = rp.parent(); around; around = around.parent())
          if (!with_parentheses_->insert(around.address()).second) break;
    }
    return !with_parentheses_->contains(node.parent().address());
  }

  // Cells of a table of data stand in one line, those that lay out a page do not.
  void separate(dom::Node cell) {
    const bool lays_out = static_cast<bool>(dom::find(
        cell, [](dom::Node node) { return node.is("br") || (node.is_element() && is_block(node)); }));
    lays_out ? end_line() : line_.space();
  }

  bool enter(dom::Node node) {
    if (node.is_text()) {
      add(node);
      return false;
    }
    const std::string_view name = node.name();
    if (name == "br") end_line();
    if (name == "br" || is_unseen(node)) {
      closed_ = node;
      return false;
    }
    if (is_block(node)) {
      end_line();
      page_.blocks.push_back({.node = node,
                              .parent = static_cast<int>(current()),
                              .first_line = static_cast<int>(page_.lines.size()),
                              .sign = noise_of(node)});
      open_.push_back(page_.blocks.size() - 1);
    }
    if (is_cell(name)) separate(node);
    if (is_bare_gloss(node)) line_.append("(");
    links_ += name == "a";
    pictured_ = pictured_ || name == "img";
    if (heading_ == 0) heading_ = heading_level(name);
    return true;
  }

  void leave(dom::Node node) {
    if (!node.is_element() || node == closed_) return;
    const std::string_view name = node.name();
    if (is_bare_gloss(node)) line_.append(")");
    links_ -= name == "a";
    if (is_cell(name)) separate(node);
    if (!is_block(node)) return;
    end_line();
    if (heading_level(name) != 0) heading_ = 0;
    page_.blocks[current()].last_line = static_cast<int>(page_.lines.size());
    open_.pop_back();
  }

  dom::Node behind(dom::Node node) {
    while (node && node != root_) {
      leave(node);
      if (const dom::Node next = node.next_sibling()) return next;
      node = node.parent();
    }
    return {};
  }

  void add(dom::Node text) {
    const std::string bare = without_soft_hyphens(text.value());
    const Weight weight = weigh(bare);
    const bool preformatted = page_.blocks[current()].node.is("pre");
    preformatted ? line_.append_preformatted(bare) : line_.append(bare);
    next_.weight += weight.weight;
    next_.marks += weight.marks;
    if (links_ > 0) next_.link_weight += weight.weight;
    if (weight.weight == 0) return;
    next_.end = text;
    if (!next_.begin) {
      next_.begin = text;
      next_.heading = heading_;
    }
  }

  void end_line() {
    line_.end_line();
    next_.text = line_.take();
    next_.block = static_cast<int>(current());
    if (!next_.text.empty()) {
      next_.pictured = std::exchange(pictured_, false);
      page_.lines.push_back(std::move(next_));
    }
    next_ = Line{};
  }

  [[nodiscard]] std::size_t current() const { return open_.empty() ? 0 : open_.back(); }

  dom::Node root_;
  PageText page_;
  std::vector<std::size_t> open_;
  dom::Node closed_;  // the last one that was not entered
  TextLines line_;
  Line next_;
  int links_ = 0;
  bool pictured_ = false;  // an image since the last line
  int heading_ = 0;
  std::optional<std::unordered_set<const void*>> with_parentheses_;  // hold an <rp>; told at the first <rt>
};

// A block that holds much of the page's words, or its one first heading, is no noise for its names alone.
bool is_acquitted(Noise noise, int own, int all) {
  constexpr int kMuch = 35;  // percent
  constexpr int kMost = 80;
  if (noise == Noise::kNamed || noise == Noise::kTeaser) return 100 * own > kMuch * all;
  return (noise == Noise::kStrong || noise == Noise::kComments) && 100 * own > kMost * all;
}

// What only subscribers see of a text is named as what keeps the others out; that is a sentence or two.
bool is_paid_text(const PageText& page, const Block& block) {
  constexpr std::ptrdiff_t kLeastLines = 3;
  constexpr int kLeastWeight = 20;
  if (block.sign != Noise::kNamed || block.node.classes().find("paywall") == std::string_view::npos)
    return false;
  return std::count_if(page.lines.begin() + block.first_line, page.lines.begin() + block.last_line,
                       [](const Line& line) {
                         return line.weight >= kLeastWeight && line.marks > 0 && line.link_weight == 0;
                       }) >= kLeastLines;
}

void judge_noise(PageText& page, Names names) {
  std::vector<int> before{0};    // words outside links in all lines before this one
  std::vector<int> headings{0};  // first headings among them
  for (const Line& line : page.lines) {
    before.push_back(before.back() + line.weight - line.link_weight);
    headings.push_back(headings.back() + (line.heading == 1 && line.link_weight == 0));
  }
  for (Block& block : page.blocks) {
    const int own = before[static_cast<std::size_t>(block.last_line)] -
                    before[static_cast<std::size_t>(block.first_line)];
    const bool inherited = block.parent >= 0 && page.block_at(block.parent).noise;
    const bool counts =
        block.sign >= Noise::kComments || (block.sign != Noise::kNone && names == Names::kBelieved);
    const bool headed = headings[static_cast<std::size_t>(block.last_line)] >
                        headings[static_cast<std::size_t>(block.first_line)];
    const bool spared = headed && block.sign <= Noise::kNamed && headings.back() == 1;
    block.noise = inherited || (counts && !spared && !is_paid_text(page, block) &&
                                !is_acquitted(block.sign, own, before.back()));
  }
}

}  // namespace

Weight weigh(std::string_view text) {
  constexpr int kWord = 5;  // letters of one where nothing stands between words
  Weight weight;
  bool in_word = false;
  int unspaced = 0;  // letters of the clause so far
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_cjk(c)) ++weight.weight;
    if (is_mark(c)) ++weight.marks;
    if (is_unspaced(c)) {
      if (unspaced++ % kWord == 0) weight.weight += 2;
    } else {
      if (c == U' ' && unspaced > kWord) ++weight.marks;
      unspaced = 0;
    }
    const bool word = is_word(c) && !is_unspaced(c);
    if (word && !in_word) weight.weight += 2;
    in_word = word;
  }
  return weight;
}

PageText read_page_text(dom::Node root, Names names) {
  PageText page = Reader(root).read();
  judge_noise(page, names);
  return page;
}

}  // namespace boardwalk::parsers::news
