#include "crawler/whole_gzip.hpp"

#include <libdeflate.h>

#include <cstdint>
#include <memory>

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kLeast = 18;       // header and trailer (RFC 1952 §2.2)
constexpr std::size_t kTightest = 1032;  // no deflate stream holds more times its own length

struct Free {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};

// How much a member holds is told by its last four bytes, least significant first.
std::size_t told_length(std::string_view bytes) {
  std::uint32_t length = 0;
  for (std::size_t i = 1; i <= 4; ++i)
    length = length << 8 | static_cast<unsigned char>(bytes[bytes.size() - i]);
  return length;
}

}  // namespace

bool undo_whole_gzip(std::string_view bytes, std::size_t cap, std::string& body) {
  if (bytes.size() < kLeast) return false;
  const std::size_t length = told_length(bytes);
  if (length > cap || length / kTightest > bytes.size()) return false;
  const std::unique_ptr<libdeflate_decompressor, Free> decompressor(libdeflate_alloc_decompressor());
  if (!decompressor) return false;
  body.resize(length);
  std::size_t read = 0;
  const auto result = libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(),
                                                    body.data(), length, &read, nullptr);
  return result == LIBDEFLATE_SUCCESS && read == bytes.size();
}

}  // namespace boardwalk::crawler
