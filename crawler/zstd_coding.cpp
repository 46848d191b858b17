#include <zstd.h>

#include <algorithm>
#include <array>
#include <new>

#include "crawler/coding.hpp"

namespace boardwalk::crawler {
namespace {

constexpr int kWindowLog = 23;  // RFC 9659 §3
constexpr std::size_t kMarkBytes = 4;

// Whether these bytes, at most four, begin a frame or a skippable one (RFC 8878 §3.1).
bool begins_frame(std::string_view bytes) {
  constexpr std::string_view kFrame{"\x28\xb5\x2f\xfd"};
  constexpr std::string_view kSkippable{"\x2a\x4d\x18"};
  if (kFrame.starts_with(bytes)) return true;
  return (static_cast<unsigned char>(bytes[0]) & 0xf0) == 0x50 && kSkippable.starts_with(bytes.substr(1));
}

class ZstdCoding final : public Coding {
 public:
  ZstdCoding() : decoder_(ZSTD_createDCtx()) {
    if (decoder_ == nullptr) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(decoder_, ZSTD_d_windowLogMax, kWindowLog);
  }
  ~ZstdCoding() override { ZSTD_freeDCtx(decoder_); }

  State add(std::string_view data, std::string& out, std::size_t cap) override {
    while (!data.empty()) {
      if (padding_) return State::kGoesOn;
      const State state = ended_ ? look_behind(data, out, cap) : decode(data, out, cap);
      if (state != State::kGoesOn) return state;
    }
    return State::kGoesOn;
  }

  bool at_end() const override { return ended_ && (mark_.empty() || padding_); }

 private:
  // Behind a frame: another one, or padding; four bytes tell.
  State look_behind(std::string_view& data, std::string& out, std::size_t cap) {
    const std::size_t taken = std::min(kMarkBytes - mark_.size(), data.size());
    mark_ += data.substr(0, taken);
    data.remove_prefix(taken);
    padding_ = !begins_frame(mark_);
    if (padding_ || mark_.size() < kMarkBytes) return State::kGoesOn;
    ended_ = false;
    std::string_view mark = mark_;
    const State state = decode(mark, out, cap);
    mark_.clear();
    return state;
  }

  // Takes from `data` what belongs to the frame.
  State decode(std::string_view& data, std::string& out, std::size_t cap) {
    ZSTD_inBuffer in{data.data(), data.size(), 0};
    bool full = false;
    do {
      std::array<char, 16'384> piece;
      ZSTD_outBuffer decoded{piece.data(), piece.size(), 0};
      const std::size_t left = ZSTD_decompressStream(decoder_, &decoded, &in);
      if (ZSTD_isError(left) != 0) return State::kDamaged;
      if (decoded.pos > cap - out.size()) return State::kTooLong;
      out.append(piece.data(), decoded.pos);
      ended_ = left == 0;
      full = decoded.pos == decoded.size;
    } while (!ended_ && (in.pos < in.size || full));
    data.remove_prefix(in.pos);
    return State::kGoesOn;
  }

  ZSTD_DCtx* const decoder_;
  bool ended_ = false;    // a frame's end was met, and no other one began
  bool padding_ = false;  // what stands behind it is none of the body
  std::string mark_;      // the bytes behind a frame, while they may begin another one
};

}  // namespace

std::unique_ptr<Coding> zstd_coding() { return std::make_unique<ZstdCoding>(); }

}  // namespace boardwalk::crawler
