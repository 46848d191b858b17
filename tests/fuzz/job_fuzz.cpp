// The input is a job file; its first line is tried as a `--set` argument too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "config/job.hpp"

namespace config = boardwalk::config;

namespace {

template <typename T>
void check(const boardwalk::Result<T>& result) {
  if (result) return;
  const boardwalk::Error& error = result.error();
  if (error.kind != boardwalk::ErrorKind::kUsage || error.message.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(config::parse_job(text, "job.toml"));
  config::Job job = config::default_job();
  check(config::set_key(job, std::string(text.substr(0, text.find('\n')))));
  return 0;
}
