// The first line of the input is a base, the rest a reference on its page.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/discuz/link_roles.hpp"
#include "parsers/page_key.hpp"
#include "parsers/url.hpp"

namespace parsers = boardwalk::parsers;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const parsers::Url& url) {
  require(url.port > 0 && url.port < 65536 && url.path.starts_with('/'));
  require(url.str().find('#') == std::string::npos);
  const auto again = parsers::parse_url(url.str());
  require(again.has_value() && again->str() == url.str());
  require(again->host == url.host && again->port == url.port);
  require(again->path == url.path && again->query == url.query);
  const parsers::PageKey key = parsers::page_key(url);
  require(key.key.starts_with(url.site() + " ") && key.page >= 1);
  require(parsers::page_key(*again).key == key.key);
  const parsers::PageTarget target = parsers::page_target(url);
  require(target.role == key.role && target.page == key.page && target.follow == key.follow);
  require(target.board_id == key.board_id && target.thread_id == key.thread_id);
  const parsers::PageRole role = parsers::page_role(url.path, url.query);
  require(role.role == key.role && role.follow == key.follow);
  const std::string in_site = url.target();
  std::string shape;
  parsers::discuz::put_shape(in_site, shape);
  parsers::discuz::LinkRoles roles;
  const parsers::PageRole shaped = roles.of(shape);
  require(roles.of(in_site).role == shaped.role);
  require(shaped.role == key.role && shaped.follow == key.follow);
  // An empty parameter at the end means nothing, and keeps a URL off the short way that plain ones take.
  parsers::Url longer = url;
  longer.query += '&';
  require(parsers::page_key(longer).key == key.key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view reference = input.substr(std::min(line + 1, input.size()));
  const auto base = parsers::parse_url(input.substr(0, line));
  static_cast<void>(parsers::query_value(reference, "tid"));
  require(parsers::percent_decode(reference).size() <= reference.size());
  if (!base) return 0;
  check(*base);
  // White space before a reference means nothing, and keeps it off the short way that plain references take.
  const std::string spaced = " " + std::string(reference);
  for (const std::string_view charset : {"utf-8", "gb18030"}) {
    const auto url = parsers::resolve_url(*base, reference, charset);
    const auto again = parsers::resolve_url(*base, spaced, charset);
    require(url.has_value() == again.has_value() || spaced.size() > 8192);
    if (url && again) require(url->str() == again->str());
    const auto text = parsers::resolve_text(*base, reference, charset);
    require(text.has_value() == url.has_value() && (!text || text->text == url->str()));
    if (text) require(text->site(text->text) == url->site() && text->path(text->text) == url->path);
    if (text) require(text->query(text->text) == url->query);
    if (url) check(*url);
  }
  return 0;
}
