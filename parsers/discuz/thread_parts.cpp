#include "parsers/discuz/thread_parts.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>

#include "parsers/contains.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/text.hpp"
#include "parsers/word_table.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// What a class says of its element, in words that no version uses for anything else.
enum class Mark {
  kAttachments,
  kAuthorBox,
  kCounters,
  kDenied,
  kInfo,
  kLocked,
  kMessage,
  kNotice,
  kPager,
  kPlainBox,
  kReward,
  kSpecial,
  kStand,
  kTypeOptions,
  kUnread,
};

constexpr WordTable kWords(std::to_array<KnownWord<Mark>>({
    {"act", Mark::kSpecial},
    {"attach_nopermission", Mark::kDenied},
    {"authi", Mark::kInfo},
    {"authorinfo", Mark::kInfo},
    {"dr", Mark::kSpecial},
    {"ds", Mark::kSpecial},
    {"hm", Mark::kCounters},
    {"locked", Mark::kLocked},
    {"modact", Mark::kUnread},
    {"notice", Mark::kNotice},
    {"p_pop", Mark::kUnread},
    {"pages", Mark::kPager},
    {"pattl", Mark::kAttachments},
    {"pdbts", Mark::kStand},
    {"pg", Mark::kPager},
    {"pi", Mark::kPlainBox},
    {"postattachlist", Mark::kAttachments},
    {"postauthor", Mark::kAuthorBox},
    {"posterinfo", Mark::kInfo},
    {"postinfo", Mark::kInfo},
    {"pti", Mark::kInfo},
    {"rwd", Mark::kReward},
    {"rwdbst", Mark::kSpecial},
    {"sign", Mark::kUnread},
    {"signatures", Mark::kUnread},
    {"t_bigfont", Mark::kMessage},
    {"t_f", Mark::kMessage},
    {"t_msgfont", Mark::kMessage},
    {"t_smallfont", Mark::kMessage},
    {"trdl", Mark::kSpecial},
    {"typeoption", Mark::kTypeOptions},
    {"userinfo", Mark::kUnread},
}));

std::optional<Mark> mark_of(std::string_view classes) {
  for (std::string_view word = dom::take_word(classes); !word.empty(); word = dom::take_word(classes)) {
    if (const Mark* mark = kWords.find(word)) return *mark;
  }
  return std::nullopt;
}

// Goods have a message without anything in it.
bool holds_anything(Node message) {
  for (Node node = message.first_child(); node; node = node.next_in(message)) {
    const bool bare = node.is_element() && is_one_of(node.name(), {"br", "p", "div", "span"});
    if (node.is_element() ? !bare : node.is_text() && !strip(node.value()).empty()) return true;
  }
  return false;
}

// Puts what a further element of a post holds to what the post has. One with words shows the whole post again,
// in its place, and counts: what stands on top may be an excerpt. One without them holds a part of the post.
void join(PostParts& post, const PostParts& more) {
  const bool again = holds_anything(more.message);
  const auto take = [](Node& its, Node other) {
    if (other) its = other;
  };
  const auto add = [again](std::vector<Node>& its, const std::vector<Node>& others) {
    if (again && !others.empty()) its.clear();
    its.insert(its.end(), others.begin(), others.end());
  };
  if (again) {
    post.place = more.place;
    post.container = more.container;
    post.message = more.message;
    take(post.author_link, more.author_link);
    add(post.author_boxes, more.author_boxes);
  }
  take(post.posted, more.posted);
  take(post.number, more.number);
  take(post.comments, more.comments);
  take(post.type_options, more.type_options);
  take(post.stand, more.stand);
  add(post.infos, more.infos);
  add(post.locked, more.locked);
  add(post.notices, more.notices);
  add(post.attachments, more.attachments);
  add(post.ratings, more.ratings);
  add(post.special, more.special);
  post.attachments_denied |= more.attachments_denied;
  post.warned |= more.warned;
}

class Collector {
 public:
  explicit Collector(Node root) : root_(root) {}

  ThreadParts collect() {
    for (Node node = root_.first_child(); node;) {
      while (!open_.empty() && open_.back().behind == node) close();
      if (node == behind_list_) passed_list_ = true;
      const bool descend = !node.is_element() || visit(node);
      node = descend ? node.next_in(root_) : node.next_skipping(root_);
    }
    while (!open_.empty()) close();
    const auto before = [](const PostParts& a, const PostParts& b) { return a.place < b.place; };
    if (!std::is_sorted(parts_.posts.begin(), parts_.posts.end(), before))
      std::sort(parts_.posts.begin(), parts_.posts.end(), before);
    return std::move(parts_);
  }

 private:
  struct Open {
    std::size_t post;
    Node behind;                    // the first node that is not in its container
    std::optional<PostParts> more;  // what stands here of a post that has its words already
  };

  PostParts* current() {
    if (open_.empty()) return nullptr;
    Open& last = open_.back();
    return last.more ? &*last.more : &parts_.posts[last.post];
  }

  void close() {
    if (const Open& last = open_.back(); last.more) join(parts_.posts[last.post], *last.more);
    open_.pop_back();
  }

  PostParts* known(std::string_view pid) {
    const auto found = by_pid_.find(pid);
    return found == by_pid_.end() ? nullptr : &parts_.posts[found->second];
  }

  // The post that a landmark with a number belongs to: the one of that number when it stands elsewhere on the
  // page, as in trees bent by a stray end tag, else the one around it, as numbers on pay threads are wrong.
  PostParts& owner(PostParts& around, std::string_view pid) {
    if (around.pid == pid) return around;
    PostParts* named = known(pid);
    return named != nullptr ? *named : around;
  }

  bool visit(Node node) {
    const std::string_view id = node.id();
    if (!id.empty() && opens_post(node, split_id(id))) return true;
    PostParts* post = current();
    return post == nullptr ? visit_outside(node, id) : visit_inside(node, id, *post);
  }

  bool opens_post(Node node, NumberedId id) {
    const std::string_view pid = id.number;
    if (pid.empty() || (id.name != "post_" && id.name != "pid")) return false;
    if (is_one_of(node.name(), {"a", "input", "img", "script", "form"})) return false;
    if (PostParts* around = current(); around != nullptr && around->pid == pid) return false;
    PostParts opened;
    opened.pid = pid;
    opened.place = ++openings_;
    opened.container = node;
    const auto [entry, is_new] = by_pid_.emplace(pid, parts_.posts.size());
    open_.push_back({entry->second, node.next_skipping(root_), std::nullopt});
    if (is_new)
      parts_.posts.push_back(std::move(opened));
    else if (parts_.posts[entry->second].message)
      open_.back().more = std::move(opened);
    const Node list = node.parent();
    behind_list_ = list.is("body") ? node.next_skipping(root_) : list.next_skipping(root_);
    passed_list_ = false;
    parts_.ended = false;
    return true;
  }

  bool visit_inside(Node node, std::string_view id, PostParts& post) {
    if (!id.empty())
      if (const auto descend = identified(node, id, post)) return *descend;
    const std::string_view name = node.name();
    if (name == "script" || name == "style") return false;
    const std::string_view classes = node.classes();
    if (!classes.empty())
      if (const auto mark = mark_of(classes)) return marked(node, *mark, post);
    if (name == "a") link(node, post);
    if (name == "fieldset" && is_rating_list(node)) {
      post.ratings.push_back(node);
      return false;
    }
    if (name == "input") jump(node);
    if (name == "h1" && parts_.posts.size() == 1 && !post.message) parts_.heading = node;
    return !is_hidden(node);
  }

  // What a landmark's id says: whether to read on inside it, or nullopt for an id that is none.
  std::optional<bool> identified(Node node, std::string_view id, PostParts& post) {
    if (const auto [name, pid] = split_id(id); !pid.empty()) {
      if (name == "postmessage_") return message(node, pid, post);
      if (name == "authorposton") {
        owner(post, pid).posted = node;
        return false;
      }
      if (name == "postnum" || name == "postnum_") {
        owner(post, pid).number = node;
        return false;
      }
      if (name == "comment_" && node.is("div")) {
        owner(post, pid).comments = node;
        return false;
      }
      if (name == "userinfo" && !node.is("a")) return false;
    }
    if (id.starts_with("rate_") && id.find('_', 5) != std::string_view::npos) {
      post.ratings.push_back(node);
      return false;
    }
    if (id == "poll" && node.is("form")) {
      post.special.push_back(node);
      return false;
    }
    return std::nullopt;
  }

  // A second body with the same number (goods have an empty one) adds nothing.
  bool message(Node node, std::string_view pid, PostParts& post) {
    const bool repeated = open_.back().more && pid != post.pid;
    PostParts& its = post.message || repeated ? owner(post, pid) : post;
    if (!its.message) its.message = node;
    return its.message != node;
  }

  bool marked(Node node, Mark mark, PostParts& post) {
    switch (mark) {
      case Mark::kMessage:
        if (post.message) return true;
        post.message = node;
        return false;
      case Mark::kLocked:
        post.locked.push_back(node);
        return false;
      case Mark::kNotice:
        post.notices.push_back(node);
        return false;
      case Mark::kDenied:
        post.attachments_denied = true;
        return false;
      case Mark::kAttachments:
        post.attachments.push_back(node);
        return false;
      case Mark::kReward:
        post.special.push_back(node);
        return true;
      case Mark::kSpecial:
        post.special.push_back(node);
        return false;
      case Mark::kTypeOptions:
        post.type_options = node;
        return false;
      case Mark::kStand:
        post.stand = node;
        return false;
      case Mark::kInfo:
        if (node.parent().has_class("postauthor")) post.author_boxes.push_back(node);
        post.infos.push_back(node);
        return true;
      case Mark::kAuthorBox:
      case Mark::kPlainBox:
        if (!post.message) post.author_boxes.push_back(node);
        return true;
      case Mark::kCounters:
        return true;
      case Mark::kPager:
      case Mark::kUnread:
        return false;
    }
    return true;
  }

  static bool is_rating_list(Node node) {
    const Node link = dom::find_tag(dom::find_tag(node, "legend"), "a");
    return link.attr_or("href").find("viewratings") != std::string_view::npos;
  }

  static void link(Node node, PostParts& post) {
    const std::string_view href = node.attr_or("href");
    if (href.find("viewwarning") != std::string_view::npos) post.warned = true;
    if (post.message || post.author_link || !is_profile(href)) return;
    if (!shown_text(node).empty()) post.author_link = node;
  }

  // The field that jumps to a floor says whose floors are counted.
  void jump(Node node) {
    const std::string_view action = node.attr_or("onkeyup");
    const std::size_t at = action.find("authorid=");
    if (at == std::string_view::npos || action.find("postno") == std::string_view::npos) return;
    const std::string_view digit = action.substr(at + 9, 1);
    if (!digit.empty() && digit.front() >= '1' && digit.front() <= '9') parts_.filtered_jump = true;
  }

  bool visit_outside(Node node, std::string_view id) {
    const std::string_view name = node.name();
    if (parts_.posts.empty()) return visit_head(node, name, id);
    if (passed_list_ || is_one_of(id, {"ft", "footer", "f_pst", "fastpostform", "modactions"}))
      parts_.ended = true;
    const auto mark = mark_of(node.classes());
    if (mark == Mark::kPager) parts_.pagers.push_back(node);
    return mark != Mark::kPager && name != "script";
  }

  bool visit_head(Node node, std::string_view name, std::string_view id) {
    if (id == "thread_subject" && !parts_.subject) parts_.subject = node;
    if ((id == "pt" || id == "nav") && !parts_.breadcrumb) parts_.breadcrumb = node;
    if (name == "h1") parts_.heading = node;
    if (name == "title" && !parts_.document_title) parts_.document_title = node;
    if (name == "link" && node.attr_or("rel") == "canonical") parts_.canonical = node;
    if (name == "script") parts_.scripts.push_back(node);
    if (name == "a") parts_.head_links.push_back(node);
    const auto mark = mark_of(node.classes());
    if (mark == Mark::kCounters && dom::find_class(node, "", "xi1")) counters(node);
    if (mark == Mark::kPager) parts_.pagers.push_back(node);
    return mark != Mark::kPager && name != "script" && name != "style";
  }

  // Of boxes in one another the innermost: pages are centred whole by this class.
  void counters(Node box) {
    std::vector<Node>& boxes = parts_.counters;
    if (!boxes.empty() && box.inside(boxes.back())) boxes.pop_back();
    boxes.push_back(box);
  }

  Node root_;
  ThreadParts parts_;
  std::map<std::string, std::size_t, std::less<>> by_pid_;
  std::vector<Open> open_;
  std::size_t openings_ = 0;
  Node behind_list_;  // the first node behind the list that holds the last post
  bool passed_list_ = false;
};

}  // namespace

ThreadParts find_parts(Node root) { return Collector(root).collect(); }

}  // namespace boardwalk::parsers::discuz
