// Players of films, sounds and [flash] among a post's words: what they play becomes a link in `media`.
// Discuz! writes them as `div.media`, as elements or by a script.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "parsers/discuz/context.hpp"
#include "parsers/dom.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// Reads into one post; no URL twice.
class Players {
 public:
  Players(const Context& context, Post& post) : context_(context), post_(post) {}

  // Every player that is an element or a script in `root`.
  void read(dom::Node root);
  // A box of a player's own: its links too, which stand there for those who cannot play it.
  void read_box(dom::Node box);

 private:
  void read_script(std::string_view code);
  void add(std::string url);

  const Context& context_;
  Post& post_;
  std::set<std::string> urls_;  // in post_.media
};

}  // namespace boardwalk::parsers::discuz
