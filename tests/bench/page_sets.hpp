// The pages that a benchmark reads, in sets of one kind: generated ones of the sample forum, and captured
// ones where the collection is at hand.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace boardwalk::bench {

struct Page {
  std::string url;
  std::string content_type;
  std::string body;
  std::int64_t fetched_at = 0;
};

struct PageSet {
  std::string name;  // `thread`, `thread (gbk)`, …
  bool news = false;
  std::vector<Page> pages;  // at least one
};

// Index, board and thread pages in both charsets, articles and lists of news. The same at every run.
[[nodiscard]] std::vector<PageSet> generated_sets();

// Pages below `folder` ($BOARDWALK_SHARED, else `shared` beside the checkout): corpus/discuz/*/index.jsonl
// with what it lists, corpus/news-*/pages/. Empty where there are none.
[[nodiscard]] std::vector<PageSet> captured_sets(const std::string& folder);

}  // namespace boardwalk::bench
