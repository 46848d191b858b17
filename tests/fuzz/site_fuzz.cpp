// The input is a site file or a selector and, behind a NUL, a page: what compiles must read any page.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config/site_file.hpp"
#include "parsers/html.hpp"
#include "parsers/page.hpp"
#include "parsers/selector.hpp"
#include "parsers/site/rules.hpp"
#include "tests/fuzz/moments.hpp"

namespace parsers = boardwalk::parsers;

namespace {

void check(const boardwalk::Error& error) {
  if (error.kind != boardwalk::ErrorKind::kUsage || error.message.empty()) std::abort();
}

// The page is read as each kind that the file's patterns may tell.
void try_file(std::string_view text, std::string_view html) {
  const auto file = boardwalk::config::parse_site_file(text, "site.toml");
  if (!file) return check(file.error());
  const auto rules = parsers::site::compile(*file);
  if (!rules) return check(rules.error());
  static parsers::Workspace workspace;
  for (const char* url :
       {"https://forum.example/viewtopic.php?t=12", "https://forum.example/viewforum.php?f=4",
        "https://forum.example/2026/01/a-post/"}) {
    const auto page = parsers::parse_page({url, html, "text/html", 1'768'046'400, 480, &*rules}, workspace);
    for (const auto& post : page.posts)
      if (post.post_id.empty()) std::abort();
    boardwalk::fuzz::require_readable_times(page);
  }
}

void try_selector(std::string_view text, std::string_view html) {
  const auto selector = parsers::Selector::parse(text);
  if (!selector) {
    if (selector.error().offset > text.size() || selector.error().what.empty()) std::abort();
    return;
  }
  static parsers::Arena arena;
  const auto document = parsers::parse_html(html, arena);
  if (!document) return;
  const auto all = selector->all(document->root());
  const auto first = selector->first(document->root());
  if (bool(first) == all.empty() || (first && !(first == all.front()))) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t nul = input.find('\0');
  const std::string_view rules = input.substr(0, nul);
  const std::string_view page = nul == std::string_view::npos ? input : input.substr(nul + 1);
  try_file(rules, page);
  try_selector(rules, page);
  return 0;
}
