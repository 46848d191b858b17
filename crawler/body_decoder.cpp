#include "crawler/body_decoder.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace boardwalk::crawler {
namespace {

constexpr int kGzip = MAX_WBITS + 16;
constexpr int kZlib = MAX_WBITS;
constexpr int kRaw = -MAX_WBITS;
constexpr unsigned char kGzipMark = 0x1f;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

// RFC 1950 §2.2: method 8, and a check over the first two bytes; of one byte, what it tells.
bool begins_as_zlib(std::string_view data) {
  const auto first = static_cast<unsigned char>(data[0]);
  if ((first & 0x0f) != Z_DEFLATED) return false;
  return data.size() < 2 || (first * 256 + static_cast<unsigned char>(data[1])) % 31 == 0;
}

}  // namespace

void BodyDecoder::Cleanup::operator()(z_stream_s* stream) const {
  inflateEnd(stream);
  delete stream;
}

BodyDecoder::BodyDecoder() = default;
BodyDecoder::~BodyDecoder() = default;

void BodyDecoder::open(int window_bits) {
  stream_.reset();
  auto fresh = std::make_unique<z_stream>();
  if (inflateInit2(fresh.get(), window_bits) != Z_OK) throw std::bad_alloc();
  stream_.reset(fresh.release());
}

bool BodyDecoder::begin(std::string_view content_encoding) {
  const std::string coding = lower(content_encoding);
  stream_.reset();
  begun_ = ended_ = false;
  deflate_ = coding == "deflate";
  if (coding == "gzip" || coding == "x-gzip")
    open(kGzip);
  else if (deflate_)
    open(kZlib);
  else
    return coding.empty() || coding == "identity";
  return true;
}

BodyDecoder::State BodyDecoder::add(std::string_view data, std::string& out, std::size_t cap) {
  if (data.empty()) return State::kGoesOn;
  if (!stream_) {
    if (data.size() > cap - out.size()) return State::kTooLong;
    out.append(data);
    return State::kGoesOn;
  }
  if (!begun_ && deflate_ && !begins_as_zlib(data)) open(kRaw);
  begun_ = true;
  return inflate_all(data, out, cap);
}

BodyDecoder::State BodyDecoder::inflate_all(std::string_view data, std::string& out, std::size_t cap) {
  std::array<unsigned char, 16'384> piece;
  z_stream& stream = *stream_;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
  stream.avail_in = static_cast<uInt>(data.size());
  int result = Z_OK;
  do {
    if (ended_) {
      // Another member may follow; anything else behind the end is padding.
      if (deflate_ || stream.avail_in == 0 || *stream.next_in != kGzipMark) return State::kGoesOn;
      if (inflateReset(&stream) != Z_OK) return State::kDamaged;
      ended_ = false;
    }
    stream.next_out = piece.data();
    stream.avail_out = piece.size();
    result = inflate(&stream, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return State::kDamaged;
    const std::size_t got = piece.size() - stream.avail_out;
    if (got > cap - out.size()) return State::kTooLong;
    out.append(reinterpret_cast<const char*>(piece.data()), got);
    ended_ = result == Z_STREAM_END;
  } while (stream.avail_in > 0 || stream.avail_out == 0);
  return State::kGoesOn;
}

bool BodyDecoder::may_end() const { return !stream_ || !begun_ || ended_; }

}  // namespace boardwalk::crawler
