#include <zlib.h>

#include <array>
#include <new>

#include "crawler/coding.hpp"

namespace boardwalk::crawler {
namespace {

constexpr int kGzip = MAX_WBITS + 16;
constexpr int kZlib = MAX_WBITS;
constexpr int kRaw = -MAX_WBITS;
constexpr unsigned char kGzipMark = 0x1f;

// RFC 1950 §2.2: method 8, and a check over the first two bytes; of one byte, what it tells.
bool begins_as_zlib(std::string_view data) {
  const auto first = static_cast<unsigned char>(data[0]);
  if ((first & 0x0f) != Z_DEFLATED) return false;
  return data.size() < 2 || (first * 256 + static_cast<unsigned char>(data[1])) % 31 == 0;
}

class ZlibCoding final : public Coding {
 public:
  explicit ZlibCoding(bool deflate) : deflate_(deflate) { open(deflate ? kZlib : kGzip); }
  ~ZlibCoding() override { inflateEnd(&stream_); }

  State add(std::string_view data, std::string& out, std::size_t cap) override {
    if (!begun_ && deflate_ && !begins_as_zlib(data)) {
      inflateEnd(&stream_);
      open(kRaw);
    }
    begun_ = true;
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream_.avail_in = static_cast<uInt>(data.size());
    do {
      if (ended_) {
        // Another member may follow; anything else behind the end is padding.
        if (deflate_ || stream_.avail_in == 0 || *stream_.next_in != kGzipMark) return State::kGoesOn;
        if (inflateReset(&stream_) != Z_OK) return State::kDamaged;
        ended_ = false;
      }
      if (const State state = step(out, cap); state != State::kGoesOn) return state;
    } while (stream_.avail_in > 0 || stream_.avail_out == 0);
    return State::kGoesOn;
  }

  bool at_end() const override { return ended_; }

 private:
  void open(int window_bits) {
    stream_ = z_stream{};
    if (inflateInit2(&stream_, window_bits) != Z_OK) throw std::bad_alloc();
  }

  State step(std::string& out, std::size_t cap) {
    std::array<unsigned char, 16'384> piece;
    stream_.next_out = piece.data();
    stream_.avail_out = piece.size();
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return State::kDamaged;
    const std::size_t got = piece.size() - stream_.avail_out;
    if (got > cap - out.size()) return State::kTooLong;
    out.append(reinterpret_cast<const char*>(piece.data()), got);
    ended_ = result == Z_STREAM_END;
    return State::kGoesOn;
  }

  const bool deflate_;
  z_stream stream_{};
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Coding> gzip_coding() { return std::make_unique<ZlibCoding>(false); }
std::unique_ptr<Coding> deflate_coding() { return std::make_unique<ZlibCoding>(true); }

}  // namespace boardwalk::crawler
