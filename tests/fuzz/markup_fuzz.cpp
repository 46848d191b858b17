// A tree that is built without gumbo is gumbo's.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/markup/plain_builder.hpp"
#include "tests/same_tree.hpp"

namespace parsers = boardwalk::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static parsers::Arena gumbo_arena;
  static parsers::Arena arena;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const auto reference = parsers::parse_by_gumbo(source, gumbo_arena);
  arena.reset();
  const auto plain = parsers::markup::PlainBuilder(source, 10'000'000, arena).build();
  if (reference && plain && !boardwalk::tests::first_difference(reference->root(), plain->root()).empty())
    std::abort();
  if (reference && !boardwalk::tests::keeps_its_books(*reference)) std::abort();
  if (plain && !boardwalk::tests::keeps_its_books(*plain)) std::abort();
  return 0;
}
