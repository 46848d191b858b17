// The file of `crawl --log`: a JSON line per URL, appended, written when its step is committed. SIGHUP opens
// it anew, so that it can be moved away while a crawl runs.
#pragma once

#include <string>

#include "config/error.hpp"
#include "crawler/log_line.hpp"

namespace boardwalk::cli {

class UrlLog {
 public:
  // kIo when the file cannot be opened for appending; an empty name logs nothing.
  [[nodiscard]] static Result<UrlLog> open(const std::string& name);
  ~UrlLog();
  UrlLog(UrlLog&& other) noexcept;
  UrlLog& operator=(UrlLog&&) = delete;

  // A line that cannot be written is told once on standard error and ends no crawl; the next one begins a line
  // of its own all the same.
  void write(const crawler::LogLine& line);
  void open_anew();

 private:
  explicit UrlLog(std::string name) : name_(std::move(name)) {}
  void tell_once(int reason);

  std::string name_;
  int file_ = -1;
  bool told_ = false;
  bool torn_ = false;  // a line that did not get to its end stands last
};

}  // namespace boardwalk::cli
