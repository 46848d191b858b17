#include <brotli/decode.h>

#include <array>
#include <new>

#include "crawler/coding.hpp"

namespace boardwalk::crawler {
namespace {

class BrotliCoding final : public Coding {
 public:
  BrotliCoding() : decoder_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (decoder_ == nullptr) throw std::bad_alloc();
  }
  ~BrotliCoding() override { BrotliDecoderDestroyInstance(decoder_); }

  State add(std::string_view data, std::string& out, std::size_t cap) override {
    const auto* next = reinterpret_cast<const std::uint8_t*>(data.data());
    std::size_t left = data.size();
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (!ended_ && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
      std::array<std::uint8_t, 16'384> piece;
      std::uint8_t* end = piece.data();
      std::size_t room = piece.size();
      result = BrotliDecoderDecompressStream(decoder_, &left, &next, &room, &end, nullptr);
      if (result == BROTLI_DECODER_RESULT_ERROR) return State::kDamaged;
      const std::size_t got = piece.size() - room;
      if (got > cap - out.size()) return State::kTooLong;
      out.append(reinterpret_cast<const char*>(piece.data()), got);
      ended_ = result == BROTLI_DECODER_RESULT_SUCCESS;
    }
    return State::kGoesOn;
  }

  bool at_end() const override { return ended_; }

 private:
  BrotliDecoderState* const decoder_;
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Coding> brotli_coding() { return std::make_unique<BrotliCoding>(); }

}  // namespace boardwalk::crawler
