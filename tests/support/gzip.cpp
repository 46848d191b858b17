#include "tests/support/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace boardwalk::sample {
namespace {

constexpr std::size_t kBlock = 1 << 20;
constexpr int kGzipWindow = 15 + 16;
constexpr int kRawWindow = -15;

std::string deflated(std::string_view bytes, int window, int flush) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("zlib does not start");
  }
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, flush);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string little_endian(std::uint64_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
  return out;
}

}  // namespace

std::string gzipped(std::string_view bytes) { return deflated(bytes, kGzipWindow, Z_FINISH); }

void send_gzip_of_zeros(Connection& client, std::size_t megabytes) {
  const std::string zeros(kBlock, '\0');
  const std::string block = deflated(zeros, kRawWindow, Z_FULL_FLUSH);
  const uLong block_sum =
      crc32(0, reinterpret_cast<const Bytef*>(zeros.data()), static_cast<uInt>(zeros.size()));
  uLong sum = 0;
  const std::string head = {'\x1f', '\x8b', '\x08', '\0', '\0', '\0', '\0', '\0', '\x02', '\xff'};
  if (!client.send(head)) return;
  for (std::size_t i = 0; i < megabytes; ++i) {
    if (!client.send(block)) return;
    sum = crc32_combine(sum, block_sum, static_cast<z_off_t>(kBlock));
  }
  client.send(deflated("", kRawWindow, Z_FINISH) + little_endian(sum) + little_endian(megabytes * kBlock));
}

}  // namespace boardwalk::sample
