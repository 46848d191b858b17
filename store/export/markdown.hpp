// Threads and articles as Markdown (CommonMark): of one document one after another, or of a folder's pages
// (site.hpp) each with its facts before it as YAML.
#pragma once

#include <string>
#include <string_view>

#include "store/export/readings.hpp"

namespace boardwalk::store {

// Archived text inside Markdown: it reads as it was written, and none of it is taken for markup. Lines stay
// lines.
[[nodiscard]] std::string markdown_escaped(std::string_view text);

class MarkdownDocument : public ReadingFormat {
 public:
  explicit MarkdownDocument(Write write) : write_(std::move(write)) {}
  [[nodiscard]] bool add(const ThreadReading& reading) override;
  [[nodiscard]] bool add(const ArticleReading& reading) override;

 private:
  Write write_;
};

}  // namespace boardwalk::store
