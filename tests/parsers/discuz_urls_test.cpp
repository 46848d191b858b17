// The keys of Discuz!'s URLs.
#include <catch2/catch.hpp>
#include <string>

#include "tests/parsers/page_keys.hpp"

using namespace boardwalk::parsers;
using namespace boardwalk::tests;

TEST_CASE("every spelling of a thread's page has one key") {
  for (const std::string path :
       {"/thread-31-2-1.html", "/thread-31-2-7.html", "/thread-31-2.html", "/t31-2-1", "/t31-2-9.html",
        "/forum.php?mod=viewthread&tid=31&page=2", "/forum.php?mod=viewthread&amp;tid=31&amp;page=2",
        "/forum.php?page=2&tid=31&mod=viewthread", "/forum.php?mod=viewthread&tid=31&extra=page%3D4&page=2",
        "/forum.php?mod=viewthread&tid=31&page=2&highlight=tea&from=portal&sid=Ab3&_dsign=77aa",
        "/forum.php?mod=viewthread&tid=0031&page=02&fromuid=5&mobile=no", "/viewthread.php?tid=31&page=2",
        "/viewthread.php?tid=31&extra=page%3D1&page=2#pid9", "/bbs.php?mod=viewthread&tid=31&page=2",
        "/thread-31-2-1.html?sid=x", "/thread-31-2-1.html?fromuid=8", "/./a/../thread-31-2-1.html"}) {
    INFO(path);
    const PageKey got = key(path);
    CHECK(got.key == "bbs.example.cn thread 31 2");
    CHECK(got.role == LinkRole::kThread);
    CHECK(got.thread_id == "31");
    CHECK(got.page == 2);
    CHECK(got.follow);
  }
}

TEST_CASE("an absent page, page zero and words for a page are page one") {
  for (const std::string path :
       {"/thread-5.html", "/thread5.html", "/forum.php?mod=viewthread&tid=5",
        "/forum.php?mod=viewthread&tid=5&page=0", "/forum.php?mod=viewthread&tid=5&page=last"}) {
    INFO(path);
    CHECK(key(path).key == "bbs.example.cn thread 5 1");
  }
}

TEST_CASE("what a URL leads to is told alike with and without the text of its key") {
  for (const std::string path :
       {"/thread-31-2-1.html", "/forum.php?mod=viewthread&tid=31&authorid=7", "/forum-8-3.html",
        "/forum.php?mod=forumdisplay&fid=8&archiveid=2&mobile=2", "/archiver/tid-31.html?page=4",
        "/forum.php?mod=redirect&goto=findpost&ptid=31&pid=9", "/portal.php?mod=view&aid=3&page=2",
        "/group.php?gid=3", "/home.php?mod=space&username=%C0%EE", "/wap/index.php?action=thread&tid=3",
        "/a/plan.pdf", "/a/b?c=d"})
    CHECK(has_same_target(path));
}

TEST_CASE("every spelling of a board's page has one key") {
  for (const std::string path :
       {"/forum-8-3.html", "/f8-3", "/forum.php?mod=forumdisplay&fid=8&page=3",
        "/forumdisplay.php?fid=8&page=3", "/forum.php?mod=forumdisplay&fid=8&page=3&sid=1",
        "/forum.php?mod=forumdisplay&action=list&fid=8&page=3",
        "/forum.php?mod=forumdisplay&fid=8&filter=&page=3"}) {
    INFO(path);
    const PageKey got = key(path);
    CHECK(got.key == "bbs.example.cn board 8 3");
    CHECK(got.role == LinkRole::kBoard);
    CHECK(got.board_id == "8");
    CHECK(got.page == 3);
    CHECK(got.follow);
  }
}

TEST_CASE("a board may have a word for its number") {
  const PageKey got = key("/forum-bicycles-2.html");
  CHECK(got.key == "bbs.example.cn board bicycles 2");
  CHECK(got.role == LinkRole::kBoard);
  CHECK_FALSE(got.board_id);
  CHECK(got.key == key("/forum.php?mod=forumdisplay&fid=bicycles&page=2").key);
}

TEST_CASE("views of a board or thread that hold nothing of their own keep their role and are not followed") {
  check({
      {"/forum.php?mod=forumdisplay&fid=8&filter=digest&digest=1", "board-view 8 1 filter=digest&digest=1",
       LinkRole::kBoard, false},
      {"/forum.php?mod=forumdisplay&fid=8&filter=typeid&typeid=3&page=2",
       "board-view 8 2 filter=typeid&typeid=3", LinkRole::kBoard, false},
      {"/forum.php?mod=forumdisplay&fid=8&orderby=dateline", "board-view 8 1 orderby=dateline",
       LinkRole::kBoard, false},
      {"/forumdisplay.php?fid=8&filter=0&orderby=views", "board-view 8 1 orderby=views", LinkRole::kBoard,
       false},
      {"/forum.php?mod=viewthread&tid=31&authorid=4", "thread-view 31 1 authorid=4", LinkRole::kThread,
       false},
      {"/forum.php?mod=viewthread&tid=31&ordertype=1", "thread-view 31 1 ordertype=1", LinkRole::kThread,
       false},
      {"/forum.php?mod=viewthread&tid=31&viewpid=99", "thread-view 31 1 viewpid=99", LinkRole::kThread,
       false},
      {"/forum.php?mod=viewthread&action=printable&tid=31", "thread-view 31 1 action=printable",
       LinkRole::kThread, false},
      {"/viewthread.php?action=printable&tid=31", "thread-view 31 1 action=printable", LinkRole::kThread,
       false},
      {"/forum.php?mod=viewthread&do=tradeinfo&tid=31&pid=7", "thread-view 31 1 do=tradeinfo",
       LinkRole::kThread, false},
      {"/forum.php?mod=viewthread&tid=31&authorid=0", "thread 31 1", LinkRole::kThread, true},
  });
}

TEST_CASE("redirecting links tell their thread and are not followed") {
  check({
      {"/forum.php?mod=redirect&tid=31&goto=lastpost", "redirect lastpost 31 0", LinkRole::kThread, false},
      {"/forum.php?mod=redirect&goto=findpost&ptid=31&pid=99", "redirect findpost 31 99", LinkRole::kThread,
       false},
      {"/forum.php?mod=redirect&goto=findpost&pid=99", "redirect findpost 0 99", LinkRole::kThread, false},
      {"/redirect.php?goto=nextnewset&tid=31", "redirect nextnewset 31 0", LinkRole::kThread, false},
      {"/redirect.php?tid=31&goto=lastpost", "redirect lastpost 31 0", LinkRole::kThread, false},
  });
  CHECK(key("/forum.php?mod=redirect&goto=findpost&ptid=31&pid=99").thread_id == "31");
}

TEST_CASE("mobile pages and the archiver are twins with keys of their own") {
  check({
      {"/forum.php?mod=viewthread&tid=31&mobile=2", "mobile-thread 31 1", LinkRole::kThread, false},
      {"/forum.php?mod=viewthread&tid=31&mobile=1&page=2", "mobile-thread 31 2", LinkRole::kThread, false},
      {"/forum.php?mod=viewthread&tid=31&mobile=3", "mobile-thread 31 1", LinkRole::kThread, false},
      {"/thread-31-1-1.html?mobile=yes", "mobile-thread 31 1", LinkRole::kThread, false},
      {"/forum.php?mod=viewthread&tid=31&mobile=no", "thread 31 1", LinkRole::kThread, true},
      {"/forum.php?mod=forumdisplay&fid=8&&mobile=2", "mobile-board 8 1", LinkRole::kBoard, false},
      {"/forum.php?mobile=2", "mobile-index", LinkRole::kIndex, false},
      {"/archiver/", "archiver-index", LinkRole::kIndex, false},
      {"/archiver/index.php", "archiver-index", LinkRole::kIndex, false},
      {"/archiver/tid-31.html", "archiver-thread 31 1", LinkRole::kThread, false},
      {"/archiver/tid-31.html?page=2", "archiver-thread 31 2", LinkRole::kThread, false},
      {"/archiver/?tid-31.html&page=2", "archiver-thread 31 2", LinkRole::kThread, false},
      {"/archiver/index.php?tid-31.html", "archiver-thread 31 1", LinkRole::kThread, false},
      {"/archiver/tid-31-page-2.html", "archiver-thread 31 2", LinkRole::kThread, false},
      {"/archiver/?fid-8.html", "archiver-board 8 1", LinkRole::kBoard, false},
      {"/forum.php?mod=rss&fid=8&auth=0", "feed 8", LinkRole::kOther, false},
      {"/forum.php?mod=rss", "feed all", LinkRole::kOther, false},
  });
}

TEST_CASE("the portal's articles and lists are worth following") {
  check({
      {"/portal.php?mod=view&aid=12", "article 12 1", LinkRole::kArticle, true},
      {"/article-12-1.html", "article 12 1", LinkRole::kArticle, true},
      {"/article-12-2.html", "article 12 2", LinkRole::kArticle, true},
      {"/portal.php?mod=list&catid=4&page=2", "portal-list 4 2", LinkRole::kListing, true},
      {"/portal.php", "portal", LinkRole::kListing, true},
      {"/portal.php?mod=view&aid=12&mobile=2", "mobile-article 12 1", LinkRole::kArticle, false},
      {"/portal.php?mod=comment&id=12", "script portal.php?mod=comment&id=12", LinkRole::kOther, false},
  });
}

TEST_CASE("page numbers beyond a million, as other software's names have, are no page of another's key") {
  check({
      {"/article-12-1234567.html", "article 12 1234567", LinkRole::kArticle, true},
      {"/article-12-7654321.html", "article 12 7654321", LinkRole::kArticle, true},
      {"/article-12-20240501001.html", "article 12 20240501001", LinkRole::kArticle, true},
      {"/forum-2-1234567.html", "board 2 1234567", LinkRole::kBoard, true},
      {"/thread-3-1234567-1.html", "thread 3 1234567", LinkRole::kThread, true},
      {"/thread-3-7654321-1.html", "thread 3 7654321", LinkRole::kThread, true},
      {"/thread7-1234567.html", "thread 7 1234567", LinkRole::kThread, true},
      {"/t7-1234567-1", "thread 7 1234567", LinkRole::kThread, true},
      {"/f3-1234567", "board 3 1234567", LinkRole::kBoard, true},
      {"/forum.php?mod=viewthread&tid=3&page=1234567", "thread 3 1234567", LinkRole::kThread, true},
      {"/portal.php?mod=list&catid=4&page=01234567", "portal-list 4 1234567", LinkRole::kListing, true},
      {"/group.php?gid=3&page=1234567", "groups 3 0 1234567", LinkRole::kListing, true},
      {"/archiver/tid-3.html?page=1234567", "archiver-thread 3 1234567", LinkRole::kThread, false},
      {"/archiver/fid-3-page-7654321.html", "archiver-board 3 7654321", LinkRole::kBoard, false},
      {"/article-12-1000000.html", "article 12 1000000", LinkRole::kArticle, true},
  });
  CHECK(key("/article-12-1234567.html").page == 1'000'000);
  const std::string digits(30, '1');  // longer than any number that is read
  CHECK(key("/article-12-" + digits + "2.html").key != key("/article-12-" + digits + "3.html").key);
}

TEST_CASE("days in the names of other software's pages are no page of one article, board or group") {
  check({
      {"/article-2024-05-01.html", "/article-2024-05-01.html", LinkRole::kOther, true},
      {"/article-2024-05-02.html", "/article-2024-05-02.html", LinkRole::kOther, true},
      {"/forum-2024-05-01.html", "/forum-2024-05-01.html", LinkRole::kOther, true},
      {"/forum-cars-1-2.html", "/forum-cars-1-2.html", LinkRole::kOther, true},
      {"/group-1-2-3.html", "/group-1-2-3.html", LinkRole::kOther, true},
      {"/thread-31-2-7-1.html", "/thread-31-2-7-1.html", LinkRole::kOther, true},
      {"/article-2024-05.html", "article 2024 5", LinkRole::kArticle, true},
      {"/forum-3-2.html", "board 3 2", LinkRole::kBoard, true},
      {"/thread-31-2-7.html", "thread 31 2", LinkRole::kThread, true},
  });
}

TEST_CASE("a group is like a board") {
  check({
      {"/group-15-1.html", "group 15 1", LinkRole::kBoard, true},
      {"/forum.php?mod=group&fid=15", "group 15 1", LinkRole::kBoard, true},
  });
}

TEST_CASE("front pages: the forum's own, the site's, a part of one") {
  check({
      {"/forum.php", "index", LinkRole::kIndex, true},
      {"/bbs.php", "index", LinkRole::kIndex, true},
      {"/forum.php?showoldetails=yes", "index", LinkRole::kIndex, true},
      {"/forum.php?gid=3", "index-part 3", LinkRole::kIndex, false},
      {"/index.php?gid=3", "index-part 3", LinkRole::kIndex, false},
      {"/", "/", LinkRole::kIndex, true},
      {"/index.php", "/", LinkRole::kIndex, true},
      {"/?fromuid=17", "/", LinkRole::kIndex, true},
      {"/index.php?page=about", "/index.php?page=about", LinkRole::kOther, true},
  });
}

TEST_CASE("a front page with Discuz!'s own parameters is the front page, with any other its own URL") {
  check({
      {"/forum.php?fromuid=17&sid=AbC123", "index", LinkRole::kIndex, true},
      {"/forum.php?sid=", "index", LinkRole::kIndex, true},
      {"/forum.php?mobile=no&simpletype=no", "index", LinkRole::kIndex, true},
      {"/forum.php?showmobile=yes", "index", LinkRole::kIndex, true},
      {"/forum.php?forumlist=1&mobile=2", "mobile-index", LinkRole::kIndex, false},
      {"/portal.php?fromuid=17", "portal", LinkRole::kListing, true},
      {"/portal.php?mod=index&x=1", "portal", LinkRole::kListing, true},
      {"/portal.php?mobile=2", "mobile-portal", LinkRole::kListing, false},
      {"/index.php?sid=AbC123", "/", LinkRole::kIndex, true},
      {"/?sid=12ab34", "/", LinkRole::kIndex, true},
      {"/forum.php?id=3", "/forum.php?id=3", LinkRole::kOther, true},
      {"/forum.php?id=4", "/forum.php?id=4", LinkRole::kOther, true},
      {"/bbs/forum.php?gid=3&id=4", "/bbs/forum.php?gid=3&id=4", LinkRole::kOther, true},
      {"/portal.php?id=9", "/portal.php?id=9", LinkRole::kOther, true},
      {"/forum.php?sid=123456", "/forum.php?sid=123456", LinkRole::kOther, true},
      {"/index.php?sid=5", "/index.php?sid=5", LinkRole::kOther, true},
      {"/?sid=6", "/?sid=6", LinkRole::kOther, true},
      {"/?sid=123456", "/?sid=123456", LinkRole::kOther, true},
      {"/?sid=AbC1234", "/?sid=AbC1234", LinkRole::kOther, true},
      {"/?sid=a-b_c1", "/?sid=a-b_c1", LinkRole::kOther, true},
  });
}

TEST_CASE("members, search, login, posting and the like are never followed") {
  check({
      {"/space-uid-7.html", "profile 7", LinkRole::kProfile, false},
      {"/suid-7", "profile 7", LinkRole::kProfile, false},
      {"/home.php?mod=space&uid=7", "profile 7", LinkRole::kProfile, false},
      {"/home.php?mod=space&uid=7&do=profile", "profile 7", LinkRole::kProfile, false},
      {"/space.php?uid=7", "profile 7", LinkRole::kProfile, false},
      {"/home.php?mod=space&uid=7&do=thread", "script home.php?mod=space&uid=7&do=thread", LinkRole::kProfile,
       false},
      {"/space-username-Kim.html", "profile name Kim", LinkRole::kProfile, false},
      {"/home.php?mod=spacecp&ac=pm", "script home.php?mod=spacecp&ac=pm", LinkRole::kOther, false},
      {"/member.php?mod=logging&action=login", "script member.php?mod=logging&action=login", LinkRole::kOther,
       false},
      {"/search.php?mod=forum&srchtxt=tea&formhash=ab12", "script search.php?mod=forum&srchtxt=tea",
       LinkRole::kOther, false},
      {"/forum.php?mod=post&action=newthread&fid=8", "script forum.php?mod=post&action=newthread&fid=8",
       LinkRole::kOther, false},
      {"/post.php?action=reply&tid=31", "script forum.php?action=reply&tid=31&mod=post", LinkRole::kOther,
       false},
      {"/forum.php?mod=misc&action=viewratings&tid=31", "script forum.php?mod=misc&action=viewratings&tid=31",
       LinkRole::kOther, false},
      {"/forum.php?mod=attachment&aid=Nzc%3D",
       "script forum.php?mod=attachment&aid=Nzc=", LinkRole::kAttachment, false},
      {"/attachment.php?aid=77", "attachment 77", LinkRole::kAttachment, false},
      {"/forum.php?mod=attachment&aid=MzA2fDIzNjBjMGNifDE3OTV8MHwxMTM5", "attachment 306",
       LinkRole::kAttachment, false},
      {"/forum.php?mod=attachment&aid=MzA2fDk5OTljMGNifDE4MDB8MHwxMTM5&noupdate=yes", "attachment 306",
       LinkRole::kAttachment, false},
      {"/misc.php?mod=tag&id=2", "script misc.php?mod=tag&id=2", LinkRole::kOther, false},
      {"/forum.php?mod=guide&view=hot", "script forum.php?mod=guide&view=hot", LinkRole::kOther, false},
      {"/forum.php?mod=collection", "script forum.php?mod=collection", LinkRole::kOther, false},
      {"/plugin.php?id=sign", "script plugin.php?id=sign", LinkRole::kOther, false},
      {"/faq.php?action=message", "script faq.php?action=message", LinkRole::kOther, false},
  });
  CHECK(key("/forum.php?mod=post&action=newthread&fid=8").board_id == "8");
}

TEST_CASE("a key keeps the escapes of what is no UTF-8 or would be read as more than one word") {
  check({
      {"/space.php?username=%CD%F5%CE%E5", "profile name %CD%F5%CE%E5", LinkRole::kProfile, false},
      {"/space.php?username=%cd%f5a%CE", "profile name %CD%F5a%CE", LinkRole::kProfile, false},
      {"/space-username-%CD%F5.html", "profile name %CD%F5", LinkRole::kProfile, false},
      {"/space.php?username=%E6%B8%AF", "profile name 港", LinkRole::kProfile, false},
      {"/space.php?username=K%69m%20%0A%7F", "profile name Kim%20%0A%7F", LinkRole::kProfile, false},
      {"/tag.php?name=%B8%DB", "script tag.php?name=%B8%DB", LinkRole::kOther, false},
      {"/portal.php?mod=topic&topic=%E6%B8%AF", "topic 港", LinkRole::kListing, true},
      {"/portal.php?mod=topic&topic=%B8%DB", "topic %B8%DB", LinkRole::kListing, true},
      {"/plugin.php?id=a%26b%3Dc", "script plugin.php?id=a%26b=c", LinkRole::kOther, false},
      {"/plugin.php?id=a&b=c", "script plugin.php?id=a&b=c", LinkRole::kOther, false},
      {"/plugin.php?id=1&b%3Dc=d", "script plugin.php?id=1&b%3Dc=d", LinkRole::kOther, false},
      {"/plugin.php?id=a%2526b", "script plugin.php?id=a%2526b", LinkRole::kOther, false},
      {"/forum.php?mod=viewthread%26tid=3", "script forum.php?mod=viewthread%26tid=3", LinkRole::kOther,
       false},
  });
}

TEST_CASE("a forum's directory belongs to the key, so that two can share a host") {
  CHECK(key("/bbs/forum.php?mod=viewthread&tid=31").key == "bbs.example.cn /bbs thread 31 1");
  CHECK(key("/bbs/thread-31-1-1.html").key == "bbs.example.cn /bbs thread 31 1");
  CHECK(key("/old/bbs/viewthread.php?tid=31").key == "bbs.example.cn /old/bbs thread 31 1");
  CHECK(key("/bbs/archiver/tid-31.html").key == "bbs.example.cn /bbs archiver-thread 31 1");
  CHECK(key("/bbs/index.php").key == key("/bbs/").key);
}

TEST_CASE("the pages of 6.x for telephones are twins and not followed") {
  const auto follows = [](const std::string& url) { return page_key(*parse_url(url)).follow; };
  CHECK_FALSE(follows("http://quay.example/wap/index.php?action=thread&tid=7"));
  CHECK_FALSE(follows("http://quay.example/bbs/wap/?action=forum&fid=2&page=3"));
  CHECK(follows("http://quay.example/wap/story.html"));
  CHECK(follows("http://quay.example/wap/?id=3"));
}

TEST_CASE("numbers beyond all bounds make no trouble") {
  CHECK(key("/forum.php?mod=viewthread&tid=1&page=99999999999999999999").page == 1'000'000);
  CHECK(key("/forum.php?mod=viewthread&tid=abc").role == LinkRole::kOther);
  CHECK(key("/thread-" + std::string(500, '9') + "-1-1.html").role == LinkRole::kThread);
}
