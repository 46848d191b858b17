#include "crawler/log_line.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "parsers/moment.hpp"

namespace boardwalk::crawler {
namespace {

using Json = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Json& json, std::string_view text) {
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void put_or_null(Json& json, const std::string& text) {
  if (text.empty())
    json.Null();
  else
    put(json, text);
}

}  // namespace

std::string to_json(const LogLine& line) {
  rapidjson::StringBuffer buffer;
  Json json(buffer);
  const auto* key = kLogKeys;
  const auto next = [&json, &key] {
    json.Key(key->data(), static_cast<rapidjson::SizeType>(key->size()));
    ++key;
  };
  const auto number = [&](std::int64_t value) { next(), json.Int64(value); };
  const auto text = [&](const std::string& value) { next(), put_or_null(json, value); };
  json.StartObject();
  text(parsers::utc_rfc3339(line.time / 1000));
  number(line.run);
  text(line.site);
  text(line.url);
  text(std::string(to_string(line.outcome)));
  number(line.status);
  number(line.bytes);
  number(line.milliseconds);
  text(line.kind);
  number(line.added);
  number(line.changed);
  number(line.gone);
  number(line.queued);
  number(line.tries);
  text(line.due ? parsers::utc_rfc3339(*line.due / 1000) : std::string{});
  text(line.via);
  text(line.detail);
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace boardwalk::crawler
