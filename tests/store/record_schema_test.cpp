// RapidJSON's own regular expressions: those of the standard library take minutes to compile under
// sanitizers.
#define RAPIDJSON_SCHEMA_USE_INTERNALREGEX 1
#define RAPIDJSON_SCHEMA_USE_STDREGEX 0
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <catch2/catch.hpp>

#include "archive_fixture.hpp"
#include "random_records.hpp"
#include "store/files.hpp"
#include "store/json_codec.hpp"
#include "tests/contents.hpp"
#include "tests/places.hpp"

using namespace boardwalk::store;
using boardwalk::tests::contents;

namespace {

class Schema {
 public:
  Schema() {
    const std::string text = contents(boardwalk::tests::source_dir() + "/store/record.schema.json");
    rapidjson::Document document;
    REQUIRE_FALSE(document.Parse(text.data(), text.size()).HasParseError());
    schema_ = std::make_unique<rapidjson::SchemaDocument>(document);
  }

  // Where the line breaks the schema; empty when it does not.
  [[nodiscard]] std::string objection(std::string_view line) const {
    rapidjson::Document document;
    if (document.Parse(line.data(), line.size()).HasParseError()) return "no JSON";
    rapidjson::SchemaValidator validator(*schema_);
    if (document.Accept(validator)) return {};
    rapidjson::StringBuffer where;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
    return std::string(where.GetString()) + " " + validator.GetInvalidSchemaKeyword();
  }

 private:
  std::unique_ptr<rapidjson::SchemaDocument> schema_;
};

}  // namespace

TEST_CASE("every record that the codec writes fits the schema") {
  const Schema schema;
  RandomRecords draw(99);
  for (int i = 0; i < 300; ++i)
    for (const std::string& line :
         {to_json(draw.board()), to_json(draw.thread()), to_json(draw.post()), to_json(draw.article())}) {
      INFO(line);
      CHECK(schema.objection(line) == "");
    }
}

TEST_CASE("every line of an export fits the schema") {
  const Schema schema;
  Archive archive;
  archive.put(board_page("2", {make_thread("5")}, 10));
  archive.put(thread_page("5", 1, 2, {make_post("1", long_text(1), 1), make_post("2", long_text(1), 2)}, 20));
  archive.put(thread_page("5", 1, 2, {make_post("1", long_text(2), 1)}, 30));
  auto article = make_article("http://news.test/1.html", long_text(1));
  article.images = {{"http://news.test/a.png", std::nullopt, std::nullopt}};
  archive.put(article_page(article, 40));
  archive.commit([](Batch& batch) {
    put_file(batch, "news.test /a.png", {std::string(64, 'a'), "image/png", 29});
    put_file(batch, "bbs.test /a.png", {std::string(64, 'b'), "image/png", 29});
  });
  const auto lines = archive.lines(true);
  CHECK(lines.size() == 6);
  CHECK(lines.back().find("\"files\"") != std::string::npos);
  for (const auto& line : lines) {
    INFO(line);
    CHECK(schema.objection(line) == "");
  }
}

TEST_CASE("the schema refuses what is no record") {
  const Schema schema;
  RandomRecords draw(5);
  std::string post = to_json(draw.post());
  CHECK(schema.objection(R"({"kind":"post"})") != "");
  CHECK(schema.objection(R"({"kind":"visit"})") != "");
  post.insert(1, R"("surprise":1,)");
  CHECK(schema.objection(post) != "");
  std::string thread = to_json(draw.thread());
  thread.replace(thread.find(R"("complete":)"), std::string(R"("complete":)").size(),
                 R"("complete":null,"x":)");
  CHECK(schema.objection(thread) != "");
}
