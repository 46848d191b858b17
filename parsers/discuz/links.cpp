#include "parsers/discuz/links.hpp"

#include <algorithm>
#include <array>
#include <memory_resource>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "parsers/discuz/link_roles.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

// Classes of the boxes that hold page numbers: X, 7.x and 6.x, rows of a board page, archiver.
bool is_pager(dom::Node node) {
  static constexpr std::array<std::string_view, 6> kPagers{"pg",          "pages", "tps",
                                                           "threadpages", "page",  "pages_btns"};
  std::string_view classes = node.attr_or("class");
  for (std::string_view word = dom::take_word(classes); !word.empty(); word = dom::take_word(classes))
    if (std::find(kPagers.begin(), kPagers.end(), word) != kPagers.end()) return true;
  return false;
}

// The number of `... 13` and `13`; 0 for words.
std::int64_t page_in(dom::Node node) {
  const std::string words = dom::text_of(node);
  const bool plain = words.find_first_not_of(". 0123456789") == std::string::npos && words.size() < 12;
  return plain ? first_number(words).value_or(0) : 0;
}

// A pager's link to the last page; none when the page itself is the last.
dom::Node last_of(dom::Node pager) {
  dom::Node last;
  std::int64_t highest = 0;
  for (dom::Node node = pager.first_child(); node; node = node.next_in(pager)) {
    if (!node.is("a") && !node.is("strong")) continue;
    const std::int64_t number = page_in(node);
    if (number <= highest) continue;
    highest = number;
    last = node.is("a") ? node : dom::Node();
  }
  return last;
}

bool is_next(dom::Node link) {
  return link.has_class("nxt") || link.has_class("next") || link.attr_or("rel") == "next";
}

// Collects links by URL; the first role that says something stays, but "next page" outdoes "page".
class Collector {
 public:
  Collector(const Context& context, ParsedPage& page) : context_(context), links_(page.links) {
    constexpr std::size_t kLinks = 256;
    by_href_.reserve(kLinks);
    by_url_.reserve(kLinks);
    std::vector<Link> noted = std::exchange(links_, {});
    links_.reserve(kLinks);
    for (Link& link : noted) add(std::move(link));
  }

  void add(dom::Node element, std::string_view href) {
    if (href.empty() || href.front() == '#') return;
    const auto [at, fresh] = by_href_.try_emplace(href, kUnknown);
    if (fresh) {
      auto url = resolve_text(context_.base, href, context_.charset);
      if (!url) return;
      at->second = add(*std::move(url));
    }
    if (at->second == kUnknown) return;
    Link& link = links_[at->second];
    link.nofollow = link.nofollow && dom::says(element, "rel", "nofollow");
    refine(element, link);
  }

 private:
  static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

  // Links by their place in the list, known by their URLs.
  struct ByUrl {
    const std::vector<Link>* links;
    std::size_t operator()(std::size_t at) const { return std::hash<std::string>()((*links)[at].url); }
    bool operator()(std::size_t a, std::size_t b) const { return (*links)[a].url == (*links)[b].url; }
  };

  std::size_t add(UrlText url) {
    links_.push_back({std::move(url.text), LinkRole::kExternal, std::nullopt, true});
    Link& link = links_.back();
    const auto [at, fresh] = by_url_.insert(links_.size() - 1);
    if (!fresh) {
      links_.pop_back();
    } else if (url.site(link.url) == context_.site) {
      const PageRole known = roles_.of(std::string_view(link.url).substr(url.path_at));
      link.role = known.role;
      link.view = !known.follow;
    }
    return *at;
  }

  void add(Link link) {
    links_.push_back(std::move(link));
    const auto [at, fresh] = by_url_.insert(links_.size() - 1);
    if (fresh) return;
    if (!links_[*at].listed) links_[*at].listed = std::move(links_.back().listed);
    links_.pop_back();
  }

  void refine(dom::Node element, Link& link) {
    if (link.role == LinkRole::kExternal || link.role == LinkRole::kNextPage) return;
    const dom::Node parent = element.parent();
    const dom::Node pager = is_pager(parent) ? parent : parent.parent();
    if (pager == parent || is_pager(pager)) link.role = role_in(pager, element, link.role);
  }

  // "Next page" outdoes "last page", which outdoes "page".
  LinkRole role_in(dom::Node pager, dom::Node element, LinkRole known) {
    if (is_next(element)) return LinkRole::kNextPage;
    if (pager != pager_) {
      pager_ = pager;
      const auto [at, fresh] = lasts_.try_emplace(pager.address());
      if (fresh) at->second = last_of(pager);
      last_ = at->second;
    }
    return element == last_ || known == LinkRole::kLastPage ? LinkRole::kLastPage : LinkRole::kPage;
  }

  const Context& context_;
  std::vector<Link>& links_;
  LinkRoles roles_;
  dom::Node pager_;  // the last one met, and what last_of() says of it
  dom::Node last_;
  std::pmr::monotonic_buffer_resource memory_{std::size_t{32} << 10};  // of the three below
  std::pmr::unordered_map<const void*, dom::Node> lasts_{&memory_};    // of all pagers, by address
  std::pmr::unordered_map<std::string_view, std::size_t> by_href_{&memory_};
  std::pmr::unordered_set<std::size_t, ByUrl, ByUrl> by_url_{0, ByUrl{&links_}, ByUrl{&links_}, &memory_};
};

}  // namespace

std::optional<PageTarget> target_of(const Context& context, std::string_view href) {
  const auto url = resolve_url(context.base, href, context.charset);
  if (!url || url->site() != context.site) return std::nullopt;
  return page_target(*url);
}

void note_link(const Context& context, std::string_view href, LinkRole role,
               std::optional<std::string> listed, ParsedPage& page) {
  if (auto url = context.absolute(href)) page.links.push_back({*std::move(url), role, std::move(listed)});
}

void gather_links(const Context& context, const std::vector<dom::Node>& anchors, ParsedPage& page) {
  Collector collector(context, page);
  for (const dom::Node anchor : anchors) collector.add(anchor, anchor.attr_or("href"));
}

}  // namespace boardwalk::parsers::discuz
