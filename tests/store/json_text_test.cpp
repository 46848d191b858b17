#include "store/json_text.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <catch2/catch.hpp>
#include <limits>
#include <random>

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

std::string string_of(std::string_view text) {
  JsonText json;
  json.string(text);
  return std::string(json.view());
}

std::string by_rapidjson(std::string_view text) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer>(buffer).String(text.data(),
                                                            static_cast<rapidjson::SizeType>(text.size()));
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

TEST_CASE("every byte prints in a string as RapidJSON prints it, wherever it stands") {
  for (int byte = 0; byte < 256; ++byte)
    for (std::size_t size = 1; size < 40; ++size)
      for (std::size_t at = 0; at < size; ++at) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(byte);
        if (string_of(text) != by_rapidjson(text)) FAIL("byte " << byte << " at " << at << " of " << size);
      }
}

TEST_CASE("strings of any bytes print as RapidJSON prints them") {
  std::mt19937 engine(7);
  const auto below = [&engine](int end) { return std::uniform_int_distribution<int>(0, end - 1)(engine); };
  constexpr std::string_view kNearEscapes("\x1f\x20\x21\x22\x23\x5b\x5c\x5d\x7f\x80\x9f\xa2\xdc\xff\x01\x00",
                                          16);
  for (int round = 0; round < 20'000; ++round) {
    std::string text(static_cast<std::size_t>(below(80)), '\0');
    for (char& c : text)
      c = round % 2 == 0 ? static_cast<char>(below(256)) : kNearEscapes[static_cast<std::size_t>(below(16))];
    if (string_of(text) != by_rapidjson(text)) FAIL("round " << round);
  }
}

TEST_CASE("numbers print as RapidJSON prints them") {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  JsonText json;
  writer.StartArray();
  json.start_array();
  using Limits = std::numeric_limits<std::int64_t>;
  for (const std::int64_t value :
       {Limits::min(), std::int64_t{-1}, std::int64_t{0}, std::int64_t{10}, Limits::max()}) {
    writer.Int64(value);
    json.integer(value);
  }
  for (const double value : {0.0, 0.8, 0.9167, 1.0, 1e-7, 1e21, -2.5}) {
    writer.Double(value);
    json.real(value);
  }
  writer.EndArray();
  json.end_array();
  CHECK(json.view() == std::string_view(buffer.GetString(), buffer.GetSize()));
}

TEST_CASE("commas stand between members and items, and nowhere else") {
  JsonText json;
  json.start_object();
  json.key("a");
  json.start_array();
  json.end_array();
  json.any_key("b\"");
  json.start_array();
  json.start_object();
  json.end_object();
  json.start_object();
  json.key("c");
  json.plain("[");
  json.key("d");
  json.string(":");
  json.end_object();
  json.null();
  json.boolean(true);
  json.end_array();
  json.end_object();
  CHECK(json.view() == R"({"a":[],"b\"":[{},{"c":"[","d":":"},null,true]})");
  json.clear();
  json.start_array();
  json.raw("{}");
  json.start_object();
  json.field("text", "\"");
  json.field("number", 7);
  json.null_field("none");
  json.end_object();
  json.end_array();
  CHECK(json.view() == R"([{},{"text":"\"","number":7,"none":null}])");
  json.clear();
  json.integer(7);
  CHECK(json.view() == "7");
}
