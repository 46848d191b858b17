#include "store/export/pseudonyms.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "export_fixture.hpp"
#include "parsers/digest.hpp"
#include "store/json_codec.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

const Pseudonyms kNames("0123456789abcdef");

}  // namespace

TEST_CASE("a pseudonym follows from key, site and name, and differs when one of them does") {
  const std::string one = kNames.name("bbs.test", "阿明");
  CHECK(one.size() == 18);
  CHECK(one.starts_with("u_"));
  CHECK(kNames.name("bbs.test", "阿明") == one);
  CHECK(kNames.name("bbs.test", "小紅") != one);
  CHECK(kNames.name("other.test", "阿明") != one);
  CHECK(kNames.id("bbs.test", "阿明") != one);
  CHECK(Pseudonyms("another key of 16").name("bbs.test", "阿明") != one);
}

TEST_CASE("RFC 2104: the digest is HMAC-SHA-256") {
  // `printf 'name\0bbs.test\0x' | openssl dgst -sha256 -hmac 0123456789abcdef`
  CHECK(kNames.name("bbs.test", "x") == "u_6fd0eba2cf4386f3");
}

TEST_CASE("every field of a post that names a person is hidden") {
  parsers::Post post = make_post("1", "@阿明 and @阿明明 and 阿明", 1);
  const std::string name = "阿明";
  post.author = post.author_id = post.edited_by = name;
  post.quotes = {{name, std::nullopt, "words"}};
  post.comments = {{name, name, std::nullopt, "words"}};
  post.ratings = {{name, name, "+1", "威望", std::nullopt}};
  post.mentions = {name, "阿明明"};
  post.links = {{"http://bbs.test/home.php?mod=space&uid=7", name},
                {"http://bbs.test/thread-1-1-1.html", "t"}};
  kNames.hide(post);
  const std::string hidden = kNames.name("bbs.test", name);
  const std::string longer = kNames.name("bbs.test", "阿明明");
  CHECK(post.text == "@" + hidden + " and @" + longer + " and 阿明");
  CHECK(post.text_sha256 == parsers::sha256_hex(post.text));
  CHECK(post.mentions == std::vector<std::string>{hidden, longer});
  CHECK(post.links.size() == 1);
  std::string json = to_json(post);
  json.erase(json.find("and 阿明\""), std::string("and 阿明\"").size());
  CHECK(json.find(name) == std::string::npos);
}

TEST_CASE("a mention is hidden in quotes and comments, too, and once: no pseudonym is hidden again") {
  parsers::Post post = make_post("1", "@阿明 to @u @nobody", 1);
  post.quotes = {{std::nullopt, std::nullopt, "@阿明 hello"}};
  post.comments = {{std::nullopt, std::nullopt, std::nullopt, "@阿明@u"}};
  post.mentions = {"阿明", "u"};
  kNames.hide(post);
  const std::string one = "@" + kNames.name("bbs.test", "阿明"), other = "@" + kNames.name("bbs.test", "u");
  CHECK(post.text == one + " to " + other + " @nobody");
  CHECK(post.quotes[0].text == one + " hello");
  CHECK(post.comments[0].text == one + other);
}

TEST_CASE("whom a quote mentions is hidden though the record lists no mention, and an e-mail address stays") {
  parsers::Post post = make_post("1", "words", 1);
  post.quotes = {{std::nullopt, std::nullopt, "@阿明 hello, a@b.example @" + std::string(60, 'x')}};
  kNames.hide(post);
  CHECK(post.quotes[0].text ==
        "@" + kNames.name("bbs.test", "阿明") + " hello, a@b.example @" + std::string(60, 'x'));
  post.mentions = {"Tom"};
  post.quotes = {{std::nullopt, std::nullopt, "@Tommy you, @阿明 hello\n@阿明，" + std::string(60, 'x')}};
  kNames.hide(post);
  CHECK(post.quotes[0].text == "@" + kNames.name("bbs.test", "Tommy") + " you, @" +
                                   kNames.name("bbs.test", "阿明") + " hello\n@" +
                                   kNames.name("bbs.test", "阿明") + "，" + std::string(60, 'x'));
}

TEST_CASE("a quote of many thousand mentions is hidden in one pass") {
  parsers::Post post = make_post("1", "words", 1);
  std::string words;
  for (int i = 0; i < 100'000; ++i) words += "@" + std::to_string(i) + " ";
  post.quotes = {{std::nullopt, std::nullopt, words}};
  kNames.hide(post);
  CHECK(post.quotes[0].text.starts_with("@" + kNames.name("bbs.test", "0") + " @"));
  CHECK(post.quotes[0].text.find("@99999 ") == std::string::npos);
}

TEST_CASE("a link whose words are an article's author leads to the person, and goes") {
  parsers::Article article = make_article("http://news.test/1.html", "words");
  article.authors = {"Anna Quay"};
  article.links = {{"http://news.test/staff/anna-quay", "Anna Quay"}, {"http://news.test/2", "more"}};
  kNames.hide(article);
  REQUIRE(article.links.size() == 1);
  CHECK(article.links.front().text == "more");
}

TEST_CASE("the people of threads and articles are hidden") {
  parsers::Thread thread = make_thread("1");
  thread.author = thread.author_id = thread.last_reply_by = "阿明";
  thread.special_fields = {{"solved", "true"}, {"best_answer_by", "阿明"}};
  kNames.hide(thread);
  CHECK(to_json(thread).find("阿明") == std::string::npos);
  CHECK(thread.author == thread.last_reply_by);
  CHECK(thread.special_fields.front().second == "true");
  CHECK(thread.special_fields.back().second == thread.author);
  parsers::Article article = make_article("http://news.test/1.html", "words");
  article.authors = {"阿明"};
  article.editor = "阿明";
  kNames.hide(article);
  CHECK(to_json(article).find("阿明") == std::string::npos);
}

TEST_CASE("an export with pseudonyms has every record, and only its names differ") {
  Archive archive;
  fill_for_export(archive);
  ExportCounts plain, counts;
  Selection selection;
  const std::string before = jsonl(archive, selection, plain);
  std::string text;
  Jsonl format([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  PseudonymousRecords hidden(kNames, format);
  REQUIRE(export_records(archive.read(), selection, hidden, counts));
  REQUIRE(hidden.error());
  CHECK(counts.printed == plain.printed);
  CHECK(before.find("author of 91") != std::string::npos);
  CHECK(text.find("author of") == std::string::npos);
  CHECK(text.find("記者甲") == std::string::npos);
  CHECK(text.find(kNames.name("bbs.test", "author of 91")) != std::string::npos);
}

TEST_CASE("what a record tells of its files stays") {
  std::string text;
  Jsonl format([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  PseudonymousRecords hidden(kNames, format);
  auto json = to_json(make_post("1", "words", 1));
  json.pop_back();
  CHECK(hidden.add(RecordKind::kPost, json + R"(,"files":[{"url":"http://bbs.test/a.jpg"}]})"));
  CHECK(text.ends_with(R"(,"comments_paged":false,"files":[{"url":"http://bbs.test/a.jpg"}]})"
                       "\n"));
}

TEST_CASE("a key that is missing or short is wrong usage, and the message says how to make one") {
  const TemporaryDirectory directory;
  const std::string name = directory.path() / "key";
  auto none = Pseudonyms::from_file(name);
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::kUsage);
  CHECK(none.error().message ==
        "--pseudonymise " + name +
            ": cannot be read: No such file or directory; make a key with `openssl rand "
            "-hex 32 > " +
            name + "` and keep it secret");
  const auto folder = Pseudonyms::from_file("/");
  REQUIRE_FALSE(folder);
  CHECK(folder.error().kind == ErrorKind::kUsage);
  std::ofstream(name) << "0123456789abcde\n";
  CHECK_FALSE(Pseudonyms::from_file(name));
  std::ofstream(name) << "0123456789abcdef\n";
  const auto read = Pseudonyms::from_file(name);
  REQUIRE(read);
  CHECK(read->name("bbs.test", "x") == kNames.name("bbs.test", "x"));
}
