// Who first published a Chinese article: the outlet behind its label or beside the time, and what there is none.
#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

Article with_info(const std::string& info) { return article_of(news_page(info, paragraphs())); }
Article with_body(const std::string& inside) { return article_of(news_page("2023-03-04 05:06", inside)); }

TEST_CASE("the source is what its label names, up to the next label") {
  CHECK(with_info("2023-03-04 05:06 来源：海湾晚报 作者：王小鸥").source == "海湾晚报");
  CHECK(with_info("来源: <a href=x>海湾晚报</a> | 编辑：李浪").source == "海湾晚报");
  CHECK(with_info("信息来源：海湾镇政府办公室 浏览次数：12").source == "海湾镇政府办公室");
  CHECK(with_info("稿源：海湾晚报作者：王小鸥").source == "海湾晚报");
  CHECK(with_info("來(lái)源:海灣晚報(bào)").source == "海灣晚報(bào)");
  CHECK(with_info("来源： | 发布时间：2023-03-04").source == std::nullopt);
  CHECK(with_info("2023-03-04 05:06 | 查看: 12 | 来自: 海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 作者：王小鸥来源：海湾晚报").source == "海湾晚报");
  CHECK(with_info("来源：《海湾晚报》").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 消息来源：海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 星期六来源：海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023-03-04 05:06 数据来源：海湾统计局").source == std::nullopt);
  CHECK(with_info("2023-03-04 05:06 来源：未知 作者：admin 点击：次").source == std::nullopt);
}

TEST_CASE("what supplied money, pictures or figures is no source") {
  CHECK(with_body("<p>一、资金来源：财政资金</p>" + paragraphs()).source == std::nullopt);
  CHECK(with_body(paragraphs() + "<p>数据来源：海湾统计局</p>").source == std::nullopt);
  CHECK(
      article_of(news_page("2023-03-04 05:06 界面海湾", "<p>图片来源：视觉海湾</p>" + paragraphs())).source ==
      "界面海湾");
}

TEST_CASE("who comments and what is linked behind the text is no source") {
  for (const std::string behind :
       {"<ul><li><a href=/a/2.html>镇政府召开防雾会议</a> 2023-03-03</li></ul>",
        "<div id=comment><p>渔民甲 2023-03-04 06:07</p></div>",
        "<div class=related><p><a href=/a/2.html>防雾会议</a> 来源：渔业周刊</p></div>"}) {
    INFO(behind);
    CHECK(article_of(news_page("2023-03-04 05:06", paragraphs(), behind)).source == std::nullopt);
  }
}

TEST_CASE("the outlet beside the time is the source where no label stands") {
  CHECK(with_info("2023年03月04日 05:06 海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023年03月04日 05:06").source == std::nullopt);
}

TEST_CASE("what goes with a date, buttons and counters are no source") {
  for (const char* info :
       {"2023年03月04日 星期六", "2023年03月04日 （星期六）", "2023-03-04 周六", "2023-03-04 周六上午",
        "2023-03-04 上午", "2023年3月4日 农历二月十三", "2023年3月4日 星期六 癸卯年二月十三",
        "2023-03-04 10:20 我要评论", "2023-03-04 10:20 已有12人阅读", "2023-03-04 10:20 12人参与",
        "2023-03-04 10:20 分享到微信", "2023-03-04 10:20 收藏 打印", "发布于 2023-03-04 10:20",
        "2023-03-04 10:20 、海湾"}) {
    INFO(info);
    CHECK(with_info(info).source == std::nullopt);
  }
}

TEST_CASE("what a date's label says was done on that day is no source") {
  for (const std::string done :
       {"添加", "上传", "录入", "创建", "活动", "截止", "报名", "开始", "成文", "印发", "生成",
        "签发", "发文", "公开", "上线", "收稿", "出版", "审核", "更新", "拍摄", "首发", "投稿",
        "刊登", "張貼", "见报", "新闻", "提问", "回复", "发帖", "公告", "公示"})
    for (const std::string label : {"时间：", "日期：", "日期 "}) {
      INFO(done << label);
      CHECK(with_info(done + label + "2023-03-04").source == std::nullopt);
    }
  CHECK(with_info("海湾晚报 时间：2023-03-04").source == "海湾晚报");
  CHECK(with_info("海湾晚报时间：2023-03-04").source == "海湾晚报");
  CHECK(with_info("海湾晚报 更新时间：2023-03-04").source == "海湾晚报");
  CHECK(with_info("2023-03-04 海湾时间").source == "海湾时间");
}

TEST_CASE("marks, switches of the page and accounts without a name beside the time are no source") {
  for (const std::string words :
       {"置顶", "置顶 精华", "转载", "视频", "图文", "简体 繁体", "返回列表", "关闭窗口", "无障碍",
        "语音播报", "大中小", "admin", "访客", "已结束", "投稿", "热度", "专题", "上传附件", "楼主"}) {
    INFO(words);
    CHECK(with_info("2023-03-04 " + words).source == std::nullopt);
    CHECK(with_info("海湾晚报 2023-03-04 10:20 " + words).source == "海湾晚报");
  }
  CHECK(with_info("2023-03-04 视频日报").source == "视频日报");
}

TEST_CASE("an outlet behind the weekday, or before the time where a button follows, is the source") {
  CHECK(with_info("2023年03月04日 星期六 海湾晚报").source == "海湾晚报");
  CHECK(with_info("2023年03月04日（周六）上午10:20 海湾晚报").source == "海湾晚报");
  CHECK(with_info("海湾晚报 2023-03-04 星期六").source == "海湾晚报");
  CHECK(with_info("海湾晚报 2023-03-04 10:20 我要评论").source == "海湾晚报");
  CHECK(with_info("2023-03-04 10:20 21世纪渔业").source == "21世纪渔业");
  CHECK(with_info("2023年3月4日 海湾观察").source == "海湾观察");
  CHECK(with_info("海湾观察|2023年3月4日").source == "海湾观察");
}

TEST_CASE("words around a date that the text speaks of are no source") {
  for (const char* line :
       {"条例自2023年3月4日起施行。", "条例自2023年3月4日起施行", "2023年3月4日，市政府召开会议。",
        "2023年3月4日8时，王某驾车离家。", "2023年3月4日召开渔业会议", "会议定于2023年3月4日",
        "2023年3月4日，消息来源称，灯塔已经修好。"}) {
    INFO(line);
    const std::string paragraph = "<p>" + std::string(line) + "</p>";
    CHECK(article_of(news_page("", paragraph + paragraphs())).source == std::nullopt);
    CHECK(article_of(news_page("", paragraphs() + paragraph)).source == std::nullopt);
  }
}

}  // namespace
}  // namespace boardwalk::parsers
