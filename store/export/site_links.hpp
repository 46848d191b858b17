// The files of an export that is a small site, and what leads to them: relative links that need no server.
// Names hold only letters, digits, `.`, `-`, `_`, `=` and, before the number of a page, `~`, so that no file
// system and no browser takes them for something else, and no two are the same.
//
//   index.html                          every site and its boards
//   SITE/board-FID.html, board-FID~2.html, …   a board's threads; SITE/threads.html those of no board
//   SITE/thread-TID.html#post-PID       a thread; a post in it
//   SITE/articles.html                  a site's articles
//   SITE/article-HEX.html
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/export/readings.hpp"

namespace boardwalk::store {

class SiteLinks {
 public:
  // `suffix`: `.html`, `.md`. The arguments must outlive this.
  SiteLinks(const Database& database, const Readings& readings, std::string_view suffix)
      : database_(database), readings_(readings), suffix_(suffix) {}

  void add_article(const std::string& record_id) { articles_.insert(record_id); }

  [[nodiscard]] std::string index() const { return "index" + suffix_; }
  [[nodiscard]] std::string thread(const std::string& site, const std::string& thread_id) const;
  // `board_id` may be empty; pages count from 1.
  [[nodiscard]] std::string board(const std::string& site, const std::string& board_id,
                                  std::size_t page) const;
  [[nodiscard]] std::string articles(const std::string& site, std::size_t page) const;
  [[nodiscard]] std::string article(const std::string& record_id) const;
  [[nodiscard]] static std::string anchor(const std::string& post_id);  // of a post in its thread's page

  // Where a record stands in the export; nullopt when it does not.
  [[nodiscard]] std::optional<std::string> to_record(const std::string& record_id) const;
  // Where what the URL leads to stands in the export.
  [[nodiscard]] std::optional<std::string> to_url(const std::string& url) const;
  // The records that are copies of this one, the record itself aside.
  [[nodiscard]] std::vector<std::string> copies_of(const parsers::OptionalString& fold_sha256,
                                                   const std::string& record_id) const;

 private:
  const Database& database_;
  const Readings& readings_;
  std::string suffix_;
  std::set<std::string> articles_;
};

}  // namespace boardwalk::store
