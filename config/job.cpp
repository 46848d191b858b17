#include "config/job.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "config/job_keys.hpp"
#include "config/whole_file.hpp"

namespace boardwalk::config {
namespace {

Result<Job> overlay(Job job, std::string_view toml_text, const std::string& name) {
  if (auto read = job_keys().read(job, toml_text, name); !read) return tl::unexpected(read.error());
  return job;
}

}  // namespace

Job default_job() {
  static const Job job = [] {
    auto parsed = overlay(Job{}, kDefaultJob, "default.toml");
    if (!parsed) throw std::logic_error("the built-in default job does not check: " + parsed.error().message);
    parsed->named.clear();
    return *parsed;
  }();
  return job;
}

Result<Job> parse_job(std::string_view toml_text, const std::string& name) {
  return overlay(default_job(), toml_text, name);
}

Result<Job> load_job(const std::string& file) {
  const auto text = read_whole_file(file);
  if (!text)
    return fail(ErrorKind::kNotFound,
                fmt::format("cannot read job file {}: {}; name a TOML job file or a URL", file,
                            std::strerror(errno)));
  return parse_job(*text, file);
}

Result<void> set_key(Job& job, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos)
    return fail(
        ErrorKind::kUsage,
        fmt::format("--set {}: write section.key=value, for example --set fetch.delay=2s", assignment));
  const std::string name = assignment.substr(0, equals);
  const std::string value = assignment.substr(equals + 1);
  const auto* key = job_keys().find(name);
  if (key == nullptr)
    return fail(ErrorKind::kUsage, fmt::format("--set {}: {}", name, job_keys().unknown(name)));
  // The bare word first as TOML (numbers, booleans, lists), then as a string; a string key takes the word as
  // it stands.
  const toml::value<std::string> bare(value);
  std::optional<Wrong> wrong;
  try {
    const toml::table table = toml::parse("value = " + value);
    wrong = key->apply(job, *table.get("value"));
    if (wrong && !table.get("value")->is_string() && !key->apply(job, bare)) wrong.reset();
  } catch (const toml::parse_error&) {
    wrong = key->apply(job, bare);
  }
  if (wrong) return fail(ErrorKind::kUsage, fmt::format("--set {}: {}", name, wrong->what));
  return {};
}

}  // namespace boardwalk::config
