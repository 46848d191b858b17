#include "cli/page_list.hpp"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string_view>

namespace boardwalk::cli {
namespace {

using Object = rapidjson::Document;

Result<std::string> text_member(const Object& object, const char* name, bool needed) {
  const auto member = object.FindMember(name);
  if (member == object.MemberEnd() || member->value.IsNull()) {
    if (needed) return fail(ErrorKind::kUsage, fmt::format("\"{}\" is missing", name));
    return std::string{};
  }
  if (!member->value.IsString()) return fail(ErrorKind::kUsage, fmt::format("\"{}\" is no string", name));
  return std::string(member->value.GetString(), member->value.GetStringLength());
}

Result<std::string> id_member(const Object& object, std::size_t number) {
  const auto member = object.FindMember("id");
  if (member == object.MemberEnd() || member->value.IsNull()) return fmt::format("{}", number);
  if (!member->value.IsString() && !member->value.IsInt64())
    return fail(ErrorKind::kUsage, "\"id\" is neither a string nor an integer");
  rapidjson::StringBuffer json;
  rapidjson::Writer<rapidjson::StringBuffer> writer(json);
  member->value.Accept(writer);
  return std::string(json.GetString(), json.GetSize());
}

}  // namespace

Result<ListedPage> listed_page(const std::string& line, std::size_t number) {
  Object object;
  object.Parse<rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag>(line.data(),
                                                                                       line.size());
  if (object.HasParseError())
    return fail(ErrorKind::kUsage, fmt::format("no JSON object: {} (column {})",
                                               rapidjson::GetParseError_En(object.GetParseError()),
                                               object.GetErrorOffset() + 1));
  if (!object.IsObject())
    return fail(ErrorKind::kUsage, R"(no JSON object; write {"file": "page.html", "url": "http://…"})");
  ListedPage page;
  struct Text {
    const char* name;
    std::string ListedPage::*into;
    bool needed;
  };
  for (const Text& text : {Text{"file", &ListedPage::file, true}, Text{"url", &ListedPage::url, true},
                           Text{"content_type", &ListedPage::content_type, false},
                           Text{"fetched_at", &ListedPage::fetched_at, false}}) {
    auto value = text_member(object, text.name, text.needed);
    if (!value) return tl::unexpected(value.error());
    page.*text.into = *std::move(value);
  }
  auto id = id_member(object, number);
  if (!id) return tl::unexpected(id.error());
  page.id = *std::move(id);
  return page;
}

std::string with_batch_id(std::string json, const std::string& id) {
  json.pop_back();  // the object's closing brace
  return json.append(",\"batch_id\":").append(id).append("}");
}

}  // namespace boardwalk::cli
