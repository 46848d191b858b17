#include "cli/record_text.hpp"

#include <fmt/format.h>

#include "cli/terminal.hpp"
#include "cli/text_width.hpp"
#include "cli/word_diff.hpp"
#include "store/export/page_words.hpp"
#include "store/json_codec.hpp"
#include "store/json_field.hpp"
#include "store/shallow_document.hpp"

namespace boardwalk::cli {
namespace {

constexpr std::size_t kWidest = 100;  // columns of running text: longer lines are hard to follow
constexpr std::size_t kUnbounded = std::size_t{1} << 30;

std::string or_dash(const parsers::OptionalString& text) { return text.value_or("-"); }

// Running text behind a mark, in lines that fit.
std::string lines_of(std::string_view text, std::string_view mark) {
  return wrapped(shown(text), mark, on_terminal() ? std::min(terminal_width(), kWidest) : kUnbounded);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " · ") + shown(word);
  return text;
}

std::string head(std::string_view title, const std::string& url, const std::string& facts) {
  return fmt::format("{}\n{}\n{}\n", styled(Style::kTitle, shown(title)), shown(url),
                     styled(Style::kFaint, facts));
}

std::string thread_text(const parsers::Thread& thread) {
  const auto number = [](const auto& value) { return value ? std::to_string(*value) : "-"; };
  const std::string facts =
      fmt::format("{} · by {} · {} · {} replies, {} views · {} posts archived{}",
                  shown(or_dash(thread.board.name)), shown(or_dash(thread.author)),
                  thread.created_at ? thread.created_at->rfc3339() : "-", number(thread.replies),
                  number(thread.views), thread.posts_archived, thread.complete ? "" : " (incomplete)") +
      (thread.seen.gone_at ? " · gone since " + parsers::utc_rfc3339(*thread.seen.gone_at) : "");
  std::string text = head(or_dash(thread.title), or_dash(thread.url), facts);
  if (thread.poll)
    for (const auto& option : thread.poll->options)
      text += fmt::format("  [{}] {}\n", number(option.votes), shown(option.text));
  for (const auto& [label, value] : thread.special_fields)
    text += fmt::format("  {}: {}\n", shown(label), shown(value));
  return text;
}

std::string board_text(const parsers::Board& board) {
  const auto number = [](const auto& value) { return value ? std::to_string(*value) : "-"; };
  return head(or_dash(board.name), or_dash(board.url),
              fmt::format("{} threads, {} posts", number(board.threads), number(board.posts)));
}

std::string likeness(const parsers::OptionalString& duplicate_of,
                     const parsers::OptionalString& near_duplicate_of) {
  std::string text;
  if (duplicate_of) text += styled(Style::kFaint, fmt::format("  (duplicate of {})\n", shown(*duplicate_of)));
  if (near_duplicate_of)
    text += styled(Style::kFaint, fmt::format("  (nearly {})\n", shown(*near_duplicate_of)));
  return text;
}

std::string article_text(const parsers::Article& article) {
  std::string text = head(or_dash(article.title), article.url, joined(store::facts_of(article)));
  text += likeness(article.duplicate_of, article.near_duplicate_of) + "\n";
  if (article.subtitle) text += lines_of(*article.subtitle, "") + "\n";
  return text + lines_of(article.text, "");
}

std::string quotes_text(const parsers::Post& post) {
  std::string text;
  for (const auto& quote : post.quotes) {
    std::string from = or_dash(quote.author);
    if (quote.posted_at) from += " · " + store::printed(*quote.posted_at);
    text += styled(Style::kQuote, fmt::format("  > {}:\n{}", shown(from), lines_of(quote.text, "  > ")));
  }
  return text;
}

std::string files_text(const parsers::Post& post) {
  std::string text;
  for (const auto& image : post.images) text += fmt::format("  [image {}]\n", shown(image.url));
  for (const auto& file : post.attachments)
    text += fmt::format("  [attachment {}{}{}]\n", shown(or_dash(file.name)),
                        file.size ? ", " + shown(*file.size) : "", file.needs_login ? ", members only" : "");
  for (const auto& media : post.media) text += fmt::format("  [media {}]\n", shown(media.url));
  for (const auto& link : post.links) text += fmt::format("  [link {}]\n", shown(link.url));
  return text;
}

// A post's or article's current text against the one before.
std::string change_text(std::string_view before, std::string_view after) {
  std::string marked;
  for (const auto& piece : word_diff(before, after)) {
    const std::string text = shown(piece.text);
    if (piece.change == Change::kKept)
      marked += text;
    else if (with_colours())
      marked += styled(piece.change == Change::kAdded ? Style::kAdded : Style::kRemoved, text);
    else
      marked += piece.change == Change::kAdded ? "{+" + text + "+}" : "[-" + text + "-]";
  }
  std::string lines;
  for (std::string_view rest = marked; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.append("  ").append(rest.substr(0, end)).append("\n");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

std::string text_of(const std::string& json) { return store::text_field(json, "text").value_or(""); }

}  // namespace

std::string post_text(const parsers::Post& post) {
  std::string text = styled(Style::kFloor, post.floor ? fmt::format("#{}", *post.floor) : "#-");
  text += ' ' + styled(Style::kTitle, post.anonymous ? "(anonymous)" : shown(or_dash(post.author)));
  text += " · " + (post.posted_at ? post.posted_at->rfc3339() : "-");
  if (post.seen.version > 1) text += fmt::format(" · version {}", post.seen.version);
  if (post.seen.gone_at) text += " · gone since " + parsers::utc_rfc3339(*post.seen.gone_at);
  text += '\n';
  for (const auto& flag : post.flags) text += fmt::format("  [{}]\n", shown(flag));
  text += quotes_text(post) + lines_of(post.text, "  ") + files_text(post);
  if (post.edited_at || post.edited_by)
    text += styled(Style::kFaint, fmt::format("  (edited by {} {})\n", shown(or_dash(post.edited_by)),
                                              post.edited_at ? post.edited_at->rfc3339() : "-"));
  for (const auto& rating : post.ratings) text += fmt::format("    * {}\n", shown(store::words_of(rating)));
  for (const auto& comment : post.comments)
    text += lines_of(fmt::format("- {}: {}", or_dash(comment.author), comment.text), "    ");
  return text + likeness(post.duplicate_of, post.near_duplicate_of);
}

std::string changes_text(const std::vector<std::string>& versions) {
  std::string text;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const std::string seen = store::text_field(versions[i], "last_seen").value_or("-");
    text += styled(Style::kFaint, fmt::format("  version {} · last seen {}\n", i + 1, seen));
    text += i == 0 ? lines_of(text_of(versions[0]), "  ")
                   : change_text(text_of(versions[i - 1]), text_of(versions[i]));
  }
  return text;
}

std::string counters_text(const std::vector<store::CountersAt>& counters) {
  const auto number = [](const auto& value) { return value ? std::to_string(*value) : "-"; };
  std::string text, before;
  for (const auto& at : counters) {
    std::string now = fmt::format("{} replies, {} views", number(at.replies), number(at.views));
    if (now == before) continue;
    text += styled(Style::kFaint, fmt::format("  {} · {}\n", parsers::utc_rfc3339(at.at), now));
    before = std::move(now);
  }
  return text;
}

std::string visit_text(const store::Visit& visit, bool same) {
  std::string text = styled(Style::kFloor, parsers::utc_rfc3339(visit.fetched_at / 1000));
  text += fmt::format(" · {} · {}", visit.run > 0 ? fmt::format("run {}", visit.run) : "merged",
                      to_string(visit.outcome));
  if (visit.status != 0) text += fmt::format(" · status {}", visit.status);
  text += fmt::format(" · {} bytes in {} ms\n  {}\n", visit.bytes, visit.milliseconds, shown(visit.url));
  if (!visit.detail.empty()) text += fmt::format("  {}\n", shown(visit.detail));
  if (!visit.page_kind.empty())
    text += fmt::format("  a page of kind {}{}\n", visit.page_kind,
                        visit.content_sha256.empty() ? ", without records"
                        : same                       ? ", with the records of the fetch before"
                                                     : "");
  if (!visit.sha256.empty()) text += styled(Style::kFaint, fmt::format("  sha256 {}\n", visit.sha256));
  return text;
}

std::string record_text(std::string_view json) {
  store::ShallowDocument document;
  document.parse(json);
  const std::string kind = document.IsObject() && document.HasMember("kind") && document["kind"].IsString()
                               ? document["kind"].GetString()
                               : "";
  if (kind == "thread")
    if (const auto thread = store::thread_from_json(json)) return thread_text(*thread);
  if (kind == "post")
    if (const auto post = store::post_from_json(json)) return post_text(*post);
  if (kind == "article")
    if (const auto article = store::article_from_json(json)) return article_text(*article);
  if (kind == "board")
    if (const auto board = store::board_from_json(json)) return board_text(*board);
  return shown(json) + "\n";
}

std::optional<std::string> page_url_of(std::string_view json) {
  store::ShallowDocument document;
  document.parse(json);
  if (!document.IsObject() || !document.HasMember("page") || !document["page"].IsObject())
    return std::nullopt;
  const auto& page = document["page"];
  if (!page.HasMember("url") || !page["url"].IsString()) return std::nullopt;
  return std::string(page["url"].GetString(), page["url"].GetStringLength());
}

}  // namespace boardwalk::cli
