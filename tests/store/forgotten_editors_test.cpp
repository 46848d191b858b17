// Editors of articles: names that a forgotten author bears, alone or beside others.

#include <catch2/catch.hpp>

#include "fetched_site.hpp"
#include "forgotten_words.hpp"
#include "tests/parsers/news_page.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

void fetch_edited(FetchedSite& site, const std::string& line) {
  site.fetch_page("http://bbs.test/a/1.html",
                  parsers::news_page("2021-03-04 05:06", parsers::paragraphs() + "<p>" + line + "</p>"), 10);
}

bool has_editor(FetchedSite& site, const std::string& json) {
  return site.lines().front().find("\"editor\":" + json) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "editors on one line are told apart where each name has at least two characters, none of them Latin") {
  using Names = std::vector<std::string>;
  CHECK(editors_in("江一舟 李二") == Names{"江一舟", "李二"});
  CHECK(editors_in("江一舟、李二　白小满") == Names{"江一舟", "李二", "白小满"});
  for (const std::string one : {"江一舟", "江 一舟", "Jane Doe", "Jane 李二", "江·一舟"})
    CHECK(editors_in(one) == Names{one});
  CHECK(editors_in("").empty());
}

TEST_CASE("of two editors on a line the forgotten one goes, and the other stays") {
  FetchedSite site;
  const std::string line =
      GENERATE("责任编辑：江一舟 李二", "<span>责任编辑：</span><span>江一舟 李二</span>");
  fetch_edited(site, line);
  REQUIRE(has_editor(site, "\"江一舟 李二\""));
  CHECK(site.forget(author("江一舟")).records == 0);
  CHECK(has_editor(site, "\"李二\""));
  CHECK(count(site.everything(), "江一舟") == 1);  // in the row by which the author is known
  CHECK(count(site.everything(), "李二") > 0);
  CHECK(site.findings().empty());
  site.forget(author("李二"));
  CHECK(has_editor(site, "null"));
  CHECK(count(site.everything(), "李二") == 1);
}

TEST_CASE("two editors on a line can be forgotten by the whole of it") {
  FetchedSite site;
  fetch_edited(site, "责任编辑：江一舟 李二");
  site.forget(author("江一舟 李二"));
  CHECK(has_editor(site, "null"));
  CHECK(count(site.everything(), "江一舟") == 1);
}
