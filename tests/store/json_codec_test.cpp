#include "store/json_codec.hpp"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>

#include "parsers/digest.hpp"
#include "random_records.hpp"
#include "store/json_field.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

parsers::Post small_post() {
  parsers::Post post;
  post.site = "bbs.test";
  post.thread_id = "12";
  post.post_id = "345";
  post.floor = 2;
  post.author = "阿明";
  post.posted_at = parsers::make_moment(2024, 5, 1, 8, 30, 0, parsers::Precision::kMinute, 480);
  post.text = "一 \"二\"\n三";
  post.seen = {2, 1714523400, 1714523460, std::nullopt};
  post.page = {"http://bbs.test/thread-12-1-1.html", 1714523460, ""};
  post.parser = "discuz/1";
  return post;
}

void drop_source(auto& record) {
  record.page = {};
  record.parser.clear();
}

void drop_sight(parsers::Provenance& seen) { seen.first_seen = seen.last_seen = 0; }

void drop_volatile(parsers::Board& board) { drop_source(board); }

void drop_volatile(parsers::Thread& thread) {
  drop_source(thread);
  drop_sight(thread.seen);
  thread.views.reset();
}

void drop_volatile(parsers::Post& post) {
  drop_source(post);
  drop_sight(post.seen);
  for (auto& attachment : post.attachments) attachment.downloads.reset();
}

void drop_volatile(parsers::Article& article) {
  drop_source(article);
  for (parsers::PageRef& page : article.parts) page = {};
  drop_sight(article.seen);
}

template <typename Record>
void check_lasting(const Record& record) {
  Record lasting = record;
  drop_volatile(lasting);
  CHECK(lasting_json(record) == to_json(lasting));
}

}  // namespace

TEST_CASE("what changes without the record having changed is left out of its lasting JSON") {
  RandomRecords random(11);
  for (int i = 0; i < 500; ++i) {
    check_lasting(random.board());
    check_lasting(random.thread());
    check_lasting(random.post());
    check_lasting(random.article());
  }
}

TEST_CASE("a record that enters the archive has the provenance that is given, and is a copy of nothing") {
  RandomRecords random(12);
  const auto check = [&random](auto record) {
    const parsers::Provenance seen = random.post().seen;
    auto entering = record;
    entering.seen = seen;
    entering.duplicate_of.reset();
    entering.near_duplicate_of.reset();
    entering.similarity.reset();
    CHECK(entering_json(record, seen) == to_json(entering));
  };
  for (int i = 0; i < 500; ++i) {
    check(random.post());
    check(random.article());
  }
}

TEST_CASE("a post's entering JSON made of its lasting one is the same") {
  RandomRecords random(13);
  for (int i = 0; i < 500; ++i) {
    parsers::Post post = random.post();
    const parsers::Provenance seen = random.post().seen;
    CHECK(entering_json(post, seen, lasting_json(post)) == entering_json(post, seen));
    // As pages yield them, mostly: nothing left out but what is told of the sight.
    post.duplicate_of.reset();
    post.near_duplicate_of.reset();
    post.similarity.reset();
    for (auto& attachment : post.attachments) attachment.downloads.reset();
    post.text += R"(,"version":,"smilies":)";
    CHECK(entering_json(post, seen, lasting_json(post)) == entering_json(post, seen));
    CHECK(entering_json(post, seen, "") == entering_json(post, seen));
  }
}

TEST_CASE("a post prints its keys in the schema's order, without space, absent as null") {
  CHECK(
      to_json(small_post()) ==
      R"({"kind":"post","id":"bbs.test/post/345","site":"bbs.test","software":null,"board":{"id":null,"name":null},)"
      R"("thread_id":"12","thread_title":null,"post_id":"345","floor":2,"first":false,"author":"阿明","author_id":null,)"
      R"("anonymous":false,"posted_at":"2024-05-01T08:30:00+08:00","posted_at_precision":"minute","edited_at":null,)"
      R"("edited_by":null,"text":"一 \"二\"\n三","quotes":[],"links":[],"images":[],"attachments":[],"comments":[],)"
      R"("ratings":[],"flags":[],"text_sha256":null,"fold_sha256":null,"duplicate_of":null,"near_duplicate_of":null,)"
      R"("similarity":null,"version":2,"first_seen":"2024-05-01T00:30:00Z","last_seen":"2024-05-01T00:31:00Z",)"
      R"("gone_at":null,"page":{"url":"http://bbs.test/thread-12-1-1.html","fetched_at":"2024-05-01T00:31:00Z",)"
      R"("sha256":null},"parser":"discuz/1","smilies":[],"mentions":[],"media":[],"comments_paged":false})");
}

TEST_CASE("a post whose page tells no number prints neither id nor post_id") {
  parsers::Post post = small_post();
  post.post_id.clear();
  const std::string json = to_json(post);
  CHECK(json.starts_with(R"({"kind":"post","id":null,"site":"bbs.test")"));
  CHECK(json.find(R"("post_id":null)") != std::string::npos);
}

TEST_CASE("a time without a zone prints as a date of that precision") {
  parsers::Post post = small_post();
  post.posted_at->offset_minutes.reset();
  const std::string json = to_json(post);
  CHECK(text_field(json, "posted_at") == "2024-05-01");
  CHECK(text_field(json, "posted_at_precision") == "day");
}

TEST_CASE("an article's id is made of its page key") {
  parsers::Article article;
  article.site = "news.test";
  article.url = "https://news.test/a.html?utm_source=x";
  const std::string id = record_id(article);
  CHECK(id.size() == std::string("news.test/article/").size() + 16);
  article.url = "https://news.test/a.html";
  CHECK(record_id(article) == id);
  article.url = "https://news.test/b.html";
  CHECK(record_id(article) != id);
}

TEST_CASE("special fields print as an object of unique keys") {
  parsers::Thread thread;
  thread.site = "bbs.test";
  thread.thread_id = "1";
  CHECK(to_json(thread).find(R"("special_fields":null)") != std::string::npos);
  thread.special_fields = {{"地点", "港口"}, {"人数", "3"}, {"地点", "码头"}};
  CHECK(to_json(thread).find(R"("special_fields":{"地点":"港口\n码头","人数":"3"})") != std::string::npos);
}

TEST_CASE("every record comes back from its JSON as it was") {
  RandomRecords draw(20240501);
  for (int i = 0; i < 500; ++i) {
    const auto board = draw.board();
    const auto thread = draw.thread();
    const auto post = draw.post();
    const auto article = draw.article();
    const auto same = [](const auto& back, const auto& record) {
      INFO(to_json(record));
      REQUIRE(back);
      CHECK(*back == record);
    };
    same(board_from_json(to_json(board)), board);
    same(thread_from_json(to_json(thread)), thread);
    same(post_from_json(to_json(post)), post);
    same(article_from_json(to_json(article)), article);
  }
}

TEST_CASE("fields read without parsing are those that a parser reads") {
  RandomRecords draw(7);
  for (int i = 0; i < 500; ++i) {
    const auto post = draw.post();
    const std::string json = to_json(post);
    CHECK(text_field(json, "text") == post.text);
    CHECK(text_field(json, "author") == post.author);
    CHECK(text_field(json, "thread_title") == post.thread_title);
    CHECK(board_id_field(json) == post.board.id);
    CHECK(text_field(json, "fold_sha256") == post.fold_sha256);
    const auto article = draw.article();
    CHECK(text_list_field(to_json(article), "authors") == article.authors);
    CHECK(text_field(to_json(article), "title") == article.title);
  }
}

TEST_CASE("what a record is a copy of is filled in where it is null, whatever the text says") {
  RandomRecords draw(11);
  for (int i = 0; i < 200; ++i) {
    parsers::Post post = draw.post();
    post.duplicate_of.reset();
    post.near_duplicate_of.reset();
    post.similarity.reset();
    const std::string json = to_json(post);
    CHECK(with_origin(json, {}) == json);
    post.duplicate_of = "bbs.test/post/1";
    CHECK(with_origin(json, {"bbs.test/post/1", {}, {}}) == to_json(post));
    post.near_duplicate_of = "bbs.test/post/2";
    post.similarity = 0.8125;
    CHECK(with_origin(json, {"bbs.test/post/1", "bbs.test/post/2", 0.8125}) == to_json(post));
  }
}

TEST_CASE("an id of an original with quotes and backslashes in it is filled in as the codec would write it") {
  parsers::Post post = small_post();
  const std::string json = to_json(post);
  post.duplicate_of = "bbs.test/post/a\"b\\c\n";
  post.near_duplicate_of = "bbs.test/post/\\";
  post.similarity = 0.5;
  CHECK(with_origin(json, {post.duplicate_of, post.near_duplicate_of, post.similarity}) == to_json(post));
}

TEST_CASE("a number reads exactly as it is written, a zero with an exponent too") {
  const auto similarity = [](const std::string& number) {
    std::string json = to_json(small_post());
    const std::string from = R"("similarity":null)";
    const auto post = post_from_json(json.replace(json.find(from), from.size(), R"("similarity":)" + number));
    return post ? post->similarity : std::nullopt;
  };
  CHECK(similarity("0.8333") == 0.8333);
  CHECK(similarity("8.333333333333333370340767487505218014121055603027343750e-1") == 0.8333333333333333703);
  CHECK(similarity("1") == 1);
  CHECK(similarity("0e-30") == 0);
  CHECK(similarity("0.00e300") == 0);
  CHECK(similarity("1e400") == std::nullopt);
}

TEST_CASE("what is no record of its kind is damaged, and the message names the key") {
  const std::string good = to_json(small_post());
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string json = good;
    return json.replace(json.find(from), from.size(), to);
  };
  struct Case {
    std::string json, key;
  };
  for (const auto& [json, key] :
       {Case{changed(R"("kind":"post")", R"("kind":"thread")"), "kind"},
        Case{changed(R"("floor":2)", R"("floor":"2")"), "floor"},
        Case{changed(R"("first":false)", R"("first":null)"), "first"},
        Case{changed(R"("quotes":[])", R"("quotes":{})"), "quotes"},
        Case{changed(R"("minute")", R"("moment")"), "posted_at_precision"},
        Case{changed("2024-05-01T08:30:00+08:00", "2024-13-01T08:30:00+08:00"), "posted_at"},
        Case{changed(R"("site":"bbs.test")", R"("site":"")"), "site"}}) {
    INFO(json);
    const auto post = post_from_json(json);
    REQUIRE_FALSE(post);
    CHECK(post.error().kind == ErrorKind::kDamaged);
    CHECK(post.error().message == "not a post record: `" + key + "` does not fit the schema");
  }
  for (const std::string json : {"", "{", "[]", "null", "{}", R"({"kind":"post")"})
    CHECK_FALSE(post_from_json(json));
  for (std::size_t size = 0; size < good.size(); ++size) CHECK_FALSE(post_from_json(good.substr(0, size)));
  CHECK(post_from_json(good + " \n"));
  const std::string nul(1, '\0');
  for (const auto& json :
       {good + nul, good + nul + "{}", nul + good, changed("bbs.test", "bbs" + nul + "test"),
        changed(R"("floor":2)", R"("floor":2)" + nul)})
    CHECK_FALSE(post_from_json(json));
}

TEST_CASE("JSON that is nested deep is no record, and costs no stack") {
  const std::string good = to_json(small_post());
  const auto with = [&good](const std::string& value) {
    return good.substr(0, good.size() - 1) + R"(,"more":)" + value + "}";
  };
  const auto arrays = [&with](std::size_t depth) {
    return with(std::string(depth, '[') + std::string(depth, ']'));
  };
  const auto objects = [&with](std::size_t depth) {
    std::string open;
    for (std::size_t i = 0; i < depth; ++i) open += R"({"a":)";
    return with(open + "1" + std::string(depth, '}'));
  };
  CHECK(post_from_json(arrays(63)));
  CHECK(post_from_json(objects(63)));
  for (const std::size_t depth : {std::size_t{64}, std::size_t{1} << 20}) {
    CHECK_FALSE(post_from_json(arrays(depth)));
    CHECK_FALSE(post_from_json(objects(depth)));
    CHECK_FALSE(post_from_json(std::string(depth, '[')));
  }
  std::string wide = "[";
  for (int i = 0; i < 1000; ++i) wide += "[],{},";
  CHECK(post_from_json(with(wide + "[]]")));
}
