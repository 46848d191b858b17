// RFC 4180, section by section, and our own taste for nulls.

#include "store/export/csv.hpp"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <map>

#include "export_fixture.hpp"
#include "store/json_codec.hpp"
#include "tests/store/random_records.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

struct Cell {
  std::string text;
  bool quoted = false;
};

// A reader by the letter of the RFC: records end with CRLF, quoted fields may hold anything.
std::vector<std::vector<Cell>> read_csv(const std::string& text) {
  std::vector<std::vector<Cell>> rows(1, std::vector<Cell>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    Cell& cell = rows.back().back();
    if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      cell.text += text[++i];
    } else if (text[i] == '"') {
      quoted = !quoted;
      cell.quoted = true;
    } else if (!quoted && text[i] == ',') {
      rows.back().emplace_back();
    } else if (!quoted && text[i] == '\r') {
      REQUIRE(text[++i] == '\n');
      rows.emplace_back(1);
    } else {
      cell.text += text[i];
    }
  }
  REQUIRE_FALSE(quoted);
  rows.pop_back();
  return rows;
}

std::map<std::string, Cell> by_column(RecordKind kind, const std::string& json) {
  const auto rows = read_csv(csv_header(kind) + csv_row(json));
  REQUIRE(rows.size() == 2);
  REQUIRE(rows[0].size() == rows[1].size());
  std::map<std::string, Cell> cells;
  for (std::size_t i = 0; i < rows[0].size(); ++i) cells[rows[0][i].text] = rows[1][i];
  REQUIRE(cells.size() == rows[0].size());
  return cells;
}

}  // namespace

TEST_CASE("a table's columns are the schema's fields in their order, nested ones by both names") {
  CHECK(csv_header(RecordKind::kBoard) ==
        "kind,id,site,board_id,parent_id,name,description,threads,posts,url,page_url,page_fetched_at,page_"
        "sha256,"
        "parser\r\n");
  CHECK(csv_header(RecordKind::kPost).find(",board_id,board_name,thread_id,") != std::string::npos);
  CHECK(csv_header(RecordKind::kArticle)
            .ends_with(
                ",charset_declared,charset_used,charset_replaced,part,pages,missing_pages,parts,files\r\n"));
}

TEST_CASE("RFC 4180 2.5 to 2.7: quotes, commas and line ends stand in quotes, quotes are doubled") {
  auto post = make_post("1", "a,b \"c\"\nd", 1);
  const auto cells = by_column(RecordKind::kPost, to_json(post));
  CHECK(cells.at("text").text == post.text);
  CHECK(to_json(post).find(R"(a,b \"c\"\nd)") != std::string::npos);
  CHECK(csv_row(to_json(post)).find("\"a,b \"\"c\"\"\nd\"") != std::string::npos);
}

TEST_CASE("an absent value is an empty cell, an empty text is a quoted one") {
  auto post = make_post("1", "", 1);
  post.author.reset();
  const auto cells = by_column(RecordKind::kPost, to_json(post));
  CHECK(cells.at("author").text.empty());
  CHECK_FALSE(cells.at("author").quoted);
  CHECK(cells.at("text").text.empty());
  CHECK(cells.at("text").quoted);
}

TEST_CASE("lists and polls are cells of JSON, numbers and booleans stand bare") {
  parsers::Thread thread = make_thread("1");
  thread.poll = parsers::Poll{{{"茶, 酒", 3}}, true, std::nullopt};
  const auto cells = by_column(RecordKind::kThread, to_json(thread));
  CHECK(cells.at("poll").text ==
        R"({"options":[{"text":"茶, 酒","votes":3}],"multiple":true,"ends_at":null})");
  CHECK(cells.at("missing_pages").text == "[]");
  CHECK(cells.at("complete").text == "false");
  CHECK_FALSE(cells.at("complete").quoted);
}

TEST_CASE("every text of every record comes back from its table as it was") {
  RandomRecords draw(20240502);
  for (int i = 0; i < 200; ++i) {
    const auto post = draw.post();
    auto cells = by_column(RecordKind::kPost, to_json(post));
    CHECK(cells.at("text").text == post.text);
    CHECK(cells.at("author").text == post.author.value_or(""));
    CHECK(cells.at("board_name").text == post.board.name.value_or(""));
    CHECK(cells.at("page_url").text == post.page.url);
    const auto article = draw.article();
    cells = by_column(RecordKind::kArticle, to_json(article));
    CHECK(cells.at("title").text == article.title.value_or(""));
    rapidjson::Document authors;
    authors.Parse(cells.at("authors").text.data(), cells.at("authors").text.size());
    REQUIRE(authors.IsArray());
    CHECK(authors.Size() == article.authors.size());
    by_column(RecordKind::kThread, to_json(draw.thread()));
    by_column(RecordKind::kBoard, to_json(draw.board()));
  }
}

TEST_CASE("files, which only some records have, are the last column of all") {
  auto json = to_json(make_post("1", "words", 1));
  CHECK(by_column(RecordKind::kPost, json).at("files").text.empty());
  json.pop_back();
  json += R"(,"files":[{"url":"http://bbs.test/a.jpg"}]})";
  CHECK(by_column(RecordKind::kPost, json).at("files").text == R"([{"url":"http://bbs.test/a.jpg"}])");
}

TEST_CASE("a table without records has its header") {
  std::string text;
  Csv csv(RecordKind::kBoard, [&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  CHECK(csv.finish());
  CHECK(csv.finish());
  CHECK(text == csv_header(RecordKind::kBoard));
}
