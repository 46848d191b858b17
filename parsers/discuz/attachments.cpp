#include "parsers/discuz/attachments.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "config/ascii.hpp"
#include "parsers/contains.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/discuz/thread_parts.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

using ascii::is_digit;

std::string_view file_name(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  return url.substr(url.rfind('/') + 1);
}

std::string_view picture_source(Node img) {
  constexpr std::array<std::string_view, 7> kSources = {
      "zoomfile", "file", "data-original", "data-src", "data-lazy", "lazyloadthumb", "src"};
  for (const std::string_view source : kSources) {
    const std::string_view value = img.attr_or(source);
    if (value.size() > 1 && !value.starts_with("data:")) return value;
  }
  return {};
}

bool is_interface_icon(std::string_view source) {
  constexpr std::array<std::string_view, 8> kIcons = {
      "static/image/common/", "static/image/filetype/", "images/common/", "images/attachicons/",
      "images/default/",      "static/image/editor/",   "none.gif",       "static/image/magic/"};
  return !word_in(source, kIcons).empty();
}

// What a size looks like: digits, a space perhaps, a unit. Its extent in `text`, or an empty one.
std::string_view find_size(std::string_view text) {
  constexpr std::array<std::string_view, 9> kUnits = {"Bytes", "bytes", "KB",   "MB", "GB",
                                                      "Kb",    "Mb",    "字节", "B"};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.'))) continue;
    std::size_t end = at;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
    std::size_t unit = end;
    while (unit < text.size() && text[unit] == ' ') ++unit;
    for (const std::string_view word : kUnits)
      if (text.substr(unit).starts_with(word)) return text.substr(at, unit + word.size() - at);
    at = end;  // the rest of these digits ends at the same place
  }
  return {};
}

OptionalString attachment_url(const Context& context, std::string_view href) {
  const auto url = resolve_url(context.base, href, context.charset);
  if (!url) return std::nullopt;
  const auto token = query_value(url->query, "aid");
  const std::string number = token ? attachment_number(*token) : std::string();
  if (number.empty()) return url->str();
  Url plain = *url;
  plain.query = contains(url->query, "mod=attachment") ? "mod=attachment&aid=" + number : "aid=" + number;
  return plain.str();
}

bool is_tip(Node node) {
  constexpr std::array<std::string_view, 4> kTips = {"tip", "aimg_tip", "t_attach", "attach_popup"};
  return std::any_of(kTips.begin(), kTips.end(),
                     [node](std::string_view word) { return node.has_class(word); });
}

bool is_attachment_link(Node node) {
  const std::string_view href = node.attr_or("href");
  return node.is("a") && (contains(href, "mod=attachment") || contains(href, "attachment.php"));
}

// A name that leads to the form that asks for a file's price. The link in brackets behind the price, `[购买]`,
// leads there too.
bool is_name_for_sale(Node node) {
  return node.is("a") && contains(node.attr_or("href"), "action=attachpay") &&
         !strip(node.previous_sibling().value()).ends_with('[') && !dom::text_of(node).empty();
}

struct Box {
  Node picture;
  Node link;      // to the file, with its name
  Node for_sale;  // the name of a file that is to be paid first
  Node tip_name;  // the name in a tip
};

Box look_into(Node box) {
  Box found;
  bool in_tip = false;
  Node tip_end;
  for (Node node = box; node; node = node.next_in(box)) {
    if (node == tip_end) in_tip = false;
    if (!node.is_element()) continue;
    if (!in_tip && is_tip(node)) {
      in_tip = true;
      tip_end = node.next_skipping(box);
    }
    if (!found.picture && node.is("img") && !is_interface_icon(picture_source(node)) && !smiley_of(node))
      found.picture = node;
    if (!in_tip && !found.link && is_attachment_link(node) && !dom::text_of(node).empty()) found.link = node;
    if (!in_tip && !found.for_sale && is_name_for_sale(node)) found.for_sale = node;
    if (in_tip && !found.tip_name && node.is("strong")) found.tip_name = node;
  }
  return found;
}

// Everything that an element says, hidden tips too, its parts on lines of their own.
std::string shown_or_hidden_text(Node root) {
  std::string text;
  for (Node node = root.first_child(); node;) {
    if (node.is_text()) text += node.value();
    if (is_block(node) || node.is("br")) text += '\n';
    node = node.is("script") || node.is("style") ? node.next_skipping(root) : node.next_in(root);
  }
  return text;
}

// The tip that versions before X2.5 print behind an attachment or a picture among the words: `#attach_5_menu`
// behind `#attach_5`, `#aimg_5_menu` behind `#aimg_5`; 6.x gives its pictures no id.
Node tip_behind(Node box) {
  constexpr int kReach = 4;
  constexpr std::string_view kMenu = "_menu";
  const std::string_view id = box.id();
  Node node = box.next_sibling();
  for (int steps = 0; node && steps < kReach; ++steps, node = node.next_sibling()) {
    std::string_view tip = node.id();
    if (!tip.ends_with(kMenu)) continue;
    tip.remove_suffix(kMenu.size());
    if (id.empty() ? node.has_class("t_attach") : tip == id) return node;
  }
  return {};
}

OptionalString name_of(const Box& box) {
  std::string name;
  if (box.link) name = dom::text_of(box.link);
  if (name.empty() && box.for_sale) name = dom::text_of(box.for_sale);
  if (name.empty() && box.tip_name) name = dom::text_of(box.tip_name);
  for (const std::string_view attribute : {"title", "alt"})
    if (name.empty() && box.picture) name = strip(box.picture.attr_or(attribute));
  return text_or_null(std::move(name));
}

}  // namespace

std::optional<std::string> smiley_of(Node img) {
  constexpr std::array<std::string_view, 5> kPaths = {"/smiley/", "/smilies/", "/smile/", "/emotion/",
                                                      "/emoji/"};
  const std::string_view source = img.attr_or("src");
  if (!img.attr("smilieid") && word_in(source, kPaths).empty()) return std::nullopt;
  const std::string_view code = strip(img.attr_or("alt"));
  return std::string(code.empty() ? file_name(source) : code);
}

std::optional<Image> read_image(const Context& context, Node img) {
  const std::string_view source = picture_source(img);
  if (source.empty() || is_interface_icon(source)) return std::nullopt;
  auto url = context.absolute(source);
  if (!url) return std::nullopt;
  return Image{*std::move(url), text_or_null(std::string(strip(img.attr_or("alt")))), std::nullopt};
}

bool read_pictured_attachment(const Context& context, Node img, Post& post) {
  const Node tip = tip_behind(img);
  const Node link = dom::find(tip, is_attachment_link);
  if (!link) return false;
  auto image = read_image(context, img);
  if (!image) return false;
  Attachment attachment;
  for (const std::string_view name : {link.attr_or("title"), img.attr_or("alt"), img.attr_or("title")})
    if (!attachment.name && !strip(name).empty()) attachment.name = OptionalString(strip(name));
  read_size(shown_or_hidden_text(tip), attachment);
  attachment.url = image->url;
  image->caption = attachment.name;
  post.images.push_back(*std::move(image));
  post.attachments.push_back(std::move(attachment));
  return true;
}

bool read_attachment(const Context& context, Node box, Post& post) {
  const Box found = look_into(box);
  auto image = found.picture ? read_image(context, found.picture) : std::nullopt;
  Attachment attachment;
  attachment.name = name_of(found);
  if (!found.link && !found.for_sale && !found.tip_name && !(image && attachment.name)) {
    if (!image) return false;
    post.images.push_back(*std::move(image));
    return true;
  }
  read_size(shown_or_hidden_text(box), attachment);
  if (const Node tip = tip_behind(box)) read_size(shown_or_hidden_text(tip), attachment);
  if (image) {
    image->caption = attachment.name;
    attachment.url = image->url;
    post.images.push_back(*std::move(image));
  } else if (found.link) {
    attachment.url = attachment_url(context, found.link.attr_or("href"));
  } else if (found.for_sale) {
    attachment.needs_login = true;
  }
  post.attachments.push_back(std::move(attachment));
  return true;
}

void read_attachment_list(const Context& context, Node list, Post& post) {
  for (Node node = list.first_child(); node;) {
    const bool box = node.is("ignore_js_op") || node.is("dl") || node.is("li");
    if (box) read_attachment(context, node, post);
    node = box ? node.next_skipping(list) : node.next_in(list);
  }
}

void read_size(std::string_view words, Attachment& attachment) {
  constexpr std::array<std::string_view, 3> kLabels = {"下载次数", "下載次數", "Downloads"};
  for (const std::string_view label : kLabels)
    if (const std::size_t at = words.find(label); at != std::string_view::npos && !attachment.downloads)
      attachment.downloads = first_number(words.substr(at + label.size()));
  const std::string_view size = attachment.size ? std::string_view() : find_size(words);
  if (size.empty()) return;
  attachment.size = std::string(size);
  std::string_view rest = words.substr(static_cast<std::size_t>(size.data() - words.data()) + size.size());
  rest = rest.substr(0, rest.find(')'));
  if (!attachment.downloads && rest.starts_with(',')) attachment.downloads = first_number(rest.substr(1));
}

std::size_t size_suffix(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\n' || text[begin] == '\r')) ++begin;
  if (begin >= text.size() || text[begin] != '(') return 0;
  const std::size_t end = text.find(')', begin);
  if (end == std::string_view::npos) return 0;
  const std::string_view inside = text.substr(begin + 1, end - begin - 1);
  const std::string_view size = find_size(inside);
  return !size.empty() && size.data() == inside.data() ? end + 1 : 0;
}

}  // namespace boardwalk::parsers::discuz
