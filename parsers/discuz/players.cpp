#include "parsers/discuz/players.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/discuz/people.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

std::string_view source_of(Node node) {
  constexpr std::array<std::string_view, 5> kPlayers = {"iframe", "embed", "video", "audio", "source"};
  const std::string_view name = node.name();
  if (name == "object") return node.attr_or("data");
  const bool player = std::find(kPlayers.begin(), kPlayers.end(), name) != kPlayers.end();
  return player ? node.attr_or("src") : std::string_view();
}

}  // namespace

void Players::read_box(Node box) {
  for (const Node a : dom::find_tags(box, "a"))
    if (auto url = context_.absolute(a.attr_or("href"))) add(*std::move(url));
  read(box);
}

void Players::read(Node root) {
  for (Node node = root.first_child(); node; node = node.next_in(root)) {
    if (!node.is_element()) continue;
    if (node.is("script")) read_script(dom::text_of(node.first_child()));
    const std::string_view source = source_of(node);
    if (source.empty()) continue;
    if (auto url = context_.absolute(source)) add(*std::move(url));
  }
}

// The first URL in quotes is what the script's player plays.
void Players::read_script(std::string_view code) {
  constexpr std::array<std::string_view, 4> kWriters = {"AC_FL_RunContent", "detectPlayer", "<embed",
                                                        "<iframe"};
  if (word_in(code, kWriters).empty()) return;
  std::size_t end = 0;  // of the URL at hand; one that begins inside it has the same
  for (std::size_t at = code.find("http"); at != std::string_view::npos; at = code.find("http", at + 4)) {
    if (at == 0 || (code[at - 1] != '\'' && code[at - 1] != '"' && code[at - 1] != '=')) continue;
    if (end <= at) end = std::min(code.find_first_of("'\"&<> \\", at), code.size());
    if (auto url = context_.absolute(code.substr(at, end - at))) return add(*std::move(url));
  }
}

void Players::add(std::string url) {
  if (urls_.insert(url).second) post_.media.push_back({std::move(url), {}});
}

}  // namespace boardwalk::parsers::discuz
