// Who wrote and edited an article, as the page prints it: the labels of the line under the headline (作者,
// 编辑), the by-line in parentheses at the text's beginning or end (`某报讯（记者 张三）`), lines of their own
// (`采写：…`), then metadata; and who first published it (source.hpp). Role words and outlets before a name are
// not part of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/news/body.hpp"
#include "parsers/news/metadata.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/title.hpp"

namespace boardwalk::parsers::news {

struct Byline {
  std::vector<std::string> authors;
  std::optional<std::string> editor;
  std::optional<std::string> source;
};

// The headline's own lines speak of what the article is about: they are asked for labels with a colon that
// stand behind it, alone.
[[nodiscard]] Byline read_byline(const PageText& page, const Body& body, const Headline& headline,
                                 const Metadata& data, bool chinese);

// The line names writers and says nothing else.
[[nodiscard]] bool is_byline_only(std::string_view line);
// The line is of the kind that stands under a headline: source, author, reads, time.
[[nodiscard]] bool is_info_text(std::string_view line);

}  // namespace boardwalk::parsers::news
