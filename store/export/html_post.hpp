// Posts and articles as parts of an HTML page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/export/readings.hpp"
#include "store/export/site_links.hpp"

namespace boardwalk::store {

// `up` leads from the page to the folder's top: "../".
class HtmlParts {
 public:
  HtmlParts(const SiteLinks& links, std::string_view up) : links_(links), up_(up) {}

  [[nodiscard]] std::string post(const parsers::Post& post, const std::vector<parsers::Post>& versions) const;
  [[nodiscard]] std::string article(const ArticleReading& reading) const;
  [[nodiscard]] std::string poll(const parsers::Poll& poll) const;
  [[nodiscard]] std::string fields(const std::vector<std::pair<std::string, std::string>>& fields) const;

  // A link to the URL's page in the export, else to the web; text alone when it is no web address.
  [[nodiscard]] std::string link(const std::string& url, std::string_view text) const;

 private:
  [[nodiscard]] std::string record(const std::string& record_id) const;
  [[nodiscard]] std::string likeness(const parsers::OptionalString& duplicate_of,
                                     const parsers::OptionalString& near_duplicate_of,
                                     const parsers::OptionalString& fold_sha256, const std::string& id) const;
  [[nodiscard]] std::string head(const parsers::Post& post) const;
  [[nodiscard]] std::string words(const parsers::Post& post) const;
  [[nodiscard]] std::string attached(const parsers::Post& post) const;
  [[nodiscard]] std::string list(std::string_view name, const std::vector<std::string>& items) const;

  const SiteLinks& links_;
  std::string up_;
};

// `<time datetime=…>`
[[nodiscard]] std::string html_time(const parsers::Moment& moment);

}  // namespace boardwalk::store
