#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "parsers/news/script_arguments.hpp"
#include "parsers/news/script_values.hpp"
#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

std::string shell(const std::string& scripts) {
  return "<html><head><title>老灯塔重新亮起_海湾在线</title></head><body><div id=app></div>" + scripts +
         "</body></html>";
}

std::string html() {
  return R"(<p>)" + kFirst + R"(<\/p><p>)" + kSecond + R"(<\/p><p>)" + kThird + R"(<\/p>)";
}

TEST_CASE("an article that only a script's state holds is read") {
  const std::string article = R"({"title":"老灯塔重新亮起","content":")" + html() +
                              R"(","author":{"name":"江一"},"source":"海湾日报","publish_time":1614816000})";
  const std::string other = R"(,"related":[{"title":"渔港开海","url":"/a/2.html"}])";
  for (const std::string& scripts :
       {"<script>window.__INITIAL_STATE__ = {\"detail\":" + article + other + "};</script>",
        "<script id=__NEXT_DATA__ type=application/json>{\"props\":{\"pageProps\":{\"article\":" + article +
            "}}}</script>",
        "<script>window.__APOLLO_STATE__={\"Article:7\":" + article + "}</script>"}) {
    INFO(scripts);
    const Article read = article_of(shell(scripts));
    CHECK(read.title == "老灯塔重新亮起");
    CHECK(read.text == kStory);
    CHECK(read.authors == std::vector<std::string>{"江一"});
    CHECK(read.source == "海湾日报");
    REQUIRE(read.published_at);
    CHECK(read.published_at->rfc3339() == "2021-03-04T08:00:00+08:00");
  }
}

TEST_CASE("state that is JavaScript, or JSON in a string, is read too") {
  const std::string script =
      "window.__NUXT__=(function(a,b){return {data:[{news:{title:'老灯塔重新亮起',body:'<p>" + kFirst +
      "</p><p>" + kSecond + "</p><p>" + kThird + "</p>',top:a}}],n:b}}(null,1));";
  CHECK(article_of(shell("<script>" + script + "</script>")).text == kStory);
  std::string escaped;
  for (const char c : R"({"a":{"title":"老灯塔重新亮起","html":"<p>)" + kFirst + "</p><p>" + kSecond +
                          "</p><p>" + kThird + R"(</p>"}})") {
    if (c == '"') escaped += '\\';
    escaped += c;
  }
  CHECK(article_of(shell("<script>window.__DATA__=JSON.parse(\"" + escaped + "\")</script>")).text == kStory);
}

TEST_CASE("names in the state stand for what its function is called with") {
  const std::string text = "'<p>" + kFirst + "</p><p>" + kSecond + "</p><p>" + kThird + "</p>'";
  const std::string object = "{return {data:[{news:{title:a,body:c,author:b,views:d}}]}}";
  for (const std::string& script :
       {"window.__NUXT__=(function(a,b,c,d)" + object + "(\"老灯塔重新亮起\",\"江\\u4e00\"," + text +
            ",{}));",
        "window.__NUXT__=(function (a, b, c) " + object + ")('老灯塔重新亮起', '江一', " + text + ", [1,2]);",
        "window.x=((a,b,c)=>" + object + ")('老灯塔重新亮起','江一'," + text + ")"}) {
    INFO(script);
    const Article article = article_of(shell("<script>" + script + "</script>"));
    CHECK(article.title == "老灯塔重新亮起");
    CHECK(article.text == kStory);
    CHECK(article.authors == std::vector<std::string>{"江一"});
  }
}

TEST_CASE("a function that is not called, or called with nothing that is told, gives no arguments") {
  CHECK(news::read_arguments("(function(a,b){return 1})").empty());
  CHECK(news::read_arguments("(function(a,b){return 1}(c,{d:1}))").empty());
  CHECK(news::read_arguments("(function(a,b){").empty());
  CHECK(news::read_arguments("(function(").empty());
  CHECK(news::read_arguments("((a").empty());
  const auto arguments = news::read_arguments("(function(a,b){return \"}\"}(\"x,\\\"y\",12))");
  REQUIRE(arguments.size() == 2);
  CHECK(arguments.at("a") == "\"x,\\\"y\"");
  CHECK(arguments.at("b") == "12");
}

TEST_CASE("paragraphs that are objects of their own make one text") {
  const auto block = [](const std::string& text) { return R"({"type":"text","value":")" + text + R"("})"; };
  const std::string state = R"({"title":"老灯塔重新亮起","blocks":[)" + block(kFirst) + "," + block(kSecond) +
                            "," + R"({"type":"image","src":"/a.jpg"},)" + block(kThird) + "]}";
  CHECK(article_of(shell("<script type=application/json>" + state + "</script>")).text == kStory);
}

TEST_CASE("of several articles in the state the one that the page is named for is read") {
  const auto entry = [](const std::string& title, const std::string& text) {
    return R"({"title":")" + title + R"(","content":")" + text + text + text + R"("})";
  };
  const std::string scripts = "<script>window.__STATE__={list:[" + entry("渔港开海", kSecond) + "," +
                              entry("老灯塔重新亮起", kFirst) + "]}</script>";
  CHECK(article_of(shell(scripts)).text == kFirst + kFirst + kFirst);
  const std::string unnamed = "<script>window.__STATE__={list:[" + entry("渔港开海", kSecond) + "," +
                              entry("码头扩建", kFirst) + "]}</script>";
  CHECK(parse_news(shell(unnamed)).articles.empty());
}

TEST_CASE("a page that shows its text is not read from its scripts") {
  const std::string state =
      "<script>window.__STATE__={title:'老灯塔重新亮起',content:'" + kThird + kThird + "'}</script>";
  CHECK(article_of(news_page("2021-03-04 08:00", paragraphs(), state)).text == kStory);
}

TEST_CASE("JSON-LD's articleBody is read as HTML, escaped HTML or plain text") {
  const auto with_body = [](const std::string& body) {
    return shell(
        R"(<script type=application/ld+json>{"@type":"NewsArticle","headline":"老灯塔重新亮起","articleBody":")" +
        body + R"("}</script>)");
  };
  CHECK(article_of(with_body(html())).text == kStory);
  CHECK(article_of(with_body("&lt;p&gt;" + kFirst + "&lt;/p&gt;&lt;p&gt;" + kSecond + "&lt;/p&gt;&lt;p&gt;" +
                             kThird + "&lt;/p&gt;"))
            .text == kStory);
  CHECK(article_of(with_body(kFirst + R"(\r\n)" + kSecond + R"(\n\n)" + kThird)).text == kStory);
}

TEST_CASE("a script's strings have their escapes undone and know their keys and objects") {
  news::ScriptValues values;
  news::read_script(
      R"(var a = {"publish_time": 12, 'b': "x\u4e2d\ud83d\ude00\n\x41", c: [`one`, "two"]}; // {"d":"no"})",
      values);
  REQUIRE(values.objects.size() == 1);
  REQUIRE(values.values.size() == 4);
  CHECK(values.values[0].key == "publishtime");
  CHECK(values.values[0].text == "12");
  CHECK(values.values[1].text == "x中😀\nA");
  CHECK(values.values[3].key == "c");
  CHECK(values.values[3].text == "two");
}

TEST_CASE("a long argument is not read for each of thousands of names that stand for it") {
  std::string names;
  for (int i = 0; i < 2000; ++i) names += "a,";
  const std::string code =
      "(function(a,b){return {text:[" + names + "],author:b}}(\"" + std::string(20'000, 'x') + "\",\"Ann\"))";
  news::ScriptValues values;
  news::read_script(code, values);
  std::size_t size = 0;
  for (const news::ScriptValue& value : values.values) size += value.text.size();
  CHECK(size <= 5 * code.size());
  const auto holds = [&values](const std::string& key, const std::string& text) {
    return std::any_of(values.values.begin(), values.values.end(), [&](const news::ScriptValue& value) {
      return value.key == key && value.text == text;
    });
  };
  CHECK(holds("text", std::string(20'000, 'x')));
  CHECK(holds("author", "Ann"));
}

TEST_CASE("a long key is not kept whole for each of thousands of values") {
  std::string numbers;
  for (int i = 0; i < 2000; ++i) numbers += "1,{},";
  news::ScriptValues values;
  news::read_script("{\"" + std::string(20'000, 'k') + "\":[" + numbers + "]}", values);
  REQUIRE(values.values.size() == 2000);
  REQUIRE(values.objects.size() == 2001);
  CHECK(values.values.back().key == std::string(news::kLongestKey, 'k'));
  CHECK(values.objects.back().key == std::string(news::kLongestKey, 'k'));
}

TEST_CASE("scripts that end or nest anywhere are read to their end") {
  for (const std::string code :
       {"{", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":\"\\u12", "}}]])", "/*", "{a:[{b:(", "\\", "'"}) {
    news::ScriptValues values;
    news::read_script(code, values);
    CHECK(values.values.size() <= 1);
  }
  news::ScriptValues deep;
  news::read_script(std::string(200'000, '{'), deep);
  CHECK(deep.objects.size() == 200'000);
}

}  // namespace
}  // namespace boardwalk::parsers
