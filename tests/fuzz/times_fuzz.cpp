// The input is the words beside a post; the first byte picks the forum's zone.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/discuz/times.hpp"
#include "parsers/moment.hpp"

namespace parsers = boardwalk::parsers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const int zone = (data[0] % 57) * 30 - 840;
  const auto found = parsers::discuz::find_time(text, 1716206400, zone);
  const auto read = parsers::discuz::read_time(text, 1716206400, zone);
  if (found.has_value() != read.has_value()) std::abort();
  if (found) {
    if (found->begin >= found->end || found->end > text.size()) std::abort();
    if (!(found->moment == *read)) std::abort();
    if (!parsers::moment_from_rfc3339(read->rfc3339())) std::abort();
  }
  if (const auto moment = parsers::moment_from_rfc3339(text))
    if (parsers::moment_from_rfc3339(moment->rfc3339()) != moment) std::abort();
  return 0;
}
