#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

std::string text_of_article(const std::string& inside, const std::string& behind = "") {
  return article_of(news_page("2023-03-04 05:06", inside, behind)).text;
}

TEST_CASE("an article's text is its paragraphs, a line each") {
  CHECK(text_of_article(paragraphs()) == kStory);
}

TEST_CASE("text without paragraphs, broken by <br> in a cell or span, is read as well") {
  CHECK(text_of_article(kFirst + "<br><br>　　" + kSecond + "<br>" + kThird) == kStory);
  CHECK(text_of_article("<table><tr><td><span>" + kFirst + "<br>" + kSecond + "<br>" + kThird +
                        "</span></td></tr></table>") == kStory);
}

TEST_CASE("paragraphs in wrappers of their own are one text") {
  std::string wrapped;
  for (const auto& line : {kFirst, kSecond, kThird}) wrapped += "<div><div><p>" + line + "</p></div></div>";
  CHECK(text_of_article(wrapped) == kStory);
}

TEST_CASE("text behind a stray </html> is read") {
  CHECK(text_of_article("</body></html>" + paragraphs()) == kStory);
}

TEST_CASE("sub-headings stay, as lines") {
  const std::string inside =
      "<p>" + kFirst + "</p><h3>一、守塔人</h3><p>" + kSecond + "</p><p>" + kThird + "</p>";
  CHECK(text_of_article(inside) == kFirst + "\n一、守塔人\n" + kSecond + "\n" + kThird);
}

TEST_CASE("what stands inside the body's block without being its words is left out") {
  for (const char* line :
       {"<p>责任编辑：王小鸥</p>", "<p>（责编：王小鸥、李浪）</p>", "<p>來(lái)源：海灣晚報(bào)</p>",
        "<p>本文来源：海湾晚报</p>", "<p>（原标题：灯塔又亮了）</p>",
        "<p>免责声明：以上内容与本站立场无关。</p>", "<p>标签：灯塔 港口</p>",
        "<p>海湾晚报记者 王小鸥 李浪</p>", "<p>采写：海湾晚报记者 王小鸥</p>", "<p>- THE END -</p>",
        "<p>扫码关注海湾在线公众号</p>", "<p style='display:none'>看不见的一句话，是复制品里的。</p>",
        "<div class=share>分享到：微博 微信，让更多的人看到这个故事。</div>",
        "<figure><img src=a.jpg><figcaption>灯塔的夜景，站在堤上看。</figcaption></figure>",
        "<p><img src=a.jpg></p><p style='text-align:center'>图为修好的灯塔。王小鸥 摄</p>",
        "<p><a href=b.html>灯塔的前世今生</a></p>"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + line) == kStory);
  }
}

TEST_CASE("a sentence that begins with the word of a label stays") {
  for (const std::string line :
       {"值班民警接到报警后，很快赶到了码头。", "审核部门随后确认，船上没有人受伤。",
        "监制酒类的张某称，他从未见过这艘船。", "投稿人李某说，照片是夜里拍的。", "投稿人李某说：",
        "爆料的居民告诉警方，灯塔那晚没有亮。", "扫码支付在渔市里已经很常见，老人也会用。",
        "责任编辑王某说，那天的版面没有留下底稿。"}) {
    INFO(line);
    CHECK(text_of_article("<p>" + line + "</p>" + paragraphs()) == line + "\n" + kStory);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>" + "<p>" + kFirst + "</p>") ==
          kStory + "\n" + line + "\n" + kFirst);
  }
}

TEST_CASE("a sentence that begins as lines of a tail do stays amid a text") {
  for (const std::string line :
       {"点击进入“设置”，打开雾灯。", "点击下载完成的文件，按提示安装。",
        "本文由三个部分组成，先讲灯，再讲塔。", "关键词：海雾。这个词今年被反复提起，守塔人说。",
        "声明：我们反对拆塔，并将追究责任。"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>" + paragraphs()) ==
          kStory + "\n" + line + "\n" + kStory);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p><p>责任编辑：李浪</p>") == kStory);
  }
}

TEST_CASE("a sentence on codes and groups stays at either end of a text") {
  for (const std::string line :
       {"扫码点灯让不少渔民群体犯了难。", "扫码即可办事，渔民群众少跑腿。", "扫码点灯难倒老年群体",
        "扫码入群后，骗子让他先交三千元保证金。", "长按微信语音就能转文字，很多渔民不知道。"}) {
    INFO(line);
    CHECK(text_of_article("<p>" + line + "</p>" + paragraphs()) == line + "\n" + kStory);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>") == kStory + "\n" + line);
  }
}

TEST_CASE("a sentence that goes on where a line of the tail ends stays amid a text") {
  for (const std::string line :
       {"扫码进店、扫码点灯已经成为渔市的常态，老人却不习惯。", "扫码加群就能领渔票？民警提醒，这是骗局。",
        "综合自治区气象台的预报，未来三天海上有雾。", "关注我们身边的守塔人，是每一个渔民的责任。",
        "纠错机制是航标管理的生命线，必须长期坚持。", "新闻热线开通以来，已经接到渔民来电三千多次。",
        "长按上下键，即可切换灯光。", "整理自己的航海日志，他用了三年。",
        "Bildrechte sind im Hafen seit Jahren ein heikles Thema, sagt die Anwältin.",
        "Posted in three languages, the notice drew hundreds of replies within a day."}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>" + paragraphs()) ==
          kStory + "\n" + line + "\n" + kStory);
  }
  for (const std::string line : {"纠错",
                                 "综合自：海湾晚报",
                                 "综合自海湾晚报、渔业周刊",
                                 "新闻热线：555-0134，欢迎来电。",
                                 "扫码关注我们",
                                 "扫码加群，一起看海！",
                                 "长按上方二维码",
                                 "综合自海湾社、渔业新闻等。",
                                 "整理自海湾晚报，有删节。",
                                 "扫码进入读者交流群",
                                 "扫码加小编微信，进群交流",
                                 "长按左边二维码关注",
                                 "长按下面二维码，关注海湾晚报",
                                 "长按上面的二维码",
                                 "纠错请点击这里，我们会及时处理。",
                                 "新闻热线5550134，欢迎来电。",
                                 "Titelbild von Anna Möwe.",
                                 "返回首页",
                                 "Posted in Harbour, Lamps",
                                 "Bildrechte: Hafenbild"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>") == kStory);
  }
}

TEST_CASE("a sentence behind a picture is text, who took the picture is not") {
  const auto behind_picture = [](const std::string& line) {
    return text_of_article("<p>" + kFirst + "</p><p><img src=a.jpg></p><p>" + line + "</p><p>" + kSecond +
                           "</p><p>" + kThird + "</p>");
  };
  for (const std::string line :
       {"目前，这部影片已经在灯塔下开始拍摄。", "民警随后公布了码头的监控截图。", "退休以后，他爱上了摄影。",
        "他爱好航海史、诗歌和摄影。",
        "Photos posted on social media showed fog over the harbour, witnesses said.",
        "Photographers gathered at the harbour on Monday, hoping for a glimpse of the lamp.",
        "Images of the lamp spread quickly, and the keeper called for calm."}) {
    INFO(line);
    CHECK(behind_picture(line) == kFirst + "\n" + line + "\n" + kSecond + "\n" + kThird);
  }
  for (const std::string line :
       {"王小鸥 摄", "图为灯塔。王小鸥摄", "灯塔的夜景。王小鸥摄。", "灯塔的夜景，海湾社记者王小鸥摄。",
        "监控截图", "视频截图。", "海湾镇消防队供图。", "海湾新闻视频截图。", "王小鸥、李浪浪摄影。",
        "Photo courtesy of the Harbour Museum, Seatown.", "Foto von Anna Möwe, Hafenbild.",
        "Photo (c) Ann Gull, 2023.", "灯塔的夜景（海湾社记者 王小鸥 摄）", "Photo: Ann Gull",
        "Photo courtesy of Ann Gull."}) {
    INFO(line);
    CHECK(behind_picture(line) == kStory);
  }
}

TEST_CASE("those who read a text before print are not its words, the outcomes of a trial are") {
  for (const std::string lines :
       {"<p>一审：王小鸥</p><p>二审：李浪</p><p>三审：陈一帆</p>",
        "<p>初审：王小鸥 复审：李浪 终审：陈一帆</p>", "<p>一审丨王小鸥</p>", "<p>审签：王小鸥</p>"}) {
    INFO(lines);
    CHECK(text_of_article(paragraphs() + lines) == kStory);
  }
  for (const std::string line :
       {"一审：死刑", "二审：维持原判", "一审、二审均败诉", "终审：驳回上诉", "二审：发回重审", "一审：死缓",
        "一审：赔偿50万元", "一审：原告胜", "初审：材料不全", "终审：现场展示", "终审：金奖",
        "初审：网络投票，由读者选出前一百名作品。", "复审：现场答辩，每人限时十分钟。",
        "初审：资格审查，不合格者不进入下一轮。", "一审：支持，二审：改判，渔民跑了四年。",
        "一审/二审/终审，三次开庭，三种结果。"}) {
    INFO(line);
    CHECK(text_of_article("<p>" + kFirst + "</p><p>" + line + "</p><p>" + kSecond + "</p><p>" + kThird +
                          "</p>") == kFirst + "\n" + line + "\n" + kSecond + "\n" + kThird);
  }
}

TEST_CASE("longer words that begin as a label stay wherever they stand") {
  for (const std::string line :
       {"长按开关三秒，直到灯亮起。", "法院认定，该照片的版权所有者是守塔人，渔行应当赔偿。"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>") == kStory + "\n" + line);
  }
  CHECK(text_of_article(paragraphs() + "<p>长按二维码，看更多的海。</p>") == kStory);
  CHECK(text_of_article(paragraphs() + "<p>版权所有：海湾在线，不得转载。</p>") == kStory);
}

TEST_CASE("what happened when is text, the time and source under a headline are not") {
  for (const std::string line : {"2019年9月7日 08:05 灯塔停电", "2019年9月7日，镇政府发布通知，提出：",
                                 "2019年9月8日，他在时间表上写道：“再等等”"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>") == kStory + "\n" + line);
  }
  for (const std::string line :
       {"2023-03-04 05:06 来源：海湾晚报", "发布时间：2023-03-04 05:06", "2023-03-04 05:06:07"}) {
    INFO(line);
    CHECK(text_of_article("<p>" + line + "</p>" + paragraphs()) == kStory);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>") == kStory);
  }
  CHECK(text_of_article("<p>http://www.example.cn 2003年12月25日 08:12 海湾晚报</p>" + paragraphs()) ==
        kStory);
}

TEST_CASE("a day alone is text as a heading amid paragraphs, and where a notice is signed") {
  CHECK(text_of_article(paragraphs() + "<h3>2019年3月5日</h3>" + "<p>" + kSecond +
                        "</p><h3>2020-07-12</h3><p>" + kThird + "</p>") ==
        kStory + "\n2019年3月5日\n" + kSecond + "\n2020-07-12\n" + kThird);
  const std::string signature = "<p align=right>海湾镇人民政府</p><p align=right>";
  for (const std::string day : {"2023年3月4日", "2023 年 3 月 4 日", "（2023年3月4日）"}) {
    INFO(day);
    CHECK(text_of_article(paragraphs() + signature + day + "</p>") == kStory + "\n海湾镇人民政府\n" + day);
  }
  CHECK(text_of_article("<p>2023年3月4日</p>" + paragraphs()) == kStory);
  CHECK(text_of_article(paragraphs() + "<p>2023-03-04 10:20</p>") == kStory);
  CHECK(text_of_article(paragraphs() + "<p>发布日期：2023年3月4日</p>") == kStory);
  CHECK(text_of_article(paragraphs() + "<p>责任编辑：江一</p><p>2023年3月4日</p>") == kStory);
  CHECK(text_of_article(paragraphs() + "<h3>旧渔港的新码头</h3><p>2023年3月4日</p>") == kStory);
}

TEST_CASE("labels of those who saw to a text go, whatever stands between label and name") {
  for (const char* line :
       {"值班编辑：王小鸥", "审核：王小鸥，李浪", "监制 | 王小鸥", "校对 李浪", "审核",
        "【免责声明】本文不代表本站立场。", "责任编辑王小鸥", "投稿邮箱：bay@example.cn",
        "爆料：请致电编辑部。", "下一篇 对岸的渔港，谁来修？", "本文由海湾社授权，不得改写。",
        "扫码关注我们，看更多的海。", "END", "— The End —", "THE END.",
        "Copyright 2020 Bay Post. All rights reserved.", "Copyright © Bay Post"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p>") == kStory);
  }
}

TEST_CASE("related links end the text") {
  CHECK(text_of_article(paragraphs() + "<p>相关阅读：</p><p>对岸的渔港，也要修一座新的灯塔了。</p>") ==
        kStory);
  CHECK(text_of_article(paragraphs() +
                        "<h3>延伸阅读</h3><ul><li><a href=b>旧灯塔的来历，你知道多少？</a></li></ul>") ==
        kStory);
}

TEST_CASE("a headline behind the heading of related links ends the text, commas in it or not") {
  for (const char* line : {"相关阅读：对岸修了渔港，灯塔也亮了", "【延伸阅读】灯塔，亮还是不亮？",
                           "相关阅读 对岸的渔港", "此前报道"}) {
    INFO(line);
    CHECK(text_of_article(paragraphs() + "<p>" + line + "</p><p>对岸的渔港，也要修一座新的灯塔。</p>") ==
          kStory);
  }
}

TEST_CASE("a sentence that begins like the heading of related links is text, and so is what follows") {
  for (const std::string line :
       {"此前报道称，镇上计划再修三座灯塔。", "最新文章统计数据显示，来看灯塔的人多了一倍。",
        "相关报道引来了不少游客。", "此前报道称，镇上还要修灯塔"}) {
    INFO(line);
    CHECK(text_of_article("<p>" + kFirst + "</p><p>" + line + "</p><p>" + kSecond + "</p>") ==
          kFirst + "\n" + line + "\n" + kSecond);
  }
}

TEST_CASE("comments as long as the article are not its text") {
  std::string comments = "<div class=comments>";
  for (int i = 0; i < 6; ++i)
    comments += "<div class=item><p>小时候，爷爷常带我去看灯塔，那时候的海风真大啊。</p></div>";
  CHECK(text_of_article(paragraphs(), comments + "</div>") == kStory);
}

TEST_CASE("a sentence that holds a link stays, and its link is listed") {
  const Article article = article_of(
      news_page("", paragraphs() + "<p>详情见<a href='/notice/1.html'>海事局的通告</a>，每周更新一次。</p>"));
  CHECK(article.text == kStory + "\n详情见海事局的通告，每周更新一次。");
  REQUIRE(article.links.size() == 1);
  CHECK(article.links[0].url == "http://news.example.cn/notice/1.html");
  CHECK(article.links[0].text == "海事局的通告");
}

TEST_CASE("an anchor that leads nowhere or to the page itself is no link") {
  for (const std::string anchor : {"name=top", "onclick='x()'", "href=''", "href=' '", "href='#notes'",
                                   "href=' #notes'", "href='javascript:x()'"}) {
    INFO(anchor);
    CHECK(article_of(
              news_page("", paragraphs() + "<p>详情见<a " + anchor + ">海事局的通告</a>，每周更新一次。</p>"))
              .links.empty());
  }
}

TEST_CASE(
    "links whose words the text lacks or that stand in noise are not listed, nor those behind thousands") {
  const std::string inside =
      paragraphs() + "<p>详情见<a href='/notice/1.html'>海事局的通告</a>，每周更新。</p>";
  const std::string related = "<div class=related><a href=/r>老灯塔</a> <a href=/s>旧渔港</a></div>";
  std::string anchors;
  for (int i = 0; i < 200; ++i) anchors += "<a name=p><img src=x.gif width=1></a>";
  CHECK(article_of(news_page("", related + anchors + inside)).links.size() == 1);
  std::string many;
  for (int i = 0; i < 30; ++i) many += anchors;
  CHECK(article_of(news_page("", many + inside)).links.empty());
}

TEST_CASE("pictures of the text are listed, lazy sources first, with their captions") {
  const Article article = article_of(news_page(
      "",
      paragraphs() +
          "<figure><img data-src='/i/1.jpg' src='blank.gif' alt='塔'><figcaption>夜景</figcaption></figure>"
          "<img src='icon.png' width=16><img src='data:image/png;base64,x'>"));
  REQUIRE(article.images.size() == 1);
  CHECK(article.images[0].url == "http://news.example.cn/i/1.jpg");
  CHECK(article.images[0].alt == "塔");
  CHECK(article.images[0].caption == "夜景");
}

TEST_CASE("a figure's caption is that of all its pictures, and no longer than a caption is") {
  const std::string two = "<img src=/i/1.jpg><img src=/i/2.jpg>";
  const auto captions = [&](const std::string& caption) {
    const Article article = article_of(
        news_page("", paragraphs() + "<figure>" + two + "<figcaption>" + caption + "</figcaption></figure>"));
    REQUIRE(article.images.size() == 2);
    CHECK(article.images[0].caption == article.images[1].caption);
    return article.images[0].caption;
  };
  CHECK(captions("夜景") == "夜景");
  CHECK(captions(std::string(1024, 'x')) == std::string(1024, 'x'));
  CHECK(captions(std::string(1025, 'x')) == std::nullopt);
}

TEST_CASE("pictures in a block of noise are not the text's") {
  const Article article = article_of(news_page(
      "", "<div class=related><b><img src=/i/2.jpg></b></div>" + paragraphs() + "<img src=/i/1.jpg>"));
  REQUIRE(article.images.size() == 1);
  CHECK(article.images[0].url == "http://news.example.cn/i/1.jpg");
}

TEST_CASE("the first KiB of a class says what a block is, however many pictures are in it") {
  constexpr std::size_t kPictures = 20'000;
  std::string names;
  while (names.size() < 60'000) names += "qz ";
  std::string pictures;
  for (std::size_t i = 0; i < kPictures; ++i) pictures += "<img src=/i/1.jpg>";
  const Article article =
      article_of(news_page("", paragraphs() + "<div class='" + names + "related'>" + pictures + "</div>"));
  CHECK(article.text == kStory);
  CHECK(article.images.size() == kPictures);
}

TEST_CASE("the headline is not repeated in the text") {
  CHECK(text_of_article("<p><b>老灯塔重新亮起</b></p>" + paragraphs()) == kStory);
}

TEST_CASE("misleading names of the blocks around a text do not lose it") {
  CHECK(text_of_article("<div class='comment-box share'>" + paragraphs() + "</div>") == kStory);
}

TEST_CASE("the text of an empty shell comes from its JSON-LD") {
  const Article article = article_of(
      "<title>Shell</title><script "
      "type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":"
      "\"WebPage\"},{\"@type\":\"NewsArticle\",\"headline\":\"The lamp is lit\",\"articleBody\":\"" +
      kFirst + "\\n\\n" + kSecond + "\"}]}</script><div id=app></div>");
  CHECK(article.text == kFirst + "\n" + kSecond);
}

TEST_CASE("a standfirst between headline and text belongs to a text that is not Chinese") {
  const std::string lead =
      "After thirty dark years the old lamp is lit again, and the boats have a mark to steer by.";
  const std::string one =
      "The keeper, who is seventy-two, climbed the stairs alone, lamp in hand, as the crowd below fell "
      "silent.";
  const std::string two =
      "It took the harbour four winters, and most of its savings, to buy a lens that the storms would not "
      "break.";
  const std::string body =
      "<title>The lamp is lit - Bay Post</title><h1>The lamp is lit</h1><div class=k><p>" + lead +
      "</p></div><div class=m><p>" + one + "</p><p>" + two + "</p><p>" + one + " " + two + "</p></div>";
  CHECK(article_of(body).text == lead + "\n" + one + "\n" + two + "\n" + one + " " + two);
}

}  // namespace
}  // namespace boardwalk::parsers
