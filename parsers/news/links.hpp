// The links of a news page, each with what it leads to, and those that an article's own text holds.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "parsers/dom.hpp"
#include "parsers/news/context.hpp"

namespace boardwalk::parsers::news {

// What an anchor that leads to `url` leads to.
[[nodiscard]] LinkRole link_role(const Context& context, dom::Node anchor, const Url& url);

// Every fetchable link once, in page order.
[[nodiscard]] std::vector<Link> page_links(const Context& context, dom::Node root);

// Links of `place` whose words occur in `text`.
[[nodiscard]] std::vector<TextLink> text_links(const Context& context, dom::Node place,
                                               const std::string& text);

// Reads one <img> of a page after the other, with the caption of its <figure>, which counts up to 1 KiB and is
// looked for once.
class ImageReader {
 public:
  explicit ImageReader(const Context& context) : context_(context) {}
  // Absent for icons, trackers and those without an address.
  [[nodiscard]] std::optional<Image> read(dom::Node image);

 private:
  [[nodiscard]] OptionalString caption_of(dom::Node image);

  const Context& context_;
  std::unordered_map<const void*, OptionalString> captions_;  // by the figure's address
};

// Pictures of `place`; icons and trackers left out.
[[nodiscard]] std::vector<Image> text_images(const Context& context, dom::Node place);

}  // namespace boardwalk::parsers::news
