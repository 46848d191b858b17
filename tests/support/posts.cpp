// The words of the posts: what each theme says at which position, and what any post may carry besides.
#include <algorithm>

#include "tests/support/model.hpp"
#include "tests/support/words.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::size_t kQuotedCharacters = 42;
constexpr int kCommentsOnPage = 5;

Segment words(std::string text) { return {.kind = Segment::kWords, .text = std::move(text)}; }
Segment line_end() { return {.kind = Segment::kBreak}; }

std::string first_characters(const std::string& text, std::size_t count) {
  std::size_t at = 0;
  for (std::size_t seen = 0; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && seen++ == count) break;
  }
  return at == text.size() ? text : text.substr(0, at) + " ...";
}

// Writes one post's segments; the dice are keyed by its pid, so that neighbours do not matter.
class Writer {
 public:
  Writer(const Model& model, const Thread& thread, const PostHead& head)
      : model_(model), thread_(thread), head_(head), dice_(model.options().seed, 7301, head.pid) {}

  std::vector<Segment> write() {
    if (head_.position == 1) {
      opening();
    } else {
      reply();
    }
    if (head_.edited_day > 0) amend();
    return std::move(out_);
  }

 private:
  void line(std::string text) {
    if (!out_.empty() && out_.back().kind == Segment::kWords) out_.push_back(line_end());
    out_.push_back(words(std::move(text)));
  }

  void opening() {
    switch (thread_.theme) {
      case Theme::kHidden:
        return hidden();
      case Theme::kMarkup:
        return markup();
      case Theme::kAttachments:
      case Theme::kOpenAttachments:
        return attached();
      default:
        break;
    }
    const int paragraphs = dice_.between(1, 3);
    for (int i = 0; i < paragraphs; ++i) {
      if (i > 0) out_.push_back(line_end());  // a blank line between paragraphs, as people type
      line(sentences(dice_, dice_.between(2, 4)));
    }
    if (dice_.chance(20)) trail();
  }

  void reply() {
    if (thread_.theme == Theme::kPlain && dice_.chance(8)) {
      line(short_reply(dice_));
      return;
    }
    if (dice_.chance(6)) {
      const Member& named = dice_.pick(model_.members());
      out_.push_back({.kind = Segment::kMention, .text = named.name, .number = named.uid});
      out_.push_back(words(" " + sentences(dice_, 2)));
    } else {
      line(sentences(dice_, dice_.between(2, 3)));
    }
    if (dice_.chance(30)) line(sentence(dice_));
    if (dice_.chance(20)) trail();
  }

  // What hangs at the end of a post: a smiley or a link.
  void trail() {
    if (dice_.chance(70)) {
      out_.push_back({.kind = Segment::kSmiley, .text = "smile" + std::to_string(dice_.between(1, 24))});
    } else {
      const std::string url = "http://www.example.org/note/" + std::to_string(dice_.between(100, 99999));
      out_.push_back(line_end());
      out_.push_back({.kind = Segment::kLink, .text = url, .url = url});
    }
  }

  void amend() {
    Dice dice(model_.options().seed, 7302, head_.pid, head_.edited_day);
    line("第" + std::to_string(head_.edited_day) + "天补记：" + sentence(dice));
  }

  void hidden() {
    line(sentence(dice_));
    out_.push_back(line_end());
    out_.push_back({.kind = Segment::kReplyToSee});
    out_.push_back(line_end());
    out_.push_back(words(sentence(dice_)));
    out_.push_back(line_end());
    out_.push_back({.kind = Segment::kCreditsToSee, .number = 300});
    out_.push_back(line_end());
    out_.push_back(words(sentence(dice_)));
  }

  void markup() {
    line("各种排版都试一遍：<b>不是标签</b>，A & B，\"引号\"，x < y。");
    out_.push_back(line_end());
    out_.push_back(
        {.kind = Segment::kCode,
         .items = {"#include <cstdio>", "int main() {", "    std::puts(\"" + pursuit(dice_) + "\");", "}"}});
    out_.push_back(line_end());
    out_.push_back(words("清单如下："));
    out_.push_back(line_end());
    out_.push_back({.kind = Segment::kList, .items = {thing(dice_), place(dice_), pursuit(dice_)}});
    out_.push_back(
        {.kind = Segment::kTable,
         .number = 2,
         .items = {"名称", "价钱", thing(dice_), std::to_string(dice_.between(5, 500)), thing(dice_), ""}});
    out_.push_back({.kind = Segment::kBox, .text = "老话：" + sentence(dice_)});
    out_.push_back(words("图在这里"));
    out_.push_back({.kind = Segment::kImage,
                    .url = "http://img.example.org/" + std::to_string(dice_.between(1, 999)) + ".gif"});
    out_.push_back(words("，脸在这里"));
    out_.push_back({.kind = Segment::kSmiley, .text = "smile7"});
    out_.push_back(line_end());
    // A browser sends what GBK lacks as a character reference, and Discuz escapes its ampersand.
    out_.push_back(words(model_.options().charset == Charset::kGbk ? "风车 &#127744; 转" : "风车 🌀 转"));
  }

  void attached() {
    line(sentence(dice_));
    out_.push_back(line_end());
    out_.push_back({.kind = Segment::kAttachment, .number = head_.pid * 10 + 1});
    out_.push_back(line_end());
    out_.push_back(words(sentence(dice_)));
  }

  const Model& model_;
  const Thread& thread_;
  const PostHead& head_;
  Dice dice_;
  std::vector<Segment> out_;
};

void quote(const Model& model, const Thread& thread, const PostHead& head, Post& post) {
  const bool talk =
      thread.theme == Theme::kPlain || thread.theme == Theme::kQuotes || thread.theme == Theme::kLong;
  Dice dice(model.options().seed, 7303, head.pid);
  if (!talk || head.position < 3 || !dice.chance(thread.theme == Theme::kQuotes ? 80 : 20)) return;
  PostHead original = thread.heads[dice.below(static_cast<std::size_t>(head.position - 1))];
  const Member& by = model.members()[static_cast<std::size_t>(original.member - 1)];
  original.edited_day = 0;  // quoted as it first stood
  const std::string text = plain_text(Writer(model, thread, original).write());
  const std::string line = text.substr(0, text.find('\n'));
  if (line.empty()) return;
  post.quotes.push_back(
      {original.pid, by.name, original.posted_at, first_characters(line, kQuotedCharacters)});
}

void note_first_edit(const Model& model, const PostHead& head, Post& post) {
  if (head.kind != AuthorKind::kMember) return;
  if (head.edited_day > 0) {
    post.edited_at = head.edited_at;
    post.edited_by = post.author.name;
    return;
  }
  Dice dice(model.options().seed, 7304, head.pid);
  if (!dice.chance(7)) return;
  post.edited_at = head.posted_at + dice.between(60, 840);
  post.edited_by = post.author.name;
}

void comment(const Model& model, const Thread& thread, const PostHead& head, Post& post) {
  const int count = comment_count(thread, head);
  for (int i = 0; i < count; ++i) {
    Dice dice(model.options().seed, 7305, head.pid, i);
    const Member& by = model.members()[13 + dice.below(model.members().size() - 13)];
    post.comments.push_back({static_cast<int>(head.pid) * 10 + count - i, by.name, by.uid,
                             head.posted_at + (count - i) * 61, sentence(dice), i < kCommentsOnPage});
  }
}

void rate(const Model& model, const Thread& thread, const PostHead& head, Post& post) {
  const int count = thread.theme == Theme::kComments && head.position == 1 ? 2
                    : thread.theme == Theme::kLong && head.position == 2   ? 1
                                                                           : 0;
  for (int i = 0; i < count; ++i) {
    Dice dice(model.options().seed, 7306, head.pid, i);
    const Member& by = model.members()[static_cast<std::size_t>(20 + i)];
    post.ratings.push_back({by.name, by.uid, dice.between(1, 5), i == 0 ? "有心了 & 很实在" : ""});
  }
}

void attach(const Model& model, const Thread& thread, const PostHead& head, Post& post) {
  const bool holds = thread.theme == Theme::kAttachments || thread.theme == Theme::kOpenAttachments;
  if (!holds || head.position > 2) return;
  const bool open = model.board(thread.fid)->open_attachments;
  const int aid = static_cast<int>(head.pid) * 10;
  Dice dice(model.options().seed, 7307, head.pid);
  const auto file = [&](int id, const std::string& name, bool image) {
    const std::string path =
        "data/attachment/forum/202405/" + std::to_string(id) + (image ? ".jpg" : ".attach");
    post.attachments.push_back({id, name, dice.between(20000, 900000), image, path, open});
  };
  if (head.position == 1) file(aid + 1, "river_" + std::to_string(dice.between(1, 99)) + ".jpg", true);
  file(aid + 2, "水位记录" + std::to_string(dice.between(1, 99)) + ".zip", false);
}

}  // namespace

int comment_count(const Thread& thread, const PostHead& head) {
  if (thread.theme != Theme::kComments) return 0;
  return head.position == 1 ? 3 : head.position == 2 ? 6 : 0;
}

std::vector<Post> Model::posts(const Thread& thread) const {
  std::vector<Post> out;
  int nth = 0;
  for (const PostHead& head : thread.heads) {
    if (head.deleted) continue;
    ++nth;
    Post post{.pid = head.pid, .tid = thread.tid, .fid = thread.fid, .position = head.position};
    post.floor = options_.renumber_floors ? nth : head.position;
    post.first = head.position == 1;
    post.author = author_of(head);
    post.posted_at = head.posted_at;
    post.blocked = thread.theme == Theme::kBlocked && head.position == 2;
    post.guest_visible = thread.guest_visible;
    if (head.kind == AuthorKind::kMember)
      post.signature = members_[static_cast<std::size_t>(head.member - 1)].signature;
    if (!post.silenced()) {
      post.segments = Writer(*this, thread, head).write();
      post.text = plain_text(post.segments);
      post.hidden_part = thread.theme == Theme::kHidden && post.first;
      quote(*this, thread, head, post);
      note_first_edit(*this, head, post);
      attach(*this, thread, head, post);
    }
    comment(*this, thread, head, post);
    rate(*this, thread, head, post);
    out.push_back(std::move(post));
  }
  return out;
}

}  // namespace boardwalk::sample
