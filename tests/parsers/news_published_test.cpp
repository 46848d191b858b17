// Which of the times on a page is that of publication, and in which zone; how they are written stands in
// news_fields_test.cpp.
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

std::string time_of(const ParsedPage& page) {
  REQUIRE(page.articles.size() == 1);
  const auto& at = page.articles.front().published_at;
  return at ? at->rfc3339() : "none";
}

// Of a Chinese page whose metadata tells one time, and which prints another.
std::string time_of(const std::string& printed, const std::string& told, const std::string& above = "") {
  const std::string meta =
      told.empty() ? "" : "<meta property=article:published_time content='" + told + "'>";
  std::string page = news_page(printed, paragraphs(), "", meta);
  page.insert(page.find("<h1>"), above);
  return time_of(parse_news(page));
}

std::string english(const std::string& above, const std::string& behind = "",
                    const std::string& url = "http://bay.example/lamp") {
  std::string sentences;
  for (int i = 0; i < 3; ++i)
    sentences += "<p>The keeper, who is seventy-two, climbed the stairs alone, lamp in hand, in silence.</p>";
  return time_of(parse_news("<html lang=en><title>The lamp is lit</title><h1>The lamp is lit</h1>" + above +
                                "<div>" + sentences + "</div>" + behind,
                            url));
}

std::string time_at(const std::string& head, int zone) {
  Workspace workspace;
  return time_of(
      parse_page({"http://news.example.cn/a/article.html", news_page("昨天", paragraphs(), "", head),
                  "text/html; charset=utf-8", 1'700'000'000, zone},
                 workspace));
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

TEST_CASE("seconds since 1970 are shown in the zone that the job names") {
  CHECK(time_at("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":"
                "\"1578622022\"}</script>",
                -300) == "2020-01-09T21:07:02-05:00");
  CHECK(time_at("<script>var ct = \"1578622022\";</script>", -300) == "2020-01-09T21:07:02-05:00");
}

TEST_CASE("a Chinese page abroad prints the wall clock of the offset that its metadata tells") {
  CHECK(time_of("2023-05-06 01:00", "2023-05-06T01:00:00-04:00") == "2023-05-06T01:00:00-04:00");
  CHECK(time_of("2023-05-06 01:00:07", "2023-05-06T01:00:00-04:00") == "2023-05-06T01:00:07-04:00");
  CHECK(time_of("2023-05-06", "2023-05-06T21:00:00-04:00") == "2023-05-06T21:00:00-04:00");
  CHECK(time_of("2023-05-06 01:00", "2023-05-06T01:00:00Z") == "2023-05-06T01:00:00+08:00");
  CHECK(time_of("2023-05-06 09:00", "2023-05-06T01:00:00Z") == "2023-05-06T09:00:00+08:00");
}

TEST_CASE("the date of a change counts only where the page tells no better one") {
  const std::string told = "2023-05-06T10:00:00+08:00";
  for (const std::string printed : {"更新日期：2023-05-09", "修改时间：2023-05-09 11:00",
                                    "更新：2023-05-09 11:00", "最后修改：2023-05-09 11:00"}) {
    INFO(printed);
    CHECK(time_of(printed, told) == told);
  }
  CHECK(time_of("更新日期：2023-05-09 发布日期：2023-05-06", "") == "2023-05-06");
  CHECK(time_of("更新日期：2023-05-09", "") == "2023-05-09");
  CHECK(time_of("最后更新：2023-05-09", "") == "none");
  CHECK(time_of("更新日期：2023-05-06 10:00", "", "<div>2023年11月14日 星期二</div>") ==
        "2023-05-06T10:00:00+08:00");
  CHECK(time_of("最近更新2023-05-06 10:00", "") == "2023-05-06T10:00:00+08:00");
  for (const std::string label : {"文章更新：", "文章更新日期：", "页面更新：", "最近更新：", "最近更新 ",
                                  "已更新：", "海湾报更新：", "最后修改："}) {
    INFO(label);
    CHECK(time_of(label + "2023-05-06 10:00", "") == "2023-05-06T10:00:00+08:00");
  }
  const auto under_url = [](const std::string& printed) {
    return time_of(parse_news(news_page(printed, paragraphs()), "http://news.example.cn/2023/05/06/a.html"));
  };
  CHECK(under_url("更新：2023-05-06 10:00") == "2023-05-06T10:00:00+08:00");
  CHECK(under_url("更新：2023-05-09 10:00") == "2023-05-06");
  CHECK(time_of("更新：2023-05-06 10:00</div><div><a href=/b>钟</a> <time datetime=2023-05-01>前天</time>",
                "") == "2023-05-06T10:00:00+08:00");
}

TEST_CASE("the day that a line names for publication comes before those of other labels") {
  const auto lines = [](const std::string& one, const std::string& other) {
    return time_of("<p>" + one + "</p><p>" + other + "</p>", "");
  };
  for (const std::string label : {"成文日期", "生成日期", "印发日期", "会议时间", "活动时间"}) {
    INFO(label);
    const std::string other = label + "：2023年04月30日";
    CHECK(lines(other, "发布日期：2023年05月06日") == "2023-05-06");
    CHECK(lines("发布日期：2023年05月06日", other) == "2023-05-06");
    CHECK(lines("发布日期：2023年05月06日", other + " 09:00") == "2023-05-06");
    CHECK(lines(other + " 09:00", "发布时间：2023-05-06 10:11") == "2023-05-06T10:11:00+08:00");
    CHECK(lines(other, "2023-05-06") == "2023-04-30");
    CHECK(lines(other, "2023-05-06 10:11 来源：海湾日报") == "2023-05-06T10:11:00+08:00");
    CHECK(time_of(other, "") == "2023-04-30");
    CHECK(time_of("发布机构：海湾镇政府 " + other + " 发布日期：2023年05月06日", "") == "2023-05-06");
  }
}

TEST_CASE("the day on which a page is read is not that of publication") {
  const std::string told = "2023-05-06T10:00:00+08:00";
  CHECK(time_of("", told, "<div>今天是2023年11月14日 星期二 欢迎访问</div>") == told);
  CHECK(time_of("", told, "<div>2023年11月14日 星期二</div>") == told);
  CHECK(time_of("", told, "<div>2023年5月5日 星期五 第3版</div>") == "2023-05-05");
  CHECK(time_of("", "2023-05-05T23:00:00Z", "<div>2023年5月6日 星期六</div>") == "2023-05-06T07:00:00+08:00");
  CHECK(time_of("", "", "<div>今天是2023年11月14日 星期二</div>") == "none");
  CHECK(time_of("欢迎收听 发布时间：2023-05-06 10:00", "") == "2023-05-06T10:00:00+08:00");
  CHECK(time_of("欢迎收听 2023-05-06 10:00", "") == "2023-05-06T10:00:00+08:00");
  CHECK(time_of("", "", "<div>欢迎收听 发布时间：2023-05-06 10:00</div>") == "2023-05-06T10:00:00+08:00");
  CHECK(time_of("", "", "<div>2023年5月6日</div>") == "2023-05-06");
}

TEST_CASE("<time> of a post that was never modified is that of publication, and no other article's is") {
  CHECK(english("<time class='entry-date published updated' datetime=2023-05-06T10:00:00-04:00>May 6, "
                "2023</time>") == "2023-05-06T10:00:00-04:00");
  CHECK(english("<time class=updated datetime=2023-05-06T10:00:00-04:00>long ago</time>") == "none");
  const std::string card =
      "<div><a href=/bell>The bell is back</a> <time datetime=2021-01-02T10:00:00Z>long ago</time></div>";
  CHECK(english("", card, "http://bay.example/2023/05/06/lamp") == "2023-05-06");
  CHECK(english("", card, "http://bay.example/2021/01/03/lamp") == "2021-01-02T10:00:00+00:00");
  CHECK(english("", card) == "2021-01-02T10:00:00+00:00");
  CHECK(english("", card, "http://bay.example/20230506/lamp") == "2023-05-06");
  for (const std::string url : {"http://bay.example/20150203.html", "http://bay.example/20150607-lamp"}) {
    INFO(url);
    CHECK(english("", card, url) == "2021-01-02T10:00:00+00:00");
  }
}

TEST_CASE("a number in the URL that would be a day after the fetch is none") {
  CHECK(english("", "", "http://bay.example/detail_20451123") == "none");
  CHECK(english("", "", "http://bay.example/detail_20231114") == "2023-11-14");
}
