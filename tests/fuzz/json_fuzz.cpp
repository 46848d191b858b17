// The input is a record as the archive holds it. What is read is written back as the same record.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "store/json_codec.hpp"

namespace store = boardwalk::store;

namespace {

template <typename Record>
void check(std::string_view json, boardwalk::Result<Record> (*from_json)(std::string_view)) {
  const auto record = from_json(json);
  if (!record) {
    if (record.error().kind != boardwalk::ErrorKind::kDamaged) std::abort();
    return;
  }
  const std::string written = store::to_json(*record);
  const auto again = from_json(written);
  if (!again || store::to_json(*again) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  check(json, store::board_from_json);
  check(json, store::thread_from_json);
  check(json, store::post_from_json);
  check(json, store::article_from_json);
  return 0;
}
