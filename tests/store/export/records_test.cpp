#include "store/export/records.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "export_fixture.hpp"
#include "store/export/manifest.hpp"
#include "store/json_codec.hpp"
#include "store/schema.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::vector<std::string> texts_of_posts(const std::string& lines) {
  std::vector<std::string> texts;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(R"({"kind":"post")")) texts.push_back(post_from_json(line)->text);
  return texts;
}

}  // namespace

TEST_CASE("an export holds boards, threads, posts and articles, a line each, and counts them") {
  Archive archive;
  fill_for_export(archive);
  archive.put(board_page("1", {}, 50));
  ExportCounts counts;
  Selection selection;
  const std::string text = jsonl(archive, selection, counts);
  CHECK(counts.of(RecordKind::kBoard) == 1);
  CHECK(counts.of(RecordKind::kThread) == 2);
  CHECK(counts.of(RecordKind::kPost) == 5);
  CHECK(counts.of(RecordKind::kArticle) == 1);
  CHECK(counts.sum() == 9);
  CHECK(std::count(text.begin(), text.end(), '\n') == 9);
  CHECK(text.starts_with(R"({"kind":"board")"));
  CHECK(text.ends_with("}\n"));
  CHECK(text.find(R"({"kind":"thread")") < text.find(R"({"kind":"post")"));
  CHECK(text.find(R"({"kind":"post")") < text.find(R"({"kind":"article")"));
}

TEST_CASE("copies are left out of an export when they are not wanted, and counted") {
  Archive archive;
  fill_for_export(archive);
  ExportCounts counts;
  Selection selection;
  selection.filter.duplicates = false;
  const std::string text = jsonl(archive, selection, counts);
  CHECK(counts.of(RecordKind::kPost) == 4);
  CHECK(counts.duplicates == 1);
  CHECK(text.find("bbs.test/post/101") == std::string::npos);
}

TEST_CASE("an export takes the kinds of record that were named") {
  Archive archive;
  fill_for_export(archive);
  ExportCounts counts;
  Selection selection;
  selection.kinds = {false, true, false, false};
  const std::string text = jsonl(archive, selection, counts);
  CHECK(counts.sum() == 2);
  CHECK(text.find(R"("kind":"post")") == std::string::npos);
}

TEST_CASE("an export ends when its reader is gone") {
  Archive archive;
  fill_for_export(archive);
  int calls = 0;
  Jsonl format([&](std::string_view) { return ++calls < 3; });
  ExportCounts counts;
  REQUIRE(export_records(archive.read(), {}, format, counts));
  CHECK(calls == 3);
  CHECK(counts.sum() == 1);
}

TEST_CASE("with its history a record's older versions stand before the current one") {
  Archive archive;
  for (int version = 1; version <= 3; ++version)
    archive.put(thread_page("5", 1, 1, {make_post("1", "text " + std::to_string(version), 1)}, version));
  Selection selection;
  selection.history = true;
  ExportCounts counts;
  CHECK(texts_of_posts(jsonl(archive, selection, counts)) ==
        std::vector<std::string>{"text 1", "text 2", "text 3"});
  CHECK(counts.of(RecordKind::kPost) == 3);
}

TEST_CASE("a manifest tells the file, its digest, what is in it and what was asked") {
  Manifest manifest;
  manifest.format = "jsonl";
  manifest.file = "a.jsonl";
  manifest.bytes = 12;
  manifest.sha256 = "00ff";
  manifest.selection.filter.site = "bbs.test";
  manifest.selection.filter.since = 0;
  manifest.selection.filter.duplicates = false;
  manifest.counts.printed = {1, 2, 3, 4};
  manifest.counts.duplicates = 5;
  manifest.run = 6;
  manifest.version = "0.1.0";
  std::string json = to_json(manifest);
  std::erase_if(json, [](char c) { return c == ' ' || c == '\n'; });
  CHECK(
      json ==
      R"({"format":"jsonl","file":"a.jsonl","compression":"none","bytes":12,"sha256":"00ff",)"
      R"("counts":{"boards":1,"threads":2,"posts":3,"articles":4},"left_out":{"duplicates":5,"near_duplicates":0},)"
      R"("filters":{"site":"bbs.test","since":"1970-01-01T00:00:00Z"},"with_duplicates":false,)"
      R"("drop_near_duplicates":false,"history":false,"pseudonyms":false,"run":6,"layout":)" +
          std::to_string(kLayout) + R"(,"made_by":"boardwalk0.1.0","made_at":"1970-01-01T00:00:00Z"})");
}

TEST_CASE("a manifest of pages names the outcome and the run that they were chosen by") {
  Manifest manifest;
  manifest.pages = 2;
  manifest.outcome = "denied";
  manifest.pages_of_run = 3;
  manifest.run = 3;
  std::string json = to_json(manifest);
  std::erase_if(json, [](char c) { return c == ' ' || c == '\n'; });
  CHECK(json.find(R"("filters":{"outcome":"denied","run":3})") != std::string::npos);
  CHECK(json.find(R"("pseudonyms":false,"run":3,)") != std::string::npos);
}

TEST_CASE(
    "a manifest of an export with a cursor names what is gone and what has left, also when that is none") {
  Manifest manifest;
  manifest.cursor = true;
  manifest.gone = {"bbs.test/post/1"};
  std::string json = to_json(manifest);
  std::erase_if(json, [](char c) { return c == ' ' || c == '\n'; });
  CHECK(json.find(R"("gone":["bbs.test/post/1"],"left":[])") != std::string::npos);
}
