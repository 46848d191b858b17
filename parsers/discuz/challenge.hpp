// Pages that want a browser to prove itself before they show anything: a lone script that sets a cookie or
// `_dsign` and loads the page again, 安全验证, waiting rooms, Discuz!'s own 页面重载开启. They are recognised,
// never got round.
#pragma once

#include "parsers/dom.hpp"

namespace boardwalk::parsers::discuz {

// A page with nothing but a script that leads on; one with few words that ask for patience, nothing to click
// or fetch and a short script that loads it again; or one with little text that asks for patience or proof:
// in words that news have too only beside a script, frame, refresh or form. A page with content of its own is
// never one, whatever words it holds.
[[nodiscard]] bool is_challenge(dom::Node root);

}  // namespace boardwalk::parsers::discuz
