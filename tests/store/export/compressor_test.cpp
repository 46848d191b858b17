#include "store/export/compressor.hpp"

#include <zlib.h>
#include <zstd.h>

#include <catch2/catch.hpp>

using namespace boardwalk::store;

namespace {

std::string sample() {
  std::string text;
  for (long i = 0; i < 300000; ++i) text += std::to_string(i * 7919 % 10007) + " 碼頭\n";
  return text;
}

std::string compressed(Compression compression, const std::string& text, std::size_t piece) {
  Compressor compressor(compression);
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += piece)
    compressor.add(std::string_view(text).substr(at, piece), out);
  compressor.finish(out);
  return out;
}

// What zlib makes of one member of gzip at the front of `bytes`, which moves behind it.
std::string one_member(std::string_view& bytes) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 15 + 16) == Z_OK);
  std::string text;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  int status = Z_OK;
  while (status == Z_OK) {
    const std::size_t before = text.size();
    text.resize(before + 65536);
    stream.next_out = reinterpret_cast<Bytef*>(text.data() + before);
    stream.avail_out = 65536;
    status = inflate(&stream, Z_NO_FLUSH);
    text.resize(before + 65536 - stream.avail_out);
  }
  REQUIRE(status == Z_STREAM_END);
  bytes.remove_prefix(bytes.size() - stream.avail_in);
  inflateEnd(&stream);
  return text;
}

}  // namespace

TEST_CASE("gzip gives the bytes back, whatever the pieces they came in") {
  const std::string text = sample();
  for (const std::size_t piece : {std::size_t{1009}, text.size()}) {
    const std::string small = compressed(Compression::kGzip, text, piece);
    CHECK(small.size() < text.size() / 2);
    std::string_view rest = small;
    CHECK(one_member(rest) == text);
    CHECK(rest.empty());
  }
}

TEST_CASE("zstd gives the bytes back, whatever the pieces they came in") {
  const std::string text = sample();
  for (const std::size_t piece : {std::size_t{1009}, text.size()}) {
    const std::string small = compressed(Compression::kZstd, text, piece);
    CHECK(small.size() < text.size() / 2);
    std::string back(text.size() + 1, '\0');
    const std::size_t size = ZSTD_decompress(back.data(), back.size(), small.data(), small.size());
    REQUIRE(ZSTD_isError(size) == 0);
    back.resize(size);
    CHECK(back == text);
  }
}

TEST_CASE("a finished stream is followed by another one") {
  Compressor gzip(Compression::kGzip);
  std::string out;
  for (const std::string text : {"one", "", "three"}) {
    gzip.add(text, out);
    gzip.finish(out);
  }
  std::string_view rest = out;
  CHECK(one_member(rest) == "one");
  CHECK(one_member(rest).empty());
  CHECK(one_member(rest) == "three");
  CHECK(rest.empty());
}

TEST_CASE("without compression bytes pass as they are") {
  CHECK(compressed(Compression::kNone, "as it is", 3) == "as it is");
  CHECK(compression_from("zstd") == Compression::kZstd);
  CHECK(to_string(Compression::kGzip) == "gzip");
  CHECK_FALSE(compression_from("rar"));
}
