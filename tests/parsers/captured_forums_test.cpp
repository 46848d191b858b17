// Every page of captured forums, where these are at hand: each ends as its kind demands, and its posts are
// what the forum's database holds.
#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "parsers/discuz/archiver.hpp"
#include "parsers/html.hpp"
#include "parsers/page.hpp"
#include "tests/shared_corpus.hpp"

using namespace boardwalk::parsers;
using boardwalk::tests::shared_corpus;

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<rapidjson::Document> read_lines(const std::filesystem::path& path) {
  std::vector<rapidjson::Document> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.emplace_back().Parse(line.c_str());
  return lines;
}

std::string word(const rapidjson::Value& row, const char* key) {
  return row.HasMember(key) && row[key].IsString() ? row[key].GetString() : "";
}

struct Captured {
  std::string url, kind, finer, agent;
  int status = 0;
  std::vector<std::string> pids;
  ParsedPage page;
};

// All pages that have a body of HTML, parsed as they were fetched.
std::vector<Captured> parse_all(const std::filesystem::path& forum) {
  std::vector<Captured> pages;
  Workspace workspace;
  for (const auto& row : read_lines(forum / "index.jsonl")) {
    Captured page{word(row, "url"),
                  word(row, "kind"),
                  word(row, "cls"),
                  word(row, "ua"),
                  row["status"].GetInt(),
                  {},
                  {}};
    if (page.kind == "redirect" || word(row, "file").empty()) continue;
    if (row.HasMember("pids") && row["pids"].IsArray())
      for (const auto& pid : row["pids"].GetArray()) page.pids.push_back(std::to_string(pid.GetInt64()));
    const std::string body = read_file(forum / word(row, "file"));
    const std::string type = word(row["headers"], "Content-Type");
    PageInput input;
    input.url = page.url;
    input.body = body;
    input.content_type = type;
    input.fetched_at = row["captured_at"].GetInt64();
    page.page = parse_page(input, workspace);
    pages.push_back(std::move(page));
  }
  return pages;
}

std::vector<std::string> ids_of(const std::vector<Post>& posts) {
  std::vector<std::string> ids;
  for (const Post& post : posts) ids.push_back(post.post_id);
  return ids;
}

bool is_no(Outcome outcome) {
  return outcome == Outcome::kDenied || outcome == Outcome::kNotFound || outcome == Outcome::kGone;
}

struct Truth {
  std::string author, text;
  int floor = 0;
};

std::map<std::string, Truth> read_truth(const std::filesystem::path& forum) {
  std::map<std::string, Truth> posts;
  for (const auto& row : read_lines(forum / "truth/posts.jsonl"))
    posts[std::to_string(row["pid"].GetInt64())] = {word(row, "author"), word(row, "text"),
                                                    row["floor"].IsInt() ? row["floor"].GetInt() : 0};
  return posts;
}

void check_kind(const Captured& captured) {
  INFO(captured.url << " as a " << captured.agent << ": " << to_string(captured.page.outcome) << ' '
                    << captured.page.detail);
  if (captured.kind == "denied") CHECK(is_no(captured.page.outcome));
  if (captured.kind == "thread" || captured.kind == "board" || captured.kind == "index")
    CHECK(captured.page.outcome == Outcome::kOk);
  if (captured.kind == "thread" && !captured.pids.empty())
    CHECK(ids_of(captured.page.posts) == captured.pids);
  if (captured.kind == "board") CHECK_FALSE(captured.page.boards.empty());
  const bool entrance = captured.url.find("forum.php") == std::string::npos;  // which may be a portal's
  if (captured.kind == "index" && !entrance) CHECK(captured.page.boards.size() > 1);
  CHECK(captured.page.outcome != Outcome::kUnreadable);
  CHECK(captured.page.outcome != Outcome::kChallenge);
}

void check_posts(const Captured& captured, const std::map<std::string, Truth>& truth) {
  for (const Post& post : captured.page.posts) {
    const auto known = truth.find(post.post_id);
    INFO(captured.url << " as a " << captured.agent << ", post " << post.post_id);
    REQUIRE(known != truth.end());
    CHECK(post.text == known->second.text);
    CHECK(post.author.value_or("") == known->second.author);
    if (post.floor) CHECK(*post.floor == known->second.floor);
  }
}

}  // namespace

TEST_CASE("each captured page ends as its kind demands, with the posts, words and authors of the database") {
  for (const char* name : {"corpus/discuz/x35-utf8", "corpus/discuz/x34-gbk"}) {
    const auto forum = shared_corpus(name);
    if (!forum) return;
    const auto truth = read_truth(*forum);
    const auto pages = parse_all(*forum);
    REQUIRE(pages.size() > 500);
    for (const Captured& page : pages) {
      check_kind(page);
      if (page.kind == "thread") check_posts(page, truth);
    }
  }
}

TEST_CASE("captured mobile pages give what the desktop pages give of each post") {
  for (const char* name : {"corpus/discuz/x35-utf8", "corpus/discuz/x34-gbk"}) {
    const auto forum = shared_corpus(name);
    if (!forum) return;
    const auto pages = parse_all(*forum);
    std::map<std::string, const Post*> desktop;
    for (const Captured& page : pages)
      if (page.kind == "thread" && page.agent == "desktop")
        for (const Post& post : page.page.posts) desktop.emplace(post.post_id, &post);
    std::set<std::string> compared;
    for (const Captured& page : pages) {
      if (page.kind != "mobile") continue;
      for (const Post& post : page.page.posts) {
        const auto twin = desktop.find(post.post_id);
        if (twin == desktop.end()) continue;
        INFO(page.url << ", post " << post.post_id);
        CHECK(post.text == twin->second->text);
        CHECK(post.author == twin->second->author);
        CHECK(post.author_id == twin->second->author_id);
        compared.insert(post.post_id);
        if (!post.posted_at || !twin->second->posted_at) continue;
        const std::size_t known = post.posted_at->precision == Precision::kDay ? 10 : 13;
        CHECK(post.posted_at->rfc3339().substr(0, known) ==
              twin->second->posted_at->rfc3339().substr(0, known));
      }
    }
    CHECK(compared.size() > 50);
  }
}

TEST_CASE("captured archiver pages give times and authors that the database's posts have") {
  const auto forum = shared_corpus("corpus/discuz/x35-utf8");
  if (!forum) return;
  std::set<std::string> authors;
  for (const auto& [pid, post] : read_truth(*forum)) authors.insert(post.author);
  std::set<std::string> texts;
  for (const auto& [pid, post] : read_truth(*forum)) texts.insert(post.text);
  int posts = 0;
  int same = 0;
  for (const auto& row : read_lines(*forum / "index.jsonl")) {
    if (word(row, "kind") != "archiver" || word(row, "url").find("tid-") == std::string::npos) continue;
    const std::string body = read_file(*forum / word(row, "file"));
    Arena arena;
    const auto document = parse_html(body, arena);
    REQUIRE(document);
    discuz::Context context;
    context.url = *parse_url(word(row, "url"));
    context.base = context.url;
    context.site = context.url.site();
    context.fetched_at = row["captured_at"].GetInt64();
    for (const Post& post : discuz::read_archived_posts(context, document->root())) {
      INFO(context.url.str());
      CHECK(post.posted_at);
      CHECK(authors.contains(post.author.value_or("")));
      ++posts;
      same += texts.contains(post.text) ? 1 : 0;
    }
  }
  CHECK(posts > 500);
  CHECK(same > posts / 2);  // the archiver prints quotes, smilies and hidden parts as words
}
