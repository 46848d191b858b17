#include "config/job.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "config/checked_toml.hpp"
#include "config/quantity.hpp"

namespace boardwalk::config {
namespace {

template <typename T>
Apply<Job> integer(T field, std::int64_t low, std::int64_t high) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    const auto number = value.as_integer();
    if (number == nullptr) return wrong_type("an integer", value);
    if (number->get() < low || number->get() > high)
      return fmt::format("{} is out of range; it may be {} to {}", number->get(), low, high);
    field(job) = number->get();
    return std::nullopt;
  };
}

template <typename T>
Apply<Job> boolean(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    const auto flag = value.as_boolean();
    if (flag == nullptr) return wrong_type("true or false", value);
    field(job) = flag->get();
    return std::nullopt;
  };
}

template <typename T>
Apply<Job> text(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    const auto words = value.as_string();
    if (words == nullptr) return wrong_type("a string", value);
    if (words->get().empty()) return "may not be empty";
    field(job) = words->get();
    return std::nullopt;
  };
}

template <typename T>
Apply<Job> texts(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    std::vector<std::string> list;
    if (auto wrong = read_texts(value, list)) return wrong;
    field(job) = std::move(list);
    return std::nullopt;
  };
}

// A string that `read` turns into the field's value; `how` teaches the reader to write one.
template <typename T, typename R>
Apply<Job> reads(T field, R read, const std::string& what, const std::string& how) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    const auto words = value.as_string();
    if (words == nullptr) return wrong_type(what + " in quotes", value);
    const auto result = read(words->get());
    if (!result) return fmt::format("\"{}\" is not {}; {}", words->get(), what, how);
    field(job) = *result;
    return std::nullopt;
  };
}

template <typename T>
Apply<Job> duration(T field) {
  return reads(field, duration_from, "a duration",
               R"(write a whole number and a unit: "500ms", "2s", "5m", "1h", "1d", "1w")");
}

template <typename T>
Apply<Job> size(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    if (value.is_integer()) return integer(field, 1, std::int64_t{1} << 40)(job, value);
    return reads(field, size_from, "a size", R"(write bytes, or "512KiB", "8MiB", "1GiB")")(job, value);
  };
}

std::optional<Sync> sync_from(std::string_view word) {
  if (word == "always") return Sync::kAlways;
  if (word == "100ms") return Sync::kEvery100ms;
  if (word == "os") return Sync::kOs;
  return std::nullopt;
}

// A field of the job, for the setters above.
template <auto Member>
auto& top(Job& job) {
  return job.*Member;
}

template <auto Section, auto Member>
auto& in(Job& job) {
  return job.*Section.*Member;
}

// Every key there is. The defaults are not here: they stand in default.toml.
const Keys<Job>& keys() {
  static const Keys<Job> list{
      {"seeds", texts(top<&Job::seeds>)},
      {"scope.hosts", texts(in<&Job::scope, &Job::Scope::hosts>)},
      {"scope.include", texts(in<&Job::scope, &Job::Scope::include>)},
      {"scope.exclude", texts(in<&Job::scope, &Job::Scope::exclude>)},
      {"scope.depth", integer(in<&Job::scope, &Job::Scope::depth>, 0, 1'000'000)},
      {"fetch.delay", duration(in<&Job::fetch, &Job::Fetch::delay>)},
      {"fetch.per_host", integer(in<&Job::fetch, &Job::Fetch::per_host>, 1, 256)},
      {"fetch.concurrency", integer(in<&Job::fetch, &Job::Fetch::concurrency>, 1, 4096)},
      {"fetch.obey_robots", boolean(in<&Job::fetch, &Job::Fetch::obey_robots>)},
      {"fetch.user_agent", text(in<&Job::fetch, &Job::Fetch::user_agent>)},
      {"fetch.connect_timeout", duration(in<&Job::fetch, &Job::Fetch::connect_timeout>)},
      {"fetch.timeout", duration(in<&Job::fetch, &Job::Fetch::timeout>)},
      {"fetch.min_speed", integer(in<&Job::fetch, &Job::Fetch::min_speed>, 0, 1'000'000'000)},
      {"fetch.stall_time", duration(in<&Job::fetch, &Job::Fetch::stall_time>)},
      {"fetch.retries", integer(in<&Job::fetch, &Job::Fetch::retries>, 0, 100)},
      {"fetch.retry_delay", duration(in<&Job::fetch, &Job::Fetch::retry_delay>)},
      {"fetch.max_retry_delay", duration(in<&Job::fetch, &Job::Fetch::max_retry_delay>)},
      {"fetch.redirects", integer(in<&Job::fetch, &Job::Fetch::redirects>, 0, 100)},
      {"fetch.allow_addresses", texts(in<&Job::fetch, &Job::Fetch::allow_addresses>)},
      {"limits.max_pages", integer(in<&Job::limits, &Job::Limits::max_pages>, 0, std::int64_t{1} << 50)},
      {"limits.max_time", duration(in<&Job::limits, &Job::Limits::max_time>)},
      {"limits.page_bytes", size(in<&Job::limits, &Job::Limits::page_bytes>)},
      {"limits.parse_workers", integer(in<&Job::limits, &Job::Limits::parse_workers>, 0, 256)},
      {"recrawl.listing", duration(in<&Job::recrawl, &Job::Recrawl::listing>)},
      {"recrawl.article", duration(in<&Job::recrawl, &Job::Recrawl::article>)},
      {"recrawl.denied", duration(in<&Job::recrawl, &Job::Recrawl::denied>)},
      {"recrawl.failed", duration(in<&Job::recrawl, &Job::Recrawl::failed>)},
      {"archive.path", text(in<&Job::archive, &Job::Archive::path>)},
      {"archive.sync", reads(in<&Job::archive, &Job::Archive::sync>, sync_from, "a way to sync",
                             R"(write "always", "100ms" or "os")")},
      {"duplicates.min_chars", integer(in<&Job::duplicates, &Job::Duplicates::min_chars>, 0, 1'000'000)},
      {"site.timezone", reads(in<&Job::site, &Job::Site::timezone_minutes>, zone_from, "a time zone",
                              R"(write "+08:00", "-03:30" or "Z")")},
      {"site.files", texts(in<&Job::site, &Job::Site::files>)},
  };
  return list;
}

Result<Job> overlay(Job job, std::string_view toml_text, const std::string& name) {
  if (auto read = keys().read(job, toml_text, name); !read) return tl::unexpected(read.error());
  return job;
}

}  // namespace

Job default_job() {
  static const Job job = [] {
    auto parsed = overlay(Job{}, kDefaultJob, "default.toml");
    if (!parsed) throw std::logic_error("the built-in default job does not check: " + parsed.error().message);
    return *parsed;
  }();
  return job;
}

Result<Job> parse_job(std::string_view toml_text, const std::string& name) {
  return overlay(default_job(), toml_text, name);
}

Result<Job> load_job(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in) text << in.rdbuf();
  if (!in || (text.str().empty() && in.bad()))
    return fail(ErrorKind::kNotFound,
                fmt::format("cannot read job file {}: {}; name a TOML job file or a URL", file,
                            std::strerror(errno)));
  return parse_job(text.str(), file);
}

Result<void> set_key(Job& job, const std::string& assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string::npos)
    return fail(
        ErrorKind::kUsage,
        fmt::format("--set {}: write section.key=value, for example --set fetch.delay=2s", assignment));
  const std::string name = assignment.substr(0, equals);
  const std::string value = assignment.substr(equals + 1);
  const auto* key = keys().find(name);
  if (key == nullptr) return fail(ErrorKind::kUsage, fmt::format("--set {}: {}", name, keys().unknown(name)));
  // The bare word first as TOML (numbers, booleans, lists), then as a string; a string key takes the word as
  // it stands.
  const toml::value<std::string> bare(value);
  std::optional<std::string> wrong;
  try {
    const toml::table table = toml::parse("value = " + value);
    wrong = key->apply(job, *table.get("value"));
    if (wrong && !table.get("value")->is_string() && !key->apply(job, bare)) wrong.reset();
  } catch (const toml::parse_error&) {
    wrong = key->apply(job, bare);
  }
  if (wrong) return fail(ErrorKind::kUsage, fmt::format("--set {}: {}", name, *wrong));
  return {};
}

}  // namespace boardwalk::config
