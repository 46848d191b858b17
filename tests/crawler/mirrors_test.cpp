// One text on three sites of one crawl: an article in GBK, a mirror of it in traditional characters with
// pinyin, and a post of a Discuz! forum.

#include <catch2/catch.hpp>
#include <string>

#include "answering_site.hpp"
#include "crawling.hpp"
#include "store/duplicates.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "tests/parsers/thread_fixture.hpp"
#include "tests/support/charset.hpp"
#include "tests/support/mirror.hpp"

using namespace boardwalk;
using namespace boardwalk::tests;

namespace {

const std::string kWords =
    "港口的老灯塔在去年冬天重新亮了起来，守塔人说，这是他最大的愿望，也是全镇人的愿望。铜钟也修好了。";

std::string article(const std::string& charset, const std::string& time, const std::string& words) {
  return "<html><head><meta charset=" + charset + "><title>老灯塔</title></head><body><h1>老灯塔</h1><div>" +
         time + "</div><div class=x><p>　　" + words + "</p></div></body></html>";
}

sample::Response markup(const std::string& body) {
  return {.headers = {{"Content-Type", "text/html"}}, .body = body};
}

std::string folds_of(const store::Database& database, store::RecordKind kind, const std::string& site) {
  std::string fold;
  REQUIRE(store::for_each_record(database, {.kind = kind}, [&](const store::Row& row) {
    if (const auto post = store::post_from_json(row.json); post && post->site == site)
      fold = post->fold_sha256.value_or("");
    if (const auto read = store::article_from_json(row.json); read && read->site == site)
      fold = read->fold_sha256.value_or("");
    return true;
  }));
  return fold;
}

}  // namespace

TEST_CASE("a crawl links an article in GBK, its mirror with pinyin and the same post of a forum") {
  AnsweringSite forum;
  AnsweringSite mirror;
  AnsweringSite original;
  forum.page("/", {"/thread-90-1-1.html"});
  forum["/thread-90-1-1.html"] = markup(fixture::page_with(kWords));
  mirror.page("/", {"/news/2021/10001.html"});
  mirror["/news/2021/10001.html"] = markup(article("utf-8", "2021-03-03 09:00", sample::mirrored(kWords)));
  original.page("/", {"/news/2021/20001.html"});
  original["/news/2021/20001.html"] =
      markup(sample::in_charset(article("gbk", "2021-03-02 08:00", kWords), sample::Charset::kGbk));
  REQUIRE(sample::mirrored(kWords) != kWords);

  Crawling crawling;
  const auto report = crawling.crawl({forum.url(), mirror.url(), original.url()});
  CHECK(report.failed == 0);

  const std::string fold = folds_of(crawling.database(), store::RecordKind::kArticle, original.site());
  CHECK_FALSE(fold.empty());
  CHECK(folds_of(crawling.database(), store::RecordKind::kArticle, mirror.site()) == fold);
  CHECK(folds_of(crawling.database(), store::RecordKind::kPost, forum.site()) == fold);
  const auto clusters = store::duplicate_clusters(crawling.database(), store::DuplicateLevel::kExact);
  REQUIRE(clusters);
  REQUIRE(clusters->size() == 1);
  CHECK(clusters->front().original.starts_with(original.site() + "/article/"));
  REQUIRE(clusters->front().members.size() == 2);
  for (const auto& member : clusters->front().members)
    CHECK((member.record_id.starts_with(mirror.site() + "/article/") ||
           member.record_id.starts_with(forum.site() + "/post/")));
}
