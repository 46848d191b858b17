// One content coding (RFC 9110 §8.4.1), undone piece by piece. What libcurl does not tell is told here:
// whether the compressed stream came to its end. Not thread-safe; memory is bounded whatever the bytes say.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace boardwalk::crawler {

class Coding {
 public:
  enum class State {
    kGoesOn,
    kTooLong,  // more than `cap` bytes come out of it
    kDamaged,  // not of this coding
  };

  Coding() = default;
  virtual ~Coding() = default;
  Coding(const Coding&) = delete;
  Coding& operator=(const Coding&) = delete;

  // Appends what these bytes decode to; `out` never grows beyond `cap` bytes. REQUIRES: `data` is not empty,
  // and no call before came to anything but kGoesOn.
  [[nodiscard]] virtual State add(std::string_view data, std::string& out, std::size_t cap) = 0;

  // Whether the stream was whole so far. What stands behind its end and begins no further one is padding.
  [[nodiscard]] virtual bool at_end() const = 0;
};

// RFC 1952, also several members in a row.
[[nodiscard]] std::unique_ptr<Coding> gzip_coding();
// RFC 9110 §8.4.1.2: the zlib format; also without its wrapping, as some servers send it.
[[nodiscard]] std::unique_ptr<Coding> deflate_coding();
// RFC 7932.
[[nodiscard]] std::unique_ptr<Coding> brotli_coding();
// RFC 8878, also several frames in a row; windows of at most 8 MiB (RFC 9659).
[[nodiscard]] std::unique_ptr<Coding> zstd_coding();

}  // namespace boardwalk::crawler
