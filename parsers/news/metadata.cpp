#include "parsers/news/metadata.hpp"

#include <rapidjson/document.h>

#include <algorithm>

#include "config/ascii.hpp"
#include "parsers/text.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers::news {
namespace {

using rapidjson::Value;

constexpr int kDeepest = 12;  // levels of JSON-LD that are looked into

std::string lower_case(std::string_view text) { return ascii::lowered(strip(text)); }

// Stripped; empty when it is none. Without what is no UTF-8: rapidjson makes bytes of the second half of a
// surrogate pair where it stands alone.
std::string string_of(const Value& value) {
  if (!value.IsString()) return {};
  const std::string_view told(value.GetString(), value.GetStringLength());
  std::string text;
  for (std::size_t at = 0; at < told.size();) {
    const std::size_t begin = at;
    if (next_code_point(told, at) != kMalformed) text += told.substr(begin, at - begin);
  }
  return std::string(strip(text));
}

const Value* member(const Value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

// A string, an object's `name`, or the first such of a list.
std::string name_in(const Value* value, int depth = 0) {
  if (value == nullptr || depth > kDeepest) return {};
  if (value->IsObject()) return name_in(member(*value, "name"), depth + 1);
  if (value->IsArray()) return value->Empty() ? std::string() : name_in(&(*value)[0], depth + 1);
  return string_of(*value);
}

std::vector<std::string> names_in(const Value* value) {
  std::vector<std::string> names;
  const auto add = [&names](const Value* one) {
    if (std::string name = name_in(one); !name.empty()) names.push_back(std::move(name));
  };
  if (value != nullptr && value->IsArray()) {
    for (const Value& one : value->GetArray()) add(&one);
  } else {
    add(value);
  }
  return names;
}

bool is_article_type(std::string_view type) {
  return type.ends_with("Article") || type.ends_with("Posting") || type == "Report" || type == "Review" ||
         type == "Recipe";
}

std::string article_type(const Value& object) {
  const Value* type = member(object, "@type");
  if (type == nullptr) return member(object, "pubDate") != nullptr ? "Article" : "";  // cambrian.jsonld
  for (const std::string& name : names_in(type))
    if (is_article_type(name)) return name;
  return {};
}

void take(const Value& object, LinkedData& linked) {
  const auto text = [&](const char* name) { return name_in(member(object, name)); };
  const auto first_of = [&](const char* one, const char* other) {
    std::string value = text(one);
    return value.empty() ? text(other) : value;
  };
  linked.headline = first_of("headline", "title");
  linked.subtitle = text("alternativeHeadline");
  linked.body = text("articleBody");
  linked.published = first_of("datePublished", "pubDate");
  if (linked.published.empty()) linked.published = text("dateCreated");
  linked.modified = first_of("dateModified", "upDate");
  linked.section = text("articleSection");
  linked.authors = names_in(member(object, "author"));
  linked.keywords = names_in(member(object, "keywords"));
}

// The first article among the objects, those in lists, `@graph` and main entities too.
void find_article(const Value& value, LinkedData& linked, int depth) {
  if (depth > kDeepest || !linked.type.empty()) return;
  if (value.IsArray()) {
    for (const Value& one : value.GetArray()) find_article(one, linked, depth + 1);
  } else if (value.IsObject()) {
    linked.type = article_type(value);
    if (!linked.type.empty()) return take(value, linked);
    if (linked.page_published.empty()) linked.page_published = name_in(member(value, "datePublished"));
    for (const char* inner : {"@graph", "mainEntity", "mainEntityOfPage"})
      if (const Value* found = member(value, inner)) find_article(*found, linked, depth + 1);
  }
}

// False when it is no JSON.
bool read_json(std::string_view json, LinkedData& linked) {
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseStopWhenDoneFlag |
                              rapidjson::kParseTrailingCommasFlag | rapidjson::kParseCommentsFlag;
  rapidjson::Document document;
  if (document.Parse<kFlags>(json.data(), json.size()).HasParseError()) return false;
  find_article(document, linked, 0);
  return true;
}

// As it stands first, where the end of a line ends a comment; raw line breaks in strings are common, too.
void read_linked_data(dom::Node script, LinkedData& linked) {
  std::string json(script.first_child().value());
  if (read_json(json, linked)) return;
  for (char& c : json)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  (void)read_json(json, linked);
}

// What the page calls its language as BCP 47 writes it; empty for `x-default`, `lang="de"` and their like.
std::string language_tag(std::string_view told) {
  std::string tag = lower_case(told.substr(0, told.find_first_of(",; ", told.find_first_not_of(' '))));
  std::replace(tag.begin(), tag.end(), '_', '-');
  constexpr std::size_t kLongest = 35;  // bytes
  constexpr std::size_t kLongestPart = 8;
  if (tag.size() > kLongest) return {};
  for (std::size_t begin = 0; begin <= tag.size();) {
    const std::size_t end = std::min(tag.find('-', begin), tag.size());
    const std::string_view part = std::string_view(tag).substr(begin, end - begin);
    const bool first = begin == 0;
    const bool sized = first ? part.size() == 2 || part.size() == 3 : part.size() <= kLongestPart;
    const bool spelled = !part.empty() && std::all_of(part.begin(), part.end(), [first](char c) {
      return first ? c >= 'a' && c <= 'z' : ascii::is_alphanumeric(c);
    });
    if (!sized || !spelled) return {};
    begin = end + 1;
  }
  return tag;
}

void read_meta(dom::Node node, Metadata& data) {
  const std::string_view content = strip(node.attr_or("content"));
  if (content.empty()) return;
  for (const char* key : {"property", "name", "itemprop", "http-equiv"})
    if (const auto name = node.attr(key)) data.metas.emplace_back(lower_case(*name), content);
}

}  // namespace

std::string_view Metadata::meta(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names)
    for (const auto& [key, content] : metas)
      if (key == name) return content;
  return {};
}

Metadata read_metadata(dom::Node root) {
  Metadata data;
  data.language = language_tag(root.attr_or("lang"));
  for (dom::Node node = root.first_child(); node; node = node.next_in(root)) {
    if (node.is("meta")) {
      read_meta(node, data);
    } else if (node.is("title")) {
      if (data.title.empty() && !node.closest([](dom::Node n) { return n.is("svg"); }))
        data.title = dom::text_of(node);
    } else if (node.is("link")) {
      if (data.canonical.empty() && lower_case(node.attr_or("rel")) == "canonical")
        data.canonical = strip(node.attr_or("href"));
    } else if (node.is("script")) {
      if (data.linked.type.empty() && lower_case(node.attr_or("type")) == "application/ld+json")
        read_linked_data(node, data.linked);
    }
  }
  for (const std::string_view name : {"content-language", "og:locale", "language"})
    if (data.language.empty()) data.language = language_tag(data.meta({name}));
  return data;
}

}  // namespace boardwalk::parsers::news
