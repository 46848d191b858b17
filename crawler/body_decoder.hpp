// Undoes the Content-Encoding of a body while it arrives: gzip (RFC 1952, also several members in a row) and
// deflate (RFC 9110 §8.4.1.2: the zlib format; also without its wrapping, as some servers send it). What
// libcurl does not tell is told here: whether the compressed stream came to its end. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace boardwalk::crawler {

class BodyDecoder {
 public:
  static constexpr const char* kAccepted = "gzip, deflate";  // of Accept-Encoding

  BodyDecoder();
  ~BodyDecoder();

  // Makes it ready for a body with this Content-Encoding (the header's value; empty: none). False for a
  // coding that was not asked for.
  [[nodiscard]] bool begin(std::string_view content_encoding);

  enum class State {
    kGoesOn,
    kTooLong,  // more than `cap` bytes come out of it
    kDamaged,  // not what Content-Encoding says
  };
  // Appends what these bytes decode to; `out` never grows beyond `cap` bytes. REQUIRES: no call before came
  // to anything but kGoesOn.
  [[nodiscard]] State add(std::string_view data, std::string& out, std::size_t cap);

  // Whether the body may end here. One of no bytes at all may.
  [[nodiscard]] bool may_end() const;

 private:
  struct Cleanup {
    void operator()(z_stream_s* stream) const;
  };
  void open(int window_bits);
  State inflate_all(std::string_view data, std::string& out, std::size_t cap);

  std::unique_ptr<z_stream_s, Cleanup> stream_;  // absent: the bytes are as they are
  bool deflate_ = false;
  bool begun_ = false;  // any byte came
  bool ended_ = false;  // the stream's own end was met
};

}  // namespace boardwalk::crawler
