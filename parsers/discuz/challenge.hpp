// Pages that want a browser to prove itself before they show anything: a lone script that sets a cookie or
// `_dsign` and loads the page again, 安全验证, waiting rooms. They are recognised, never got round. Discuz!'s
// own 页面重载开启 wants no more than its cookie back, as any visitor brings it.
#pragma once

#include "parsers/dom.hpp"

namespace boardwalk::parsers::discuz {

enum class Challenge {
  kNone,
  // A page with nothing but a script that leads on, or one with little text that asks for patience or proof:
  // in words that news have too only beside a script, frame, refresh or form.
  kProof,
  // One with few words that ask for patience, nothing to click or fetch and a short script that loads it
  // again, without a cookie of the script's own.
  kReload,
};

// A page with content of its own is none, whatever words it holds.
[[nodiscard]] Challenge challenge_of(dom::Node root);

}  // namespace boardwalk::parsers::discuz
