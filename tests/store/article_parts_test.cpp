#include "store/article_parts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

#include "archive_fixture.hpp"
#include "store/json_codec.hpp"
#include "store/schema.hpp"
#include "store/vanished.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

// Page `number` of `pages` of the one article at `at`.
parsers::ParsedPage part(int number, int pages, const std::string& text, std::int64_t at) {
  parsers::Article article = make_article("https://news.test/harbour.html", text);
  article.part = number;
  article.pages = pages;
  auto page = article_page(article, at);
  page.articles.front().page.url = "https://news.test/harbour_" + std::to_string(number) + ".html";
  return page;
}

std::vector<parsers::Article> articles(Archive& archive, bool history = false) {
  std::vector<parsers::Article> all;
  for (const auto& line : archive.lines(history)) {
    auto article = article_from_json(line);
    REQUIRE(article);
    all.push_back(*article);
  }
  return all;
}

parsers::Article only_article(Archive& archive) {
  const auto all = articles(archive);
  REQUIRE(all.size() == 1);
  return all.front();
}

// Reads of an article of up to four pages: texts that stay, change and come back, pages that come and go,
// several reads of one time, late ones.
std::vector<parsers::ParsedPage> made_up_reads(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&random](unsigned end) { return static_cast<int>(random() % end); };
  std::vector<parsers::ParsedPage> reads{part(1, 3, "导语\n一", 10)};
  std::int64_t at = 10;
  int pages = 3;
  for (int i = 0; i < 40; ++i) {
    at += below(3);
    if (below(12) == 0) pages = 1 + below(4);
    const int number = 1 + below(static_cast<unsigned>(pages));
    const int named = below(4) == 0 ? std::min(number + 1, pages) : pages;
    const std::string text = (below(4) == 0 ? "导语\n" : "") + std::to_string(below(4));
    const std::int64_t late = below(15) == 0 ? 6 : 0;
    reads.push_back(part(number, named, text, at - late));
    auto& article = reads.back().articles.front();
    article.title = "title " + std::to_string(below(3));
    if (number == 1 && below(10) == 0) article.part.reset(), article.pages.reset();
  }
  return reads;
}

void erase_versions(Archive& archive) {
  archive.commit([](Batch& batch) {
    std::vector<std::string> keys;
    REQUIRE(batch.scan(Family::kVersions, "", [&keys](std::string_view key, std::string_view) {
      keys.emplace_back(key);
      return true;
    }));
    for (const auto& key : keys) batch.erase(Family::kVersions, key);
  });
}

}  // namespace

TEST_CASE("the pages of an article make one record with the whole text") {
  Archive archive(any_life());
  archive.put(part(1, 3, "一", 10));
  archive.put(part(2, 3, "二", 11));
  archive.put(part(3, 3, "三", 12));
  const auto article = only_article(archive);
  CHECK(article.text == "一\n二\n三");
  CHECK(article.url == "https://news.test/harbour.html");
  CHECK(article.pages == 3);
  CHECK(article.missing_pages.empty());
  CHECK_FALSE(article.part);
  CHECK(article.seen.version == 1);
}

TEST_CASE("a joined record names the page of each of its parts, and its digest is that of the whole text") {
  Archive archive;
  archive.put(part(1, 2, long_text(1), 10));
  archive.put(part(2, 2, long_text(2), 11));
  const auto article = only_article(archive);
  REQUIRE(article.parts.size() == 2);
  CHECK(article.parts[0].url == "https://news.test/harbour_1.html");
  CHECK(article.parts[1].url == "https://news.test/harbour_2.html");
  CHECK(article.parts[1].fetched_at == 11);
  Archive whole;
  whole.put(article_page(make_article("https://other.test/1.html", long_text(1) + "\n" + long_text(2)), 1));
  CHECK(only_article(whole).text_sha256 == article.text_sha256);
  CHECK(only_article(whole).fold_sha256 == article.fold_sha256);
}

TEST_CASE("a page that is not in the archive is named as missing") {
  Archive archive(any_life());
  archive.put(part(1, 4, "一", 10));
  archive.put(part(3, 4, "三", 11));
  const auto article = only_article(archive);
  CHECK(article.text == "一\n三");
  CHECK(article.missing_pages == std::vector<int>{2, 4});
}

TEST_CASE("the joined record does not depend on the order in which its pages come") {
  std::vector<parsers::ParsedPage> pages{part(1, 2, "一", 10), part(2, 3, "二", 11), part(3, 3, "三", 12),
                                         part(2, 3, "二改", 20)};
  std::vector<int> order{0, 1, 2, 3};
  std::vector<std::string> expected;
  do {
    Archive archive;
    for (const int i : order) archive.put(pages[static_cast<std::size_t>(i)]);
    const auto lines = archive.lines(true);
    if (expected.empty()) expected = lines;
    CHECK(lines == expected);
  } while (std::next_permutation(order.begin(), order.end()));
  CHECK(expected.size() == 2);
}

TEST_CASE(
    "a page whose text changes makes a new version of the whole article, a page that is added does not") {
  Archive archive(any_life());
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 2, "二", 11));
  archive.put(part(1, 2, "一改", 20));
  const auto versions = articles(archive, true);
  REQUIRE(versions.size() == 2);
  CHECK(versions[0].text == "一\n二");
  CHECK(versions[0].seen.version == 1);
  CHECK(versions[1].text == "一改\n二");
  CHECK(versions[1].seen.version == 2);
}

TEST_CASE("an article that grows to a second page keeps what it was") {
  Archive archive(any_life());
  archive.put(article_page(make_article("https://news.test/harbour.html", "一页"), 5));
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 2, "二", 11));
  const auto versions = articles(archive, true);
  REQUIRE(versions.size() == 2);
  CHECK(versions[0].text == "一页");
  CHECK_FALSE(versions[0].pages);
  CHECK(versions[1].text == "一\n二");
}

TEST_CASE("an article that shrinks to one page no longer has the text of the others") {
  Archive archive(any_life());
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 2, "二", 11));
  archive.put(article_page(make_article("https://news.test/harbour.html", "全文"), 20));
  CHECK(only_article(archive).text == "全文");
  CHECK_FALSE(only_article(archive).pages);
  CHECK(articles(archive, true).size() == 2);
}

TEST_CASE("an article that loses its last page no longer has its text, and an older version keeps it") {
  std::vector<parsers::ParsedPage> pages{part(1, 3, "一", 10), part(2, 3, "二", 11), part(3, 3, "三", 12),
                                         part(2, 2, "二", 20)};
  std::vector<int> order{0, 1, 2, 3};
  do {
    Archive archive;
    for (const int i : order) archive.put(pages[static_cast<std::size_t>(i)]);
    const auto versions = articles(archive, true);
    REQUIRE(versions.size() == 2);
    CHECK(versions[0].text == "一\n二\n三");
    CHECK(versions[0].pages == 3);
    CHECK(versions[1].text == "一\n二");
    CHECK(versions[1].pages == 2);
    CHECK(versions[1].missing_pages.empty());
    CHECK(versions[1].parts.size() == 2);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("a page that is read again and names no other than the next takes none away") {
  Archive archive(any_life());
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 3, "二", 11));
  archive.put(part(3, 3, "三", 12));
  archive.put(part(1, 2, "一", 20));
  CHECK(only_article(archive).text == "一\n二\n三");
  CHECK(only_article(archive).pages == 3);
  CHECK(articles(archive, true).size() == 1);
}

TEST_CASE("an article that grows behind its last page misses the new ones until they are read") {
  Archive archive(any_life());
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 2, "二", 11));
  archive.put(part(1, 3, "一", 20));
  CHECK(only_article(archive).missing_pages == std::vector<int>{3});
  archive.put(part(3, 3, "三", 21));
  CHECK(only_article(archive).text == "一\n二\n三");
  CHECK(only_article(archive).missing_pages.empty());
}

TEST_CASE("a page that was read before the article was gone, and is put later, does not bring it back") {
  Archive archive;
  archive.put(part(1, 2, "一", 10));
  archive.commit([](Batch& batch) {
    REQUIRE(mark_page_gone(batch, *parsers::parse_url("https://news.test/harbour.html"), nullptr, 20));
  });
  archive.put(part(2, 2, "二", 15));
  CHECK(only_article(archive).text == "一\n二");
  CHECK(only_article(archive).seen.gone_at == 20);
  archive.put(part(2, 2, "二", 30));
  CHECK(only_article(archive).seen.gone_at == 20);
  archive.put(part(1, 2, "一", 40));
  CHECK_FALSE(only_article(archive).seen.gone_at);
}

TEST_CASE("an article whose first page is gone is gone, though another page was read later") {
  Archive archive;
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 2, "二", 30));
  archive.commit([](Batch& batch) {
    REQUIRE(mark_page_gone(batch, *parsers::parse_url("https://news.test/harbour.html"), nullptr, 20));
  });
  CHECK(only_article(archive).seen.gone_at == 20);
}

TEST_CASE("an older version of an article of several pages was last seen with the page that has changed") {
  Archive archive;
  archive.put(part(1, 2, "一", 10));
  archive.put(part(2, 2, "二", 11));
  archive.put(part(1, 2, "一", 20));
  archive.put(part(2, 2, "三", 21));
  archive.put(part(1, 2, "一", 30));
  const auto versions = articles(archive, true);
  REQUIRE(versions.size() == 2);
  CHECK(versions[0].text == "一\n二");
  CHECK(versions[0].seen.last_seen == 11);
  CHECK(versions[1].seen.last_seen == 30);
}

TEST_CASE("lines that a later page repeats from the top of the first stand once") {
  Archive archive;
  archive.put(part(1, 2, "导语\n一", 10));
  archive.put(part(2, 2, "导语\n二", 11));
  CHECK(only_article(archive).text == "导语\n一\n二");
}

TEST_CASE("a joined article is the duplicate of the same text on one page elsewhere") {
  Archive archive;
  archive.put(article_page(make_article("https://other.test/1.html", long_text(1) + "\n" + long_text(2)), 1));
  archive.put(part(1, 2, long_text(1), 10));
  CHECK_FALSE(articles(archive).front().duplicate_of);
  archive.put(part(2, 2, long_text(2), 11));
  int duplicates = 0;
  for (const auto& article : articles(archive)) duplicates += article.duplicate_of.has_value();
  CHECK(duplicates == 1);
}

TEST_CASE("versions that stay as they are held are those that would be made of all the reads") {
  const unsigned seed = GENERATE(range(0U, 6U));
  Archive archive, anew;
  for (const auto& read : made_up_reads(seed)) {
    archive.put(read);
    erase_versions(anew);  // without them, every one is made
    anew.put(read);
    REQUIRE(archive.lines(true) == anew.lines(true));
  }
}

TEST_CASE("a page that is read again leaves the versions alone that ended before it changed") {
  Archive archive;
  for (const int at : {10, 20, 30, 40})
    for (const int number : {1, 2})
      archive.put(part(number, 2, std::to_string(number) + " at " + std::to_string(at), at + number));
  const std::string first = version_key(record_id(only_article(archive)), 1);
  archive.commit([&first](Batch& batch) { batch.put(Family::kVersions, first, "left alone"); });
  archive.put(part(1, 2, "1 at 50", 51));
  archive.put(part(1, 2, "1 at 50", 52));
  archive.put(part(2, 2, "2 at 60", 61));
  CHECK(only_article(archive).seen.version == 9);
  CHECK(archive.read().get(Family::kVersions, first).value() == "left alone");
}
