// An export as a small site in a folder: an index, the boards' threads, a page for each thread as one reads
// it, a page for each article. What the pages are written in is the page writer's.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/export/output_directory.hpp"
#include "store/export/readings.hpp"
#include "store/export/site_links.hpp"

namespace boardwalk::store {

// A line of a list: a thread or an article.
struct ListedReading {
  std::string href;  // from the folder's top
  std::string title;
  std::string by;    // author or source; may be empty
  std::string when;  // as printed; may be empty
  std::int64_t posts = 0;
  std::int64_t order = 0;  // UTC epoch seconds of the last post or of publication; newest first
};

// One page of a board's threads, or of a site's articles.
struct ListPage {
  std::string site;
  std::string title;
  std::vector<ListedReading> entries;
  std::vector<std::string> pages;  // hrefs of all pages of this list, in order
  std::size_t page = 1;            // this one's number
};

struct IndexEntry {
  std::string href;
  std::string title;
  std::size_t count = 0;
};
struct IndexSite {
  std::string site;
  std::vector<IndexEntry> lists;
};

// Every page is made from archived text; none of that text may be taken for the page's own markup.
class PageWriter {
 public:
  virtual ~PageWriter() = default;
  [[nodiscard]] virtual std::string thread(const ThreadReading& reading) const = 0;
  [[nodiscard]] virtual std::string article(const ArticleReading& reading) const = 0;
  [[nodiscard]] virtual std::string list(const ListPage& page) const = 0;
  [[nodiscard]] virtual std::string index(const std::vector<IndexSite>& sites) const = 0;
};

// Writers of these pages; `links` must outlive them.
[[nodiscard]] std::unique_ptr<PageWriter> html_pages(const SiteLinks& links);
[[nodiscard]] std::unique_ptr<PageWriter> markdown_pages(const SiteLinks& links);

class Site : public ReadingFormat {
 public:
  static constexpr std::size_t kEntriesOfPage = 200;

  Site(const Database& database, SiteLinks& links, const PageWriter& pages, OutputDirectory& out)
      : database_(database), links_(links), pages_(pages), out_(out) {}

  [[nodiscard]] bool add(const ThreadReading& reading) override;
  // REQUIRES: `links` knows the article already.
  [[nodiscard]] bool add(const ArticleReading& reading) override;
  // The lists and the index. False when they cannot be written.
  [[nodiscard]] bool finish();

 private:
  struct List {
    std::string title;
    std::vector<ListedReading> entries;
  };
  using Lists = std::map<std::string, List>;  // by board id

  [[nodiscard]] std::string board_title(const std::string& site, const std::string& board_id,
                                        const parsers::OptionalString& name) const;
  template <typename Href>
  [[nodiscard]] bool write_list(const std::string& site, List& list, IndexSite& index, Href&& href);

  const Database& database_;
  SiteLinks& links_;
  const PageWriter& pages_;
  OutputDirectory& out_;
  std::map<std::string, Lists> boards_;   // by site
  std::map<std::string, List> articles_;  // by site
};

}  // namespace boardwalk::store
