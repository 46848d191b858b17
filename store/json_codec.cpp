#include "store/json_codec.hpp"

#include <algorithm>
#include <concepts>
#include <vector>

#include "parsers/page_key.hpp"
#include "parsers/url.hpp"
#include "store/json_text.hpp"

namespace boardwalk::store {
namespace {

using parsers::Moment;

// How much of a record is written.
struct Extent {
  bool lasting = false;                           // not what changes without the record having changed
  const parsers::Provenance* entering = nullptr;  // in the place of the record's own; it is a copy of nothing
};

// One object, written key by key.
class Json {
 public:
  explicit Json(const Extent& extent) : extent_(extent), text_(cleared()) { text_.start_object(); }

  // Valid until the next object of this thread.
  std::string_view end() {
    text_.end_object();
    return text_.view();
  }

  [[nodiscard]] const Extent& extent() const { return extent_; }

  template <typename T>
  void field(std::string_view name, const T& value) {
    text_.key(name);
    write(value);
  }

  // A field with a name that the page gave.
  void label(std::string_view name, std::string_view value) {
    text_.any_key(name);
    write(value);
  }

  // Our own times: UTC, absent when zero.
  void time(std::string_view name, std::int64_t epoch) {
    if (epoch == 0) return null(name);
    text_.key(name);
    text_.plain(parsers::utc_rfc3339(epoch));
  }

  void null(std::string_view name) {
    text_.key(name);
    text_.null();
  }

  template <typename Write>
  void object(std::string_view name, Write&& members) {
    text_.key(name);
    text_.start_object();
    members();
    text_.end_object();
  }

  // A list of objects: `members` is called for each item.
  template <typename Items, typename Write>
  void objects(std::string_view name, const Items& items, Write&& members) {
    text_.key(name);
    text_.start_array();
    for (const auto& item : items) {
      text_.start_object();
      members(item);
      text_.end_object();
    }
    text_.end_array();
  }

 private:
  // Kept from record to record, so that writing one allocates nothing.
  static JsonText& cleared() {
    thread_local JsonText text;
    text.clear();
    return text;
  }

  void write(std::string_view text) { text_.string(text); }
  void write(const std::string& text) { text_.string(text); }
  void write(const Moment& moment) { text_.plain(moment.rfc3339()); }
  void write(bool value) { text_.boolean(value); }
  void write(double value) { text_.real(value); }
  template <std::integral T>
  requires(!std::same_as<T, bool>) void write(T value) { text_.integer(value); }
  template <typename T>
  void write(const std::optional<T>& value) {
    value ? write(*value) : text_.null();
  }
  template <typename T>
  void write(const std::vector<T>& values) {
    text_.start_array();
    for (const auto& value : values) write(value);
    text_.end_array();
  }

  const Extent extent_;
  JsonText& text_;
};

void write_board_ref(Json& json, const parsers::BoardRef& board) {
  json.object("board", [&] {
    json.field("id", board.id);
    json.field("name", board.name);
  });
}

// A moment without an offset prints as a date, and is no more exact than that.
void write_precision(Json& json, std::string_view name, const std::optional<Moment>& moment) {
  if (!moment) return json.null(name);
  json.field(name, parsers::to_string(moment->offset_minutes ? moment->precision : parsers::Precision::kDay));
}

void write_links(Json& json, std::string_view name, const std::vector<parsers::TextLink>& links) {
  json.objects(name, links, [&](const parsers::TextLink& link) {
    json.field("url", link.url);
    json.field("text", link.text);
  });
}

void write_images(Json& json, const std::vector<parsers::Image>& images) {
  json.objects("images", images, [&](const parsers::Image& image) {
    json.field("url", image.url);
    json.field("alt", image.alt);
    json.field("caption", image.caption);
  });
}

template <typename Record>
void write_likeness(Json& json, const Record& record) {
  json.field("text_sha256", record.text_sha256);
  json.field("fold_sha256", record.fold_sha256);
  const bool enters = json.extent().entering != nullptr;
  json.field("duplicate_of", enters ? std::nullopt : record.duplicate_of);
  json.field("near_duplicate_of", enters ? std::nullopt : record.near_duplicate_of);
  json.field("similarity", enters ? std::nullopt : record.similarity);
}

const parsers::Provenance& sight_of(const Json& json, const parsers::Provenance& own) {
  return json.extent().entering != nullptr ? *json.extent().entering : own;
}

void write_seen(Json& json, const parsers::Provenance& own) {
  const parsers::Provenance& seen = sight_of(json, own);
  json.time("first_seen", json.extent().lasting ? 0 : seen.first_seen);
  json.time("last_seen", json.extent().lasting ? 0 : seen.last_seen);
  json.time("gone_at", seen.gone_at.value_or(0));
}

void write_page(Json& json, const parsers::PageRef& of) {
  static const parsers::PageRef kNone;
  const parsers::PageRef& page = json.extent().lasting ? kNone : of;
  json.field("url", page.url);
  json.time("fetched_at", page.fetched_at);
  page.sha256.empty() ? json.null("sha256") : json.field("sha256", page.sha256);
}

template <typename Record>
void write_source(Json& json, const Record& record) {
  json.object("page", [&] { write_page(json, record.page); });
  json.field("parser", json.extent().lasting ? std::string_view{} : std::string_view{record.parser});
}

void write_post_lists(Json& json, const parsers::Post& post) {
  json.objects("quotes", post.quotes, [&](const parsers::Quote& quote) {
    json.field("author", quote.author);
    json.field("posted_at", quote.posted_at);
    json.field("text", quote.text);
  });
  write_links(json, "links", post.links);
  write_images(json, post.images);
  json.objects("attachments", post.attachments, [&](const parsers::Attachment& attachment) {
    json.field("name", attachment.name);
    json.field("url", attachment.url);
    json.field("size", attachment.size);
    json.field("needs_login", attachment.needs_login);
    json.field("downloads", json.extent().lasting ? std::nullopt : attachment.downloads);
  });
  json.objects("comments", post.comments, [&](const parsers::Comment& comment) {
    json.field("author", comment.author);
    json.field("author_id", comment.author_id);
    json.field("posted_at", comment.posted_at);
    json.field("text", comment.text);
  });
  json.objects("ratings", post.ratings, [&](const parsers::Rating& rating) {
    json.field("by", rating.by);
    json.field("by_id", rating.by_id);
    json.field("amount", rating.amount);
    json.field("unit", rating.unit);
    json.field("reason", rating.reason);
  });
  json.field("flags", post.flags);
}

void write_poll(Json& json, const std::optional<parsers::Poll>& poll) {
  if (!poll) return json.null("poll");
  json.object("poll", [&] {
    json.objects("options", poll->options, [&](const parsers::PollOption& option) {
      json.field("text", option.text);
      json.field("votes", option.votes);
    });
    json.field("multiple", poll->multiple);
    json.field("ends_at", poll->ends_at);
  });
}

// Keys of an object are unique: a label that the page prints again adds its value as another line.
void write_special_fields(Json& json, const std::vector<std::pair<std::string, std::string>>& fields) {
  if (fields.empty()) return json.null("special_fields");
  std::vector<std::pair<std::string, std::string>> unique;
  for (const auto& [label, value] : fields) {
    const auto same = std::find_if(unique.begin(), unique.end(),
                                   [&, &name = label](const auto& field) { return field.first == name; });
    same == unique.end() ? static_cast<void>(unique.emplace_back(label, value))
                         : static_cast<void>(same->second += "\n" + value);
  }
  json.object("special_fields", [&] {
    for (const auto& [label, value] : unique) json.label(label, value);
  });
}

void write_fields(Json& json, const parsers::Board& board) {
  json.field("kind", std::string_view{"board"});
  json.field("id", record_id(board));
  json.field("site", board.site);
  json.field("board_id", board.board_id);
  json.field("parent_id", board.parent_id);
  json.field("name", board.name);
  json.field("description", board.description);
  json.field("threads", board.threads);
  json.field("posts", board.posts);
  json.field("url", board.url);
  write_source(json, board);
}

void write_fields(Json& json, const parsers::Thread& thread) {
  json.field("kind", std::string_view{"thread"});
  json.field("id", record_id(thread));
  json.field("url", thread.url);
  json.field("site", thread.site);
  json.field("software", thread.software);
  write_board_ref(json, thread.board);
  json.field("thread_id", thread.thread_id);
  json.field("title", thread.title);
  json.field("type", thread.type);
  json.field("author", thread.author);
  json.field("author_id", thread.author_id);
  json.field("created_at", thread.created_at);
  json.field("replies", thread.replies);
  json.field("views", json.extent().lasting ? std::nullopt : thread.views);
  json.field("last_reply_at", thread.last_reply_at);
  json.field("last_reply_by", thread.last_reply_by);
  json.field("pages", thread.pages);
  json.field("sticky", thread.sticky);
  json.field("digest", thread.digest);
  json.field("closed", thread.closed);
  json.field("special", thread.special);
  write_poll(json, thread.poll);
  write_special_fields(json, thread.special_fields);
  json.field("read_permission", thread.read_permission);
  json.field("price", thread.price);
  json.field("posts_archived", thread.posts_archived);
  json.field("complete", thread.complete);
  write_seen(json, thread.seen);
  write_source(json, thread);
  json.field("sort", thread.sort);
  json.field("participants", thread.participants);
  json.field("missing_pages", thread.missing_pages);
  json.field("highlight", thread.highlight);
}

void write_sight(Json& json, const parsers::Post& post) {
  json.field("version", sight_of(json, post.seen).version);
  write_seen(json, post.seen);
  write_source(json, post);
}

void write_fields(Json& json, const parsers::Post& post) {
  json.field("kind", std::string_view{"post"});
  const bool numbered = !post.post_id.empty();  // archived pages tell no number
  json.field("id", numbered ? parsers::OptionalString(record_id(post)) : std::nullopt);
  json.field("site", post.site);
  json.field("software", post.software);
  write_board_ref(json, post.board);
  json.field("thread_id", post.thread_id);
  json.field("thread_title", post.thread_title);
  json.field("post_id", numbered ? parsers::OptionalString(post.post_id) : std::nullopt);
  json.field("floor", post.floor);
  json.field("first", post.first);
  json.field("author", post.author);
  json.field("author_id", post.author_id);
  json.field("anonymous", post.anonymous);
  json.field("posted_at", post.posted_at);
  write_precision(json, "posted_at_precision", post.posted_at);
  json.field("edited_at", post.edited_at);
  json.field("edited_by", post.edited_by);
  json.field("text", post.text);
  write_post_lists(json, post);
  write_likeness(json, post);
  write_sight(json, post);
  json.field("smilies", post.smilies);
  json.field("mentions", post.mentions);
  write_links(json, "media", post.media);
  json.field("comments_paged", post.comments_paged);
}

void write_fields(Json& json, const parsers::Article& article) {
  json.field("kind", std::string_view{"article"});
  json.field("id", record_id(article));
  json.field("url", article.url);
  json.field("canonical_url", article.canonical_url);
  json.field("site", article.site);
  json.field("title", article.title);
  json.field("subtitle", article.subtitle);
  json.field("authors", article.authors);
  json.field("editor", article.editor);
  json.field("source", article.source);
  json.field("section", article.section);
  json.field("published_at", article.published_at);
  write_precision(json, "published_at_precision", article.published_at);
  json.field("modified_at", article.modified_at);
  json.field("keywords", article.keywords);
  json.field("language", article.language);
  json.field("text", article.text);
  write_links(json, "links", article.links);
  write_images(json, article.images);
  write_likeness(json, article);
  json.field("version", sight_of(json, article.seen).version);
  write_seen(json, article.seen);
  write_source(json, article);
  json.object("charset", [&] {
    json.field("declared", article.charset.declared);
    json.field("used", article.charset.used);
    json.field("replaced", article.charset.replaced);
  });
  json.field("part", article.part);
  json.field("pages", article.pages);
  json.field("missing_pages", article.missing_pages);
  json.objects("parts", article.parts, [&](const parsers::PageRef& page) { write_page(json, page); });
}

template <typename Record>
std::string json_of(const Record& record, const Extent& extent = {}) {
  Json json(extent);
  write_fields(json, record);
  return std::string(json.end());
}

}  // namespace

std::string to_json(const parsers::Board& board) { return json_of(board); }
std::string to_json(const parsers::Thread& thread) { return json_of(thread); }
std::string to_json(const parsers::Post& post) { return json_of(post); }
std::string to_json(const parsers::Article& article) { return json_of(article); }

std::string entering_json(const parsers::Post& post, const parsers::Provenance& seen) {
  return json_of(post, {.entering = &seen});
}
std::string entering_json(const parsers::Article& article, const parsers::Provenance& seen) {
  return json_of(article, {.entering = &seen});
}

std::string lasting_json(const parsers::Board& board) { return json_of(board, {.lasting = true}); }
std::string lasting_json(const parsers::Thread& thread) { return json_of(thread, {.lasting = true}); }
std::string lasting_json(const parsers::Post& post) { return json_of(post, {.lasting = true}); }
std::string lasting_json(const parsers::Article& article) { return json_of(article, {.lasting = true}); }

std::string entering_json(const parsers::Post& post, const parsers::Provenance& seen,
                          std::string_view lasting) {
  const bool is_copy = post.duplicate_of || post.near_duplicate_of || post.similarity;
  const bool counts =
      std::any_of(post.attachments.begin(), post.attachments.end(),
                  [](const parsers::Attachment& attachment) { return attachment.downloads.has_value(); });
  // What write_sight() writes; within strings its quotes would be escaped.
  const std::size_t begin = lasting.rfind(R"("version":)");
  const std::size_t end = lasting.rfind(R"(,"smilies":)");
  if (is_copy || counts || begin > end || end == std::string_view::npos) return entering_json(post, seen);
  Json json({.entering = &seen});
  write_sight(json, post);
  std::string_view sight = json.end();
  sight = sight.substr(1, sight.size() - 2);  // no object of its own
  std::string entering;
  entering.reserve(lasting.size() + sight.size());
  entering.append(lasting.substr(0, begin)).append(sight).append(lasting.substr(end));
  return entering;
}

std::string record_id(const parsers::Board& board) {
  return parsers::board_record_id(board.site, board.board_id);
}

std::string record_id(const parsers::Thread& thread) {
  return parsers::thread_record_id(thread.site, thread.thread_id);
}

std::string record_id(const parsers::Post& post) { return parsers::post_record_id(post.site, post.post_id); }

std::string record_id(const parsers::Article& article) {
  const auto url = parsers::parse_url(article.url);
  return parsers::article_record_id(article.site, url ? parsers::page_key(*url).key : article.url);
}

}  // namespace boardwalk::store
