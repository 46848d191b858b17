// How many files the process may hold open at once. Of an archive each table is one, 64 MiB of rows, and most
// systems begin with a limit of 1024 that a process may raise by itself.
#pragma once

#include <cstddef>

namespace boardwalk::store {

// The limit, raised as far as the process may (its hard limit), but to no more than 65,536. Any thread.
[[nodiscard]] std::size_t file_limit();

}  // namespace boardwalk::store
