#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <catch2/catch.hpp>
#include <ctime>

#include "tests/support/charset.hpp"
#include "tests/support/markup.hpp"
#include "tests/support_test/forum_client.hpp"

namespace boardwalk::sample {
namespace {

std::string thread_target(int tid, int page = 1) { return fmt::format("/thread-{}-{}-1.html", tid, page); }

std::string utf8_of(const std::string& bytes, const char* charset, int& broken) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out(bytes.size() * 4, '\0');
  const int32_t size = ucnv_convert("UTF-8", charset, out.data(), static_cast<int32_t>(out.size()),
                                    bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  REQUIRE(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(size));
  broken = static_cast<int>(occurrences(out, "\xEF\xBF\xBD"));
  return out;
}

TEST_CASE("every post of every open thread stands on the page that the model says, once") {
  const SampleForum forum({.threads = 50, .page_size = 5});
  ForumClient client(forum);
  const auto model = forum.model();
  for (const Thread& thread : model->threads()) {
    if (!thread.guest_visible) continue;
    std::vector<std::string> bodies;
    for (int page = 1; page <= model->page_count(thread); ++page)
      bodies.push_back(client.body(thread_target(thread.tid, page)));
    std::size_t shown = 0;
    for (const std::string& body : bodies)
      shown += occurrences(body, "<div id=\"post_") - occurrences(body, "<div id=\"post_rate_") - 1;
    CHECK(shown == static_cast<std::size_t>(model->living(thread)));
    for (const Post& post : model->posts(thread)) {
      const auto page = static_cast<std::size_t>(model->page_of(thread, post.pid));
      CHECK(occurrences(bodies[page - 1], fmt::format("<div id=\"post_{}\"", post.pid)) == 1);
    }
  }
}

TEST_CASE("a thread page has the landmarks of Discuz: subject, counters, crumbs, floors, times, words") {
  const SampleForum forum({.static_urls = true});
  ForumClient client(forum);
  const auto model = forum.model();
  const Thread& thread = thread_of(*model, Theme::kLong);
  const std::string page = client.body(thread_target(thread.tid));
  CHECK(holds(page, fmt::format("<span id=\"thread_subject\">{}</span>", thread.subject)));
  CHECK(between(page, "<span class=\"xi1\">", "</span>")[0] == std::to_string(thread.views));
  CHECK(between(page, "<span class=\"xi1\">", "</span>")[1] == std::to_string(thread.replies));
  CHECK(holds(page, fmt::format("<link href=\"{}thread-{}-1-1.html\" rel=\"canonical\" />", forum.base_url(),
                                thread.tid)));
  CHECK(occurrences(page, "<div class=\"pg\">") == 2);
  CHECK(holds(page, "<span title=\"共 5 页\"> / 5 页</span>"));
  CHECK(holds(page, "class=\"nxt\">下一页</a>"));
  CHECK(holds(page, "Processed in 0."));
  const Post post = model->posts(thread).at(4);
  CHECK(holds(page, fmt::format("id=\"postnum{}\"", post.pid)));
  CHECK(holds(page, "<em>5</em><sup>#</sup>"));
  CHECK(holds(page,
              fmt::format("<em id=\"authorposton{}\">发表于 {}</em>", post.pid, to_minute(post.posted_at))));
  CHECK(holds(page, fmt::format("id=\"postmessage_{}\"", post.pid)));
  CHECK(holds(page, "楼主</a>"));
  CHECK(holds(page, "沙发</a>"));
}

TEST_CASE("a page is another one at every fetch, but its words are the same") {
  const SampleForum forum;
  ForumClient client(forum);
  const std::string target = thread_target(forum.model()->threads().front().tid);
  const std::string first = client.body(target);
  const std::string second = client.body(target);
  CHECK(first != second);
  const auto hash = [](const std::string& page) {
    return between(page, "name=\"formhash\" value=\"", "\"").front();
  };
  CHECK(hash(first) != hash(second));
  CHECK(between(first, "<td class=\"t_f\"", "</td>") == between(second, "<td class=\"t_f\"", "</td>"));
}

TEST_CASE("a search robot sees no floors") {
  const SampleForum forum;
  ForumClient client(forum);
  const std::string target = thread_target(forum.model()->threads().front().tid);
  const std::string page = client.get(target, {{"User-Agent", "Examplebot/1.0"}}).body;
  CHECK_FALSE(holds(page, "id=\"postnum"));
  CHECK(holds(page, "显示全部楼层"));
  CHECK(holds(client.body(target), "id=\"postnum"));
}

TEST_CASE("a board lists its threads, stickies first, with replies, views, last time and poster") {
  const SampleForum forum;
  ForumClient client(forum);
  const auto model = forum.model();
  const Board& board = *model->board(11);
  std::string lists;
  const std::size_t rows = model->rows(board).size();
  for (std::size_t page = 1; page <= (rows + 19) / 20; ++page)
    lists += client.body(fmt::format("/forum-11-{}.html", page));
  CHECK(occurrences(lists, "<tbody id=\"stickthread_") == 3);
  CHECK(occurrences(lists, "<tbody id=\"normalthread_") == rows - 3);
  CHECK(lists.find("stickthread_") < lists.find("id=\"separatorline\""));
  CHECK(lists.find("id=\"separatorline\"") < lists.find("normalthread_"));
  for (const Thread* thread : model->rows(board)) {
    if (thread->fid != board.fid) continue;
    const std::string row = between(lists, fmt::format("thread_{}\">", thread->tid), "</tbody>").at(0);
    CHECK(holds(row, fmt::format("class=\"xi2\">{}</a><em>{}</em>", thread->replies, thread->views)));
    CHECK(holds(row, fmt::format("goto=lastpost#lastpost\">{}</a>", to_minute(thread->last_at))));
    CHECK(holds(row, fmt::format("class=\"s xst\">{}</a>", escaped(thread->subject))));
  }
}

TEST_CASE("a moved thread leaves a row without counters, and its dead id leads to the living one") {
  const SampleForum forum;
  ForumClient client(forum);
  const auto model = forum.model();
  const Thread& thread = thread_of(*model, Theme::kMoved);
  std::string lists;
  for (int page = 1; page <= 3; ++page)
    lists += client.body(fmt::format("/forum-{}-{}.html", thread.moved_from, page));
  const std::string row =
      between(lists, fmt::format("normalthread_{}\">", thread.moved_row), "</tbody>").at(0);
  CHECK(holds(row, "移动:<a href=\"thread-" + std::to_string(thread.tid)));
  CHECK(holds(row, "class=\"xi2\">-</a><em>-</em>"));
  const httplib::Response answer = client.get(thread_target(thread.moved_row));
  CHECK(answer.status == 302);
  CHECK(answer.get_header_value("Location") ==
        forum.base_url() + fmt::format("thread-{}-1-1.html", thread.tid));
}

TEST_CASE("the index lists the boards in their categories and leads to the news") {
  const SampleForum forum;
  ForumClient client(forum);
  const std::string page = client.body("/");
  for (const Board& board : forum.model()->boards()) CHECK(holds(page, ">" + board.name + "</a>"));
  CHECK(holds(page, "子版块: <a href=\"forum-14-1.html\" >"));
  CHECK(holds(page, "href=\"news/\""));
}

TEST_CASE("what guests may not see is a message, a form or a redirect") {
  const SampleForum forum;
  ForumClient client(forum);
  const auto model = forum.model();
  CHECK(holds(client.body(thread_target(thread_of(*model, Theme::kRestricted).tid)),
              "抱歉，本帖要求阅读权限高于 60 才能浏览"));
  CHECK(client.status(thread_target(99999)) == 404);
  CHECK(holds(client.body(thread_target(99999)), "id=\"messagetext\""));
  CHECK(client.status("/forum-999-1.html") == 200);
  CHECK(holds(client.body("/forum-999-1.html"), "抱歉，指定的版块不存在"));
  CHECK(holds(client.body("/forum-15-1.html"), "<input type=\"password\" name=\"pw\""));
  CHECK(client.status(thread_target(thread_of(*model, Theme::kLocked).tid)) == 302);
  CHECK(client.get("/forum-16-1.html").get_header_value("Location") == forum.base_url() + "news/");
  CHECK(holds(client.body("/home.php?mod=space&uid=3"), "id=\"messagetext\""));
}

TEST_CASE("findpost and lastpost lead to the dynamic spelling of the right page") {
  const SampleForum forum({.page_size = 5});
  ForumClient client(forum);
  const auto model = forum.model();
  const Thread& thread = thread_of(*model, Theme::kLong);
  const Post post = model->posts(thread).at(7);
  const httplib::Response found =
      client.get(fmt::format("/forum.php?mod=redirect&goto=findpost&ptid={}&pid={}", thread.tid, post.pid));
  CHECK(found.status == 301);
  CHECK(found.get_header_value("Location") ==
        fmt::format("forum.php?mod=viewthread&tid={}&page=2#pid{}", thread.tid, post.pid));
  const httplib::Response last =
      client.get(fmt::format("/forum.php?mod=redirect&tid={}&goto=lastpost", thread.tid));
  CHECK(last.status == 302);
  CHECK(last.get_header_value("Location") ==
        fmt::format("forum.php?mod=viewthread&tid={}&page=5#lastpost", thread.tid));
}

TEST_CASE("special threads, notices, comments and ratings have their own markup") {
  const SampleForum forum;
  ForumClient client(forum);
  const auto model = forum.model();
  const auto page = [&](Theme theme) { return client.body(thread_target(thread_of(*model, theme).tid)); };
  CHECK(holds(page(Theme::kPoll), "<form id=\"poll\""));
  CHECK(holds(page(Theme::kEndedPoll), "投票已经结束"));
  CHECK(holds(page(Theme::kReward), "class=\"rusld z\""));
  CHECK(holds(page(Theme::kSolvedReward), "class=\"rwdbst\""));
  CHECK(occurrences(page(Theme::kTrade), "class=\"trdb\"") == 2);
  CHECK(holds(page(Theme::kDebate), "<div class=\"ds\">"));
  CHECK(holds(page(Theme::kActivity), "<div class=\"act pbm cl\">"));
  CHECK(occurrences(page(Theme::kHidden), "<div class=\"locked\">游客") == 2);
  CHECK(holds(page(Theme::kBlocked), "该帖被管理员或版主屏蔽"));
  CHECK(holds(page(Theme::kBlocked), "作者被禁止或删除 内容自动屏蔽"));
  CHECK(holds(page(Theme::kOddAuthors), "该用户已被删除"));
  CHECK(holds(page(Theme::kOddAuthors), "作者被禁止或删除 内容自动屏蔽"));
  CHECK(occurrences(page(Theme::kComments), "<div class=\"pstl xs1 cl\">") == 8);  // three, and five of six
  CHECK(occurrences(page(Theme::kComments), "<tr id=\"rate_") == 2);
  CHECK(holds(page(Theme::kAttachments), "本帖子中包含更多资源"));
  CHECK(holds(page(Theme::kOpenAttachments), "<ignore_js_op>"));
  CHECK(holds(page(Theme::kMarkup), "<div class=\"blockcode\">"));
  CHECK(holds(page(Theme::kMarkup), "&lt;b&gt;不是标签&lt;/b&gt;"));
}

TEST_CASE("a GBK forum declares GBK, is GBK, and says the same") {
  const SampleForum gbk({.charset = Charset::kGbk});
  const SampleForum utf8;
  ForumClient client(gbk);
  for (const Thread& thread : gbk.model()->threads()) {
    if (!thread.guest_visible) continue;
    const httplib::Response answer = client.get(thread_target(thread.tid));
    CHECK(answer.get_header_value("Content-Type") == "text/html; charset=gbk");
    int broken = 0;
    const std::string page = utf8_of(answer.body, "GBK", broken);
    CHECK(broken == 0);
    CHECK(holds(page, escaped(thread.subject)));
    CHECK_FALSE(holds(answer.body, thread.subject));
    CHECK(thread.subject == utf8.model()->thread(thread.tid)->subject);
  }
  CHECK(holds(client.body("/"), "space-username-%"));
}

TEST_CASE("dynamic URLs are linked where they are asked for, and both spellings answer") {
  const SampleForum forum({.static_urls = false});
  ForumClient client(forum);
  const int tid = forum.model()->rows(*forum.model()->board(11)).back()->tid;
  CHECK(holds(client.body("/"), "forum.php?mod=forumdisplay&amp;fid=11"));
  CHECK(holds(client.body("/forum.php?mod=forumdisplay&fid=11&page=2"),
              fmt::format("forum.php?mod=viewthread&amp;tid={}&amp;extra=page%3D2", tid)));
  CHECK(client.status(thread_target(tid)) == 200);
  CHECK(client.status(fmt::format("/forum.php?mod=viewthread&tid={}&extra=page%3D2", tid)) == 200);
}

TEST_CASE("relative times carry the time itself in a title") {
  const std::int64_t now = std::time(nullptr);
  const Model model({.relative_times = true, .day_one_ends = now});
  const PageContext page{.model = model, .base = "", .now = now};
  CHECK(post_time(page, now - 5) == fmt::format("<span title=\"{}\">5&nbsp;秒前</span>", to_second(now - 5)));
  CHECK(post_time(page, now) == fmt::format("<span title=\"{}\">刚刚</span>", to_second(now)));
  CHECK(post_time(page, now - 30 * kSecondsADay) == to_second(now - 30 * kSecondsADay));
  CHECK(holds(post_time(page, now - 3 * kSecondsADay), "3&nbsp;天前"));
}

TEST_CASE("a set day changes the pages under the same address") {
  SampleForum forum;
  ForumClient client(forum);
  const std::string address = forum.base_url();
  const std::string board = client.body("/forum-11-1.html");
  forum.set_day(2);
  CHECK(forum.base_url() == address);
  const auto model = forum.model();
  const DayChanges& changes = model->changes(2);
  const Growth& growth = changes.grown.front();
  CHECK(holds(client.body(thread_target(growth.tid, growth.first_page)),
              fmt::format("<div id=\"post_{}\"", growth.pids.front())));
  CHECK(client.status(thread_target(changes.added.front())) == 200);
  const Deletion& deletion = changes.deleted.front();
  CHECK_FALSE(
      holds(client.body(thread_target(deletion.tid)), fmt::format("<div id=\"post_{}\"", deletion.pid)));
  CHECK(client.body("/forum-11-1.html") != board);
}

}  // namespace
}  // namespace boardwalk::sample
