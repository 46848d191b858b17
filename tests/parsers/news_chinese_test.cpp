#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

using Names = std::vector<std::string>;

Article with_info(const std::string& info, const std::string& tail = "") {
  return article_of(news_page(info, paragraphs() + tail));
}

Article with_body(const std::string& inside) { return article_of(news_page("2023-03-04 05:06", inside)); }

TEST_CASE("a headline broken by hand is one, and its lines are not the text's") {
  const Article article = article_of(
      "<title>海湾市人民代表大会常务委员会关于修复老灯塔及其铜钟的决定_海湾在线</title><div>"
      "<p>海湾市人民代表大会常务委员会</p><p>关于修复老灯塔及其铜钟的决定</p>" +
      paragraphs() + "</div>");
  CHECK(article.title == "海湾市人民代表大会常务委员会关于修复老灯塔及其铜钟的决定");
  CHECK(article.text == kStory);
}

TEST_CASE("where <title> names section and site alone, the heading above the text is the title") {
  const Article article =
      article_of("<title>新闻动态--海湾灯塔学会</title><h5>第三届灯塔年会在海湾市召开</h5><div>" +
                 paragraphs() + "</div><p>海湾灯塔学会</p>");
  CHECK(article.title == "第三届灯塔年会在海湾市召开");
}

TEST_CASE("words in a picture's own paragraph are its caption") {
  CHECK(with_info("", "<p><img src=a.jpg><br>夜里的灯塔，海面如镜。</p>").text == kStory);
}

TEST_CASE("buttons and counters behind the last sentence are left out, the end mark stays") {
  CHECK(with_info("", "<div>图集</div><div>+1</div>").text == kStory);
  CHECK(with_info("", "<p>（完）</p>").text == kStory + "\n（完）");
}

TEST_CASE("the source beside the time comes before a label behind the text, and the net is no source") {
  CHECK(with_info("海湾晚报 2023-03-04 05:06", "<p>来源：渔业周刊</p>").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 来源：渔业周刊").source == "渔业周刊");
  CHECK(with_info("2023-03-04 05:06", "<p>来源：渔业周刊</p>").source == "渔业周刊");
  CHECK(with_info("原创 LampPost 2023-03-04 05:06:07", "<p>图片来源：网络</p>").source == "LampPost");
  CHECK_FALSE(with_info("2023-03-04 05:06 来源：网络").source);
}

TEST_CASE("who took a picture beside the text's beginning did not write it") {
  CHECK(with_info("2023-03-04 05:06", "").authors.empty());
  const Article article = article_of(
      news_page("2023-03-04 05:06",
                "<p><img src=a.jpg></p><p>资料图：灯塔的夜景。海湾社记者 王小鸥 摄</p>" + paragraphs()));
  CHECK(article.authors.empty());
  CHECK(article.text == kStory);
}

TEST_CASE("brackets that never close are passed over, however many stand in a paragraph") {
  constexpr int kMany = 200'000;  // minutes, were the end of each looked for up to the line's end
  for (const std::string open : {"(记", "（记", "[记", "【记"}) {
    INFO(open);
    std::string words;
    for (int i = 0; i < kMany; ++i) words += open;
    const Article article =
        article_of(news_page("2023-03-04 05:06", paragraphs() + "<p>" + words + "</p><p>（记者 张三）</p>"));
    CHECK(article.authors == Names{"张三"});
  }
}

TEST_CASE("authors in parentheses are found where a button follows the last sentence") {
  CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。（评论员 王小鸥 李浪）</p><div>点赞收藏</div>").authors ==
        Names{"王小鸥", "李浪"});
}

TEST_CASE("a day that the text speaks of is not that of publication where metadata tells it") {
  const Article article =
      article_of(news_page("", "<p>（2007年6月29日海湾市人民代表大会常务委员会会议通过）</p>" + paragraphs(),
                           "", "<meta name=firstpublishedtime content='2007-08-20-23:59:59'>"));
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339().substr(0, 10) == "2007-08-20");
}

TEST_CASE("a label needs nothing behind it in a line that tells the time") {
  CHECK(with_info("2023-03-04 05:06 来源海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 王小鸥/海湾晚报").source == "海湾晚报");
}

TEST_CASE("a time split over elements of its own is put together") {
  const Article article = with_info("<span>2023</span><span>03/04</span><span>05:06:07</span>");
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339() == "2023-03-04T05:06:07+08:00");
}

TEST_CASE("where only yesterday is printed, the seconds in a script tell the time") {
  for (const char* code : {"var ct = \"1678000000\";", "window.data={\"publish_time\":1678000000}"}) {
    INFO(code);
    const Article article =
        article_of(news_page("昨天", paragraphs(), "", "<script>" + std::string(code) + "</script>"));
    REQUIRE(article.published_at);
    CHECK(article.published_at->rfc3339() == "2023-03-05T15:06:40+08:00");
  }
  CHECK_FALSE(with_info("<script>var direct = \"1678000000\"; ct = \"16780\";</script>昨天").published_at);
}

TEST_CASE("remarks in parentheses, what a writer did and stand-ins for names are no authors") {
  for (const std::string remark : {"掌声", "热烈鼓掌", "综合报道", "本报综合", "海湾社电", "全文结束", "央视",
                                   "未完", "来自网络", "现场报道", "独家报道"}) {
    INFO(remark);
    CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。（" + remark + "）</p>").authors.empty());
  }
  for (const std::string name : {"秩名", "小编", "管理员"}) {
    INFO(name);
    CHECK(with_info("2023-03-04 05:06 作者：" + name).authors.empty());
  }
  for (const std::string line : {"（记者王小鸥报道）", "（本报记者 王小鸥报道）", "（记者王小鸥文/图）"}) {
    INFO(line);
    CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。" + line + "</p>").authors == Names{"王小鸥"});
  }
  CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。（记者王鸥北湾报道）</p>").authors.empty());
  CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。（王小鸥文/图）</p>").authors == Names{"王小鸥"});
  CHECK(with_info("2023-03-04 05:06 作者：王笑声").authors == Names{"王笑声"});
  for (const std::string line : {"（记者 王小鸥 文 摄）", "（记者 王小鸥 文 图）"}) {
    INFO(line);
    CHECK(with_info("2023-03-04 05:06", "<p>" + kThird + line + "</p>").authors == Names{"王小鸥"});
  }
}

TEST_CASE("a foreign name is one, and so is a name of two characters that is set wide") {
  CHECK(with_info("2023-03-04 05:06 作者：Ann Gull").authors == Names{"Ann Gull"});
  CHECK(with_info("2023-03-04 05:06 作者：A. B. Gull、Lee Tern").authors == Names{"A. B. Gull", "Lee Tern"});
  CHECK(with_info("2023-03-04 05:06 作者：王 鸥").authors == Names{"王鸥"});
  CHECK(with_info("2023-03-04 05:06 编辑：王 鸥").editor == "王鸥");
  CHECK(with_info("2023-03-04 05:06 作者：Annabella Gull-Robinson、Lee Tern").authors ==
        Names{"Annabella Gull-Robinson", "Lee Tern"});
  CHECK(with_info("2023-03-04 05:06 作者：Annabella Gull-Robinson and Lee Tern").authors ==
        Names{"Annabella Gull-Robinson", "Lee Tern"});
  CHECK(with_info("2023-03-04 05:06 作者：Lee bin Tern Al Harbourside").authors ==
        Names{"Lee bin Tern Al Harbourside"});
  CHECK(with_info("2023-03-04 05:06", "<p>灯又亮了。（记者 王　鸥 李小浪）</p>").authors ==
        Names{"王鸥", "李小浪"});
}

TEST_CASE("a by-line of its own is no text, be it a name in parentheses or behind a bar") {
  for (const char* line : {"<p>（王小鸥）</p>", "<p>文丨王小鸥</p>"}) {
    INFO(line);
    const Article article = with_info("2023-03-04 05:06", line);
    CHECK(article.authors == Names{"王小鸥"});
    CHECK(article.text == kStory);
  }
}

TEST_CASE("an editor or a writer ends where those who read the text begin, and other fields") {
  CHECK(with_body(paragraphs() + "<p>责编：王小鸥 一审：李浪 二审：陈一帆 三审：周二桨</p>").editor ==
        "王小鸥");
  CHECK(with_body(paragraphs() + "<p>责编：王小鸥一审：李浪</p>").editor == "王小鸥");
  for (const std::string other : {"一审：李浪", "审稿：李浪", "单位：海湾镇灯塔站"}) {
    INFO(other);
    CHECK(with_info("2023-03-04 05:06 作者：王小鸥 " + other).authors == Names{"王小鸥"});
  }
  CHECK(with_info("2023-03-04 05:06 作者：Ann Gull 译者：王小鸥").authors == Names{"Ann Gull"});
}

TEST_CASE("a reporter is one whatever office or company the line gives, and not who was met") {
  const auto authors = [](const std::string& line) {
    return with_info("2023-03-04 05:06</div><div>" + line).authors;
  };
  for (const std::string line :
       {"采访记者王小鸥", "专访记者王小鸥", "随队采访记者王小鸥", "文字记者和摄影记者王小鸥"}) {
    INFO(line);
    CHECK(authors(line) == Names{"王小鸥"});
  }
  CHECK(authors("采访记者王小鸥 摄影记者李浪") == Names{"王小鸥", "李浪"});
  CHECK(authors("通讯员李浪与记者王小鸥") == Names{"王小鸥"});
  CHECK(authors("会见记者代表").empty());
}

TEST_CASE("labels behind a headline in its own line are read, what else it says is not") {
  const auto headed = [](const std::string& line) {
    return article_of("<title>老灯塔重新亮起_海湾在线</title><h1>" + line +
                      "</h1><div>2023-03-04 05:06</div><div>" + paragraphs() + "</div>");
  };
  for (const std::string line : {"老灯塔重新亮起 作者：王小鸥", "老灯塔重新亮起（作者：王小鸥）"}) {
    INFO(line);
    CHECK(headed(line).authors == Names{"王小鸥"});
  }
  const Article both = headed("老灯塔重新亮起 作者：王小鸥 来源：海湾晚报");
  CHECK(both.authors == Names{"王小鸥"});
  CHECK(both.source == "海湾晚报");
}

TEST_CASE("a headline names no writer, editor or source") {
  const auto headed = [](const std::string& title, const std::string& head = "") {
    return article_of("<title>" + title + "_海湾在线</title>" + head + "<h1>" + title +
                      "</h1><div>2023-03-04 05:06</div><div>" + paragraphs() + "</div>");
  };
  for (const std::string title :
       {"镇长就修塔工作接受记者采访", "我镇举办新闻记者培训班", "渔业办举行记者见面会", "海湾记者协会成立",
        "基因编辑：改写海雾密码", "专访《灯塔》作者 王小鸥", "2023年3月4日 全镇天气预报"}) {
    INFO(title);
    const Article article = headed(title);
    CHECK(article.title == title);
    CHECK(article.authors.empty());
    CHECK(article.editor == std::nullopt);
    CHECK(article.source == std::nullopt);
  }
  CHECK(with_body("<p><strong>向记者介绍情况</strong></p>" + paragraphs()).authors.empty());
  CHECK(with_body("<h3>海湾记者协会成立</h3>" + paragraphs()).authors.empty());
  CHECK(with_body(paragraphs() + "<p>海湾晚报记者 王小鸥</p>").authors == Names{"王小鸥"});
}

TEST_CASE("who wrote an article is no source beside the time, by label or by element") {
  for (const std::string info :
       {"文/王小鸥 2023-03-04", "2023-03-04 文/王小鸥", "撰文：王小鸥 2023-03-04", "撰文/王小鸥 2023-03-04",
        "撰文 王小鸥 2023-03-04", "<a rel=author href=/u/1>王小鸥</a> 2023-03-04",
        "2023-03-04 <span itemprop=author>王小鸥</span>",
        "<span class=author>王小鸥</span> <span class=date>2023-03-04 10:11</span>"}) {
    INFO(info);
    const Article article = with_info(info);
    CHECK(article.authors == Names{"王小鸥"});
    CHECK(article.source == std::nullopt);
  }
  const Article both = with_info("海湾晚报 2023-03-04 文/王小鸥");
  CHECK(both.source == "海湾晚报");
  CHECK(both.authors == Names{"王小鸥"});
}

TEST_CASE("an outlet, an office and who comments are no author by their element's class") {
  const Article outlet = with_info("<span class=author>海湾晚报</span> 2023-03-04");
  CHECK(outlet.authors.empty());
  CHECK(outlet.source == "海湾晚报");
  CHECK(with_info("<span class=author>宣传部</span> 2023-03-04").authors.empty());
  const std::string comment = "<div><b class=author>王小鸥</b> 2023-03-05</div><div>写得真好，谢谢。</div>";
  CHECK(article_of(news_page("2023-03-04", paragraphs(), comment)).authors.empty());
}

TEST_CASE("where and as what an article was put up is no source, and the time ends one") {
  for (const std::string info :
       {"2023-03-04 10:20 发布于北京", "2023-03-04 10:20发布于北京", "2023-03-04 10:20 来自北京",
        "2023-03-04 10:20 北京", "2023-03-04 10:20 未分类 0条评论", "2023-03-04 新闻动态 阅读 12",
        "2023年3月4日 由王小鸥发布"}) {
    INFO(info);
    CHECK(with_info(info).source == std::nullopt);
    CHECK(with_info("<b class=author-name>海湾观察</b><p>" + info + "</p>").source == "海湾观察");
  }
  CHECK(with_info("2023-03-04 10:20 北京晚报").source == "北京晚报");
  CHECK(with_info("2023-03-04 10:20 由拍科技").source == "由拍科技");
  CHECK(with_info("来源：海湾晚报2023-03-04 10:20").source == "海湾晚报");
  CHECK(with_info("来源：2023-03-04 10:20").source == std::nullopt);
  CHECK(with_info("来源：海湾社北湾2023年3月4日电").source == std::nullopt);
}

}  // namespace
}  // namespace boardwalk::parsers
