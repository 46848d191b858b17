#include "parsers/discuz/board_list.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "parsers/discuz/links.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// The N of an id like `category_N`, of whichever list it is the frame.
std::optional<std::string> list_number(Node node) {
  static constexpr std::array<std::string_view, 4> kHeads{"category_", "subforum_", "sub-forum_",
                                                          "sub_forum_"};
  const std::string_view id = node.id();
  for (const std::string_view head : kHeads)
    if (id.starts_with(head) && is_number(id.substr(head.size()))) return std::string(id.substr(head.size()));
  return std::nullopt;
}

bool is_heading(Node node) { return node.is("h1") || node.is("h2") || node.is("h3") || node.is("dt"); }

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.starts_with(word); });
}

// A board's sub-boards, moderators or last post: `子版块: `, `Moderators: `, `最后: `. Without a colon close behind
// them these words begin a description.
bool is_other_paragraph(std::string_view text) {
  static constexpr std::array<std::string_view, 11> kLabels{
      "子版", "子論", "子论", "版主", "分区版主", "分區版主", "斑竹", "Moderator", "Sub", "最后", "最後"};
  constexpr std::size_t kRestOfLabel = 8;  // `发表`, `-forums`
  return std::any_of(kLabels.begin(), kLabels.end(), [text](std::string_view label) {
    if (!text.starts_with(label)) return false;
    const std::string_view rest = text.substr(label.size());
    return std::min(rest.find(':'), rest.find("：")) <= kRestOfLabel;
  });
}

void append_numbers(std::string_view words, std::vector<std::int64_t>& numbers) {
  while (!words.empty()) {
    const std::size_t end = std::min({words.find('/'), words.find(", "), words.size()});
    if (const auto number = first_number(words.substr(0, end))) numbers.push_back(*number);
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

// `23 / 354`, `主题: 23, 帖数: 354`: two numbers of a cell, each exact when a title attribute says so.
std::vector<std::int64_t> numbers_in(Node cell) {
  std::vector<std::int64_t> numbers;
  for (Node node = cell.first_child(); node && numbers.size() < 4;) {
    const std::string_view title = node.attr_or("title");
    if (is_number(title)) {
      if (const auto number = first_number(title)) numbers.push_back(*number);
      node = node.next_skipping(cell);
      continue;
    }
    if (node.is_text()) append_numbers(node.value(), numbers);
    node = node.next_in(cell);
  }
  return numbers;
}

// Reads one list. What stands behind a board's name, up to the next one, is that board's.
class ListReader {
 public:
  ListReader(const Context& context, std::optional<std::string> parent, ParsedPage& page)
      : context_(context), parent_(std::move(parent)), page_(page) {}

  void read(Node list) {
    touch_ = list.id().starts_with("sub-") || list.id().starts_with("sub_");
    for (Node node = list.first_child(); node;) {
      const bool skip = node.is_element() && element(node);
      node = skip ? node.next_skipping(list) : node.next_in(list);
    }
    end();
  }

 private:
  // True when the node's descendants are done with.
  bool element(Node node) {
    const std::string_view name = node.name();
    if (name == "a") return link(node);
    if (current_ == kNone) return false;
    if (name == "p") return paragraph(node);
    if (name == "dd") return counts_or_last(node);
    if (name == "td" && (node.has_class("fl_i") || node.has_class("forumnums") || node.has_class("nums")))
      return counts(node);
    if (name == "td" &&
        (node.has_class("fl_by") || node.has_class("forumlast") || node.has_class("lastpost")))
      return last(node);
    return false;
  }

  // A link to a board in a heading, or to one not met so far, names a board; one in a paragraph is a
  // sub-board's.
  bool link(Node node) {
    const auto target = target_of(context_, node.attr_or("href"));
    if (!target || target->role != LinkRole::kBoard || !target->board_id) return true;
    if (touch_) return touch_board(node, *target->board_id);
    std::string name = dom::text_of(node);
    if (name.empty()) return true;
    if (!is_heading(node.parent()) && current_ != kNone &&
        page_.boards[current_].board_id == *target->board_id) {
      redirect_ = redirect_ || says_redirect(name);
      return true;
    }
    begin(node, *target->board_id, name);
    return true;
  }

  // The mobile template puts name, number of today and description into one link; in X3.4 the name is its own
  // text.
  bool touch_board(Node node, const std::string& fid) {
    const Node title = dom::find_class(node, "p", "mtit");
    std::string name;
    for (Node child : dom::children(title ? title : node))
      if (child.is_text()) name += child.value();
    if (strip(name).empty()) return true;
    begin(node, fid, std::string(strip(name)));
    if (const Node text = dom::find_class(node, "p", "mtxt")) {
      const std::string words = dom::text_of(text);
      redirect_ = says_redirect(words);
      page_.boards[current_].description = text_or_null(words);
    }
    return true;
  }

  static bool says_redirect(std::string_view words) {
    return begins_with_any(words, {"链接到外部", "鏈接到外部", "連結到外部", "連接到外部"});
  }

  void begin(Node node, const std::string& fid, std::string name) {
    end();
    Board board;
    board.site = context_.site;
    board.board_id = fid;
    board.parent_id = parent_;
    board.name = text_or_null(std::move(name));
    board.url = context_.absolute(node.attr_or("href"));
    board.page = context_.page;
    board.parser = discuz_parser_version();
    href_ = node.attr_or("href");
    described_ = false;
    current_ = page_.boards.size();
    page_.boards.push_back(std::move(board));
  }

  // Ends the current board.
  void end() {
    if (redirect_ && current_ != kNone) {
      note_link(context_, href_, LinkRole::kExternal, std::nullopt, page_);
      page_.boards.erase(page_.boards.begin() + static_cast<std::ptrdiff_t>(current_));
    } else if (current_ != kNone && page_.kind == PageKind::kBoard) {
      note_link(context_, href_, LinkRole::kSubBoard, std::nullopt, page_);
    }
    redirect_ = false;
    current_ = kNone;
  }

  bool paragraph(Node node) {
    const std::string words = dom::text_of(node);
    if (begins_with_any(words, {"主题:", "主題:", "主题：", "主題：", "Threads:"})) return counts(node);
    if (node.has_class("xg2") || !is_other_paragraph(words)) {
      if (!described_) page_.boards[current_].description = text_or_null(words);
      described_ = true;
      return true;
    }
    for (Node link : dom::find_tags(node, "a")) sub_board(link);
    return true;
  }

  void sub_board(Node link) {
    const auto target = target_of(context_, link.attr_or("href"));
    std::string name = dom::text_of(link);
    if (!target || target->role != LinkRole::kBoard || !target->board_id || name.empty()) return;
    Board board;
    board.site = context_.site;
    board.board_id = *target->board_id;
    board.parent_id = page_.boards[current_].board_id;
    board.name = std::move(name);
    board.url = context_.absolute(link.attr_or("href"));
    board.page = context_.page;
    board.parser = discuz_parser_version();
    page_.boards.push_back(std::move(board));
    note_link(context_, link.attr_or("href"), LinkRole::kSubBoard, std::nullopt, page_);
  }

  bool counts(Node cell) {
    Board& board = page_.boards[current_];
    for (const std::int64_t number : numbers_in(cell)) {
      if (!board.threads) {
        board.threads = number;
      } else if (!board.posts) {
        board.posts = number;
      }
    }
    return true;
  }

  // The grid layout: `主题: 5, 帖数: 10`, then the last post.
  bool counts_or_last(Node item) {
    const std::string words = dom::text_of(item);
    if (!begins_with_any(words, {"主题", "主題", "Threads"})) return last(item);
    return counts(item);
  }

  // In place of the last post, a board that leads elsewhere has a link to itself that says so.
  bool last(Node cell) {
    for (Node node : dom::find_tags(cell, "a")) {
      if (!says_redirect(dom::text_of(node))) continue;
      const auto target = target_of(context_, node.attr_or("href"));
      if (target && target->role == LinkRole::kBoard && target->board_id == page_.boards[current_].board_id)
        redirect_ = true;
    }
    return true;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  const Context& context_;
  std::optional<std::string> parent_;
  ParsedPage& page_;
  std::size_t current_ = kNone;
  std::string_view href_;
  bool touch_ = false;
  bool described_ = false;
  bool redirect_ = false;
};

// Appends the category that a heading names, and says which it is.
std::optional<std::string> read_category(const Context& context, Node link, ParsedPage& page) {
  if (!is_heading(link.parent())) return std::nullopt;
  const auto url = resolve_url(context.base, link.attr_or("href"), context.charset);
  if (!url || url->site() != context.site) return std::nullopt;
  const Request request = read_request(*url);
  std::string gid = leading_number(request.value("gid"));
  std::string name = dom::text_of(link);
  const bool front = request.script == "forum.php" || request.script == "index.php";
  if (!front || gid.empty() || name.empty()) return std::nullopt;
  Board board;
  board.site = context.site;
  board.board_id = gid;
  board.name = std::move(name);
  board.url = url->str();
  board.page = context.page;
  board.parser = discuz_parser_version();
  page.boards.push_back(std::move(board));
  return gid;
}

}  // namespace

void read_board_lists(const Context& context, Node root, ParsedPage& page) {
  std::optional<std::string> category;
  if (page.kind == PageKind::kBoard && !page.boards.empty()) category = page.boards.front().board_id;
  for (Node node = root.first_child(); node;) {
    const auto number = node.is_element() ? list_number(node) : std::nullopt;
    const bool table = node.is("table") && node.has_class("fl_tb");
    const bool bare = !number && (table || node.id() == "subforum");  // 7.x and 6.x give theirs no number
    if (number || bare) {
      ListReader(context, number && *number != "0" ? number : category, page).read(node);
      node = node.next_skipping(root);
      continue;
    }
    if (node.is("a"))
      if (auto gid = read_category(context, node, page)) category = std::move(gid);
    node = node.next_in(root);
  }
}

std::optional<std::int64_t> count_in(Node element) {
  const auto numbers = numbers_in(element);
  return numbers.empty() ? std::nullopt : std::optional(numbers.front());
}

}  // namespace boardwalk::parsers::discuz
