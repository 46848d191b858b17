// How often a thread was read and answered, as its pages print it: in boxes that X has for these numbers, else
// behind labels.
#pragma once

#include "parsers/discuz/thread_head.hpp"
#include "parsers/discuz/thread_parts.hpp"

namespace boardwalk::parsers::discuz {

// Sets `views` and `replies`, where the page tells them.
void read_counters(const ThreadParts& parts, ThreadHead& head);

}  // namespace boardwalk::parsers::discuz
