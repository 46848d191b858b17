// Times of publication that metadata tells in seconds; those that it writes out stand in news_fields_test.cpp.
#include <catch2/catch.hpp>

#include "tests/parsers/news_page.hpp"

using namespace boardwalk::parsers;

namespace {

std::string time_of(const std::string& told) {
  const Article article = article_of(
      news_page("", paragraphs(), "",
                "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"datePublished\":\"" +
                    told + "\"}</script>"));
  return article.published_at ? article.published_at->rfc3339() : "none";
}

}  // namespace

TEST_CASE("seconds since 1970 are a time up to the last year that records hold") {
  CHECK(time_of("1678000000") == "2023-03-05T15:06:40+08:00");
  CHECK(time_of("1678000000123") == "2023-03-05T15:06:40+08:00");
  CHECK(time_of("7258089599") == "2199-12-31T23:59:59+08:00");
  CHECK(time_of("7258089600") == "none");
  CHECK(time_of("9999999999") == "none");
  CHECK(time_of("9999999999999") == "none");
}
