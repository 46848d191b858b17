#include "store/export/mbox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "store/export/mail_header.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::store {
namespace {

using parsers::Article;
using parsers::Moment;
using parsers::Post;

constexpr std::size_t kLongestLine = 998;    // RFC 5322 §2.1.1
constexpr std::size_t kMostReferences = 20;  // the first and the last ones; more helps no reader
constexpr std::size_t kBase64Line = 76;

std::string message_id(std::string_view kind, const std::string& id, const std::string& site) {
  return fmt::format("<{}.{}@{}>", kind, dot_atom(id), dot_atom(site));
}

// A message on its way into the mailbox.
class Message {
 public:
  Message(const std::string& sender, std::int64_t envelope_time)
      : text_(fmt::format("From {} {}\n", sender, envelope_date(envelope_time))) {}

  void field(std::string_view name, std::string_view value) { text_ += fmt::format("{}: {}\n", name, value); }

  void date(const std::optional<Moment>& moment) {
    if (!moment) return;
    field("Date", mail_date(*moment));
    if (moment->precision != parsers::Precision::kSecond)
      field("X-Boardwalk-Date-Precision", to_string(moment->precision));
  }

  void line(std::string_view text) { body_.append(text).append("\n"); }
  void lines(std::string_view text, std::string_view mark) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      body_.append(mark).append(text.substr(0, end)).append("\n");
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::string take() {
    field("MIME-Version", "1.0");
    field("Content-Type", "text/plain; charset=utf-8");
    field("Content-Transfer-Encoding", has_long_line() ? "base64" : "8bit");
    text_ += '\n';
    has_long_line() ? append_base64() : append_escaped();
    return std::move(text_) + '\n';
  }

 private:
  [[nodiscard]] bool has_long_line() const {
    std::size_t begin = 0;
    while (begin < body_.size()) {
      const std::size_t end = std::min(body_.find('\n', begin), body_.size());
      if (end - begin > kLongestLine) return true;
      begin = end + 1;
    }
    return false;
  }

  void append_base64() {
    const std::string encoded = base64(body_);
    for (std::size_t at = 0; at < encoded.size(); at += kBase64Line)
      text_.append(encoded, at, kBase64Line).append("\n");
  }

  // mboxrd: `>` before every line of `From ` behind any number of `>`.
  void append_escaped() {
    for (std::string_view rest = body_; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n') + 1);
      if (line.substr(std::min(line.find_first_not_of('>'), line.size())).starts_with("From ")) text_ += '>';
      text_ += line;
      rest.remove_prefix(line.size());
    }
  }

  std::string text_;
  std::string body_;
};

// Where each author's posts so far stand: the latest of all, of those without a time, and of each minute.
struct Latest {
  std::optional<std::size_t> any, untimed;
  std::unordered_map<std::int64_t, std::size_t> of_minute;
};
using Authors = std::unordered_map<std::string, Latest>;

void add(Authors& authors, const Post& post, std::size_t at) {
  if (!post.author) return;
  Latest& latest = authors[*post.author];
  latest.any = at;
  if (post.posted_at)
    latest.of_minute[post.posted_at->local_seconds / 60] = at;
  else
    latest.untimed = at;
}

// The latest of them that the post quotes; nullopt when it quotes none.
std::optional<std::size_t> quoted_by(const Post& post, const Authors& authors) {
  for (const auto& quote : post.quotes) {
    const auto author = quote.author ? authors.find(*quote.author) : authors.end();
    if (author == authors.end()) continue;
    const Latest& latest = author->second;
    if (!quote.posted_at) return latest.any;
    const auto same = latest.of_minute.find(quote.posted_at->local_seconds / 60);
    auto found = latest.untimed;
    if (same != latest.of_minute.end()) found = std::max(found, std::optional(same->second));
    if (found) return found;
  }
  return std::nullopt;
}

// The ids of the messages before each post in its line of answers, the opening post's first.
std::vector<std::vector<std::string>> references_of(const ThreadReading& reading) {
  const auto& posts = reading.posts;
  std::vector<std::vector<std::string>> all(posts.size());
  Authors before;
  for (std::size_t i = 0; i < posts.size(); ++i) {
    const auto parent = quoted_by(posts[i], before);
    add(before, posts[i], i);
    if (i == 0 && posts[i].first) continue;
    if (!parent) {
      all[i] = {posts.front().first ? message_id("post", posts.front().post_id, posts.front().site)
                                    : message_id("thread", reading.thread.thread_id, reading.thread.site)};
      continue;
    }
    all[i] = all[*parent];
    all[i].push_back(message_id("post", posts[*parent].post_id, posts[*parent].site));
    if (all[i].size() > kMostReferences) all[i].erase(all[i].begin() + 1);
  }
  return all;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const auto& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

std::string sender_of(const std::optional<std::string>& id, const std::string& site) {
  return fmt::format("{}@{}.invalid", id && !id->empty() ? dot_atom(*id) : "unknown", dot_atom(site));
}

void write_words(Message& message, const Post& post) {
  for (const auto& quote : post.quotes) {
    if (quote.author) message.line(*quote.author + ":");
    message.lines(quote.text, "> ");
    message.line("");
  }
  message.lines(post.text, "");
  for (const auto& image : post.images) message.line(fmt::format("[image {}]", image.url));
  for (const auto& file : post.attachments)
    message.line(fmt::format("[attachment {}]", file.name.value_or(file.url.value_or("without a name"))));
  for (const auto& link : post.links) message.line(fmt::format("[link {}]", link.url));
  if (!post.comments.empty()) message.line("");
  for (const auto& comment : post.comments)
    message.lines(fmt::format("{}: {}", comment.author.value_or("-"), comment.text), "  ");
}

std::string message_of(const ThreadReading& reading, const Post& post,
                       const std::vector<std::string>& references) {
  const std::string sender = sender_of(post.author_id, post.site);
  Message message(sender, post.posted_at ? post.posted_at->epoch() : post.page.fetched_at);
  const std::string title = reading.thread.title.value_or(post.thread_title.value_or(""));
  message.field("From", mailbox(post.author.value_or("anonymous"), sender));
  message.date(post.posted_at);
  message.field("Subject", header_text((references.empty() ? "" : "Re: ") + title));
  message.field("Message-ID", message_id("post", post.post_id, post.site));
  if (!references.empty()) {
    message.field("In-Reply-To", references.back());
    message.field("References", joined(references, "\n "));
  }
  if (post.board.id)
    message.field("List-Id", fmt::format("{} <board.{}.{}>", header_text(post.board.name.value_or("")),
                                         dot_atom(*post.board.id), dot_atom(post.site)));
  message.field("Archived-At", fmt::format("<{}>", post.page.url));
  message.field("X-Boardwalk-Id", record_id(post));
  if (post.duplicate_of) message.field("X-Boardwalk-Duplicate-Of", *post.duplicate_of);
  if (post.edited_at) message.field("X-Boardwalk-Edited", post.edited_at->rfc3339());
  write_words(message, post);
  return message.take();
}

std::string message_of(const Article& article) {
  const std::string sender = sender_of(std::nullopt, article.site);
  Message message(sender, article.published_at ? article.published_at->epoch() : article.page.fetched_at);
  const std::string authors = joined(article.authors, ", ");
  const std::string id = record_id(article);
  message.field("From", mailbox(authors.empty() ? article.source.value_or(article.site) : authors, sender));
  message.date(article.published_at);
  message.field("Subject", header_text(article.title.value_or("")));
  message.field("Message-ID", message_id("article", id.substr(id.rfind('/') + 1), article.site));
  message.field("Archived-At", fmt::format("<{}>", article.url));
  message.field("X-Boardwalk-Id", id);
  if (article.duplicate_of) message.field("X-Boardwalk-Duplicate-Of", *article.duplicate_of);
  message.lines(article.text, "");
  return message.take();
}

}  // namespace

bool Mbox::add(const ThreadReading& reading) {
  const auto references = references_of(reading);
  for (std::size_t i = 0; i < reading.posts.size(); ++i)
    if (!write_(message_of(reading, reading.posts[i], references[i]))) return false;
  return true;
}

bool Mbox::add(const ArticleReading& reading) { return write_(message_of(reading.article)); }

}  // namespace boardwalk::store
