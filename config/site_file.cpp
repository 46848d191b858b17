#include "config/site_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "config/checked_toml.hpp"
#include "config/http_words.hpp"
#include "config/quantity.hpp"
#include "config/toml_files.hpp"
#include "config/whole_file.hpp"

namespace boardwalk::config {
namespace {

namespace fs = std::filesystem;

// Characters, as toml++ counts columns.
std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::optional<std::string> read_placed(const toml::node& value, const std::string& key, Placed& into) {
  const auto text = value.as_string();
  if (text == nullptr) return wrong_type("a string", value);
  if (text->get().empty()) return "may not be empty";
  const toml::source_region& region = value.source();
  // With quotes of one character and no escapes, the value is as long as its text and the quotes.
  const bool one_line = region.begin.line == region.end.line;
  const std::size_t width = one_line ? region.end.column - region.begin.column : 0;
  into = {text->get(), key, static_cast<int>(region.begin.line), static_cast<int>(region.begin.column),
          width == characters(text->get()) + 2};
  return std::nullopt;
}

template <typename T>
Apply<SiteFile> word(T field) {
  return [=](SiteFile& file, const toml::node& value) -> std::optional<std::string> {
    const auto text = value.as_string();
    if (text == nullptr) return wrong_type("a string", value);
    if (text->get().empty()) return "may not be empty";
    field(file) = text->get();
    return std::nullopt;
  };
}

std::optional<std::string> read_hosts(SiteFile& file, const toml::node& value) {
  if (auto wrong = read_texts(value, file.hosts)) return wrong;
  if (file.hosts.empty()) return "may not be empty";
  return turn_into_sites(file.hosts);
}

std::optional<std::string> read_zone(SiteFile& file, const toml::node& value) {
  const auto text = value.as_string();
  if (text == nullptr) return wrong_type("a time zone in quotes", value);
  file.zone_minutes = zone_from(text->get());
  if (!file.zone_minutes)
    return fmt::format(R"("{}" is not a time zone; write "+08:00", "-03:30" or "Z")", text->get());
  return std::nullopt;
}

template <typename T>
Keys<SiteFile>::Key list(const std::string& key, T field) {
  return {key, [=](SiteFile& file, const toml::node& value) -> std::optional<std::string> {
            std::vector<Placed>& places = field(file);
            if (value.is_string()) return read_placed(value, key, places.emplace_back());
            if (!value.is_array()) return wrong_type("a list of strings", value);
            for (const auto& element : *value.as_array())
              if (auto wrong = read_placed(element, key, places.emplace_back())) return wrong;
            return std::nullopt;
          }};
}

// A selector, or {select = …, take = …}.
std::optional<std::string> read_field(const toml::node& value, const std::string& key, SiteField& field) {
  if (value.is_string()) return read_placed(value, key, field.select);
  const auto table = value.as_table();
  if (table == nullptr) return wrong_type("a selector, or {select = …, take = …}", value);
  for (const auto& [name, inner] : *table) {
    std::optional<std::string> wrong;
    if (name == "select") {
      wrong = read_placed(inner, key, field.select);
    } else if (name == "take") {
      wrong = read_placed(inner, key, field.take.emplace());
    } else {
      wrong = fmt::format("unknown key \"{}\"; known are select and take", name.str());
    }
    if (wrong) return wrong;
  }
  if (field.select.text.empty()) return "select is missing";
  return std::nullopt;
}

template <auto Section, auto Member>
Keys<SiteFile>::Key field(const std::string& key) {
  return {key, [key](SiteFile& file, const toml::node& value) {
            return read_field(value, key, file.*Section.*Member);
          }};
}

template <auto Section, auto Member>
Keys<SiteFile>::Key places(const std::string& key) {
  return list(key, [](SiteFile& file) -> std::vector<Placed>& { return file.*Section.*Member; });
}

const Keys<SiteFile>& keys() {
  using F = SiteFile;
  static const Keys<SiteFile> all{
      {"host", read_hosts},
      {"software", word([](F& file) -> std::string& { return file.software; })},
      {"zone", read_zone},
      {"charset", word([](F& file) -> std::string& { return file.charset; })},
      list("times", [](F& file) -> std::vector<Placed>& { return file.times; }),
      places<&F::pages, &F::Pages::article_urls>("pages.article_urls"),
      places<&F::pages, &F::Pages::list_urls>("pages.list_urls"),
      places<&F::pages, &F::Pages::thread_urls>("pages.thread_urls"),
      places<&F::pages, &F::Pages::board_urls>("pages.board_urls"),
      field<&F::pages, &F::Pages::next_page>("pages.next_page"),
      field<&F::article, &F::Article::title>("article.title"),
      field<&F::article, &F::Article::subtitle>("article.subtitle"),
      field<&F::article, &F::Article::author>("article.author"),
      field<&F::article, &F::Article::source>("article.source"),
      field<&F::article, &F::Article::editor>("article.editor"),
      field<&F::article, &F::Article::published>("article.published"),
      field<&F::article, &F::Article::modified>("article.modified"),
      field<&F::article, &F::Article::section>("article.section"),
      field<&F::article, &F::Article::body>("article.body"),
      places<&F::article, &F::Article::remove>("article.remove"),
      field<&F::thread, &F::Thread::title>("thread.title"),
      field<&F::thread, &F::Thread::board>("thread.board"),
      field<&F::thread, &F::Thread::page>("thread.page"),
      field<&F::thread, &F::Thread::pages>("thread.pages"),
      field<&F::thread, &F::Thread::post>("thread.post"),
      field<&F::thread, &F::Thread::id>("thread.id"),
      field<&F::thread, &F::Thread::author>("thread.author"),
      field<&F::thread, &F::Thread::author_id>("thread.author_id"),
      field<&F::thread, &F::Thread::time>("thread.time"),
      field<&F::thread, &F::Thread::body>("thread.body"),
      field<&F::thread, &F::Thread::floor>("thread.floor"),
      field<&F::thread, &F::Thread::quote>("thread.quote"),
      places<&F::thread, &F::Thread::remove>("thread.remove"),
      field<&F::board, &F::Board::name>("board.name"),
      field<&F::board, &F::Board::row>("board.row"),
      field<&F::board, &F::Board::link>("board.link"),
      field<&F::board, &F::Board::title>("board.title"),
      field<&F::board, &F::Board::author>("board.author"),
      field<&F::board, &F::Board::replies>("board.replies"),
      field<&F::board, &F::Board::views>("board.views"),
      field<&F::board, &F::Board::created>("board.created"),
      field<&F::board, &F::Board::last_reply>("board.last_reply"),
      field<&F::board, &F::Board::last_author>("board.last_author"),
  };
  return all;
}

Result<SiteFile> load(const std::string& path) {
  const auto text = read_whole_file(path);
  if (!text)
    return fail(ErrorKind::kNotFound,
                fmt::format("cannot read site file {}: {}", path, std::strerror(errno)));
  return parse_site_file(*text, path);
}

// The site files of a directory by name, or the path itself.
Result<std::vector<std::string>> files_in(const std::string& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return std::vector{path};
  const auto files = toml_files(path, error);
  if (error)
    return fail(ErrorKind::kNotFound, fmt::format("cannot read directory {}: {}", path, error.message()));
  return std::vector<std::string>(files.begin(), files.end());
}

}  // namespace

Error error_at(const SiteFile& file, const Placed& place, std::size_t offset, const std::string& what) {
  if (place.verbatim) {
    const std::size_t column =
        static_cast<std::size_t>(place.column) + 1 + characters(place.text.substr(0, offset));
    return {ErrorKind::kUsage,
            fmt::format("{}:{}:{}: {}: {}", file.name, place.line, column, place.key, what)};
  }
  return {ErrorKind::kUsage,
          fmt::format("{}:{}:{}: {}: {} (character {} of the value)", file.name, place.line, place.column,
                      place.key, what, characters(place.text.substr(0, offset)) + 1)};
}

Result<SiteFile> parse_site_file(std::string_view toml_text, const std::string& name) {
  SiteFile file;
  file.name = name;
  if (auto read = keys().read(file, toml_text, name); !read) return tl::unexpected(read.error());
  if (file.hosts.empty())
    return fail(ErrorKind::kUsage,
                fmt::format("{}:1:1: host is missing; write host = \"blog.example.cn\"", name));
  return file;
}

Result<std::vector<SiteFile>> load_site_files(const std::vector<std::string>& paths) {
  std::vector<SiteFile> files;
  for (const auto& path : paths) {
    const auto found = files_in(path);
    if (!found) return tl::unexpected(found.error());
    for (const auto& one : *found) {
      auto file = load(one);
      if (!file) return tl::unexpected(file.error());
      files.push_back(*std::move(file));
    }
  }
  return files;
}

}  // namespace boardwalk::config
