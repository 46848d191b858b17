// Copies among the posts of captured forums: every one that is noted as such, and none but those that a
// comparison of all posts with each other gives.

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>

#include "archive_fixture.hpp"
#include "parsers/fold.hpp"
#include "parsers/url.hpp"
#include "store/duplicates.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "store/sketch.hpp"
#include "tests/contents.hpp"
#include "tests/shared_corpus.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;
namespace fs = std::filesystem;

namespace {

template <typename Each>
void each_json_line(const fs::path& path, Each&& each) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    rapidjson::Document document;
    document.Parse(line.data(), line.size());
    REQUIRE(document.IsObject());
    each(std::as_const(document));
  }
}

// The thread pages that a browser was given, one of each.
void fill(Archive& archive, const fs::path& corpus) {
  parsers::Workspace workspace;
  std::int64_t at = 1;
  each_json_line(corpus / "index.jsonl", [&](const auto& line) {
    if (std::string_view(line["cls"].GetString()) != "thread" || line["status"].GetInt() != 200 ||
        std::string_view(line["ua"].GetString()) != "desktop")
      return;
    const std::string url = line["url"].GetString();
    const std::string body = contents(corpus / line["file"].GetString());
    const std::string type = line["headers"]["Content-Type"].GetString();
    const auto page = parsers::parse_page({url, body, type, at++, 480, nullptr}, workspace);
    if (page.outcome == parsers::Outcome::kOk) archive.put(page);
  });
}

// The posts whose truth bears this note, by pid.
std::set<std::string> noted(const fs::path& corpus, const std::string& note) {
  std::set<std::string> pids;
  each_json_line(corpus / "truth/posts.jsonl", [&](const auto& line) {
    if (line["note"].IsString() && std::string_view(line["note"].GetString()).starts_with(note))
      pids.insert(std::to_string(line["pid"].GetInt64()));
  });
  return pids;
}

std::set<std::string> pids_of(const DuplicateCluster& cluster) {
  const auto pid = [](const std::string& id) { return id.substr(id.rfind('/') + 1); };
  std::set<std::string> pids{pid(cluster.original)};
  for (const auto& member : cluster.members) pids.insert(pid(member.record_id));
  return pids;
}

std::vector<DuplicateCluster> clusters(Archive& archive, DuplicateLevel level) {
  auto all = duplicate_clusters(archive.read(), level);
  REQUIRE(all);
  return *all;
}

bool stand_together(const std::vector<DuplicateCluster>& all, const std::set<std::string>& pids) {
  return std::any_of(all.begin(), all.end(), [&](const auto& cluster) {
    const auto members = pids_of(cluster);
    return std::includes(members.begin(), members.end(), pids.begin(), pids.end());
  });
}

struct Text {
  std::string pid, fold;
  Shingles shingles;
  bool is_near = false;
};

std::vector<Text> texts_of(Archive& archive) {
  std::vector<Text> texts;
  REQUIRE(for_each_record(archive.read(), {RecordKind::kPost}, [&](const Row& row) {
    const auto post = post_from_json(row.json);
    REQUIRE(post);
    std::string fold = parsers::fold(post->text);
    if (parsers::length(fold) < kMinChars) return true;
    Shingles shingles = shingles_of(fold);
    texts.push_back(
        {post->post_id, std::move(fold), std::move(shingles), post->near_duplicate_of.has_value()});
    return true;
  }));
  return texts;
}

}  // namespace

TEST_CASE("the copies in captured forums are found, exact and near, and nothing else is called one") {
  for (const char* name : {"corpus/discuz/x35-utf8", "corpus/discuz/x34-gbk"}) {
    const auto corpus = tests::shared_corpus(name);
    if (!corpus) return;
    INFO(name);
    Archive archive;
    fill(archive, *corpus);
    const auto exact = clusters(archive, DuplicateLevel::kExact);
    const auto near = clusters(archive, DuplicateLevel::kNear);
    for (const auto& [all, note] :
         {std::pair{&exact, "exact duplicate"}, std::pair{&near, "near duplicate"}}) {
      const auto pids = noted(*corpus, note);
      INFO(note);
      REQUIRE(pids.size() == 2);
      CHECK(stand_together(*all, pids));
    }
    const auto texts = texts_of(archive);
    REQUIRE(texts.size() > 300);
    std::map<std::string, std::set<std::string>> by_fold;
    for (const auto& text : texts) by_fold[text.fold].insert(text.pid);
    std::erase_if(by_fold, [](const auto& group) { return group.second.size() < 2; });
    CHECK(exact.size() == by_fold.size());
    for (const auto& [fold, pids] : by_fold) CHECK(stand_together(exact, pids));
    std::size_t pairs = 0, found = 0;
    for (std::size_t i = 0; i < texts.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (texts[i].fold != texts[j].fold && likeness(texts[i].shingles, texts[j].shingles).is_near()) {
          ++pairs;
          found += texts[i].is_near || texts[j].is_near ? 1 : 0;
        }
    CAPTURE(pairs, found);
    CHECK(found == pairs);
  }
}
