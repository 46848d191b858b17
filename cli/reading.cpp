#include "cli/reading.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include "store/json_codec.hpp"

namespace boardwalk::cli {
namespace {

std::string or_dash(const parsers::OptionalString& text) { return text.value_or("-"); }

std::string time_of(const std::optional<parsers::Moment>& moment) { return moment ? moment->rfc3339() : "-"; }

std::string number(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : "-"; }

// Each line of `text` behind `mark`.
std::string indented(std::string_view text, std::string_view mark) {
  std::string lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines += fmt::format("{}{}\n", mark, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string read_thread(const parsers::Thread& thread) {
  std::string text = fmt::format("{}\n{}\n", or_dash(thread.title), or_dash(thread.url));
  text += fmt::format("{} · by {} · {} · {} replies, {} views · {} posts archived{}\n",
                      or_dash(thread.board.name), or_dash(thread.author), time_of(thread.created_at),
                      number(thread.replies), number(thread.views), thread.posts_archived,
                      thread.complete ? "" : " (incomplete)");
  if (thread.poll)
    for (const auto& option : thread.poll->options)
      text += fmt::format("  [{}] {}\n", number(option.votes), option.text);
  return text;
}

std::string read_board(const parsers::Board& board) {
  return fmt::format("{}\n{}\n{} threads, {} posts\n", or_dash(board.name), or_dash(board.url),
                     number(board.threads), number(board.posts));
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "-" : text;
}

std::string read_article(const parsers::Article& article) {
  std::string text = fmt::format("{}\n{}\n", or_dash(article.title), article.url);
  text += fmt::format("{} · source {} · by {}\n", time_of(article.published_at), or_dash(article.source),
                      joined(article.authors));
  if (article.duplicate_of) text += fmt::format("duplicate of {}\n", *article.duplicate_of);
  return text + "\n" + article.text + "\n";
}

}  // namespace

std::string read_post(const parsers::Post& post) {
  std::string text =
      fmt::format("{} {} · {}{}\n", post.floor ? fmt::format("#{}", *post.floor) : "#-",
                  post.anonymous ? "(anonymous)" : or_dash(post.author), time_of(post.posted_at),
                  post.seen.version > 1 ? fmt::format(" · version {}", post.seen.version) : "");
  for (const auto& flag : post.flags) text += fmt::format("  [{}]\n", flag);
  for (const auto& quote : post.quotes)
    text += fmt::format("  > {}:\n{}", or_dash(quote.author), indented(quote.text, "  > "));
  text += indented(post.text, "  ");
  for (const auto& image : post.images) text += fmt::format("  [image {}]\n", image.url);
  for (const auto& file : post.attachments)
    text +=
        fmt::format("  [attachment {}{}]\n", or_dash(file.name), file.needs_login ? ", members only" : "");
  if (post.edited_at || post.edited_by)
    text += fmt::format("  (edited by {} {})\n", or_dash(post.edited_by), time_of(post.edited_at));
  for (const auto& comment : post.comments)
    text += fmt::format("    - {}: {}\n", or_dash(comment.author), comment.text);
  if (post.duplicate_of) text += fmt::format("  (duplicate of {})\n", *post.duplicate_of);
  return text;
}

std::string read_record(std::string_view json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  const std::string kind = document.IsObject() && document.HasMember("kind") && document["kind"].IsString()
                               ? document["kind"].GetString()
                               : "";
  if (kind == "thread")
    if (const auto thread = store::thread_from_json(json)) return read_thread(*thread);
  if (kind == "post")
    if (const auto post = store::post_from_json(json)) return read_post(*post);
  if (kind == "article")
    if (const auto article = store::article_from_json(json)) return read_article(*article);
  if (kind == "board")
    if (const auto board = store::board_from_json(json)) return read_board(*board);
  return std::string(json) + "\n";
}

std::optional<std::string> page_url_of(std::string_view json) {
  rapidjson::Document document;
  document.Parse(json.data(), json.size());
  if (!document.IsObject() || !document.HasMember("page") || !document["page"].IsObject())
    return std::nullopt;
  const auto& page = document["page"];
  if (!page.HasMember("url") || !page["url"].IsString()) return std::nullopt;
  return std::string(page["url"].GetString(), page["url"].GetStringLength());
}

}  // namespace boardwalk::cli
