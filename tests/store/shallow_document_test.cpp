#include "store/shallow_document.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "store/export/csv.hpp"

using namespace boardwalk::store;

namespace {

std::string arrays(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("a document is read as RapidJSON reads it") {
  const std::string json = R"( {"a":[1,-2.5,true,null,"é\u4e2d\n"],"b":{"c":{}}} )";
  ShallowDocument document;
  REQUIRE(document.parse(json));
  rapidjson::Document plain;
  plain.Parse(json.data(), json.size());
  CHECK(document == plain);
}

TEST_CASE("what is no JSON, or not that alone, leaves a document null") {
  for (const char* json : {"", "{", "{\"a\":}", "[1] 2", "nul", "\"\xFF"}) {
    INFO(json);
    ShallowDocument document;
    CHECK_FALSE(document.parse(json));
    CHECK(document.IsNull());
  }
}

TEST_CASE("a document is not read where it nests deep, and costs no stack") {
  ShallowDocument deepest;
  CHECK(deepest.parse(arrays(64)));
  for (const std::string& json : {arrays(65), arrays(std::size_t{1} << 21),
                                  std::string(std::size_t{1} << 21, '['), "{\"a\":" + arrays(64) + "}"}) {
    ShallowDocument document;
    CHECK_FALSE(document.parse(json));
    CHECK(document.IsNull());
  }
  CHECK(csv_row(R"({"kind":"post","links":)" + arrays(std::size_t{1} << 21) + "}").empty());
}
