#include "store/export/manifest.hpp"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include "parsers/moment.hpp"
#include "store/schema.hpp"

namespace boardwalk::store {
namespace {

constexpr std::array<const char*, kKinds.size()> kPlurals{"boards", "threads", "posts", "articles"};

class Json {
 public:
  Json() : writer_(buffer_) {
    writer_.SetIndent(' ', 2);
    writer_.StartObject();
  }

  void field(const char* name, std::string_view text) {
    writer_.Key(name);
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void field(const char* name, std::int64_t value) {
    writer_.Key(name);
    writer_.Int64(value);
  }
  void flag(const char* name, bool value) {
    writer_.Key(name);
    writer_.Bool(value);
  }
  void texts(const char* name, const std::vector<std::string>& texts) {
    writer_.Key(name);
    writer_.StartArray();
    for (const auto& text : texts) writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
    writer_.EndArray();
  }
  void null(const char* name) {
    writer_.Key(name);
    writer_.Null();
  }
  template <typename Fill>
  void object(const char* name, Fill&& fill) {
    writer_.Key(name);
    writer_.StartObject();
    fill();
    writer_.EndObject();
  }

  std::string take() {
    writer_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + '\n';
  }

 private:
  rapidjson::StringBuffer buffer_;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer_;
};

void write_filters(Json& json, const Manifest& manifest) {
  const Filter& filter = manifest.selection.filter;
  const auto text = [&](const char* name, const std::optional<std::string>& value) {
    if (value) json.field(name, *value);
  };
  text("site", filter.site);
  text("board", filter.board);
  text("thread", filter.thread);
  manifest.hides_author ? json.null("author") : text("author", filter.author);
  text("title", filter.title);
  text("text", filter.text);
  text("fold", filter.fold);
  if (filter.since) json.field("since", parsers::utc_rfc3339(*filter.since));
  if (filter.until) json.field("until", parsers::utc_rfc3339(*filter.until));
  if (!manifest.outcome.empty()) json.field("outcome", manifest.outcome);
  if (manifest.pages_of_run != 0) json.field("run", manifest.pages_of_run);
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  Json json;
  json.field("format", manifest.format);
  json.field("file", manifest.file);
  json.field("compression", manifest.compression);
  json.field("bytes", static_cast<std::int64_t>(manifest.bytes));
  json.field("sha256", manifest.sha256);
  json.object("counts", [&] {
    if (manifest.pages) json.field("pages", *manifest.pages);
    for (std::size_t i = 0; !manifest.pages && i < kKinds.size(); ++i)
      if (manifest.selection.kinds[i]) json.field(kPlurals[i], manifest.counts.printed[i]);
  });
  json.object("left_out", [&] {
    json.field("duplicates", manifest.counts.duplicates);
    json.field("near_duplicates", manifest.counts.near_duplicates);
    if (manifest.cursor) json.field("unchanged", manifest.counts.unchanged);
  });
  if (manifest.cursor) {
    json.texts("gone", manifest.gone);
    json.texts("left", manifest.left);
  }
  json.object("filters", [&] { write_filters(json, manifest); });
  json.flag("with_duplicates", manifest.selection.filter.duplicates);
  json.flag("drop_near_duplicates", !manifest.selection.filter.near_duplicates);
  json.flag("history", manifest.selection.history);
  json.flag("pseudonyms", manifest.pseudonyms);
  manifest.run ? json.field("run", *manifest.run) : json.null("run");
  json.field("layout", kLayout);
  json.field("made_by", "boardwalk " + manifest.version);
  json.field("made_at", parsers::utc_rfc3339(manifest.made_at));
  return json.take();
}

}  // namespace boardwalk::store
