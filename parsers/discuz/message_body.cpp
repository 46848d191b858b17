#include "parsers/discuz/message_body.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "parsers/discuz/attachments.hpp"
#include "parsers/discuz/notices.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/players.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/text.hpp"
#include "parsers/word_table.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// Stands in the collected lines where something was left out whose traces beside it must go too. A control
// character that no text needs.
constexpr char kGap = '\x01';

// Quotes in quotes, and boxes in boxes, that are read; no post has so many.
constexpr int kDeepest = 50;

enum class Part {
  kAttachment,
  kAttachments,
  kCode,
  kEdited,
  kHidden,
  kMedia,
  kNotice,
  kNothing,
  kQuote,
  kShown,
};

constexpr WordTable kWords(std::to_array<KnownWord<Part>>({
    {"a_p", Part::kNothing},
    {"a_pb", Part::kNothing},
    {"a_pr", Part::kNothing},
    {"a_pt", Part::kNothing},
    {"aimg_tip", Part::kNothing},
    {"attach_nopermission", Part::kNothing},
    {"attach_popup", Part::kNothing},
    {"attach_tips", Part::kNothing},
    {"attachlist", Part::kAttachment},
    {"attachnotice", Part::kNothing},
    {"blockcode", Part::kCode},
    {"headactions", Part::kNothing},
    {"jammer", Part::kNothing},
    {"locked", Part::kHidden},
    {"media", Part::kMedia},
    {"modact", Part::kNothing},
    {"notice", Part::kNotice},
    {"pattl", Part::kAttachments},
    {"postattachlist", Part::kAttachments},
    {"pstatus", Part::kEdited},
    {"ptg", Part::kNothing},
    {"quote", Part::kQuote},
    {"rate", Part::kNothing},
    {"rnd_ai_pr", Part::kNothing},
    {"showhide", Part::kShown},
    {"sign", Part::kNothing},
    {"signatures", Part::kNothing},
    {"t_attach", Part::kNothing},
    {"t_attachlist", Part::kAttachment},
    {"tattl", Part::kAttachment},
    {"trade_box", Part::kNothing},
    {"typeoption", Part::kNothing},
}));

std::optional<Part> part_of(std::string_view classes) {
  for (std::string_view word = dom::take_word(classes); !word.empty(); word = dom::take_word(classes)) {
    if (const Part* part = kWords.find(word)) return *part;
  }
  return std::nullopt;
}

// Letters of no size, which X puts into `font.jammer`: 6.x and 7.x set them so one by one.
bool has_no_size(Node element) {
  const std::string_view style = element.attr_or("style");
  if (style.empty()) return false;
  const std::string size = style_value(style, "font-size");
  return size.starts_with('0') && size.find_first_of("123456789") == std::string::npos;
}

// Links that no browser follows by itself, but that posts are made for.
bool leads_to_download(std::string_view href) {
  constexpr std::array<std::string_view, 6> kSchemes = {
      "magnet:", "ed2k:", "thunder:", "ftp:", "ftps:", "flashget:"};
  return std::any_of(kSchemes.begin(), kSchemes.end(),
                     [href](std::string_view scheme) { return href.starts_with(scheme); });
}

class BodyReader {
 public:
  BodyReader(const Context& context, const BodyHints& hints, Post& post)
      : context_(context), hints_(hints), post_(post), players_(context, post) {}

  bool read(Node message) {
    TextLines lines;
    read_into(message, lines, false);
    post_.text = lines.take();
    if (gaps_ > 0) close_gaps();
    players_.read(message);
    return hidden_;
  }

 private:
  void read_into(Node root, TextLines& lines, bool quoted) {
    read_text(root, lines, [&](Node element) { return visit(element, lines, quoted); });
  }

  Visit visit(Node element, TextLines& lines, bool quoted) {
    const std::string_view name = element.name();
    if (name == "br" || name == "p") return Visit::kDescend;
    if (name == "img") return image(element, quoted);
    if (name == "a") return link(element, quoted);
    if (name == "ignore_js_op") return script_box(element, lines, quoted);
    if (name == "font" && has_no_size(element)) return Visit::kSkip;
    if (name == "i" && bracketed_notice(element)) return edited(element, lines, quoted);
    if (belongs_to_frame(element, name)) return Visit::kSkip;
    if (name == "span" && !id_number(element.id(), "attach_").empty())
      return attachment(element, lines, quoted);
    const std::string_view classes = element.classes();
    if (classes.empty()) return Visit::kDescend;
    const auto part = part_of(classes);
    return part ? visit_part(*part, element, lines, quoted) : Visit::kDescend;
  }

  Visit visit_part(Part part, Node element, TextLines& lines, bool quoted) {
    switch (part) {
      case Part::kCode:
      case Part::kShown:
        return Visit::kDescend;
      case Part::kNothing:
        return Visit::kSkip;
      case Part::kEdited:
        return edited(element, lines, quoted);
      case Part::kQuote:
        if (++nesting_ <= kDeepest) quote(element);
        --nesting_;
        return Visit::kSkip;
      case Part::kAttachment:
        return attachment(element, lines, quoted);
      case Part::kAttachments:
        if (!quoted) read_attachment_list(context_, element, post_);
        return Visit::kSkip;
      case Part::kMedia:
        players_.read_box(element);
        return Visit::kSkip;
      case Part::kNotice:
        if (begins_edit_notice(dom::text_of(element))) return edited(element, lines, quoted);
        [[fallthrough]];
      case Part::kHidden:
        return withheld(element);
    }
    return Visit::kDescend;
  }

  // Headings and buttons that the interface puts into code, quotes and shown parts.
  static bool belongs_to_frame(Node element, std::string_view name) {
    if (name != "em" && name != "h4" && name != "h5") return false;
    const Node parent = element.parent();
    const Node frame = parent.is("blockquote") ? parent.parent() : parent;
    const auto part = part_of(frame.classes());
    if (!part) return false;
    if (name == "em") return *part == Part::kCode;
    if (name == "h4") return *part == Part::kShown;
    return *part == Part::kCode || *part == Part::kQuote;
  }

  Visit withheld(Node notice) {
    if (read_withheld(notice, false) == Withheld::kAttachment) {
      post_.attachments.emplace_back().needs_login = true;
    } else {
      hidden_ = true;
    }
    return Visit::kSkip;
  }

  static std::string_view first_words(Node element) {
    for (Node node = element.first_child(); node; node = node.next_in(element))
      if (node.is_text() && !strip(node.value()).empty()) return node.value();
    return {};
  }

  // 6.x and 7.x: `[ <i> 本帖最后由 … 编辑 </i> ]`.
  static bool bracketed_notice(Node element) {
    const Node before = element.previous_sibling();
    return before.is_text() && strip(before.value()).ends_with('[') &&
           begins_edit_notice(first_words(element));
  }

  // One that is quoted tells of another post.
  Visit edited(Node element, TextLines& lines, bool quoted) {
    const auto notice = quoted ? std::nullopt : read_edit_notice(context_, dom::text_of(element), hints_);
    if (notice) {
      post_.edited_at = notice->at;
      post_.edited_by = notice->author;
    }
    if (element.previous_sibling().is_text()) {
      lines.append(std::string_view(&kGap, 1));
      ++gaps_;
    }
    return Visit::kSkip;
  }

  Visit image(Node img, bool quoted) {
    if (quoted) return Visit::kSkip;
    if (auto smiley = smiley_of(img)) {
      post_.smilies.push_back(*std::move(smiley));
    } else if (read_pictured_attachment(context_, img, post_)) {
      return Visit::kSkip;
    } else if (auto picture = read_image(context_, img)) {
      post_.images.push_back(*std::move(picture));
    }
    return Visit::kSkip;
  }

  Visit link(Node a, bool quoted) {
    const std::string_view href = a.attr_or("href");
    if (quoted || href.empty()) return Visit::kDescend;
    const std::string text = shown_text(a);
    if (is_profile(href) && text.starts_with('@')) {
      post_.mentions.push_back(std::string(strip(std::string_view(text).substr(1))));
    } else if (auto url = context_.absolute(href); url && !href.starts_with('#')) {
      post_.links.push_back({*std::move(url), text});
    } else if (leads_to_download(href)) {
      post_.links.push_back({std::string(href), text});
    }
    return Visit::kDescend;
  }

  Visit attachment(Node box, TextLines& lines, bool quoted) {
    const bool read = !quoted && read_attachment(context_, box, post_);
    const std::string_view behind = box.is("span") ? box.next_sibling().value() : std::string_view();
    if (const std::size_t length = size_suffix(behind); length > 0) {
      if (read && !post_.attachments.empty() && !post_.attachments.back().size)
        read_size(behind.substr(0, length), post_.attachments.back());
      lines.append(std::string_view(&kGap, 1));
      ++gaps_;
    }
    return Visit::kSkip;
  }

  // Where the next end tag of a box stands in the source. Asked in page order, so that the source is searched
  // once.
  std::size_t end_of_box(std::size_t begin) {
    if (box_end_ < begin || box_end_ == 0) box_end_ = context_.source.find("</ignore_js_op", begin);
    return box_end_;
  }

  // An attachment or a player, whose end tag browsers pass over when a <div> was left open before it, so that
  // the author's further words stand inside. The source tells where the box was meant to end.
  Visit script_box(Node box, TextLines& lines, bool quoted) {
    const std::size_t end = end_of_box(box.source_offset());
    Node beyond;
    for (Node node = box.first_child(); node && end != std::string_view::npos && !beyond;
         node = node.next_in(box))
      if (node.source_offset() > end) beyond = node;
    if (!quoted) {
      if (const Node player = dom::find_class(box, "", "media"))
        players_.read_box(player);
      else
        read_attachment(context_, box, post_);
    }
    if (++nesting_ <= kDeepest)
      for (Node node = beyond; node; node = node.next_skipping(box)) read_beyond(node, lines, quoted);
    --nesting_;
    return Visit::kSkip;
  }

  void read_beyond(Node node, TextLines& lines, bool quoted) {
    if (node.is_text()) lines.append(node.value());
    if (!node.is_element() || is_hidden(node)) return;
    const bool breaks = node.is("br") || is_block(node);
    if (breaks) lines.end_line();
    if (visit(node, lines, quoted) == Visit::kDescend) read_into(node, lines, quoted);
    if (breaks) lines.end_line();
  }

  void quote(Node box) {
    const std::size_t place = post_.quotes.size();
    post_.quotes.emplace_back();
    const Node head = quote_head(box);
    TextLines lines;
    read_text(box, lines,
              [&](Node element) { return element == head ? Visit::kSkip : visit(element, lines, true); });
    Quote& quote = post_.quotes[place];
    quote.text = lines.take();
    quote.text.erase(std::remove(quote.text.begin(), quote.text.end(), kGap), quote.text.end());
    if (head) {
      attribute(quote, dom::text_of(head));
      return;
    }
    const std::string first = quote.text.substr(0, quote.text.find('\n'));
    if (attribute(quote, first))
      quote.text.erase(0, std::min(first.size() + 1, quote.text.size()));
    else if (box.has_class("grey"))  // the mobile template's
      quote.text = without_quote_label(quote.text);
  }

  bool attribute(Quote& quote, std::string_view line) {
    const auto head = read_quote_head(context_, line, hints_);
    if (!head) return false;
    quote.author = head->author;
    quote.posted_at = head->at;
    return true;
  }

  static bool is_quote_line(Node node) {
    const bool link = node.is("a") && node.attr_or("href").find("findpost") != std::string_view::npos;
    return link || (node.is("font") && node.attr_or("color").starts_with("#999"));
  }

  // The words of an element that may be the line over a quote; empty when there is more in it than in any.
  static std::string short_line(Node node) {
    constexpr std::size_t kLongest = 500;  // bytes
    constexpr int kMostNodes = 100;
    std::size_t bytes = 0;
    int nodes = 0;
    for (Node inner = node.first_child(); inner; inner = inner.next_in(node)) {
      bytes += inner.value().size();
      if (++nodes > kMostNodes || bytes > kLongest) return {};
    }
    return dom::text_of(node);
  }

  // The line over a quote, when it is an element of its own: a link to the quoted post, or in the grey of X.
  // 7.x, X1.5 and X2 have it behind the words: then it is the last thing in the box.
  Node quote_head(Node box) {
    Node line;
    bool words = false;
    for (Node node = box.first_child(); node;) {
      if (node.is_text() && !strip(node.value()).empty()) {
        words = true;
        line = {};
      }
      if (node.has_class("quote")) {
        words = true;
        line = {};
        node = node.next_skipping(box);
        continue;
      }
      const bool found = is_quote_line(node) && read_quote_head(context_, short_line(node), hints_);
      if (found) line = node;
      if (found && !words) return line;
      node = found ? node.next_skipping(box) : node.next_in(box);
    }
    return line;
  }

  // Takes away each gap together with the brackets around it or the size behind it.
  void close_gaps() {
    constexpr std::size_t kLongestSize = 40;
    const std::string_view text = post_.text;
    std::string closed;
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] != kGap) {
        closed += text[at++];
        continue;
      }
      ++at;
      at += size_suffix(text.substr(at, kLongestSize));
      while (closed.ends_with(' ')) closed.pop_back();
      const std::size_t next = std::min(text.find_first_not_of(' ', at), text.size());
      if (closed.ends_with('[') && text.substr(next).starts_with(']')) {
        closed.pop_back();
        at = next + 1;
      }
      closed += ' ';
    }
    TextLines lines;
    lines.append_preformatted(closed);
    post_.text = lines.take();
  }

  const Context& context_;
  const BodyHints& hints_;
  Post& post_;
  Players players_;
  bool hidden_ = false;
  int gaps_ = 0;
  int nesting_ = 0;          // of quotes and boxes around what is being read
  std::size_t box_end_ = 0;  // the end tag found last, behind all places before it
};

}  // namespace

bool read_message_body(const Context& context, Node message, const BodyHints& hints, Post& post) {
  return BodyReader(context, hints, post).read(message);
}

}  // namespace boardwalk::parsers::discuz
