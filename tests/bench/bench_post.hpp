// Made-up posts of a forum, twenty a thread, for benchmarks: the same for the same number.
#pragma once

#include "parsers/records.hpp"

namespace boardwalk::bench {

[[nodiscard]] parsers::Post bench_post(int number);

}  // namespace boardwalk::bench
