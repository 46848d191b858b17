#include "crawler/body_decoder.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "config/ascii.hpp"
#include "crawler/coding.hpp"
#include "crawler/whole_gzip.hpp"
#include "parsers/charset_label.hpp"

namespace boardwalk::crawler {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;  // zlib counts what it is given in 32 bits
constexpr std::size_t kMostCodings = 5;               // of one body; no server has a reason for more than two

struct Known {
  std::string_view name;
  std::unique_ptr<Coding> (*make)();
};

constexpr std::array<Known, 5> kKnown{{{"gzip", gzip_coding},
                                       {"x-gzip", gzip_coding},
                                       {"deflate", deflate_coding},
                                       {"br", brotli_coding},
                                       {"zstd", zstd_coding}}};

// What servers call a body that is not coded: besides the name that there is for it, what mail calls that, or
// the page's charset.
bool is_no_coding(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kNames{"identity", "none", "binary", "8bit", "7bit"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || !parsers::charset_of(name).empty();
}

// In the order in which they were applied; nullopt when one is unknown, or there are too many.
std::optional<std::vector<const Known*>> codings_of(std::string_view content_encoding) {
  std::vector<const Known*> codings;
  const std::string list = ascii::lowered(content_encoding);
  for (std::string_view rest = list; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view name = ascii::trimmed_ows(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (name.empty()) continue;
    const auto* const found =
        std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& each) { return each.name == name; });
    if (found == kKnown.end() && is_no_coding(name)) continue;
    if (found == kKnown.end() || codings.size() == kMostCodings) return std::nullopt;
    codings.push_back(found);
  }
  return codings;
}

Decoded undo(const Known& known, std::string_view bytes, std::size_t cap, std::string& body) {
  if (known.make == gzip_coding && undo_whole_gzip(bytes, cap, body)) return Decoded::kWhole;
  std::string().swap(body);  // with the room that a false length asked for
  const std::unique_ptr<Coding> coding = known.make();
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    const Coding::State state = coding->add(bytes.substr(0, kPiece), body, cap);
    if (state == Coding::State::kTooLong) return Decoded::kTooLong;
    if (state == Coding::State::kDamaged) return Decoded::kDamaged;
  }
  return coding->at_end() ? Decoded::kWhole : Decoded::kCut;
}

}  // namespace

bool is_plain(std::string_view content_encoding) {
  const auto codings = codings_of(content_encoding);
  return codings && codings->empty();
}

bool is_accepted_coding(std::string_view content_encoding) {
  return codings_of(content_encoding).has_value();
}

std::size_t most_coded(std::size_t cap) { return cap + cap / 64 + 1024; }

Decoded decode_body(std::string_view bytes, std::string_view content_encoding, std::size_t cap,
                    std::string& body) {
  const auto codings = codings_of(content_encoding);
  assert(codings);
  body.clear();
  if (codings->empty()) {
    if (bytes.size() > cap) return Decoded::kTooLong;
    body = bytes;
    return Decoded::kWhole;
  }
  Decoded whole = Decoded::kWhole;
  std::string coded;
  for (std::size_t left = codings->size(); left > 0 && !bytes.empty(); --left) {
    const auto state = undo(*(*codings)[left - 1], bytes, left == 1 ? cap : most_coded(cap), body);
    if (state == Decoded::kDamaged) return whole == Decoded::kWhole ? state : whole;
    if (whole == Decoded::kWhole) whole = state;
    if (left > 1) coded = std::exchange(body, {});
    bytes = coded;
  }
  return whole;
}

}  // namespace boardwalk::crawler
