// One request and its answer on a libcurl easy handle: the options that keep a fetch within its limits, the
// callbacks that watch them, and the outcome that its end amounts to. Used on the network thread only.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/job.hpp"
#include "crawler/fetcher.hpp"

struct curl_slist;
struct sockaddr;

namespace boardwalk::crawler {

class Transfer {
 public:
  // `options`, of hosts without settings of their own, and `seam` must outlive the transfer.
  Transfer(const config::Job::Fetch& options, std::int64_t page_bytes, const NetworkSeam& seam);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // Makes the handle ready for its one request: libcurl (7.88) carries what an answer left behind over to the
  // handle's next one, and reads it there, whatever curl_easy_reset() has forgotten. False for a request that
  // must not be sent (a URL longer than 8 KiB, a port of another service): finish() tells why.
  [[nodiscard]] bool begin(FetchRequest request);

  // What the request came to; `code` is libcurl's CURLcode.
  [[nodiscard]] FetchResult finish(int code);

  // libcurl's easy handle, owned by the transfer.
  [[nodiscard]] void* handle() const { return easy_.get(); }

 private:
  struct Callbacks;  // libcurl's, which know a transfer by its address
  struct Cleanup {
    void operator()(void* easy) const;
    void operator()(curl_slist* list) const;
  };
  // Where the answer stands: before a status line, in a header block, behind the last one.
  enum class Stage { kStatusLine, kHeaders, kBody };

  void refuse_early();
  void set_target();
  void set_limits();
  void set_callbacks();
  void set_headers();
  void set_cookies();
  void set_addresses(const std::string& host, int port);
  [[nodiscard]] std::vector<std::string> jar() const;
  [[nodiscard]] bool take_header(std::string_view line);
  void take_status(std::string_view line);
  [[nodiscard]] bool end_headers();
  [[nodiscard]] bool take_body(std::string_view data);
  [[nodiscard]] bool permits(const sockaddr& address);
  void judge(int code);
  void blame_proxy();
  [[nodiscard]] parsers::Outcome failure(int code);

  const config::Job::Fetch& options_;
  const NetworkSeam& seam_;
  const config::Job::Fetch* settings_ = nullptr;  // of the request's host
  const std::int64_t page_bytes_;
  std::unique_ptr<void, Cleanup> easy_;
  std::unique_ptr<curl_slist, Cleanup> request_headers_;
  std::unique_ptr<curl_slist, Cleanup> addresses_;
  std::array<char, 256> error_{};  // libcurl writes the reason of a failure here

  FetchRequest request_;
  std::vector<std::string> jar_before_;  // the cookies that it was sent with
  FetchResult result_;
  Stage stage_ = Stage::kStatusLine;
  std::string reason_;                             // behind the status
  std::size_t header_bytes_ = 0;                   // of all header blocks, 1xx and trailers too
  std::optional<parsers::Outcome> refused_early_;  // with result_.detail
  bool headers_too_long_ = false;
  bool body_too_long_ = false;
  bool has_enough_ = false;     // of a body of which only the beginning was asked for
  std::string coding_trouble_;  // what was wrong with the Content-Encoding; empty when nothing was
  std::size_t most_body_ = 0;   // bytes of the body as it is sent
  bool tried_ = false;          // to connect to a permitted address
  std::string refused_;         // the last address that was not permitted
};

}  // namespace boardwalk::crawler
