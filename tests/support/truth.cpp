#include "tests/support/truth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "tests/support/json_text.hpp"
#include "tests/support/special.hpp"

namespace boardwalk::sample {
namespace {

// One line: fields in the order in which they are set.
class Line {
 public:
  Line& text(const char* name, std::string_view value) { return raw(name, json_text(value)); }
  Line& text_or_null(const char* name, std::string_view value) {
    return value.empty() ? raw(name, "null") : text(name, value);
  }
  Line& number(const char* name, std::int64_t value) { return raw(name, std::to_string(value)); }
  Line& number_or_null(const char* name, std::int64_t value) {
    return value == 0 ? raw(name, "null") : number(name, value);
  }
  Line& flag(const char* name, bool value) { return raw(name, value ? "true" : "false"); }
  Line& raw(const char* name, std::string_view json) {
    out_ += out_.empty() ? "{" : ",";
    out_ += fmt::format("\"{}\":", name);
    out_ += json;
    return *this;
  }
  [[nodiscard]] std::string done() const { return out_ + "}"; }

 private:
  std::string out_;
};

class File {
 public:
  File(const std::filesystem::path& directory, const char* name) : path_(directory / name), out_(path_) {
    check();
  }
  void add(const Line& line) {
    out_ << line.done() << '\n';
    check();
  }

 private:
  void check() {
    if (!out_) throw std::runtime_error(fmt::format("cannot write {}", path_.string()));
  }

  std::filesystem::path path_;
  std::ofstream out_;
};

const char* kind_name(BoardKind kind) {
  switch (kind) {
    case BoardKind::kCategory:
      return "group";
    case BoardKind::kSub:
      return "sub";
    default:
      return "forum";
  }
}

Line board_line(const Board& board) {
  Line line;
  line.number("fid", board.fid).text("name", board.name).text("type", kind_name(board.kind));
  line.number_or_null("parent", board.parent).text_or_null("description", board.description);
  // A locked board is listed with its name, a link board leads elsewhere: neither has a page of rows.
  line.flag("guest_visible", board.kind == BoardKind::kBoard || board.kind == BoardKind::kSub);
  line.flag("password", board.kind == BoardKind::kLocked).flag("redirect", board.kind == BoardKind::kLink);
  line.flag("jammer", board.jammer).flag("guest_attachments", board.open_attachments);
  return line;
}

std::string poll_json(const Model& model, const Thread& thread) {
  const SpecialFacts facts = special_facts(model, thread);
  if (facts.poll.empty()) return "null";
  std::string options;
  for (const PollChoice& choice : facts.poll) {
    options += fmt::format("{}[{},{}]", options.empty() ? "" : ",", json_text(choice.text), choice.votes);
  }
  return fmt::format(R"({{"multiple":{},"ended":{},"options":[{}]}})", facts.multiple ? 1 : 0, facts.ended,
                     options);
}

Line thread_line(const Model& model, const Thread& thread) {
  int comments = 0;
  for (const PostHead& head : thread.heads) comments += head.deleted ? 0 : comment_count(thread, head);
  Line line;
  line.number("tid", thread.tid).number("fid", thread.fid).text("subject", thread.subject);
  line.text_or_null("author", thread.author.name).number("authorid", thread.author.uid);
  line.flag("anonymous", thread.author.kind == AuthorKind::kAnonymous).number("dateline", thread.created_at);
  line.number("views", thread.views).number("replies", thread.replies).text_or_null("sticky", thread.sticky);
  line.number("digest", thread.digest).flag("closed", thread.closed).text_or_null("special", thread.special);
  line.number_or_null("typeid", thread.type_id).text_or_null("typename", thread.type);
  line.number("readperm", thread.read_permission)
      .number("price", 0)
      .number("highlight", thread.highlighted ? 1 : 0);
  line.number("lastpost", thread.last_at).text_or_null("lastposter", thread.last_by.name);
  line.flag("guest_visible", thread.guest_visible);
  line.flag("listed_for_guests", model.board(thread.fid)->kind != BoardKind::kLocked);
  line.number("pages", model.page_count(thread))
      .raw("poll", poll_json(model, thread))
      .number("comments", comments);
  line.number_or_null("moved_row", thread.moved_row);
  return line;
}

std::string quotes_json(const Post& post) {
  std::string out;
  for (const Quoted& quoted : post.quotes) {
    out += fmt::format(R"({}{{"author":{},"text":{}}})", out.empty() ? "" : ",", json_text(quoted.author),
                       json_text(quoted.text));
  }
  for (const Segment& segment : post.segments) {
    if (segment.kind != Segment::kBox) continue;
    out += fmt::format(R"({}{{"author":null,"text":{}}})", out.empty() ? "" : ",", json_text(segment.text));
  }
  return "[" + out + "]";
}

std::string ratings_json(const Post& post) {
  std::string out;
  for (const Rating& rating : post.ratings) {
    out += fmt::format(R"({}{{"by":{},"uid":{},"amount":{},"reason":{}}})", out.empty() ? "" : ",",
                       json_text(rating.by), rating.uid, rating.amount, json_text(rating.reason));
  }
  return "[" + out + "]";
}

Line post_line(const Post& post) {
  const bool locked_file = std::any_of(post.attachments.begin(), post.attachments.end(),
                                       [](const AttachedFile& file) { return !file.guest_visible; });
  Line line;
  line.number("pid", post.pid)
      .number("tid", post.tid)
      .number("fid", post.fid)
      .number("position", post.position);
  line.number("floor", post.floor).flag("is_first", post.first);
  line.text_or_null("author", post.author.name).number("authorid", post.author.uid);
  line.flag("anonymous", post.author.kind == AuthorKind::kAnonymous);
  line.flag("guest_author", post.author.kind == AuthorKind::kGuest);
  line.flag("deleted_author", post.author.kind == AuthorKind::kDeleted)
      .flag("banned_author", post.author.banned);
  line.number("dateline", post.posted_at).text_or_null("edited_by", post.edited_by);
  line.number_or_null("edited_at", post.edited_at).text("text", post.text).raw("quotes", quotes_json(post));
  line.flag("hidden_part", post.hidden_part)
      .flag("blocked", post.blocked)
      .flag("guest_visible", post.guest_visible);
  line.flag("has_attachment", !post.attachments.empty())
      .flag("attachment_prompt", locked_file)
      .flag("goods", false);
  line.raw("ratings", ratings_json(post));
  return line;
}

void add_goods(File& posts, const Thread& thread) {
  for (const Goods& goods : thread.goods) {
    Line line;
    line.number("pid", goods.pid).number("tid", thread.tid).number("fid", thread.fid).flag("goods", true);
    line.text("text", goods.name).flag("guest_visible", false);
    posts.add(line);
  }
}

void add_parts(File& comments, File& attachments, const Post& post) {
  for (std::size_t i = 0; i < post.comments.size(); ++i) {
    const Comment& comment = post.comments[i];
    Line line;
    line.number("id", comment.id)
        .number("tid", post.tid)
        .number("pid", post.pid)
        .text("author", comment.author);
    line.number("authorid", comment.uid).number("dateline", comment.posted_at).text("text", comment.text);
    line.number("order", static_cast<std::int64_t>(i) + 1).flag("on_thread_page", comment.on_thread_page);
    comments.add(line.flag("guest_visible", post.guest_visible));
  }
  for (const AttachedFile& file : post.attachments) {
    Line line;
    line.number("aid", file.aid).number("tid", post.tid).number("pid", post.pid).text("filename", file.name);
    line.number("filesize", file.bytes).flag("isimage", file.image).text("path", file.path);
    attachments.add(line.flag("guest_allowed", file.guest_visible));
  }
}

Line article_line(const Article& article) {
  std::string text;
  for (const std::string& paragraph : article.paragraphs) text += (text.empty() ? "" : "\n") + paragraph;
  Line line;
  line.number("id", article.id).text("path", article.path).text("title", article.title).text("text", text);
  line.text("section", article.section_name).text("source", article.source).text("author", article.author);
  line.text("editor", article.editor).number("published_at", article.published_at);
  line.number("modified_at", article.modified_at);
  return line.number_or_null("copy_of_pid", article.copy_of_pid)
      .number_or_null("mirror_of", article.mirror_of);
}

}  // namespace

void write_truth(const Model& model, const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  File boards(directory, "boards.jsonl");
  File threads(directory, "threads.jsonl");
  File posts(directory, "posts.jsonl");
  File comments(directory, "comments.jsonl");
  File attachments(directory, "attachments.jsonl");
  File articles(directory, "articles.jsonl");
  for (const Board& board : model.boards()) boards.add(board_line(board));
  for (const Thread& thread : model.threads()) {
    if (thread.removed) continue;
    threads.add(thread_line(model, thread));
    add_goods(posts, thread);
    for (const Post& post : model.posts(thread)) {
      posts.add(post_line(post));
      add_parts(comments, attachments, post);
    }
  }
  for (const Article& article : model.articles()) articles.add(article_line(article));
}

}  // namespace boardwalk::sample
