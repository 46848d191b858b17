// Small Discuz! pages for the tests: a frame in the manner of a version, a body from the test, and what the
// parser makes of both.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/page.hpp"

namespace boardwalk::tests {

// 2026-03-05 12:00:00 at +08:00.
inline constexpr std::int64_t kFetchedAt = 1772683200;

inline parsers::ParsedPage parse(const std::string& url, const std::string& body,
                                 const std::string& content_type = "text/html; charset=utf-8") {
  parsers::Workspace workspace;
  parsers::PageInput input;
  input.url = url;
  input.body = body;
  input.content_type = content_type;
  input.fetched_at = kFetchedAt;
  return parsers::parse_page(input, workspace);
}

// What X prints around every page. `page` is the class word behind `pg_`.
inline std::string x_page(const std::string& page, const std::string& body,
                          const std::string& version = "X3.4") {
  return "<!DOCTYPE html><html><head><title>Harbour</title><meta name=\"generator\" content=\"Discuz! " +
         version +
         "\"/><script>var STYLEID = '1', discuz_uid = '0', cookiepre = 'a_', attackevasive = "
         "'0';</script></head>"
         "<body id=\"nv_forum\" class=\"pg_" +
         page + "\">" + body +
         "<div id=\"ft\"><p>GMT+8, 2026-3-5 12:00</p><p>Powered by <strong><a "
         "href=\"https://d.example/\">Discuz!</a>"
         "</strong> <em>" +
         version + "</em></p></div></body></html>";
}

// The frame of 6.x and 7.x.
inline std::string old_page(const std::string& body, const std::string& version = "7.2") {
  return "<html><head><meta name=\"generator\" content=\"Discuz! " + version +
         "\"/><script src=\"include/js/common.js\"></script></head><body>" + body +
         "<div id=\"footer\"><p>Powered by <strong><a href=\"http://d.example\">Discuz!</a></strong> <em>" +
         version + "</em></p><p>GMT+8, 2026-3-5 12:00.</p></div></body></html>";
}

inline const parsers::Link* link_to(const parsers::ParsedPage& page, std::string_view url) {
  const auto found = std::find_if(page.links.begin(), page.links.end(),
                                  [url](const parsers::Link& link) { return link.url == url; });
  return found == page.links.end() ? nullptr : &*found;
}

inline const parsers::Board* board_of(const parsers::ParsedPage& page, std::string_view id) {
  const auto found = std::find_if(page.boards.begin(), page.boards.end(),
                                  [id](const parsers::Board& board) { return board.board_id == id; });
  return found == page.boards.end() ? nullptr : &*found;
}

inline const parsers::Thread* thread_of(const parsers::ParsedPage& page, std::string_view id) {
  const auto found = std::find_if(page.threads.begin(), page.threads.end(),
                                  [id](const parsers::Thread& thread) { return thread.thread_id == id; });
  return found == page.threads.end() ? nullptr : &*found;
}

inline bool has_flag(const parsers::Post& post, std::string_view flag) {
  return std::find(post.flags.begin(), post.flags.end(), flag) != post.flags.end();
}

}  // namespace boardwalk::tests
