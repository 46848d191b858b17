// A page that was found, as the frontier is told of it.
#pragma once

#include <string>

#include "crawler/recrawl.hpp"
#include "parsers/page_key.hpp"

namespace boardwalk::crawler {

struct Offer {
  parsers::PageKey key;
  std::string url;
  std::string site;
  Offered what;         // what the link says of it
  int depth = 0;        // links away from a seed
  int hops = 0;         // redirects that led there in a row
  std::string via;      // page key of the page that links it; empty for a seed
  bool renews = false;  // a page that is known is asked for by this spelling from now on
};

}  // namespace boardwalk::crawler
