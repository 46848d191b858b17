// The keys of URLs that are no forum's.
#include "parsers/page_key.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/parsers/page_keys.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

TEST_CASE("a port that is not the scheme's own belongs to the key, the scheme does not") {
  CHECK(page_key(*parse_url("http://bbs.example.cn:8080/forum.php")).key == "bbs.example.cn:8080 index");
  CHECK(page_key(*parse_url("https://bbs.example.cn/forum.php")).key == "bbs.example.cn index");
}

TEST_CASE("scripts of other software keep their own URLs as keys") {
  check({
      {"/post.php?id=44", "/post.php?id=44", LinkRole::kOther, true},
      {"/tag.php?t=3", "/tag.php?t=3", LinkRole::kOther, true},
      {"/forum-rules.html", "/forum-rules.html", LinkRole::kOther, true},
      {"/thread-of-the-week.html", "/thread-of-the-week.html", LinkRole::kOther, true},
      {"/2024/05/t20240501_88.html", "/2024/05/t20240501_88.html", LinkRole::kOther, true},
      {"/archiver/notes.html", "/archiver/notes.html", LinkRole::kOther, true},
  });
}

TEST_CASE("any other URL is its own key after RFC 3986 normalisation") {
  check({
      {"/a/./b/../c.html", "/a/c.html", LinkRole::kOther, true},
      {"/%7Ekim/%e4%bd%a0?q=%c4%e3&b=1", "/~kim/%E4%BD%A0?q=%C4%E3&b=1", LinkRole::kOther, true},
      {"/news?b=2&a=1", "/news?b=2&a=1", LinkRole::kOther, true},
      {"/news?", "/news", LinkRole::kOther, true},
  });
}

TEST_CASE("a URL that needs no normalisation has the key that normalisation would give it") {
  const std::vector<std::string> pieces{"/",
                                        "/.",
                                        "..",
                                        "%",
                                        "%4",
                                        "%41",
                                        "%2f",
                                        "%2F",
                                        "%e4",
                                        "%E4",
                                        "%7E",
                                        "%zz",
                                        "?",
                                        "&",
                                        "=",
                                        ";",
                                        "a",
                                        "7",
                                        "thread-",
                                        "-1-1",
                                        ".html",
                                        "forum.php?mod=",
                                        "viewthread",
                                        "tid",
                                        "fid",
                                        "mod=",
                                        "utm_",
                                        "from=x",
                                        "spm",
                                        "amp;",
                                        "page",
                                        "authorid=",
                                        ";jsessionid=",
                                        "archiver/"};
  std::mt19937 random(7);
  std::string differs;
  for (int i = 0; i < 50'000; ++i) {
    std::string path = "/";
    for (auto left = random() % 9; left > 0; --left) path += pieces[random() % pieces.size()];
    const bool equal = has_same_target(path) && key_the_long_way(path) == key(path).key;
    if (!equal) differs += path + "\n";
  }
  INFO(differs);
  CHECK(differs.empty());
}

TEST_CASE("parameters that only track a reader are dropped, others stay") {
  check({
      {"/n/1.html?utm_source=x&id=3&utm_medium=y", "/n/1.html?id=3", LinkRole::kOther, true},
      {"/n/1.html?spm=a2.b3", "/n/1.html", LinkRole::kOther, true},
      {"/n/1.html?from=timeline&isappinstalled=0", "/n/1.html", LinkRole::kOther, true},
      {"/n/1.html?from=2020", "/n/1.html?from=2020", LinkRole::kOther, true},
      {"/n/1.html;jsessionid=0A1B", "/n/1.html", LinkRole::kOther, true},
  });
}

TEST_CASE("session ids in the links of PHP forums are dropped, what names a page is not") {
  const std::string id = "0123456789abcdef0123456789ABCDEF";
  check({
      {"/viewtopic.php?f=2&t=12&sid=" + id, "/viewtopic.php?f=2&t=12", LinkRole::kOther, true},
      {"/showthread.php?s=" + id + "&t=12", "/showthread.php?t=12", LinkRole::kOther, true},
      {"/index.php?sid=" + id, "/", LinkRole::kIndex, true},
      {"/share.php?s=" + id + "0", "/share.php?s=" + id + "0", LinkRole::kOther, true},
      {"/share.php?s=" + id.substr(1) + "g", "/share.php?s=" + id.substr(1) + "g", LinkRole::kOther, true},
      {"/show.php?sid=" + id, "/show.php?sid=" + id, LinkRole::kOther, true},
      {"/showthread.php/12-title?s=" + id, "/showthread.php/12-title", LinkRole::kOther, true},
      {"/viewonline.php?sid=" + id, "/viewonline.php", LinkRole::kOther, true},
      {"/app.php/help/faq?sid=" + id, "/app.php/help/faq", LinkRole::kOther, true},
      {"/index.php/show?sid=" + id, "/index.php/show?sid=" + id, LinkRole::kOther, true},
      {"/index.php/forum/viewtopic.php?t=1&sid=" + id, "/index.php/forum/viewtopic.php?t=1", LinkRole::kOther,
       true},
      {"/a.php/viewtopic.php?sid=" + id, "/a.php/viewtopic.php", LinkRole::kOther, true},
      {"/app.php?s=" + id, "/app.php?s=" + id, LinkRole::kOther, true},
      {"/shop/calendar.php?sid=" + id, "/shop/calendar.php?sid=" + id, LinkRole::kOther, true},
      {"/article.jsp?sid=" + id, "/article.jsp?sid=" + id, LinkRole::kOther, true},
  });
  CHECK(without_tracking(*parse_url("http://a.example/viewtopic.php?t=12&sid=" + id)).str() ==
        "http://a.example/viewtopic.php?t=12");
}

TEST_CASE("files that are no pages are told by their suffix") {
  check({
      {"/data/attachment/forum/1.JPG", "/data/attachment/forum/1.JPG", LinkRole::kAttachment, false},
      {"/static/style.css", "/static/style.css", LinkRole::kOther, false},
      {"/v1.2/page", "/v1.2/page", LinkRole::kOther, true},
  });
}

TEST_CASE("a URL means the record of the thread or board that its spelling names, else that of an article") {
  const auto record = [](const std::string& path) {
    return record_id_of(*parse_url("http://news.example.cn" + path));
  };
  CHECK(record("/forum.php?mod=viewthread&tid=12&page=3") == "news.example.cn/thread/12");
  CHECK(record("/forum.php?mod=redirect&goto=findpost&ptid=12&pid=34") == "news.example.cn/thread/12");
  CHECK(record("/forum-2-1.html") == "news.example.cn/board/2");
  CHECK(record("/a/1.html") == "news.example.cn/article/d4a96011c7cd0f36");
  CHECK(record("/forum.php?mod=post&action=reply&tid=12").starts_with("news.example.cn/article/"));
}
