#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "parsers/fold.hpp"
#include "parsers/utf8.hpp"

namespace parsers = boardwalk::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string folded = parsers::fold({reinterpret_cast<const char*>(data), size});
  for (std::size_t at = 0; at < folded.size();)
    if (parsers::next_code_point(folded, at) == parsers::kMalformed) std::abort();
  if (parsers::fold(folded) != folded) std::abort();
  if (parsers::length(folded) > folded.size()) std::abort();
  return 0;
}
