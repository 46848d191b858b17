#include "crawler/spellings.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kSpellings = 3;  // further ones kept per page

std::string_view scheme_of(std::string_view url) { return url.substr(0, url.find(':')); }

}  // namespace

bool add_spelling(UrlRow& row, const std::string& url) {
  if (url == row.url || row.others.size() >= kSpellings) return false;
  if (std::find(row.others.begin(), row.others.end(), url) != row.others.end()) return false;
  row.others.push_back(url);
  return true;
}

bool renew_spelling(UrlRow& row, const std::string& url) {
  if (url == row.url) return false;
  std::erase(row.others, url);
  row.others.insert(row.others.begin(), std::exchange(row.url, url));
  row.others.resize(std::min(row.others.size(), kSpellings));
  row.etag.clear();
  row.last_modified.clear();
  return true;
}

bool drop_spelling(UrlRow& row, const std::string& asked) {
  if (row.url != asked) return true;
  if (row.others.empty()) return false;
  row.url = std::move(row.others.front());
  row.others.erase(row.others.begin());
  return true;
}

void change_scheme(UrlRow& row, const std::string& asked) {
  if (row.url != asked) return;
  const auto other = std::find_if(row.others.begin(), row.others.end(), [&row](const std::string& url) {
    return scheme_of(url) != scheme_of(row.url);
  });
  if (other == row.others.end()) return;
  std::swap(row.url, *other);
  std::rotate(other, other + 1, row.others.end());
}

}  // namespace boardwalk::crawler
