#include "store/export/page_words.hpp"

#include <fmt/format.h>

namespace boardwalk::store {
namespace {

void add_count(std::vector<std::string>& facts, const std::optional<std::int64_t>& count,
               std::string_view what) {
  if (count) facts.push_back(fmt::format("{} {}", *count, what));
}

std::string names_of(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string gone_since(std::int64_t at) { return "gone since " + parsers::utc_rfc3339(at).substr(0, 10); }

}  // namespace

std::string printed(const parsers::Moment& moment) {
  parsers::Moment whole = moment;
  whole.precision = parsers::Precision::kSecond;
  if (!whole.offset_minutes) whole.offset_minutes = 0;
  std::string text = whole.rfc3339();
  text[10] = ' ';
  switch (moment.precision) {
    case parsers::Precision::kSecond:
      // Records keep no precision of a thread's times: digits that are zero may not have been printed.
      return text.substr(0, text.substr(17, 2) == "00" ? 16 : 19);
    case parsers::Precision::kMinute:
      return text.substr(0, 16);
    case parsers::Precision::kHour:
      return text.substr(0, 13) + "h";
    case parsers::Precision::kDay:
      return text.substr(0, 10);
  }
  return text;
}

std::string title_of(const parsers::Thread& thread) {
  return thread.title && !thread.title->empty() ? *thread.title : "Thread " + thread.thread_id;
}

std::string title_of(const parsers::Article& article) {
  return article.title && !article.title->empty() ? *article.title : article.url;
}

std::string author_of(const parsers::Post& post) {
  if (post.anonymous) return "anonymous";
  return post.author.value_or("unknown");
}

std::vector<std::string> marks_of(const parsers::Post& post) {
  std::vector<std::string> marks;
  if (post.edited_at || post.edited_by)
    marks.push_back(fmt::format("edited{}{}", post.edited_at ? " " + printed(*post.edited_at) : "",
                                post.edited_by ? " by " + *post.edited_by : ""));
  if (post.seen.version > 1) marks.push_back(fmt::format("version {}", post.seen.version));
  if (post.seen.gone_at) marks.push_back(gone_since(*post.seen.gone_at));
  for (std::string flag : post.flags) {
    for (auto& c : flag) c = c == '_' ? ' ' : c;
    marks.push_back(std::move(flag));
  }
  return marks;
}

std::string words_of(const parsers::Rating& rating) {
  std::string text = rating.unit.value_or("");
  if (rating.amount) text += (text.empty() ? "" : " ") + *rating.amount;
  if (rating.by) text += " by " + *rating.by;
  if (rating.reason && !rating.reason->empty()) text += ": " + *rating.reason;
  return text;
}

std::vector<std::string> facts_of(const parsers::Thread& thread) {
  std::vector<std::string> facts;
  if (thread.author) facts.push_back("by " + *thread.author);
  if (thread.created_at) facts.push_back(printed(*thread.created_at));
  if (thread.type) facts.push_back(*thread.type);
  add_count(facts, thread.replies, "replies");
  add_count(facts, thread.views, "views");
  add_count(facts, thread.posts_archived, "posts archived");
  if (!thread.complete) facts.emplace_back("not read whole");
  if (thread.closed.value_or(false)) facts.emplace_back("closed");
  if (thread.seen.gone_at) facts.push_back(gone_since(*thread.seen.gone_at));
  return facts;
}

std::vector<std::string> facts_of(const parsers::Article& article) {
  std::vector<std::string> facts;
  if (article.published_at) facts.push_back(printed(*article.published_at));
  if (article.source) facts.push_back(*article.source);
  if (!article.authors.empty()) facts.push_back("by " + names_of(article.authors));
  if (article.editor) facts.push_back("edited by " + *article.editor);
  if (article.seen.version > 1) facts.push_back(fmt::format("version {}", article.seen.version));
  if (article.seen.gone_at) facts.push_back(gone_since(*article.seen.gone_at));
  return facts;
}

}  // namespace boardwalk::store
