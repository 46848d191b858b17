#include "crawler/body_decoder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

#include "crawler/coding.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;  // zlib counts what it is given in 32 bits

struct Known {
  std::string_view name;
  std::unique_ptr<Coding> (*make)();
};

constexpr std::array<Known, 5> kKnown{{{"gzip", gzip_coding},
                                       {"x-gzip", gzip_coding},
                                       {"deflate", deflate_coding},
                                       {"br", brotli_coding},
                                       {"zstd", zstd_coding}}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

const Known* known(std::string_view content_encoding) {
  const std::string coding = lower(content_encoding);
  const auto* const found =
      std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& each) { return each.name == coding; });
  return found == kKnown.end() ? nullptr : found;
}

}  // namespace

bool is_plain(std::string_view content_encoding) {
  return content_encoding.empty() || lower(content_encoding) == "identity";
}

bool is_accepted_coding(std::string_view content_encoding) {
  return is_plain(content_encoding) || known(content_encoding) != nullptr;
}

Decoded decode_body(std::string_view bytes, std::string_view content_encoding, std::size_t cap,
                    std::string& body) {
  body.clear();
  const Known* const coding = known(content_encoding);
  assert(coding != nullptr || is_plain(content_encoding));
  if (coding == nullptr) {
    if (bytes.size() > cap) return Decoded::kTooLong;
    body = bytes;
    return Decoded::kWhole;
  }
  if (bytes.empty()) return Decoded::kWhole;
  const std::unique_ptr<Coding> stream = coding->make();
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    const Coding::State state = stream->add(bytes.substr(0, kPiece), body, cap);
    if (state == Coding::State::kTooLong) return Decoded::kTooLong;
    if (state == Coding::State::kDamaged) return Decoded::kDamaged;
  }
  return stream->at_end() ? Decoded::kWhole : Decoded::kCut;
}

}  // namespace boardwalk::crawler
