#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

using Names = std::vector<std::string>;

Article with_info(const std::string& info) { return article_of(news_page(info, paragraphs())); }
Article with_body(const std::string& inside) { return article_of(news_page("2023-03-04 05:06", inside)); }

std::string time_of(const Article& article) {
  return article.published_at ? article.published_at->rfc3339() : "(none)";
}

std::string english(const std::string& head) {
  std::string body =
      "<html lang=en><title>The lamp is lit | Bay Post</title>" + head + "<h1>The lamp is lit</h1><div>";
  for (int i = 0; i < 3; ++i)
    body +=
        "<p>The keeper, who is seventy-two, climbed the stairs alone, lamp in hand, as the crowd below fell "
        "silent.</p>";
  return body + "</div>";
}

TEST_CASE("the title is the headline as printed, not <title> with the site's suffixes") {
  CHECK(with_info("").title == "老灯塔重新亮起");
  const std::string plain =
      "<title>老灯塔重新亮起-海湾在线</title><div><div class=t>老灯塔重新亮起</div>" + paragraphs();
  CHECK(article_of(plain + "</div>").title == "老灯塔重新亮起");
  const std::string logo =
      "<title>老灯塔重新亮起_海湾在线</title><h1>海湾在线</h1><h3>老灯塔重新亮起</h3><div>" + paragraphs();
  CHECK(article_of(logo + "</div>").title == "老灯塔重新亮起");
  CHECK(article_of("<title>老灯塔重新亮起_地方_海湾在线</title><div>" + paragraphs() + "</div>").title ==
        "老灯塔重新亮起");
}

TEST_CASE("the visible minute is the time of publication, in China's zone") {
  CHECK(time_of(with_info("2023-03-04 05:06")) == "2023-03-04T05:06:00+08:00");
  CHECK(time_of(with_info("发布时间：2023年3月4日05:06 来源：海湾晚报")) == "2023-03-04T05:06:00+08:00");
  CHECK(time_of(with_info("2023/03/04 05:06:07")) == "2023-03-04T05:06:07+08:00");
  CHECK(time_of(with_info("發(fā)布時(shí)間：2023-03-04 05:06")) == "2023-03-04T05:06:00+08:00");
}

TEST_CASE("hours of half the clock are of the part of the day that stands beside them") {
  const std::pair<std::string, std::string> kTimes[] = {
      {"2023-03-04 03:05 下午", "15:05:00"},  {"2023-03-04 03:05 上午", "03:05:00"},
      {"2023-03-04 12:05 上午", "00:05:00"},  {"2023年3月4日 下午3:05", "15:05:00"},
      {"2023年3月4日下午 3:05", "15:05:00"},  {"2023年3月4日 下午 03:05:11", "15:05:11"},
      {"2023年3月4日 上午12:05", "00:05:00"}, {"2023年3月4日 凌晨2:05", "02:05:00"},
      {"2023年3月4日 下午12:05", "12:05:00"}, {"2023年3月4日 中午12:05", "12:05:00"},
      {"2023年3月4日 中午1:05", "13:05:00"},  {"2023年3月4日 中午11:55", "11:55:00"},
      {"2023年3月4日 晚上8:05", "20:05:00"},  {"2023年3月4日 晚間8:05", "20:05:00"},
      {"2023年3月4日晚8:05", "20:05:00"},     {"2023年3月4日 下午15:05", "15:05:00"},
      {"2023-03-04 15:05 下午", "15:05:00"},  {"2023-03-04 03:05 下午茶日报", "03:05:00"}};
  for (const auto& [printed, hour] : kTimes) {
    INFO(printed);
    CHECK(time_of(with_info(printed)) == "2023-03-04T" + hour + "+08:00");
  }
  for (const std::string night : {"晚上12:05", "晚上1:30", "夜间 03:20"})
    CHECK(time_of(with_info("2023年3月4日 " + night)) == "2023-03-04");
  CHECK(time_of(with_info("2023-03-04 10:20 下午3:00开始")) == "2023-03-04T10:20:00+08:00");
  CHECK(time_of(with_info("2023年3月4日 3:05 下午 12 条评论")) == "2023-03-04T15:05:00+08:00");
  CHECK(time_of(with_info("2023年3月4日 晚上17:30")) == "2023-03-04T17:30:00+08:00");
  CHECK(with_info("2023年3月4日 下午3:05 海湾晚报").source == "海湾晚报");
}

TEST_CASE("a weekday may stand between day and hour, in parentheses too") {
  for (const std::string weekday :
       {"星期六", "星期天", "周六", "週六", "（週六）", "(週六)", "（星期六）", "(周六)"}) {
    INFO(weekday);
    CHECK(time_of(with_info("2023-03-04 " + weekday + " 22:11")) == "2023-03-04T22:11:00+08:00");
    CHECK(time_of(with_info("2023年3月4日" + weekday + "下午 3:11")) == "2023-03-04T15:11:00+08:00");
  }
  CHECK(time_of(with_info("2023-03-04（周六 22:11")) == "2023-03-04");
}

TEST_CASE("a date without a time is a day") {
  const Article article = with_info("日期：2023-03-04");
  CHECK(time_of(article) == "2023-03-04");
  CHECK(article.published_at->precision == Precision::kDay);
}

TEST_CASE("a day in the headline is that of publication only where nothing else tells") {
  const auto page = [](const std::string& info, const std::string& head = "") {
    return time_of(article_of("<title>关于2023年3月17日停水的通知_海湾在线</title>" + head +
                              "<h1>关于2023年3月17日停水的通知</h1><div>" + info + "</div><div>" +
                              paragraphs() + "</div>"));
  };
  CHECK(page("发布日期：2023-03-10") == "2023-03-10");
  CHECK(page("发布日期：2023-03-10", "<meta name=PubDate content='2023-03-10 08:30:00'>") ==
        "2023-03-10T08:30:00+08:00");
  CHECK(page("", "<meta name=PubDate content='2023-03-10 08:30:00'>") == "2023-03-10T08:30:00+08:00");
  CHECK(page("") == "2023-03-17");
}

TEST_CASE("a zone right behind the time is read") {
  const auto at = [](const std::string& zoned) {
    return time_of(article_of(english("<p>" + zoned + "</p>")));
  };
  CHECK(at("2023-03-04 05:06+08:00") == "2023-03-04T05:06:00+08:00");
  CHECK(at("2023-03-04 05:06Z") == "2023-03-04T05:06:00+00:00");
  CHECK(at("2023-03-04 05:06:07-05:00") == "2023-03-04T05:06:07-05:00");
  CHECK(at("2023-03-04T05:06-05:00") == "2023-03-04T05:06:00-05:00");
  CHECK(at("2023-03-04 05:06 -0500") == "2023-03-04T05:06:00-05:00");
  CHECK(at("2023-03-04 05:06-05:00") == "2023-03-04T05:06:00-05:00");
  CHECK(at("2023-03-04 16:59-05:00") == "2023-03-04T16:59:00-05:00");
  CHECK(at("2023-03-04 09:00-0330") == "2023-03-04T09:00:00-03:30");
}

TEST_CASE("hours from and to are no zone, over midnight and of half the clock neither") {
  for (const std::string span : {"09:00-11:00", "09:00-10:30", "09:00-12:00", "08:30-09:00", "00:00-10:00",
                                 "22:00-05:00", "17:00-05:00", "05:00-05:00", "09:00-00:00", "14:00-02:00",
                                 "09:30-05:30", "10:00-03:00 PM", "09:00 AM-05:00", "09:00-14:00"}) {
    INFO(span);
    CHECK(time_of(article_of(english("<p>2023-03-04 " + span + "</p>"))) == "2023-03-04");
  }
  for (const std::string day : {"4 March 2023 ", "2023/03/04 ", "2023-03-04, ", "2023-03-04 星期六 ",
                                "2023-03-04 | ", "2023-03-04 - ", "2023-03-04 at "})
    CHECK(time_of(article_of(english("<p>" + day + "09:00-05:00</p>"))) == "2023-03-04");
  CHECK(time_of(with_info("时间：2023年3月4日 09:00-11:00")) == "2023-03-04T09:00:00+08:00");
  CHECK(time_of(with_info("时间：2023-03-04 22:00-05:00")) == "2023-03-04T22:00:00+08:00");
}

TEST_CASE("metadata gives the seconds of a visible minute that it agrees with, and no other time") {
  const auto page = [](const std::string& meta) {
    return article_of(news_page("2023-03-04 05:06", paragraphs(), "",
                                "<meta property='article:published_time' content='" + meta + "'>"));
  };
  CHECK(time_of(page("2023-03-04T05:06:09+08:00")) == "2023-03-04T05:06:09+08:00");
  CHECK(time_of(page("2023-03-03T21:06:09Z")) == "2023-03-04T05:06:09+08:00");
  CHECK(time_of(page("2023-03-04T08:00:00+08:00")) == "2023-03-04T05:06:00+08:00");
}

TEST_CASE("the date in the URL is the last resort") {
  const auto at = [](const std::string& url) {
    return time_of(article_of(news_page("", paragraphs()), url));
  };
  CHECK(at("http://n.cn/2023-03/04/c_1.htm") == "2023-03-04");
  CHECK(at("http://n.cn/local/20230304/1.htm") == "2023-03-04");
  CHECK(at("http://n.cn/local/2023_03_04_1.htm") == "2023-03-04");
  CHECK(at("http://n.cn/local/20239999/1.htm") == "(none)");
}

TEST_CASE("a page in another language without an offset is known to the day") {
  CHECK(time_of(article_of(english(
            "<meta property=article:published_time content='2023-03-04T05:06:00'>"))) == "2023-03-04");
  CHECK(time_of(article_of(
            english("<meta property=article:published_time content='2023-03-04T05:06:00-05:00'>"))) ==
        "2023-03-04T05:06:00-05:00");
  CHECK(time_of(article_of(english("<time datetime='2023-03-04'>yesterday</time>"))) == "2023-03-04");
  CHECK(time_of(article_of(english("<p>Posted on March 4th, 2023</p>"))) == "2023-03-04");
  CHECK(time_of(article_of(english("<p>4. März 2023</p>"))) == "2023-03-04");
}

TEST_CASE("the time of the last change is not that of publication") {
  const Article article =
      article_of(news_page("最后更新：2023-05-06 07:08", paragraphs(), "",
                           "<meta property='article:modified_time' content='2023-05-06T07:08:00+08:00'>"));
  CHECK(time_of(article) == "(none)");
  CHECK(article.modified_at->rfc3339() == "2023-05-06T07:08:00+08:00");
}

TEST_CASE("a line may tell publication and change, in either order") {
  for (const char* info : {"发布时间：2023-03-04 05:06 更新时间：2023-03-05 10:00",
                           "更新时间：2023-03-05 10:00 发布时间：2023-03-04 05:06"}) {
    INFO(info);
    CHECK(time_of(with_info(info)) == "2023-03-04T05:06:00+08:00");
  }
}

TEST_CASE("authors are the names behind a label") {
  CHECK(with_info("来源：海湾晚报作者：王小鸥").authors == Names{"王小鸥"});
  CHECK(with_info("作者：王小鸥 李浪 2023-03-04").authors == Names{"王小鸥", "李浪"});
  CHECK(with_info("作者：未知").authors.empty());
  CHECK(with_info("作者：网络整理").authors.empty());
}

TEST_CASE("authors are named in parentheses at the beginning or the end of the text") {
  CHECK(with_body("<p>海湾晚报讯（记者 王小鸥）" + kFirst + "</p>" + paragraphs()).authors ==
        Names{"王小鸥"});
  CHECK(with_body("<p>海湾社五湾镇3月4日电（记者王小鸥、李浪）" + kFirst + "</p>" + paragraphs()).authors ==
        Names{"王小鸥", "李浪"});
  CHECK(with_body("<p>本报讯（陈一帆 周二桨 記者 王小鷗）" + kFirst + "</p>" + paragraphs()).authors ==
        Names{"陈一帆", "周二桨", "王小鷗"});
  CHECK(with_body(paragraphs() + "<p>灯塔将一直亮下去。（王小鸥）</p>").authors == Names{"王小鸥"});
  CHECK(with_body(paragraphs() + "<p>采写：海湾晚报见习记者 李浪</p>").authors == Names{"李浪"});
}

TEST_CASE("photographers and remarks in parentheses are no authors") {
  CHECK(with_body("<p>（李浪 摄）" + kFirst + "</p>" + paragraphs()).authors.empty());
  CHECK(with_body(paragraphs() + "<p>灯塔将一直亮下去。（完）</p>").authors.empty());
  for (const std::string line :
       {"灯塔将一直亮下去。（海湾社）", "灯塔将一直亮下去。（海湾新闻）", "灯塔将一直亮下去。（有删改）",
        "灯塔将一直亮下去。（待续）", "亚军：王小鸥（海湾）"}) {
    INFO(line);
    CHECK(with_body(paragraphs() + "<p>" + line + "</p>").authors.empty());
  }
}

TEST_CASE("a heading that begins with the word for reporters names none") {
  const Article article =
      with_body("<p>" + kFirst + "</p><p>" + kSecond + "</p><p>记者观察</p><p>" + kThird + "</p>");
  CHECK(article.authors.empty());
  CHECK(article.text == kFirst + "\n" + kSecond + "\n记者观察\n" + kThird);
}

TEST_CASE("the editor is named without code") {
  CHECK(with_body(paragraphs() + "<p>责任编辑：李浪_NX123</p>").editor == "李浪");
  CHECK(with_body(paragraphs() + "<p>【责任编辑:李浪】</p>").editor == "李浪");
}

TEST_CASE("authors of pages in other languages come from metadata, then from the by-line") {
  CHECK(
      article_of(
          english("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[{\"name\":\"Ann "
                  "Gull\"},{\"name\":\"Bo Wave\"}]}</script>"))
          .authors == Names{"Ann Gull", "Bo Wave"});
  CHECK(article_of(english("<meta name=author content='Ann Gull'>")).authors == Names{"Ann Gull"});
  CHECK(article_of(english("<span class=byline>By Ann Gull</span>")).authors == Names{"Ann Gull"});
  CHECK(article_of(english("<meta property=article:author content='https://face.example/ann'>"))
            .authors.empty());
}

TEST_CASE("the marks around a writer's name go, and no letter of it") {
  const auto written_by = [](const std::string& author) {
    return article_of(english("<meta name=author content='" + author + "'>")).authors;
  };
  for (const std::string name : {"André", "Шнайдер", "Ольга Петр", "김", "“Ann”", "Łukasz Müller"}) {
    INFO(name);
    CHECK(written_by(name) == Names{name});
    CHECK(written_by("· " + name + " •") == Names{name});
    CHECK(written_by("© " + name + ",") == Names{name});
    CHECK(written_by("—" + name) == Names{name});
    CHECK(article_of(english("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":\"" +
                             name + "\"}</script>"))
              .authors == Names{name});
  }
  CHECK(written_by("—").empty());
  CHECK(written_by("* · *").empty());
}

TEST_CASE("broken or deeply nested JSON-LD is passed over") {
  const std::string deep(50'000, '[');
  CHECK(article_of(english("<script type='application/ld+json'>" + deep + "</script>")).title ==
        "The lamp is lit");
  CHECK(article_of(
            english("<script type='application/ld+json'>" + deep + std::string(50'000, ']') + "</script>"))
            .title == "The lamp is lit");
  CHECK(article_of(english("<script type='application/ld+json'>{\"@type\":</script>")).authors.empty());
}

TEST_CASE("half a surrogate pair in JSON-LD is no part of a name") {
  CHECK(article_of(english("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":\"Ann "
                           "\\udc00Gull\"}</script>"))
            .authors == Names{"Ann Gull"});
}

TEST_CASE("comments in JSON-LD hide nothing that follows them") {
  const std::string open = "<script type='application/ld+json'>";
  CHECK(article_of(
            english(open + "{\"@type\":\"NewsArticle\", // what it is\n\"author\":\"Ann Gull\"}</script>"))
            .authors == Names{"Ann Gull"});
  CHECK(article_of(english(open + "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"author\":\"Ann Gull\"}\n//]]>\n"
                                  "</script>"))
            .authors == Names{"Ann Gull"});
  CHECK(article_of(english(open +
                           "{\"@type\":\"NewsArticle\",\"headline\":\"The lamp\nis lit\",\"author\":\"Ann "
                           "Gull\"}</script>"))
            .authors == Names{"Ann Gull"});
}

TEST_CASE("section, keywords, canonical URL and language are taken from where pages keep them") {
  const Article article = article_of(
      "<html lang=zh-CN><head><title>老灯塔重新亮起_海湾在线</title><meta name=keywords content='灯塔，港口, "
      "海湾,灯塔'>"
      "<link rel=canonical href='/c/1.html'></head><div class=crumbs><a href=/>首页</a> &gt; <a "
      "href=/l/>地方</a> &gt; "
      "正文</div><h1>老灯塔重新亮起</h1><div>" +
      paragraphs() + "</div>");
  CHECK(article.section == "地方");
  CHECK(article.keywords == Names{"灯塔", "港口", "海湾"});
  CHECK(article.canonical_url == "http://news.example.cn/c/1.html");
  CHECK(article.language == "zh-cn");
  CHECK(with_info("").language == "zh");
  CHECK(article_of(english("")).language == "en");
}

TEST_CASE("the language is BCP 47, as the page declares it, or unknown") {
  const auto language = [](const std::string& lang, const std::string& head = "") {
    std::string page = english(head);
    page.replace(page.find("lang=en"), 7, lang);
    return article_of(page).language;
  };
  CHECK(language("", "<meta property=og:locale content=en_US>") == "en-us");
  CHECK(language("lang='lang=\"de-DE\"'") == std::nullopt);
  CHECK(language("lang='lang=\"de-DE\"'", "<meta property=og:locale content=de_AT>") == "de-at");
  CHECK(language("lang='en-US,en'") == "en-us");
  CHECK(language("lang=x-default") == std::nullopt);
  CHECK(language("lang=ca-ES-valencia") == "ca-es-valencia");
  CHECK(language("lang=english") == std::nullopt);
  CHECK(language("lang=en-") == std::nullopt);
}

TEST_CASE("classes that tell where a box is, or stand around the text, name no section") {
  for (const std::string name : {"position-relative", "row position-sticky", "uk-position-left",
                                 "composition", "logo_position", "footer-menu-position-1"}) {
    INFO(name);
    CHECK(article_of(english("<div class='" + name + "'><a href=/sport/>Sport</a></div>")).section ==
          std::nullopt);
  }
  const std::string text = paragraphs() + paragraphs() + "<p><a href=/a/2.html>渔港开海</a></p>";
  for (const std::string name : {"has-breadcrumbs", "position"}) {
    INFO(name);
    CHECK(article_of("<title>老灯塔重新亮起</title><body class=" + name + "><h1>老灯塔重新亮起</h1><div>" +
                     text + "</div>")
              .section == std::nullopt);
  }
}

TEST_CASE("a mirror in traditional characters with pinyin folds to its original") {
  const Article original = with_body(
      "<p>港口的老灯塔在去年冬天重新亮了起来，守塔人说，这是他最大的愿望，也是全镇人的愿望。</"
      "p><p>铜钟也修好了。</p>");
  const Article mirror = with_body(
      "<p>港口的老燈(dēng)塔在去年冬天重新亮了起來(lái)，守塔人說(shuō)，這(zhè)是他最大的愿望，也是全鎮("
      "zhèn)人的愿望。</p><p>銅鐘(zhōng)也修好了。</p>");
  CHECK(original.text != mirror.text);
  REQUIRE(original.fold_sha256);
  CHECK(original.fold_sha256 == mirror.fold_sha256);
  const Article ruby = with_body(
      "<p>港口的老<ruby>燈<rt>dēng</rt></ruby>塔在去年冬天重新亮了起來，守塔人說，這是他最大的愿望，也是全"
      "<ruby>鎮<rp>(</rp><rt>zhèn</rt><rp>)</rp></ruby>人的愿望。</p><p>銅鐘也修好了。</p>");
  CHECK(ruby.text.starts_with("港口的老燈(dēng)塔在"));
  CHECK(ruby.text.find("也是全鎮(zhèn)人") != std::string::npos);
  CHECK(original.fold_sha256 == ruby.fold_sha256);
}

TEST_CASE("each gloss without parentheses of its own is put in some, however many there are") {
  std::string glossed;
  std::string read;
  for (int i = 0; i < 3000; ++i) {
    glossed += "燈<rt>dēng</rt>";
    read += "燈(dēng)";
  }
  CHECK(with_body("<p>" + glossed + "，</p>" + paragraphs()).text == read + "，\n" + kStory);
  const std::string parenthesised = "<ruby>鎮<rp>(</rp><rt>zhèn</rt><rp>)</rp></ruby>";
  CHECK(with_body("<div>燈<rt>dēng</rt></div><div>" + parenthesised + "，</div>" + paragraphs()).text ==
        "燈(dēng)\n鎮(zhèn)，\n" + kStory);
}

}  // namespace
}  // namespace boardwalk::parsers
