#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>
#include <vector>

#include "store/json_codec.hpp"
#include "store/shallow_document.hpp"

namespace boardwalk::store {
namespace {

using parsers::Moment;
using Value = rapidjson::Value;

std::string_view text_of(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

// An object read key by key. Keys are looked for where the last one ended, since records are written in the
// order in which they are read; a key that is not there leaves its field as it is (records of a time before
// that key). The first misfit is kept in `wrong`.
class Object {
 public:
  Object(const Value& value, std::string& wrong) : wrong_(&wrong) {
    if (value.IsObject())
      object_ = &value, next_ = value.MemberBegin();
    else
      blame("object");
  }

  template <typename T>
  void field(std::string_view name, T& into) {
    const Value* value = find(name);
    if (value != nullptr && !read(*value, into)) blame(name);
  }

  // Our own times: zero when null.
  void time(std::string_view name, std::int64_t& into) {
    into = 0;
    const Value* value = find(name);
    if (value == nullptr || value->IsNull()) return;
    Moment moment;
    if (!read(*value, moment)) return blame(name);
    into = moment.epoch();
  }

  template <typename Read>
  void object(std::string_view name, Read&& members) {
    const Value* value = find(name);
    if (value == nullptr) return;
    Object inner(*value, *wrong_);
    if (inner.object_ != nullptr) members(inner);
  }

  template <typename T, typename Read>
  void objects(std::string_view name, std::vector<T>& into, Read&& members) {
    const Value* value = find(name);
    if (value == nullptr || value->IsNull()) return;
    if (!value->IsArray()) return blame(name);
    into.reserve(value->Size());
    for (const auto& item : value->GetArray()) {
      Object inner(item, *wrong_);
      if (inner.object_ != nullptr) members(inner, into.emplace_back());
    }
  }

  const Value* find(std::string_view name) {
    if (object_ == nullptr) return nullptr;
    if (next_ == object_->MemberEnd() || text_of(next_->name) != name)
      next_ = object_->FindMember(
          Value(rapidjson::StringRef(name.data(), static_cast<rapidjson::SizeType>(name.size()))));
    if (next_ == object_->MemberEnd()) return nullptr;
    return &(next_++)->value;
  }

  void blame(std::string_view name) {
    if (wrong_->empty()) *wrong_ = name;
  }

 private:
  static bool read(const Value& value, std::string& into) {
    if (value.IsString()) into = text_of(value);
    return value.IsString();
  }
  static bool read(const Value& value, bool& into) {
    if (value.IsBool()) into = value.GetBool();
    return value.IsBool();
  }
  static bool read(const Value& value, std::int64_t& into) {
    if (value.IsInt64()) into = value.GetInt64();
    return value.IsInt64();
  }
  static bool read(const Value& value, int& into) {
    if (value.IsInt()) into = value.GetInt();
    return value.IsInt();
  }
  static bool read(const Value& value, double& into) {
    if (value.IsNumber()) into = value.GetDouble();
    return value.IsNumber();
  }
  static bool read(const Value& value, Moment& into) {
    const auto moment = value.IsString() ? parsers::moment_from_rfc3339(text_of(value)) : std::nullopt;
    if (moment) into = *moment;
    return moment.has_value();
  }
  template <typename T>
  static bool read(const Value& value, std::optional<T>& into) {
    return value.IsNull() || read(value, into.emplace());
  }
  template <typename T>
  static bool read(const Value& value, std::vector<T>& into) {
    if (value.IsNull()) return true;
    if (!value.IsArray()) return false;
    for (const auto& item : value.GetArray())
      if (!read(item, into.emplace_back())) return false;
    return true;
  }

  const Value* object_ = nullptr;
  Value::ConstMemberIterator next_;
  std::string* wrong_;
};

void read_board_ref(Object& object, parsers::BoardRef& board) {
  object.object("board", [&](Object& ref) {
    ref.field("id", board.id);
    ref.field("name", board.name);
  });
}

void read_precision(Object& object, std::string_view name, std::optional<Moment>& moment) {
  parsers::OptionalString word;
  object.field(name, word);
  const auto precision = word ? parsers::precision_from(*word) : std::nullopt;
  if (moment.has_value() != precision.has_value()) return object.blame(name);
  if (moment) moment->precision = *precision;
}

void read_links(Object& object, std::string_view name, std::vector<parsers::TextLink>& links) {
  object.objects(name, links, [](Object& item, parsers::TextLink& link) {
    item.field("url", link.url);
    item.field("text", link.text);
  });
}

void read_images(Object& object, std::vector<parsers::Image>& images) {
  object.objects("images", images, [](Object& item, parsers::Image& image) {
    item.field("url", image.url);
    item.field("alt", image.alt);
    item.field("caption", image.caption);
  });
}

template <typename Record>
void read_likeness(Object& object, Record& record) {
  object.field("text_sha256", record.text_sha256);
  object.field("fold_sha256", record.fold_sha256);
  object.field("duplicate_of", record.duplicate_of);
  object.field("near_duplicate_of", record.near_duplicate_of);
  object.field("similarity", record.similarity);
}

void read_seen(Object& object, parsers::Provenance& seen) {
  object.time("first_seen", seen.first_seen);
  object.time("last_seen", seen.last_seen);
  std::int64_t gone_at = 0;
  object.time("gone_at", gone_at);
  if (gone_at != 0) seen.gone_at = gone_at;
}

void read_page(Object& object, parsers::PageRef& page) {
  object.field("url", page.url);
  object.time("fetched_at", page.fetched_at);
  parsers::OptionalString sha256;
  object.field("sha256", sha256);
  page.sha256 = sha256.value_or("");
}

template <typename Record>
void read_source(Object& object, Record& record) {
  object.object("page", [&](Object& page) { read_page(page, record.page); });
  object.field("parser", record.parser);
}

void read_post_lists(Object& object, parsers::Post& post) {
  object.objects("quotes", post.quotes, [](Object& item, parsers::Quote& quote) {
    item.field("author", quote.author);
    item.field("posted_at", quote.posted_at);
    item.field("text", quote.text);
  });
  read_links(object, "links", post.links);
  read_images(object, post.images);
  object.objects("attachments", post.attachments, [](Object& item, parsers::Attachment& attachment) {
    item.field("name", attachment.name);
    item.field("url", attachment.url);
    item.field("size", attachment.size);
    item.field("needs_login", attachment.needs_login);
    item.field("downloads", attachment.downloads);
  });
  object.objects("comments", post.comments, [](Object& item, parsers::Comment& comment) {
    item.field("author", comment.author);
    item.field("author_id", comment.author_id);
    item.field("posted_at", comment.posted_at);
    item.field("text", comment.text);
  });
  object.objects("ratings", post.ratings, [](Object& item, parsers::Rating& rating) {
    item.field("by", rating.by);
    item.field("by_id", rating.by_id);
    item.field("amount", rating.amount);
    item.field("unit", rating.unit);
    item.field("reason", rating.reason);
  });
  object.field("flags", post.flags);
}

void read_poll(Object& object, std::optional<parsers::Poll>& poll) {
  const Value* value = object.find("poll");
  if (value == nullptr || value->IsNull()) return;
  std::string wrong;
  Object inner(*value, wrong);
  poll.emplace();
  inner.objects("options", poll->options, [](Object& item, parsers::PollOption& option) {
    item.field("text", option.text);
    item.field("votes", option.votes);
  });
  inner.field("multiple", poll->multiple);
  inner.field("ends_at", poll->ends_at);
  if (!wrong.empty()) object.blame("poll");
}

void read_special_fields(Object& object, std::vector<std::pair<std::string, std::string>>& fields) {
  const Value* value = object.find("special_fields");
  if (value == nullptr || value->IsNull()) return;
  if (!value->IsObject()) return object.blame("special_fields");
  for (const auto& member : value->GetObject()) {
    if (!member.value.IsString()) return object.blame("special_fields");
    fields.emplace_back(text_of(member.name), text_of(member.value));
  }
}

void read_fields(Object& object, parsers::Board& board) {
  object.field("site", board.site);
  object.field("board_id", board.board_id);
  object.field("parent_id", board.parent_id);
  object.field("name", board.name);
  object.field("description", board.description);
  object.field("threads", board.threads);
  object.field("posts", board.posts);
  object.field("url", board.url);
  read_source(object, board);
}

void read_fields(Object& object, parsers::Thread& thread) {
  object.field("url", thread.url);
  object.field("site", thread.site);
  object.field("software", thread.software);
  read_board_ref(object, thread.board);
  object.field("thread_id", thread.thread_id);
  object.field("title", thread.title);
  object.field("type", thread.type);
  object.field("author", thread.author);
  object.field("author_id", thread.author_id);
  object.field("created_at", thread.created_at);
  object.field("replies", thread.replies);
  object.field("views", thread.views);
  object.field("last_reply_at", thread.last_reply_at);
  object.field("last_reply_by", thread.last_reply_by);
  object.field("pages", thread.pages);
  object.field("sticky", thread.sticky);
  object.field("digest", thread.digest);
  object.field("closed", thread.closed);
  object.field("special", thread.special);
  read_poll(object, thread.poll);
  read_special_fields(object, thread.special_fields);
  object.field("read_permission", thread.read_permission);
  object.field("price", thread.price);
  object.field("posts_archived", thread.posts_archived);
  object.field("complete", thread.complete);
  read_seen(object, thread.seen);
  read_source(object, thread);
  object.field("sort", thread.sort);
  object.field("participants", thread.participants);
  object.field("missing_pages", thread.missing_pages);
  object.field("highlight", thread.highlight);
}

void read_fields(Object& object, parsers::Post& post) {
  object.field("site", post.site);
  object.field("software", post.software);
  read_board_ref(object, post.board);
  object.field("thread_id", post.thread_id);
  object.field("thread_title", post.thread_title);
  object.field("post_id", post.post_id);
  object.field("floor", post.floor);
  object.field("first", post.first);
  object.field("author", post.author);
  object.field("author_id", post.author_id);
  object.field("anonymous", post.anonymous);
  object.field("posted_at", post.posted_at);
  read_precision(object, "posted_at_precision", post.posted_at);
  object.field("edited_at", post.edited_at);
  object.field("edited_by", post.edited_by);
  object.field("text", post.text);
  read_post_lists(object, post);
  read_likeness(object, post);
  object.field("version", post.seen.version);
  read_seen(object, post.seen);
  read_source(object, post);
  object.field("smilies", post.smilies);
  object.field("mentions", post.mentions);
  read_links(object, "media", post.media);
  object.field("comments_paged", post.comments_paged);
}

void read_fields(Object& object, parsers::Article& article) {
  object.field("url", article.url);
  object.field("canonical_url", article.canonical_url);
  object.field("site", article.site);
  object.field("title", article.title);
  object.field("subtitle", article.subtitle);
  object.field("authors", article.authors);
  object.field("editor", article.editor);
  object.field("source", article.source);
  object.field("section", article.section);
  object.field("published_at", article.published_at);
  read_precision(object, "published_at_precision", article.published_at);
  object.field("modified_at", article.modified_at);
  object.field("keywords", article.keywords);
  object.field("language", article.language);
  object.field("text", article.text);
  read_links(object, "links", article.links);
  read_images(object, article.images);
  read_likeness(object, article);
  object.field("version", article.seen.version);
  read_seen(object, article.seen);
  read_source(object, article);
  object.object("charset", [&](Object& charset) {
    charset.field("declared", article.charset.declared);
    charset.field("used", article.charset.used);
    charset.field("replaced", article.charset.replaced);
  });
  object.field("part", article.part);
  object.field("pages", article.pages);
  object.field("missing_pages", article.missing_pages);
  object.objects("parts", article.parts, [](Object& item, parsers::PageRef& page) { read_page(item, page); });
}

// A document whose numbers come back as they went: RapidJSON's own full precision is undefined for a zero
// with an exponent (1.1.0, diyfp.h).
class ExactDocument : public ShallowDocument {
 public:
  // `memory` is what its values and the bytes are kept in; it lasts as long as they.
  explicit ExactDocument(rapidjson::MemoryPoolAllocator<>& memory) : ShallowDocument(&memory) {}

  // In place, in a copy that a NUL ends, which takes half the time.
  bool parse(std::string_view json) {
    constexpr unsigned kFlags = rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseInsituFlag;
    auto* const bytes = static_cast<char*>(GetAllocator().Malloc(json.size() + 1));
    *std::copy(json.begin(), json.end(), bytes) = '\0';
    rapidjson::InsituStringStream stream(bytes);
    return read<kFlags>(stream, *this) &&
           stream.Tell() == json.size();  // else a NUL stands behind the object
  }

  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    const char* end = text + size;
    std::int64_t integer = 0;
    if (const auto read = std::from_chars(text, end, integer); read.ec == std::errc() && read.ptr == end)
      return Int64(integer);
    double real = 0;
    return std::from_chars(text, end, real).ec == std::errc() && Double(real);
  }
};

constexpr std::size_t kMostRecords = std::size_t{16} << 10;  // that most records and their values fit into

template <typename Record>
Result<Record> decode(std::string_view json, const std::string& kind) {
  alignas(std::max_align_t) std::array<char, kMostRecords> room;
  rapidjson::MemoryPoolAllocator<> memory(room.data(), room.size());
  ExactDocument document(memory);
  if (!document.parse(json)) return fail(ErrorKind::kDamaged, "not a " + kind + " record: no JSON");
  std::string wrong;
  Object object(document, wrong);
  std::string its_kind;
  object.field("kind", its_kind);
  if (wrong.empty() && its_kind != kind) wrong = "kind";
  object.find("id");
  Record record;
  read_fields(object, record);
  if (wrong.empty() && record.site.empty()) wrong = "site";
  if constexpr (requires { record.post_id; })  // the archive holds no post without its number
    if (wrong.empty() && record.post_id.empty()) wrong = "post_id";
  if (!wrong.empty())
    return fail(ErrorKind::kDamaged, "not a " + kind + " record: `" + wrong + "` does not fit the schema");
  return record;
}

}  // namespace

Result<parsers::Board> board_from_json(std::string_view json) {
  return decode<parsers::Board>(json, "board");
}

Result<parsers::Thread> thread_from_json(std::string_view json) {
  return decode<parsers::Thread>(json, "thread");
}

Result<parsers::Post> post_from_json(std::string_view json) { return decode<parsers::Post>(json, "post"); }

Result<parsers::Article> article_from_json(std::string_view json) {
  return decode<parsers::Article>(json, "article");
}

}  // namespace boardwalk::store
