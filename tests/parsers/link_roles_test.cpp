#include "parsers/discuz/link_roles.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "parsers/page_key.hpp"

using namespace boardwalk::parsers;

TEST_CASE("what a link leads to does not hang on its numbers, but for zero") {
  const std::vector<std::string> pieces{"/",
                                        "-",
                                        "=",
                                        "&",
                                        ".",
                                        "?",
                                        "%",
                                        "0",
                                        "7",
                                        "12",
                                        "40",
                                        "t7-2-1",
                                        "f3-1",
                                        "suid-9",
                                        ".html",
                                        ".7z",
                                        ".mp3",
                                        "thread-",
                                        "forum-",
                                        "space-uid-",
                                        "article-",
                                        "archiver",
                                        "/tid-",
                                        "fid-",
                                        "-page-",
                                        "forum.php?mod=",
                                        "viewthread",
                                        "redirect",
                                        "home.php?mod=space",
                                        "portal.php?mod=view",
                                        "&tid=",
                                        "&fid=",
                                        "&uid=",
                                        "&aid=",
                                        "&pid=",
                                        "&page=",
                                        "&mobile=",
                                        "&authorid=",
                                        "&goto=",
                                        "&gid=",
                                        "&archiveid=",
                                        "&from=",
                                        "amp;",
                                        "index.php?",
                                        "wap/",
                                        "viewthread.php?",
                                        "do=",
                                        "action="};
  std::mt19937 random(7);
  std::string differs;
  discuz::LinkRoles roles;
  for (int i = 0; i < 100'000; ++i) {
    std::string path = "/";
    for (auto left = random() % 9; left > 0; --left) path += pieces[random() % pieces.size()];
    const std::size_t question = std::min(path.find('?'), path.size());
    const PageRole role =
        page_role(path.substr(0, question), path.substr(std::min(question + 1, path.size())));
    const PageRole known = roles.of(path);
    if (role.role != known.role || role.follow != known.follow) differs += path + "\n";
  }
  INFO(differs);
  CHECK(differs.empty());
}

TEST_CASE("links that differ in their numbers alone have one shape") {
  const auto shape = [](const std::string& path) {
    std::string text;
    discuz::put_shape(path, text);
    return text;
  };
  CHECK(shape("/thread-1490-2-1.html") == "/thread-9-9-9.html");
  CHECK(shape("/home.php?mod=space&uid=21154&do=profile") == "/home.php?mod=space&uid=9&do=profile");
  CHECK(shape("/forum.php?tid=0&page=007&fid=30") == "/forum.php?tid=0&page=007&fid=9");
  CHECK(shape("/t7-2-1?a=7z&b=%41&c=1|2") == "/t7-9-9?a=7z&b=%41&c=1|2");
}
