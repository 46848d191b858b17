#include "tests/parsers/thread_fixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "parsers/html.hpp"

namespace fixture {

using namespace boardwalk::parsers;

std::string post(const XPost& parts) {
  std::string number;
  if (parts.floor != "-")
    number = fmt::format(R"(<strong><a href="#" id="postnum{}">{}</a></strong>)", parts.pid, parts.floor);
  std::string body;
  if (parts.body != "-")
    body = fmt::format(
        R"(<div class="t_fsz"><table><tr><td class="t_f" id="postmessage_{}">{}</td></tr></table></div>)",
        parts.pid, parts.body);
  return fmt::format(
      R"(<div id="post_{0}"><table id="pid{0}" class="plhin"><tr><td class="pls" rowspan="2"><div class="pls favatar">
<div class="pi">{1}</div><div class="p_pop" id="userinfo{0}" style="display: none"><a href="space-uid-7.html">Card</a></div>
</div></td><td class="plc"><div class="pi">{2}<div class="pti"><div class="authi">
<em id="authorposton{0}">{3}</em>{4}</div></div></div><div class="pct"><div class="pcb">{5}{6}{7}</div>{8}</div></td></tr>
<tr><td class="plc plm"><div class="sign">All kettles whistle.</div></td></tr><tr id="_postposition{0}"></tr></table></div>)",
      parts.pid, parts.author, number, parts.time, parts.beside_time, parts.before, body, parts.after,
      parts.below);
}

std::string page(const XPage& parts) {
  std::string posts;
  for (const std::string& each : parts.posts) posts += each;
  return fmt::format(
      R"(<!DOCTYPE html><html><head><title>Kettles of the north - Kitchen - Hearth - Powered by Discuz!</title>
{0}</head><body id="nv_forum" class="pg_viewthread"><div id="wp"><script>{1}</script><div id="pt"><div class="z">{2}</div></div>
<div id="ct">{3}<div id="postlist" class="pl bm"><table><tr><td class="pls"><div class="hm ptn">{4}</div></td>
<td class="plc">{5}</td></tr></table>{6}</div>{3}</div></div><div id="ft">Powered by Discuz! X3.4</div></body></html>)",
      parts.head, parts.script, parts.crumbs, parts.pager, parts.counters, parts.heading, posts);
}

std::string page_with(const std::string& body) { return page({.posts = {post({.body = body})}}); }

std::string reply(int floor, const std::string& printed) {
  return post(
      {.pid = std::to_string(500 + floor),
       .body = fmt::format("Words of floor {}.", floor),
       .author = fmt::format(
           R"(<div class="authi"><a href="space-uid-{0}.html" class="xw1">Guest {0}</a></div>)", floor),
       .floor = printed,
       .time = fmt::format("发表于 2021-3-4 {:02}:{:02}:00", 6 + floor / 60, floor % 60)});
}

std::string pager(int current, int pages) {
  std::string links;
  for (int page = 1; page <= pages; ++page)
    links += page == current ? fmt::format("<strong>{}</strong>", page)
                             : fmt::format(R"(<a href="thread-90-{0}-1.html">{0}</a>)", page);
  return fmt::format(
      R"(<div class="pg">{}<label><input value="{}"><span title="共 {} 页"> / {} 页</span></label></div>)",
      links, current, pages, pages);
}

std::string thread_page(int number, int of, const std::vector<int>& floors) {
  XPage parts;
  if (number == 1) parts.posts.push_back(post({}));
  for (const int floor : floors) parts.posts.push_back(reply(floor, std::to_string(floor)));
  if (of > 1) parts.pager = pager(number, of);
  return page(parts);
}

std::string page_of(const std::vector<int>& numbers, const std::string& page_numbers, bool printed) {
  XPage parts{.pager = page_numbers};
  for (const int number : numbers)
    parts.posts.push_back(
        reply(number, printed ? "<em>" + std::to_string(number) + "</em><sup>#</sup>" : "-"));
  return page(parts);
}

ParsedPage read(const std::string& html, const std::string& url) {
  Arena arena;
  const auto document = parse_html(html, arena);
  if (!document) throw std::runtime_error("the fixture passes the parser's budget");
  discuz::Context context;
  context.url = parse_url(url).value();
  context.base = context.url;
  context.site = context.url.site();
  context.charset = "utf-8";
  context.software = "Discuz! X3.4";
  context.fetched_at = kFetchedAt;
  context.page = {url, kFetchedAt, "00"};
  context.source = html;
  ParsedPage page;
  discuz::read_thread(context, document->root(), page);
  return page;
}

Post read_post(const XPost& parts) {
  ParsedPage page = read(fixture::page({.posts = {post(parts)}}));
  return page.posts.at(0);
}

Post read_body(const std::string& body) { return read_post({.body = body}); }

std::vector<int> floors(const ParsedPage& page) {
  std::vector<int> all;
  for (const Post& each : page.posts) all.push_back(each.floor.value_or(0));
  return all;
}

std::string lines(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '/');
  return text;
}

}  // namespace fixture
