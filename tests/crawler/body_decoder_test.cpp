// Content codings as servers send them.

#include "crawler/body_decoder.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "crawler/coding.hpp"
#include "tests/crawler/compressed.hpp"
#include "tests/crawler/gzip_bytes.hpp"

using namespace boardwalk::crawler;
using boardwalk::tests::bombs;
using boardwalk::tests::compressed;
using boardwalk::tests::gzip_stored;
using State = Coding::State;

namespace {

constexpr std::size_t kCap = 1 << 20;
const std::string kPage = "<p>reeds and rushes</p>";

std::unique_ptr<Coding> made(const std::string& coding) {
  if (coding == "gzip") return gzip_coding();
  if (coding == "deflate") return deflate_coding();
  return coding == "br" ? brotli_coding() : zstd_coding();
}

struct Result {
  State state = State::kGoesOn;
  std::string body;
  bool whole = false;
};

// In pieces of this size, up to the first one that does not go on.
Result in_pieces(const std::string& coding, const std::string& bytes, std::size_t piece,
                 std::size_t cap = kCap) {
  const auto decoder = made(coding);
  Result out;
  for (std::size_t at = 0; at < bytes.size() && out.state == State::kGoesOn; at += piece)
    out.state = decoder->add(bytes.substr(at, piece), out.body, cap);
  out.whole = decoder->at_end();
  return out;
}

Decoded decoded(const std::string& coding, const std::string& bytes, std::size_t cap = kCap) {
  std::string body;
  return decode_body(bytes, coding, cap, body);
}

// The stored block alone (RFC 1951), as servers send that mean "deflate" literally.
std::string raw_deflate() {
  const std::string gzip = gzip_stored(kPage);
  return gzip.substr(10, gzip.size() - 18);
}

// A frame that any decoder passes over (RFC 8878 §3.1.2).
const std::string kSkippable = std::string("\x53\x2a\x4d\x18\x03\x00\x00\x00", 8) + "egg";

std::string long_page() {
  std::string page;
  for (int i = 0; i < 20'000; ++i) page += "<p>reed " + std::to_string(i * 7919) + "</p>";
  return page;
}

}  // namespace

TEST_CASE("each coding is undone, in pieces of any size") {
  for (const std::string& page : {kPage, long_page()}) {
    auto bodies = compressed(page);
    for (const std::size_t piece : {1, 2, 7, 1000, 1'000'000})
      for (const auto& [coding, bytes] : bodies) {
        INFO(coding << " in pieces of " << piece);
        const Result out = in_pieces(coding, bytes, piece);
        CHECK(out.state == State::kGoesOn);
        CHECK((out.body == page));
        CHECK(out.whole);
      }
  }
  CHECK(in_pieces("deflate", raw_deflate(), 1).body == kPage);
  CHECK(in_pieces("deflate", raw_deflate(), 1000).whole);
}

TEST_CASE("a stream is whole at its last byte and not before") {
  for (const auto& [coding, bytes] : compressed(kPage))
    for (std::size_t length = 1; length < bytes.size(); ++length) {
      INFO(coding << " of " << length);
      CHECK(decoded(coding, bytes.substr(0, length)) == Decoded::kCut);
    }
}

TEST_CASE(
    "a gzip body that is undone in one go is what the stream makes of it, and so is one that cannot be") {
  const std::string page = long_page().substr(0, 3000);
  const std::string gzip = compressed(page)["gzip"];
  std::vector<std::string> bodies{gzip, gzip + gzip, gzip + "reeds", compressed("")["gzip"]};
  for (std::size_t length = 1; length < gzip.size(); ++length) bodies.push_back(gzip.substr(0, length));
  for (std::size_t at = 0; at < gzip.size(); ++at)
    for (const int bit : {0, 3, 7}) {
      bodies.push_back(gzip);
      bodies.back()[at] = static_cast<char>(bodies.back()[at] ^ (1 << bit));
    }
  for (const std::size_t cap : {kCap, page.size(), page.size() - 1})
    for (const auto& bytes : bodies) {
      const Result stream = in_pieces("gzip", bytes, bytes.size(), cap);
      std::string body;
      const Decoded state = decode_body(bytes, "gzip", cap, body);
      CHECK((state == Decoded::kDamaged) == (stream.state == State::kDamaged));
      CHECK((state == Decoded::kTooLong) == (stream.state == State::kTooLong));
      CHECK((state == Decoded::kWhole) == (stream.state == State::kGoesOn && stream.whole));
      CHECK((body == stream.body));
    }
}

TEST_CASE("a length that a gzip body tells falsely holds no memory") {
  const std::string page = long_page();
  std::string bytes = compressed(page)["gzip"] + std::string(8, '\0');
  bytes[bytes.size() - 2] = '\x10';  // a MiB
  std::string body;
  CHECK(decode_body(bytes, "gzip", kCap, body) == Decoded::kWhole);
  CHECK((body == page));
  CHECK(body.capacity() < 2 * page.size() + 4096);
}

TEST_CASE("gzip members and zstd frames in a row are one body") {
  for (const std::string coding : {"gzip", "zstd"}) {
    const std::string bytes = compressed(kPage)[coding];
    for (const std::size_t piece : {1, 3, 1000}) {
      INFO(coding << " in pieces of " << piece);
      const Result two = in_pieces(coding, bytes + bytes, piece);
      CHECK(two.body == kPage + kPage);
      CHECK(two.whole);
    }
    CHECK(decoded(coding, bytes + bytes.substr(0, bytes.size() - 1)) == Decoded::kCut);
    CHECK(decoded(coding, bytes + bytes.substr(0, 3)) == Decoded::kCut);
  }
  const std::string frame = compressed(kPage)["zstd"];
  for (const std::size_t piece : {1, 1000}) {
    CHECK(in_pieces("zstd", frame + kSkippable + frame, piece).body == kPage + kPage);
    CHECK(in_pieces("zstd", frame + kSkippable, piece).whole);
    CHECK(in_pieces("zstd", kSkippable + frame, piece).body == kPage);
  }
}

TEST_CASE("what stands behind the end and begins nothing is padding") {
  for (const auto& [coding, bytes] : compressed(kPage))
    for (const std::string& padding :
         {std::string(9, '\0'), std::string("(reeds)"), std::string("SPAM"), std::string("\x28\xb5\x2fx")})
      for (const std::size_t piece : {1, 1000}) {
        INFO(coding << " and " << padding);
        const Result out = in_pieces(coding, bytes + padding, piece);
        CHECK(out.state == State::kGoesOn);
        CHECK(out.body == kPage);
        CHECK(out.whole);
      }
}

TEST_CASE("the cap counts what comes out") {
  for (const auto& [coding, bytes] : compressed(kPage)) {
    INFO(coding);
    CHECK(decoded(coding, bytes, kPage.size()) == Decoded::kWhole);
    CHECK(decoded(coding, bytes, kPage.size() - 1) == Decoded::kTooLong);
    CHECK(decoded(coding, bytes, 0) == Decoded::kTooLong);
  }
  CHECK(decoded("", kPage, kPage.size()) == Decoded::kWhole);
  CHECK(decoded("", kPage, kPage.size() - 1) == Decoded::kTooLong);
}

TEST_CASE("bytes of no coding, and wrong check sums, are damage") {
  for (const std::string coding : {"gzip", "br", "zstd"}) {
    INFO(coding);
    CHECK(decoded(coding, "<p>reeds and rushes, as they are</p>") == Decoded::kDamaged);
  }
  std::string wrong = gzip_stored(kPage);
  wrong[wrong.size() - 6] = static_cast<char>(wrong[wrong.size() - 6] ^ 1);
  CHECK(decoded("gzip", wrong) == Decoded::kDamaged);
}

TEST_CASE("a zstd frame whose window is larger than a browser grants is refused before it costs memory") {
  // Magic, descriptor without a size of content, window descriptor 2^31 (RFC 8878 §3.1.1).
  CHECK(decoded("zstd", std::string("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9)) == Decoded::kDamaged);
}

TEST_CASE("codings in a row are undone from the last to the first") {
  for (const auto& [first, inner] : compressed(kPage))
    for (const auto& [second, outer] : compressed(inner)) {
      const std::string both = first + ", " + second;
      INFO(both);
      std::string body;
      CHECK(decode_body(outer, both, kCap, body) == Decoded::kWhole);
      CHECK(body == kPage);
      CHECK(decoded(both, outer, kPage.size() - 1) == Decoded::kTooLong);
      CHECK(decoded(both, outer.substr(0, outer.size() - 1)) == Decoded::kCut);
      CHECK(decoded(both, compressed(inner.substr(0, inner.size() - 1))[second]) == Decoded::kCut);
      CHECK(decoded(both, compressed(kPage)[second]) == Decoded::kDamaged);
    }
  std::string thrice = kPage;
  for (const char* coding : {"gzip", "br", "zstd"}) thrice = compressed(thrice)[coding];
  CHECK(decoded("gzip,identity,\tBR , zstd", thrice) == Decoded::kWhole);
}

TEST_CASE("a bomb of bombs is held to the cap at each coding") {
  for (const auto& [first, inner] : bombs(std::size_t{64} << 20))
    for (const auto& [second, outer] : compressed(inner)) {
      const std::string both = first + ", " + second;
      INFO(both);
      std::string body;
      CHECK(decode_body(outer, both, kCap, body) == Decoded::kTooLong);
      CHECK(body.size() <= kCap);
    }
  CHECK(decoded("gzip, br", bombs(std::size_t{64} << 20)["br"]) == Decoded::kTooLong);
}

TEST_CASE("codings are known in any case, up to five in a row: none of the others is accepted") {
  for (const char* coding : {"gzip", "X-GZIP", "Deflate", "br", "BR", "zstd", "identity", "", "gzip, br",
                             "br,br,br,br,br", "identity, gzip", ","})
    CHECK(is_accepted_coding(coding));
  for (const char* coding : {"gzip, compress", "compress", "reeds", "gzip;q=1", "br,br,br,br,br,br"})
    CHECK_FALSE(is_accepted_coding(coding));
  CHECK(is_plain("Identity"));
  CHECK(is_plain(" identity , identity"));
  CHECK_FALSE(is_plain("br"));
}

TEST_CASE("what servers that are set up wrongly say of a plain body is no coding") {
  for (const char* coding : {"UTF-8", "utf8", "GBK", "gb2312", "ISO-8859-1", "none", "None", "binary", "8bit",
                             "7bit", "utf-8, identity"}) {
    INFO(coding);
    CHECK(is_plain(coding));
    CHECK(decoded(coding, kPage) == Decoded::kWhole);
  }
  CHECK_FALSE(is_plain("gzip, utf-8"));
  CHECK(decoded("gzip, utf-8", gzip_stored(kPage)) == Decoded::kWhole);
  for (const char* coding : {"utf-8;q=1", "9bit", "charset", "text/html", "base64", "aws-chunked"})
    CHECK_FALSE(is_accepted_coding(coding));
}
