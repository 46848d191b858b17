// Streams of bytes made smaller: gzip (RFC 1952) and zstd (RFC 8878), at the levels that the tools of those
// names use by themselves.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace boardwalk::store {

enum class Compression { kNone, kGzip, kZstd };

// `none`, `gzip` and `zstd`; nullopt for any other word.
[[nodiscard]] std::optional<Compression> compression_from(std::string_view word);
[[nodiscard]] std::string_view to_string(Compression compression);

class Compressor {
 public:
  explicit Compressor(Compression compression);
  ~Compressor();
  Compressor(Compressor&&) noexcept;
  Compressor& operator=(Compressor&&) noexcept;

  // Appends to `out` what comes out by now.
  void add(std::string_view bytes, std::string& out);
  // Ends the stream. What is added afterwards begins another one behind it.
  void finish(std::string& out);

 private:
  struct Stream;
  struct Gzip;
  struct Zstd;
  std::unique_ptr<Stream> stream_;  // none: bytes pass as they are
};

}  // namespace boardwalk::store
