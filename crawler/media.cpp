#include "crawler/media.hpp"

#include <algorithm>
#include <unordered_set>

#include "parsers/sniff.hpp"

namespace boardwalk::crawler {
namespace {

using config::Media;
using parsers::LinkRole;

template <typename Record>
void add_images(const std::vector<Record>& records, std::vector<std::string>& urls) {
  for (const auto& record : records)
    for (const auto& image : record.images) urls.push_back(image.url);
}

}  // namespace

bool is_file(const UrlRow& row) { return row.link_role() == LinkRole::kAttachment; }

bool is_page(LinkRole role) {
  return role == LinkRole::kIndex || role == LinkRole::kBoard || role == LinkRole::kThread ||
         role == LinkRole::kArticle || role == LinkRole::kListing;
}

bool may_be_file(const parsers::Url& url, const parsers::PageKey& key) {
  if (key.role == LinkRole::kAttachment) return true;
  const bool is_picture = ('&' + url.query + '&').find("&mod=image&") != std::string::npos;
  const bool is_action = !key.follow && url.path.ends_with(".php") && !is_picture;
  return !is_action && !is_page(key.role);
}

std::vector<std::string> files_of(const parsers::ParsedPage& page, Media wanted) {
  std::vector<std::string> urls;
  const bool all = wanted == Media::kAll || wanted == Media::kRequisites;
  if (all || wanted == Media::kAttachments) {
    // Links first: an attachment's URL in a record has no token, and Discuz! X gives nothing without one.
    for (const auto& link : page.links)
      if (link.role == LinkRole::kAttachment) urls.push_back(link.url);
    for (const auto& post : page.posts)
      for (const auto& attachment : post.attachments)
        if (attachment.url) urls.push_back(*attachment.url);
  }
  if (all || wanted == Media::kImages) {
    add_images(page.posts, urls);
    add_images(page.articles, urls);
  }
  return urls;
}

std::vector<Offer> files_to_fetch(const std::vector<std::string>& urls, const parsers::PageKey& from,
                                  int depth, const Scope& scope) {
  std::vector<Offer> offers;
  std::unordered_set<std::string> seen{from.key};
  for (const auto& url : urls) {
    const auto target = parsers::parse_url(url);
    if (!target || !scope.admits_file(*target)) continue;
    Offer offer;
    offer.key = parsers::page_key(*target);
    if (!may_be_file(*target, offer.key) || !seen.insert(offer.key.key).second) continue;
    offer.url = target->str();
    offer.site = target->site();
    offer.what.role = LinkRole::kAttachment;
    offer.depth = depth;
    offer.via = from.key;
    offers.push_back(std::move(offer));
  }
  return offers;
}

bool is_wanted_type(std::string_view content_type, const std::vector<std::string>& patterns) {
  const std::string type = parsers::media_type(content_type);
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [&type](const std::string& pattern) { return matches_pattern(pattern, type); });
}

}  // namespace boardwalk::crawler
