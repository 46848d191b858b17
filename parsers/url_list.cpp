#include "parsers/url_list.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <type_traits>
#include <unordered_set>

#include "config/ascii.hpp"
#include "parsers/discuz/feed.hpp"
#include "parsers/moment.hpp"
#include "parsers/page_key.hpp"

namespace boardwalk::parsers {
namespace {

constexpr std::size_t kMostUrls = 50'000;
constexpr std::size_t kLongestText = 8 * 1024;  // of an element that we read
constexpr std::int64_t kDay = 86'400;
constexpr std::string_view kSpace = " \t\r\n";

std::string_view trim(std::string_view text) { return ascii::trimmed(text, kSpace); }

// `news:loc` is `loc` for us.
std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

// The latest moment that these words may mean: W3C date-times, with or without seconds, and RFC 822.
std::optional<std::int64_t> latest(std::string_view words) {
  words = trim(words);
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

// The first element's name, behind declarations and comments.
std::string_view root_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
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

// Follows the XML element by element: an entry is a <url>, <sitemap>, <item> or <entry>.
class Reader {
 public:
  Reader(const Url& url, UrlList& list) : url_(url), list_(list) {}

  void start(std::string_view name, const char** attributes) {
    name = local_name(name);
    if (name == "sitemapindex") index_ = true;
    if (is_entry(name)) {
      entry_ = true;
      link_.clear();
      modified_.reset();
    }
    text_.clear();
    if (entry_ && name == "link") take_href(attributes);
  }

  void end(std::string_view name) {
    name = local_name(name);
    if (is_entry(name)) return finish();
    if (!entry_) return;
    const bool address = name == "loc" || name == "link";
    if (address && link_.empty()) link_ = trim(text_);
    const bool time = name == "lastmod" || name == "updated" || name == "pubDate" || name == "date";
    if (time) modified_ = std::max(modified_, latest(text_));
    text_.clear();
  }

  void characters(std::string_view data) {
    if (entry_ && text_.size() < kLongestText) text_ += data;
  }

 private:
  static bool is_entry(std::string_view name) {
    return name == "url" || name == "sitemap" || name == "item" || name == "entry";
  }

  // Atom: <link rel="alternate" href="…"/>
  void take_href(const char** attributes) {
    std::string_view href, rel = "alternate";
    for (; *attributes != nullptr; attributes += 2) {
      if (std::string_view(attributes[0]) == "href") href = attributes[1];
      if (std::string_view(attributes[0]) == "rel") rel = attributes[1];
    }
    if (rel == "alternate" && link_.empty()) link_ = trim(href);
  }

  void finish() {
    entry_ = false;
    if (link_.empty() || list_.urls.size() >= kMostUrls) return;
    const auto target = resolve_url(url_, link_);
    if (!target || !seen_.insert(target->str()).second) return;
    const LinkRole role = page_key(*target).role;
    const LinkRole made = index_ ? LinkRole::kListing : LinkRole::kArticle;
    list_.urls.push_back({target->str(), role == LinkRole::kOther ? made : role, modified_});
  }

  const Url& url_;
  UrlList& list_;
  bool index_ = false;
  bool entry_ = false;
  std::string link_;
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
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), 1) != XML_STATUS_OK)
    list.fault = fmt::format("XML line {}: {}", XML_GetCurrentLineNumber(parser.get()),
                             XML_ErrorString(XML_GetErrorCode(parser.get())));
  return list;
}

}  // namespace boardwalk::parsers
