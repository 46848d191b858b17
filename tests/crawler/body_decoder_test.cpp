// Content codings as servers send them.

#include "crawler/body_decoder.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/crawler/gzip_bytes.hpp"

using boardwalk::crawler::BodyDecoder;
using boardwalk::tests::gzip_stored;
using State = BodyDecoder::State;

namespace {

constexpr std::size_t kCap = 1 << 20;
const std::string kPage = "<p>reeds and rushes</p>";

struct Decoded {
  State state = State::kGoesOn;
  std::string body;
  bool whole = false;
};

// In pieces of this size, up to the first one that does not go on.
Decoded decoded(const std::string& coding, const std::string& bytes, std::size_t piece,
                std::size_t cap = kCap) {
  BodyDecoder decoder;
  REQUIRE(decoder.begin(coding));
  Decoded out;
  for (std::size_t at = 0; at < bytes.size() && out.state == State::kGoesOn; at += piece)
    out.state = decoder.add(bytes.substr(at, piece), out.body, cap);
  out.whole = decoder.may_end();
  return out;
}

// The stored block alone (RFC 1951), as servers send that mean "deflate" literally.
std::string raw_deflate() {
  const std::string gzip = gzip_stored(kPage);
  return gzip.substr(10, gzip.size() - 18);
}

std::string zlib_format() {
  unsigned a = 1, b = 0;  // Adler-32 (RFC 1950 §9)
  for (const char c : kPage) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  std::string out = "\x78\x01" + raw_deflate();
  for (const unsigned value : {b >> 8, b, a >> 8, a}) out += static_cast<char>(value & 0xff);
  return out;
}

}  // namespace

TEST_CASE("each coding is undone, in pieces of any size") {
  for (const std::size_t piece : {1, 2, 7, 1000}) {
    for (const auto& [coding, bytes] : {std::pair<std::string, std::string>{"gzip", gzip_stored(kPage)},
                                        {"X-GZIP", gzip_stored(kPage)},
                                        {"deflate", zlib_format()},
                                        {"deflate", raw_deflate()},
                                        {"identity", kPage},
                                        {"", kPage}}) {
      INFO(coding << " in pieces of " << piece);
      const Decoded out = decoded(coding, bytes, piece);
      CHECK(out.state == State::kGoesOn);
      CHECK(out.body == kPage);
      CHECK(out.whole);
    }
  }
}

TEST_CASE("gzip members in a row are one body, padding behind them is none of it") {
  for (const std::size_t piece : {1, 1000}) {
    const Decoded two = decoded("gzip", gzip_stored(kPage) + gzip_stored(kPage), piece);
    CHECK(two.body == kPage + kPage);
    CHECK(two.whole);
    const Decoded padded = decoded("gzip", gzip_stored(kPage) + std::string(9, '\0'), piece);
    CHECK(padded.state == State::kGoesOn);
    CHECK(padded.body == kPage);
    CHECK(padded.whole);
  }
  CHECK_FALSE(decoded("gzip", gzip_stored(kPage) + gzip_stored(kPage).substr(0, 30), 1000).whole);
}

TEST_CASE("the cap counts what comes out, and a wrong check sum is damage") {
  CHECK(decoded("gzip", gzip_stored(kPage), 1000, kPage.size()).state == State::kGoesOn);
  CHECK(decoded("gzip", gzip_stored(kPage), 1000, kPage.size() - 1).state == State::kTooLong);
  CHECK(decoded("", kPage, 1000, kPage.size() - 1).state == State::kTooLong);
  std::string wrong = gzip_stored(kPage);
  wrong[wrong.size() - 6] = static_cast<char>(wrong[wrong.size() - 6] ^ 1);
  CHECK(decoded("gzip", wrong, 1000).state == State::kDamaged);
}

TEST_CASE("codings that were not asked for are refused") {
  BodyDecoder decoder;
  for (const char* coding : {"br", "zstd", "gzip, gzip", "compress"}) CHECK_FALSE(decoder.begin(coding));
}
