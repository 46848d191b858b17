#include "random_records.hpp"

#include <array>
#include <string>

#include "parsers/digest.hpp"

namespace boardwalk::store {

using namespace std::string_literals;

std::string RandomRecords::text() {
  static const std::array kPieces{"a"s,
                                  "\""s,
                                  "\\"s,
                                  "/"s,
                                  "\n"s,
                                  "\t"s,
                                  "\r\n"s,
                                  "\b\f"s,
                                  "\x01"s,
                                  "\x1f"s,
                                  "\0"s,
                                  "\x7f"s,
                                  "港口"s,
                                  "é"s,
                                  "🚢"s,
                                  "\u2028"s,
                                  "\u2029"s,
                                  "\ufeff"s,
                                  "</script>"s,
                                  "\"text\":null"s,
                                  "\"duplicate_of\":null"s,
                                  "\\u0041"s,
                                  "{"s,
                                  " "s};
  std::string text;
  for (int n = below(8); n > 0; --n)
    text += kPieces[static_cast<std::size_t>(below(static_cast<int>(kPieces.size())))];
  return text;
}

std::string RandomRecords::digest() { return parsers::sha256_hex(text()); }

parsers::Moment RandomRecords::exact_moment() {
  if (coin())
    return *parsers::make_moment(2000 + below(40), 1 + below(12), 1 + below(28), 0, 0, 0,
                                 parsers::Precision::kDay, std::nullopt);
  return *parsers::make_moment(2000 + below(40), 1 + below(12), 1 + below(28), below(24), below(60),
                               below(60), parsers::Precision::kSecond, (below(52) - 24) * 30);
}

parsers::Moment RandomRecords::moment() {
  parsers::Moment moment = exact_moment();
  if (moment.offset_minutes && coin()) {
    moment.local_seconds -= moment.local_seconds % 60;
    moment.precision = parsers::Precision::kMinute;
  }
  return moment;
}

parsers::PageRef RandomRecords::page() {
  return {text(), 1'700'000'000 + below(1'000'000), coin() ? digest() : ""s};
}

parsers::Provenance RandomRecords::seen() {
  return {1 + below(9), below(2'000'000'000), 1 + below(2'000'000'000),
          maybe([&] { return std::int64_t{1} + below(2'000'000'000); })};
}

parsers::Board RandomRecords::board() {
  parsers::Board board;
  const auto string = [&] { return text(); };
  board.site = "bbs.test:8080";
  board.board_id = id();
  board.parent_id = maybe([&] { return id(); });
  board.name = maybe(string);
  board.description = maybe(string);
  board.threads = maybe([&] { return std::int64_t{1} << below(62); });
  board.posts = maybe([&] { return std::int64_t{below(1000)}; });
  board.url = maybe(string);
  board.page = page();
  board.parser = text();
  return board;
}

parsers::Thread RandomRecords::thread() {
  parsers::Thread thread;
  const auto string = [&] { return text(); };
  const auto number = [&] { return std::int64_t{below(100'000)}; };
  const auto small = [&] { return below(4); };
  thread.url = maybe(string);
  thread.site = "bbs.test";
  thread.software = maybe(string);
  thread.board = {maybe([&] { return id(); }), maybe(string)};
  thread.thread_id = id();
  thread.title = maybe(string);
  thread.type = maybe(string);
  thread.author = maybe(string);
  thread.author_id = maybe([&] { return id(); });
  thread.created_at = maybe([&] { return exact_moment(); });
  thread.replies = maybe(number);
  thread.views = maybe(number);
  thread.last_reply_at = maybe([&] { return exact_moment(); });
  thread.last_reply_by = maybe(string);
  thread.pages = maybe(small);
  thread.sticky = maybe([&] { return coin() ? "global"s : "board"s; });
  thread.digest = maybe(small);
  thread.closed = maybe([&] { return coin(); });
  thread.special = maybe([&] { return coin() ? "poll"s : "debate"s; });
  thread.poll = maybe([&] {
    return parsers::Poll{list([&] {
                           return parsers::PollOption{text(), maybe(number)};
                         }),
                         maybe([&] { return coin(); }), maybe([&] { return exact_moment(); })};
  });
  for (int n = below(3); n > 0; --n) thread.special_fields.emplace_back(std::to_string(n) + text(), text());
  thread.read_permission = maybe(small);
  thread.price = maybe(number);
  thread.posts_archived = below(100);
  thread.complete = coin();
  thread.seen = seen();
  thread.seen.version = 1;
  thread.page = page();
  thread.parser = text();
  thread.sort = maybe(string);
  thread.participants = maybe(number);
  thread.missing_pages = list([&] { return 1 + below(9); });
  thread.highlight = maybe([] { return 1; });
  return thread;
}

void RandomRecords::fill_lists(parsers::Post& post) {
  const auto string = [&] { return text(); };
  post.quotes = list([&] {
    return parsers::Quote{maybe(string), maybe([&] { return exact_moment(); }), text()};
  });
  post.links = list([&] { return link(); });
  post.images = list([&] { return image(); });
  post.attachments = list([&] {
    return parsers::Attachment{maybe(string), maybe(string), maybe(string), coin(),
                               maybe([&] { return std::int64_t{below(99)}; })};
  });
  post.comments = list([&] {
    return parsers::Comment{maybe(string), maybe(string), maybe([&] { return exact_moment(); }), text()};
  });
  post.ratings = list([&] {
    return parsers::Rating{maybe(string), maybe(string), maybe(string), maybe(string), maybe(string)};
  });
  post.flags = list(string);
  post.smilies = list(string);
  post.mentions = list(string);
  post.media = list([&] { return link(); });
}

parsers::Post RandomRecords::post() {
  parsers::Post post;
  const auto string = [&] { return text(); };
  post.site = "bbs.test";
  post.software = maybe(string);
  post.board = {maybe([&] { return id(); }), maybe(string)};
  post.thread_id = maybe([&] { return id(); });
  post.thread_title = maybe(string);
  post.post_id = id();
  post.floor = maybe([&] { return below(100); });
  post.first = coin();
  post.author = maybe(string);
  post.author_id = maybe(string);
  post.anonymous = coin();
  post.posted_at = maybe([&] { return moment(); });
  post.edited_at = maybe([&] { return exact_moment(); });
  post.edited_by = maybe(string);
  post.text = text();
  fill_lists(post);
  post.text_sha256 = maybe([&] { return digest(); });
  post.fold_sha256 = maybe([&] { return digest(); });
  post.duplicate_of = maybe(string);
  post.near_duplicate_of = maybe(string);
  post.similarity = maybe([&] { return below(1000) / 999.0; });
  post.seen = seen();
  post.page = page();
  post.parser = text();
  post.comments_paged = coin();
  return post;
}

parsers::Article RandomRecords::article() {
  parsers::Article article;
  const auto string = [&] { return text(); };
  article.url = "https://news.test/" + id() + ".html";
  article.canonical_url = maybe(string);
  article.site = "news.test";
  article.title = maybe(string);
  article.subtitle = maybe(string);
  article.authors = list(string);
  article.editor = maybe(string);
  article.source = maybe(string);
  article.section = maybe(string);
  article.published_at = maybe([&] { return moment(); });
  article.modified_at = maybe([&] { return exact_moment(); });
  article.keywords = list(string);
  article.language = maybe(string);
  article.text = text();
  article.links = list([&] { return link(); });
  article.images = list([&] { return image(); });
  article.text_sha256 = maybe([&] { return digest(); });
  article.fold_sha256 = maybe([&] { return digest(); });
  article.duplicate_of = maybe(string);
  article.near_duplicate_of = maybe(string);
  article.similarity = maybe([&] { return below(1000) / 999.0; });
  article.seen = seen();
  article.page = page();
  article.parser = text();
  article.charset = {maybe(string), text(), below(100)};
  article.part = maybe([&] { return 1 + static_cast<int>(below(9)); });
  article.pages = maybe([&] { return 2 + static_cast<int>(below(9)); });
  article.missing_pages = list([&] { return 1 + static_cast<int>(below(9)); });
  article.parts = list([&] { return page(); });
  return article;
}

}  // namespace boardwalk::store
