#include "store/export/compressor.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>

namespace boardwalk::store {
namespace {

constexpr std::array<std::pair<Compression, std::string_view>, 3> kWords{
    {{Compression::kNone, "none"}, {Compression::kGzip, "gzip"}, {Compression::kZstd, "zstd"}}};
constexpr std::size_t kStep = std::size_t{128} * 1024;  // output is made in pieces of this size
constexpr int kGzipWindow = 15 + 16;                    // the largest window, in gzip's frame

}  // namespace

std::optional<Compression> compression_from(std::string_view word) {
  for (const auto& [compression, name] : kWords)
    if (word == name) return compression;
  return std::nullopt;
}

std::string_view to_string(Compression compression) {
  return kWords[static_cast<std::size_t>(compression)].second;
}

struct Compressor::Stream {
  virtual ~Stream() = default;
  virtual void add(std::string_view bytes, bool last, std::string& out) = 0;
};

struct Compressor::Gzip : Stream {
  Gzip() {
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();
  }
  ~Gzip() override { deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  void add(std::string_view bytes, bool last, std::string& out) override {
    do {
      const std::size_t size = std::min<std::size_t>(bytes.size(), std::numeric_limits<int>::max());
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
      stream_.avail_in = static_cast<uInt>(size);
      bytes.remove_prefix(size);
      run(last && bytes.empty() ? Z_FINISH : Z_NO_FLUSH, out);
    } while (!bytes.empty());
    if (last) deflateReset(&stream_);
  }

 private:
  void run(int flush, std::string& out) {
    do {
      const std::size_t before = out.size();
      out.resize(before + kStep);
      stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      stream_.avail_out = kStep;
      deflate(&stream_, flush);
      out.resize(before + kStep - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
};

struct Compressor::Zstd : Stream {
  void add(std::string_view bytes, bool last, std::string& out) override {
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      const std::size_t before = out.size();
      out.resize(before + kStep);
      ZSTD_outBuffer to{out.data() + before, kStep, 0};
      left = ZSTD_compressStream2(context_.get(), &to, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      if (ZSTD_isError(left) != 0) throw std::bad_alloc();  // the only way in which it can fail
      out.resize(before + to.pos);
    } while (in.pos < in.size || (last && left != 0));
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context_{ZSTD_createCCtx()};
};

Compressor::Compressor(Compression compression) {
  if (compression == Compression::kGzip) stream_ = std::make_unique<Gzip>();
  if (compression == Compression::kZstd) stream_ = std::make_unique<Zstd>();
}
Compressor::~Compressor() = default;
Compressor::Compressor(Compressor&&) noexcept = default;
Compressor& Compressor::operator=(Compressor&&) noexcept = default;

void Compressor::add(std::string_view bytes, std::string& out) {
  stream_ ? stream_->add(bytes, false, out) : static_cast<void>(out += bytes);
}

void Compressor::finish(std::string& out) {
  if (stream_) stream_->add({}, true, out);
}

}  // namespace boardwalk::store
