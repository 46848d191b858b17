#include "parsers/url_list.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <unordered_set>

#include "config/ascii.hpp"
#include "parsers/discuz/feed.hpp"
#include "parsers/moment.hpp"
#include "parsers/page_key.hpp"
#include "parsers/utf8.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kMostUrls = 50'000;
constexpr std::size_t kLongestText = 8 * 1024;  // of an element that we read
constexpr std::size_t kLongestTime = 64;        // longer words are no time in either form
constexpr std::int64_t kDay = 86'400;
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trim(std::string_view text) { return ascii::trimmed(text, kSpace); }

// `news:loc` is `loc` for us.
std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

// The latest moment that these words may mean: W3C date-times, with or without seconds, and RFC 822.
std::optional<std::int64_t> latest(std::string_view words) {
  words = trim(words);
  if (words.size() > kLongestTime) return std::nullopt;
  if (words.size() > 16 && words[10] == 'T' && words[13] == ':' && words[16] != ':')
    return latest(std::string(words.substr(0, 16)) + ":59" + std::string(words.substr(16)));
  if (const auto dot = words.find('.'); dot == 19) {
    const std::size_t zone = std::min(words.find_first_not_of("0123456789", dot + 1), words.size());
    return latest(std::string(words.substr(0, dot)) + std::string(words.substr(zone)));
  }
  if (const auto moment = moment_from_rfc3339(words))
    return moment->precision == Precision::kDay ? moment->epoch() + kDay : moment->epoch();
  if (const auto moment = discuz::read_feed_time(words)) return moment->epoch();
  return std::nullopt;
}

// From the XML's first character on: sites print white space before it, and then their BOM is not first.
std::string_view without_lead(std::string_view text) {
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
    if (!text.starts_with(kByteOrderMark)) return text;
    text.remove_prefix(kByteOrderMark.size());
  }
}

// The first element's name, behind declarations and comments.
std::string_view root_of(std::string_view text) {
  text = without_lead(text);
  while (true) {
    text = trim(text);
    if (!text.starts_with('<')) return {};
    const std::string_view end = text.starts_with("<!--") ? "-->" : ">";
    if (!text.starts_with("<?") && !text.starts_with("<!")) break;
    const std::size_t at = text.find(end);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + end.size());
  }
  return text.substr(1, std::min(text.find_first_of(" \t\r\n/>"), text.size()) - 1);
}

// Follows the XML element by element: an entry is a <url>, <sitemap>, <item> or <entry>, and what is read of
// it are its own children, not those of an <image> or a <source> in it.
class Reader {
 public:
  Reader(const Url& url, UrlList& list) : url_(url), list_(list) {}

  void start(std::string_view name, const char** attributes) {
    name = local_name(name);
    ++depth_;
    if (name == "sitemapindex") index_ = true;
    if (entry_ == 0 && is_entry(name)) {
      entry_ = depth_;
      atom_ = name == "entry";
      link_.clear();
      href_.clear();
      modified_.reset();
    }
    text_.clear();
    if (is_child() && name == "link") take_href(attributes);
  }

  void end(std::string_view name) {
    if (depth_ == entry_) finish();
    if (is_child()) take_text(local_name(name));
    --depth_;
    text_.clear();
  }

  void characters(std::string_view data) {
    if (entry_ != 0 && text_.size() < kLongestText) text_ += data;
  }

 private:
  static bool is_entry(std::string_view name) {
    return name == "url" || name == "sitemap" || name == "item" || name == "entry";
  }

  // Of the open entry.
  [[nodiscard]] bool is_child() const { return entry_ != 0 && depth_ == entry_ + 1; }

  void take_text(std::string_view name) {
    const bool address = name == "loc" || name == "link";
    if (address && link_.empty()) link_ = trim(text_);
    const bool time = name == "lastmod" || name == "updated" || name == "pubDate" || name == "date";
    if (time) modified_ = std::max(modified_, latest(text_));
  }

  // Atom: <link rel="alternate" href="…"/>
  void take_href(const char** attributes) {
    std::string_view href, rel = "alternate";
    for (; *attributes != nullptr; attributes += 2) {
      if (std::string_view(attributes[0]) == "href") href = attributes[1];
      if (std::string_view(attributes[0]) == "rel") rel = attributes[1];
    }
    if (rel == "alternate" && href_.empty()) href_ = trim(href);
  }

  // Atom's entry has its address as an href. Sitemaps and RSS have it as a text; an href beside that leads to
  // the same in another language or form.
  [[nodiscard]] const std::string& address() const {
    return link_.empty() || (atom_ && !href_.empty()) ? href_ : link_;
  }

  void finish() {
    entry_ = 0;
    if (address().empty() || list_.urls.size() >= kMostUrls) return;
    const auto target = resolve_url(url_, address());
    if (!target || !seen_.insert(target->str()).second) return;
    const LinkRole role = page_key(*target).role;
    const LinkRole made = index_ ? LinkRole::kListing : LinkRole::kArticle;
    Link& link = list_.urls.emplace_back();
    link.url = target->str();
    link.role = role == LinkRole::kOther ? made : role;
    link.modified = modified_;
  }

  const Url& url_;
  UrlList& list_;
  bool index_ = false;
  std::size_t depth_ = 0;
  std::size_t entry_ = 0;  // the depth of the one that is open; 0: none is
  bool atom_ = false;      // it is an <entry>
  std::string link_;       // its <loc> or <link>
  std::string href_;       // its <link href>
  std::optional<std::int64_t> modified_;
  std::string text_;
  std::unordered_set<std::string> seen_;
};

void on_start(void* reader, const char* name, const char** attributes) {
  static_cast<Reader*>(reader)->start(name, attributes);
}
void on_end(void* reader, const char* name) { static_cast<Reader*>(reader)->end(name); }
void on_text(void* reader, const char* data, int size) {
  static_cast<Reader*>(reader)->characters({data, static_cast<std::size_t>(size)});
}
// Kept as it stands: in an address it is most likely an & that nobody escaped.
void on_skipped(void* reader, const char* entity, int /*of_parameters*/) {
  static_cast<Reader*>(reader)->characters(fmt::format("&{};", entity));
}

// Without its declaration: that the text is UTF-8 is known, and standalone="yes" would make an unknown entity
// a fault.
std::string_view without_declaration(std::string_view xml) {
  const std::size_t end = xml.starts_with("<?xml ") ? xml.find("?>") : std::string_view::npos;
  return end == std::string_view::npos ? xml : xml.substr(end + 2);
}

// Whether an entity or a character reference begins at this '&'.
bool begins_reference(std::string_view at) {
  std::size_t end = at.starts_with("&#") ? 2 : 1;
  const std::size_t begin = end;
  while (end < at.size() && ascii::is_alphanumeric(at[end])) ++end;
  return end > begin && end < at.size() && at[end] == ';';
}

// What nobody escaped in addresses (`?a=1&b=2`) would end the reading there.
std::string with_ampersands_escaped(std::string_view xml) {
  constexpr std::string_view kOpens = "<![CDATA[", kCloses = "]]>";
  std::string escaped;
  escaped.reserve(xml.size());
  for (std::size_t at = 0; at < xml.size();) {
    const std::string_view rest = xml.substr(at);
    std::size_t size = std::min(rest.find_first_of("&<", 1), rest.size());
    if (rest.starts_with(kOpens)) size = std::min(rest.find(kCloses), rest.size());
    const bool stray = rest.front() == '&' && !begins_reference(rest);
    escaped.append(stray ? "&amp;" : "").append(rest.substr(stray ? 1 : 0, stray ? size - 1 : size));
    at += size;
  }
  return escaped;
}

}  // namespace

bool is_url_list(std::string_view text) {
  const std::string_view root = local_name(root_of(text));
  if (root == "rss") return text.find("<generator>Discuz") == std::string_view::npos;
  return root == "urlset" || root == "sitemapindex" || root == "feed" || root == "RDF";
}

UrlList read_url_list(const Url& url, std::string_view text) {
  UrlList list;
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), &XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  Reader reader(url, list);
  XML_SetUserData(parser.get(), &reader);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  // HTML's entities are no fault with a DTD that may declare them. None is read: no handler asks for one.
  XML_UseForeignDTD(parser.get(), XML_TRUE);
  XML_SetSkippedEntityHandler(parser.get(), on_skipped);
  const std::string_view written = without_declaration(without_lead(text));
  const std::string escaped = with_ampersands_escaped(written);
  const std::string_view xml = escaped.size() <= INT_MAX ? escaped : written;
  if (XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), 1) != XML_STATUS_OK) {
    const auto before = static_cast<XML_Size>(std::count(text.data(), written.data(), '\n'));
    list.fault = fmt::format("XML line {}: {}", XML_GetCurrentLineNumber(parser.get()) + before,
                             XML_ErrorString(XML_GetErrorCode(parser.get())));
  }
  return list;
}

}  // namespace boardwalk::parsers
