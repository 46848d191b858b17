#include "config/job.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <utility>

#include "config/quantity.hpp"
#include "config/suggest.hpp"

namespace boardwalk::config {
namespace {

// Puts a value into the job; absent when it fits, else what is wrong with it.
using Apply = std::function<std::optional<std::string>(Job&, const toml::node&)>;

struct Key {
  std::string name;  // `fetch.delay`; `seeds` stands alone
  Apply apply;
};

std::string type_of(const toml::node& value) {
  std::ostringstream words;
  words << value.type();
  return words.str();
}

std::string wrong_type(std::string_view expected, const toml::node& value) {
  return fmt::format("expected {}, found {}", expected, type_of(value));
}

template <typename T>
Apply integer(T field, std::int64_t low, std::int64_t high) {
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
Apply boolean(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    const auto flag = value.as_boolean();
    if (flag == nullptr) return wrong_type("true or false", value);
    field(job) = flag->get();
    return std::nullopt;
  };
}

template <typename T>
Apply text(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    const auto words = value.as_string();
    if (words == nullptr) return wrong_type("a string", value);
    if (words->get().empty()) return "may not be empty";
    field(job) = words->get();
    return std::nullopt;
  };
}

template <typename T>
Apply texts(T field) {
  return [=](Job& job, const toml::node& value) -> std::optional<std::string> {
    std::vector<std::string> list;
    if (const auto one = value.as_string()) {
      list.push_back(one->get());
    } else if (const auto array = value.as_array()) {
      for (const auto& element : *array) {
        if (!element.is_string()) return wrong_type("a list of strings", element);
        list.push_back(element.as_string()->get());
      }
    } else {
      return wrong_type("a list of strings", value);
    }
    field(job) = std::move(list);
    return std::nullopt;
  };
}

// A string that `read` turns into the field's value; `how` teaches the reader to write one.
template <typename T, typename R>
Apply reads(T field, R read, const std::string& what, const std::string& how) {
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
Apply duration(T field) {
  return reads(field, duration_from, "a duration",
               R"(write a whole number and a unit: "500ms", "2s", "5m", "1h", "1d", "1w")");
}

template <typename T>
Apply size(T field) {
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
const std::vector<Key>& keys() {
  static const std::vector<Key> list{
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
  };
  return list;
}

std::string unknown_key(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& key : keys()) known.push_back(key.name);
  return fmt::format("unknown key \"{}\"{}", name, did_you_mean(name, known));
}

const Key* find_key(std::string_view name) {
  for (const auto& key : keys())
    if (key.name == name) return &key;
  return nullptr;
}

bool is_section(std::string_view name) {
  for (const auto& key : keys())
    if (key.name.size() > name.size() && key.name.starts_with(name) && key.name[name.size()] == '.')
      return true;
  return false;
}

tl::unexpected<Error> at(const std::string& file, const toml::source_region& place, const std::string& what) {
  return fail(ErrorKind::kUsage,
              fmt::format("{}:{}:{}: {}", file, place.begin.line, place.begin.column, what));
}

Result<void> apply_table(Job& job, const toml::table& table, const std::string& prefix,
                         const std::string& file) {
  for (const auto& [name, value] : table) {
    const std::string full = prefix + std::string(name.str());
    if (prefix.empty() && is_section(full)) {
      if (!value.is_table())
        return at(file, name.source(),
                  fmt::format("{} is a section; write [{}] and its keys below", full, full));
      auto inner = apply_table(job, *value.as_table(), full + ".", file);
      if (!inner) return inner;
      continue;
    }
    const Key* key = find_key(full);
    if (key == nullptr) return at(file, name.source(), unknown_key(full));
    if (const auto wrong = key->apply(job, value))
      return at(file, value.source(), fmt::format("{}: {}", full, *wrong));
  }
  return {};
}

Result<Job> overlay(Job job, std::string_view toml_text, const std::string& name) {
  try {
    const toml::table table = toml::parse(toml_text, name);
    auto applied = apply_table(job, table, "", name);
    if (!applied) return tl::unexpected(applied.error());
    return job;
  } catch (const toml::parse_error& error) {
    return at(name, error.source(), std::string(error.description()));
  }
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
  const Key* key = find_key(name);
  if (key == nullptr) return fail(ErrorKind::kUsage, fmt::format("--set {}: {}", name, unknown_key(name)));
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
