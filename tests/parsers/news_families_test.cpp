// Pages as families of sites build them: where they keep headline, text, time, source and names.
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

using Names = std::vector<std::string>;

std::string html(const std::string& title, const std::string& body) {
  return "<html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
}

const std::string kHeadline = "海湾老灯塔时隔十年重新亮起";

TEST_CASE("an account's article whose text is hidden until scripts have run is read") {
  const Article article = article_of(
      "<html><head><title></title><meta property=og:title content='" + kHeadline +
      "'><meta name=author content=江一></head><body><div id=page-content><h1 id=activity-name> " +
      kHeadline +
      " </h1><div id=meta_content><span>江一</span> <a id=js_name class=profile_nickname>海湾发布</a></div>"
      "<div class=rich_media_content id=js_content style='visibility: hidden;'><section>" +
      paragraphs() + "</section></div></div><script>var ct = \"1583281260\";</script></body></html>");
  CHECK(article.title == kHeadline);
  CHECK(article.text == kStory);
  CHECK(article.authors == Names{"江一"});
  CHECK(article.source == "海湾发布");
  CHECK(article.published_at->rfc3339() == "2020-03-04T08:21:00+08:00");
}

TEST_CASE("a source's name may hold words that are labels elsewhere") {
  for (const std::string source : {"上海发布", "时间财经", "经济日报评论", "微信公众号海湾", "作者文摘报"}) {
    INFO(source);
    CHECK(article_of(news_page("2021-03-04 08:00 来源：" + source + " 浏览：12", paragraphs())).source ==
          source);
  }
  CHECK(article_of(news_page("来源：海湾日报作者：江一 时间：2021-03-04 08:00", paragraphs())).source ==
        "海湾日报");
}

TEST_CASE("reporters stand beside the time, in square brackets, or before an agency's dateline") {
  CHECK(article_of(news_page("2021-03-04 08:00 聯合報 記者江一／海灣即時報導", paragraphs())).authors ==
        Names{"江一"});
  CHECK(article_of(news_page("2021-03-04 08:00", "<p>〔記者江一、海二／海灣報導〕" + kFirst + "</p><p>" +
                                                     kSecond + "</p><p>" + kThird + "</p>"))
            .authors == Names{"江一", "海二"});
  CHECK(article_of(news_page("2021-03-04 08:00", "<p>（中央社記者江一帆海灣4日電）" + kFirst + "</p><p>" +
                                                     kSecond + "</p><p>" + kThird + "</p>"))
            .authors == Names{"江一帆"});
}

TEST_CASE("an editor's staff code is no part of the name") {
  for (const std::string line :
       {"责任编辑：江一 SN123", "责任编辑：江一_NB4567", "责任编辑：江一 我要举报"}) {
    INFO(line);
    CHECK(article_of(news_page("2021-03-04 08:00", paragraphs() + "<p>" + line + "</p>")).editor == "江一");
  }
}

TEST_CASE("a text in two blocks of one class is read whole") {
  const std::string body =
      "<h1>" + kHeadline + "</h1><div class=date>2021年3月4日</div><div id=upper class=article_content><p>" +
      kFirst + "</p></div><div class=ad>广告</div><div id=lower class=article_content><p>" + kSecond +
      "</p><p>" + kThird + "</p></div><div class=list><a href=/1>渔港开海</a></div>";
  CHECK(article_of(html(kHeadline, body)).text == kStory);
}

TEST_CASE("a caption in the picture's own box is not the text's") {
  const std::string picture = "<div class=img_wrapper><img src=1.jpg><span>灯塔夜景</span></div>";
  CHECK(article_of(news_page("2021-03-04 08:00", picture + paragraphs())).text == kStory);
}

TEST_CASE("cells that lay out a page do not share a line, those of a table of data do") {
  const std::string page =
      "<table><tr><td><b>" + kHeadline + "</b><br>2021-03-04 08:00<br><br>" + kFirst + "<br><br>" + kSecond +
      "<br><br>" + kThird +
      "</td><td><a href=/1.html>渔港今年提前开海</a><br><a href=/2.html>码头扩建</a></td></tr></table>";
  CHECK(article_of(html(kHeadline, page)).text == kStory);
  const std::string data = "<table><tr><td>灯高</td><td>三十米</td></tr></table>";
  CHECK(article_of(news_page("2021-03-04 08:00", paragraphs() + data + "<p>" + kFirst + "</p>")).text ==
        kStory + "\n灯高 三十米\n" + kFirst);
}

TEST_CASE("a quotation in a figure is text") {
  CHECK(article_of(news_page("2021-03-04 08:00",
                             paragraphs() + "<figure><blockquote>" + kFirst + "</blockquote></figure>"))
            .text == kStory + "\n" + kFirst);
}

TEST_CASE("the section is the last link of a breadcrumb, by its words or its arrows") {
  const std::string text = "<h1>" + kHeadline + "</h1>2021-03-04 08:00" + paragraphs();
  for (const std::string crumbs :
       {"当前位置：<a href=/>首页</a> &gt; <a href=/a>政务</a> &gt; <a href=/a/b>工作动态</a> &gt; 正文",
        "<a href=/>海湾网</a>&gt;&gt;<a href=/b>工作动态</a>",
        "您的位置：<a href=/>首页</a>－<a href=/b>工作动态</a>"}) {
    INFO(crumbs);
    CHECK(article_of(html(kHeadline, "<div class=wz>" + crumbs + "</div>" + text)).section == "工作动态");
  }
}

TEST_CASE("the subtitle is the second headline, by element, by name or by its dash") {
  for (const std::string sub :
       {"<h2>渔民夜归有了路标</h2>", "<div class=xbt-subtitle>渔民夜归有了路标</div>"}) {
    INFO(sub);
    const std::string page =
        "<h1>" + kHeadline + "</h1>" + sub + "<div>2021-03-04 08:00</div>" + paragraphs();
    const Article article = article_of(html(kHeadline, page));
    CHECK(article.subtitle == "渔民夜归有了路标");
    CHECK(article.text == kStory);
  }
  const std::string dashed = "<h1>" + kHeadline +
                             "</h1><p>——守塔人的十年</p><div>2021-03-04 08:00</div><div>" + paragraphs() +
                             "</div>";
  CHECK(article_of(html(kHeadline, dashed)).subtitle == "——守塔人的十年");
  CHECK_FALSE(article_of(news_page("2021-03-04 08:00", paragraphs())).subtitle);
}

TEST_CASE("Korean and Thai texts are told from the links around them") {
  const std::string korean =
      "작년 겨울, 항구의 오래된 등대에 다시 불이 켜졌다. 어부들은 밤길이 다시 보인다고 말했다.";
  const std::string thai =
      "เมื่อฤดูหนาวปีก่อน ประภาคารเก่าของท่าเรือกลับมาส่องแสงอีกครั้ง ชาวประมงบอกว่า มองเห็นทางกลับบ้านในตอนกลางคืนแล้ว";
  for (const std::string& line : {korean, thai}) {
    std::string links;
    for (int i = 0; i < 8; ++i)
      links += "<li><a href=/" + std::to_string(i) + ".html>" + line.substr(0, 30) + "</a></li>";
    const std::string page =
        "<ul>" + links + "</ul><h1>Lamp</h1><div class=x><p>" + line + "</p><p>" + line + "</p></div>";
    CHECK(article_of(html("Lamp", page)).text == line + "\n" + line);
  }
}

TEST_CASE("a notice of cookies is not the text of a short page") {
  const std::string line =
      "The keeper climbed the stairs alone, lamp in hand, as the crowd below fell silent, and nobody spoke, "
      "until the beam reached the far side of the bay.";
  const std::string notice =
      "We use cookies to personalise content, to provide social media features, and to analyse our traffic, "
      "as you know.";
  const std::string page = "<h1>The lamp is lit</h1><div class=x><p>" + line + "</p></div><div class=y><p>" +
                           notice + "</p></div>";
  CHECK(article_of(html("The lamp is lit", page)).text == line);
}

TEST_CASE("what stands above the headline in the text's block is not the text") {
  const std::string body =
      "<article><h2>Harbour news from the northern bay</h2><h1>The lamp is lit</h1><p>The keeper climbed "
      "the stairs alone, lamp in hand, and nobody spoke.</p><p>The glass held, and the beam reached the "
      "far side of the bay, as it did before.</p><p>The bell will ring in fog, the council said, and the "
      "villages will "
      "hear it again, from the pier to the mill, as they did when the tower was built.</p></article>";
  const std::string text = article_of(html("The lamp is lit", body)).text;
  CHECK(text.starts_with("The keeper climbed"));
}

const std::string kEnglish[] = {
    "The keeper climbed the stairs alone, lamp in hand, and nobody spoke until the beam was seen.",
    "The glass held, and the beam reached the far side of the bay, as it did before the great storm.",
    "The bell will ring in fog, the council said, and the villages will hear it again, as they used to.",
    "A new lens was ground inland, where two glaziers spent the better part of a winter on the job."};

std::string english_text() {
  return kEnglish[0] + "\n" + kEnglish[1] + "\n" + kEnglish[2] + "\n" + kEnglish[3];
}

// `amid` stands between the second and the third paragraph.
std::string english(const std::string& above, const std::string& amid, const std::string& behind = "") {
  return html("The lamp is lit | Bay Gazette", "<h1>The lamp is lit</h1><div class=x>" + above + "<p>" +
                                                   kEnglish[0] + "</p><p>" + kEnglish[1] + "</p>" + amid +
                                                   "<p>" + kEnglish[2] + "</p><p>" + kEnglish[3] + "</p>" +
                                                   behind + "</div>");
}

TEST_CASE("boxes that ask to subscribe and words of buttons amid the text are not the text") {
  for (const std::string amid :
       {"<div class=q><h4>Our newsletter</h4><p>All the news of the bay, every morning, in your "
        "inbox.</p></div>",
        "<section><div><h3>Suscríbete a la newsletter</h3><p>Recibe lo mejor de la costa cada "
        "mañana.</p></div>"
        "</section>",
        "<p>Anzeige</p>", "<div>Share</div>", "<p>Updated at 10.20 GMT</p>", "<p>Von Anna Möwe</p>"}) {
    INFO(amid);
    CHECK(article_of(english("", amid)).text == english_text());
  }
}

TEST_CASE("a lone word and a line with a date above the first sentence are not the text") {
  CHECK(article_of(english("<div>5 min read · Mar 4, 2021</div><div>3</div><div>Published</div>", "")).text ==
        english_text());
}

TEST_CASE("what only subscribers see belongs to the text, what keeps others out does not") {
  const std::string paid = "<p>" + kEnglish[0] + "</p><p>" + kEnglish[1] + "</p><p>" + kEnglish[3] + "</p>";
  const std::string all = english_text() + "\n" + kEnglish[0] + "\n" + kEnglish[1] + "\n" + kEnglish[3];
  CHECK(article_of(english("", "", "<div class=paywall>" + paid + "</div>")).text == all);
  CHECK(
      article_of(english("", "",
                         "<div class=paywall><p>Want more? Unlimited access to all stories of the bay, free "
                         "for a month.</p></div>"))
          .text == english_text());
}

TEST_CASE("comments end the text where a line counts them") {
  std::string comments = "<div><div>4 Comments</div>";
  for (const std::string& line : kEnglish) comments += "<div><b>wren</b><p>" + line + "</p></div>";
  CHECK(article_of(english("", "", comments + "</div>")).text == english_text());
  CHECK(article_of(news_page("2021-03-04 08:00", paragraphs() + "<div>网友评论（2）</div><p>" + kFirst +
                                                     "</p><p>" + kSecond + "</p>"))
            .text == kStory);
}

TEST_CASE("classes of blocks, elements and modifiers name the place of the text too") {
  const std::string page = "<div class=page><div class=article__content>" + paragraphs() +
                           "</div><div class=services><p>" + kFirst + "</p></div></div>";
  CHECK(article_of(html(kHeadline, "<h1>" + kHeadline + "</h1>" + page)).text == kStory);
}

TEST_CASE("a legend is known by a class that joins picture and words") {
  CHECK(article_of(news_page("2021-03-04 08:00", paragraphs() + "<p class=image_desc>灯塔外景 海二 图</p>"))
            .text == kStory);
}

TEST_CASE("a headline behind a kicker is what the page is named for") {
  const Article article = article_of(html("The lamp is lit | Bay Gazette",
                                          "<div class=y><h2><span>Bay</span> <span>The lamp is "
                                          "lit</span></h2><div>By Ann Gull</div><div>4 March 2021, "
                                          "08.05 GMT</div><p>" +
                                              kEnglish[0] + "</p><p>" + kEnglish[1] + "</p></div>"));
  CHECK(article.title == "The lamp is lit");
  CHECK(article.text == kEnglish[0] + "\n" + kEnglish[1]);
  CHECK(article.authors == Names{"Ann Gull"});
  CHECK(article.published_at->rfc3339() == "2021-03-04T08:05:00+00:00");
}

TEST_CASE("times in the forms of several countries are read, with the zones that mean one thing") {
  const std::pair<std::string, std::string> kTimes[] = {
      {"Mar 4, 2021 8:05 AM EST", "2021-03-04T08:05:00-05:00"},
      {"4 March 2021 08.05 GMT", "2021-03-04T08:05:00+00:00"},
      {"4 mars 2021 à 08h05", "2021-03-04"},
      {"4 March 2021 at 20:05 CET", "2021-03-04T20:05:00+01:00"},
      {"4 March 2021, 20:05 UTC+8", "2021-03-04T20:05:00+08:00"}};
  for (const auto& [printed, read] : kTimes) {
    INFO(printed);
    const Article article = article_of(english("<div>" + printed + "</div>", ""));
    REQUIRE(article.published_at);
    CHECK(article.published_at->rfc3339().starts_with(read));
    CHECK((article.published_at->precision == Precision::kDay) == (read.size() == 10));
  }
}

TEST_CASE("a day that the page prints is told to the second by an element of its") {
  const Article article = article_of(english(
      "<div><time class=entry-date datetime=2021-03-04T08:05:06-05:00>March 4, 2021</time></div>", ""));
  CHECK(article.published_at->rfc3339() == "2021-03-04T08:05:06-05:00");
}

TEST_CASE("an outlet or an office beside the writer's name is no writer") {
  CHECK(article_of(english("<p class=byline>By Ann Gull, BNN</p>", "")).authors == Names{"Ann Gull"});
  CHECK(article_of(english("<p class=byline>Ann Gull, Harbour Correspondent</p>", "")).authors ==
        Names{"Ann Gull"});
  CHECK(article_of(news_page("2021-03-04 08:00", "<p>【文/海湾者网 江一】</p>" + paragraphs())).authors ==
        Names{"江一"});
}

TEST_CASE("on a Chinese page the element of the author is asked last") {
  const std::string author = "<a rel=author href=/u/1>江一</a>";
  CHECK(article_of(news_page("2021-03-04 08:00 " + author, paragraphs())).authors == Names{"江一"});
  CHECK(
      article_of(news_page("2021-03-04 08:00 " + author, "<p>（记者 海二）" + kFirst + "</p>" + paragraphs()))
          .authors == Names{"海二"});
}

TEST_CASE("lines at the end of a Chinese text that tell editors, suppliers or the site are not the text") {
  for (const std::string line :
       {"【纠错】【责任编辑:江一】", "海湾青年报记者 江一 来源：海湾青年报", "（供稿：海洋学院）",
        "图/视觉海湾", "“特别声明：以上作品内容为自媒体平台用户上传并发布，本平台仅提供信息存储空间服务。"}) {
    INFO(line);
    CHECK(article_of(news_page("2021-03-04 08:00", paragraphs() + "<p>" + line + "</p>")).text == kStory);
  }
  CHECK(article_of(news_page("2021/03/04 08:00:00 来源：海湾商报 作者：江一 责编：海二 【大 中 小】",
                             "<div>[摘要] 老灯塔本月重新点亮，游客六月起可登塔。</div>" + paragraphs()))
            .text == kStory);
}

}  // namespace
}  // namespace boardwalk::parsers
