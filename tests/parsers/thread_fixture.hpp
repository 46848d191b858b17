// Thread pages of a Discuz! forum that does not exist, written as X3 writes them, and the reader of one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parsers/discuz/context.hpp"
#include "parsers/page.hpp"

namespace fixture {

// One post. What is empty is left out.
struct XPost {
  std::string pid = "501";
  std::string body = "Tea is ready.";  // inside td.t_f; "-" for a post without one
  std::string author = R"(<div class="authi"><a href="space-uid-7.html" class="xw1">Wren</a></div>)";
  std::string floor = "楼主";  // inside a#postnum; "-" for a page that prints none
  std::string time = "发表于 2021-3-4 05:06:07";
  std::string beside_time = {};  // behind em#authorposton
  std::string before = {};       // in .pcb before the body
  std::string after = {};        // in .pcb behind it
  std::string below = {};        // behind .pcb: comments, ratings
};

struct XPage {
  std::vector<std::string> posts = {};
  std::string heading = R"(<h1 class="ts"><span id="thread_subject">Kettles of the north</span></h1>)";
  std::string pager = {};  // div.pg, above and below the posts
  std::string script = "var fid = parseInt('12'), tid = parseInt('90');";
  std::string crumbs =
      R"(<a href="./">Hearth</a> <a href="forum.php?gid=1">Home</a> <a href="forum-12-1.html">Kitchen</a>)";
  std::string counters = R"(查看: <span class="xi1">340</span> 回复: <span class="xi1">21</span>)";
  std::string head = {};  // in <head>
};

std::string post(const XPost& parts);
std::string page(const XPage& parts);
// A page of one post with this body.
std::string page_with(const std::string& body);
// A reply with a pid and an author of its own, on `floor`, a minute later for each.
std::string reply(int floor, const std::string& printed);
std::string pager(int current, int pages);
// A page of a thread of `of` pages with replies on these floors, and the opening post on the first.
std::string thread_page(int number, int of, const std::vector<int>& floors);
// A page of replies on these floors; `printed` off leaves the numbers out, as robots get them.
std::string page_of(const std::vector<int>& numbers, const std::string& page_numbers, bool printed = true);

// Reads a page as fetched from `url` on 2021-03-10 12:00:00 +08:00.
boardwalk::parsers::ParsedPage read(const std::string& html,
                                    const std::string& url = "http://hearth.example/thread-90-1-1.html");
boardwalk::parsers::Post read_post(const XPost& parts);
boardwalk::parsers::Post read_body(const std::string& body);
inline constexpr std::int64_t kFetchedAt = 1615348800;
inline constexpr const char* kSecondPage = "http://hearth.example/thread-90-2-1.html";

// The floors of a page's posts, 0 for those that have none.
std::vector<int> floors(const boardwalk::parsers::ParsedPage& page);

// `text` with `/` for its line ends.
std::string lines(std::string text);

}  // namespace fixture
