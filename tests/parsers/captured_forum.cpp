#include "tests/parsers/captured_forum.hpp"

#include <fstream>
#include <utility>

#include "tests/contents.hpp"

namespace boardwalk::tests {
namespace {

std::vector<rapidjson::Document> read_lines(const std::filesystem::path& path) {
  std::vector<rapidjson::Document> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.emplace_back().Parse(line.data(), line.size());
  return lines;
}

std::string word(const rapidjson::Value& row, const char* key) {
  return row.HasMember(key) && row[key].IsString() ? row[key].GetString() : "";
}

}  // namespace

std::vector<Captured> parse_captured(const std::filesystem::path& forum) {
  std::vector<Captured> pages;
  parsers::Workspace workspace;
  for (const auto& row : read_lines(forum / "index.jsonl")) {
    Captured page{word(row, "url"),
                  word(row, "kind"),
                  word(row, "cls"),
                  word(row, "ua"),
                  row["status"].GetInt(),
                  {},
                  {}};
    if (page.kind == "redirect" || word(row, "file").empty()) continue;
    const std::string body = contents(forum / word(row, "file"));
    const std::string type = word(row["headers"], "Content-Type");
    parsers::PageInput input;
    input.url = page.url;
    input.body = body;
    input.content_type = type;
    input.fetched_at = row["captured_at"].GetInt64();
    page.page = parsers::parse_page(input, workspace);
    input.records_only = true;
    page.records = parsers::parse_page(input, workspace);
    pages.push_back(std::move(page));
  }
  return pages;
}

std::map<std::string, TruePost> read_truth(const std::filesystem::path& forum) {
  std::map<std::string, TruePost> posts;
  for (const auto& row : read_lines(forum / "truth/posts.jsonl")) {
    TruePost post{
        word(row, "author"), word(row, "text"), row["floor"].IsInt() ? row["floor"].GetInt() : 0, {}};
    if (row.HasMember("urls") && row["urls"].IsArray())
      for (const auto& url : row["urls"].GetArray()) post.urls.emplace_back(url.GetString());
    posts.emplace(std::to_string(row["pid"].GetInt64()), std::move(post));
  }
  return posts;
}

}  // namespace boardwalk::tests
