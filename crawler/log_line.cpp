#include "crawler/log_line.hpp"

#include "parsers/moment.hpp"
#include "store/json_text.hpp"

namespace boardwalk::crawler {

std::string to_json(const LogLine& line) {
  store::JsonText json;
  const auto* key = kLogKeys;
  const auto number = [&](std::int64_t value) { json.field(*key++, value); };
  const auto text = [&](std::string_view value) {
    value.empty() ? json.null_field(*key) : json.field(*key, value);
    ++key;
  };
  json.start_object();
  text(parsers::utc_rfc3339(line.time / 1000));
  number(line.run);
  text(line.site);
  text(line.url);
  text(to_string(line.outcome));
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
  json.end_object();
  return std::string(json.view());
}

}  // namespace boardwalk::crawler
