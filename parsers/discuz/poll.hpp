// A poll, from the form that holds it (`form#poll`), open or closed, with its results shown or withheld.
//
// clang-format off
//   version    an option                                                    its votes
//   X, 7.x     <label for="option_1">1. Red</label>                         40.00% <em>(40)</em>
//   X, images  <td id="polloption_11"> … <p class="xi2">Red</p>             <p class="imgfc"><span>40票</span> …
//   6.x        <td>1. Red</td>                                              <strong>40</strong> / 40.00%
// clang-format on
#pragma once

#include "parsers/discuz/context.hpp"
#include "parsers/records.hpp"

namespace boardwalk::parsers::discuz {

// Fills `special`, `poll` and `participants`, the voters. A poll's end is told as a date or counts down; in
// the latter case `thread.created_at`, where known, lets it be known to the second, as polls run whole days.
void read_poll(const Context& context, dom::Node form, Thread& thread);

}  // namespace boardwalk::parsers::discuz
