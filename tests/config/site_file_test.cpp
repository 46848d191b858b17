#include "config/site_file.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/places.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::config;

namespace {

std::string error_of(const std::string& toml) {
  const auto file = parse_site_file(toml, "s.toml");
  return file ? "no error" : file.error().message;
}

}  // namespace

TEST_CASE("a site file holds its keys, each with its place") {
  const auto file = parse_site_file(
      "host = ['a.example', 'b.example:81']\nzone = '-03:30'\ntimes = '%Y-%m-%d'\n[article]\n"
      "title = \"h1\"\nsource = {select = '.源', take = '来源：{}'}\n[thread]\nremove = ['.a',\n  '.b']\n",
      "s.toml");
  REQUIRE(file);
  CHECK(file->name == "s.toml");
  CHECK(file->hosts == std::vector<std::string>{"a.example", "b.example:81"});
  CHECK(file->zone_minutes == -210);
  REQUIRE(file->times.size() == 1);
  CHECK(file->article.title.select.text == "h1");
  CHECK(file->article.title.select.key == "article.title");
  CHECK(file->article.title.select.line == 5);
  CHECK(file->article.title.select.column == 9);
  CHECK(file->article.title.select.verbatim);
  REQUIRE(file->article.source.take);
  CHECK(file->article.source.take->text == "来源：{}");
  REQUIRE(file->thread.remove.size() == 2);
  CHECK(file->thread.remove[1].line == 9);
  CHECK(file->board.row.select.text.empty());
}

TEST_CASE("what is wrong in a site file is named with its file, line and column") {
  CHECK(error_of("") == "s.toml:1:1: host is missing; write host = \"blog.example.cn\"");
  CHECK(error_of("host = []\n") == "s.toml:1:8: host: may not be empty");
  CHECK(error_of("host = 'http://a.example/'\n") ==
        "s.toml:1:8: host: \"http://a.example/\" is no host; write \"bbs.example.cn\" or "
        "\"bbs.example.cn:8080\"");
  CHECK(error_of("host = ['a', '']\n") == "s.toml:1:8: host: may not be empty");
  CHECK(error_of("hots = 'a'\n") == "s.toml:1:1: unknown key \"hots\"; did you mean \"host\"?");
  CHECK(error_of("host = 'a'\n[article]\ntitel = 'h1'\n") ==
        "s.toml:3:1: unknown key \"article.titel\"; did you mean \"article.title\"?");
  CHECK(error_of("host = 'a'\n[article]\ntitle = 1\n") ==
        "s.toml:3:9: article.title: expected a selector, or {select = …, take = …}, found integer");
  CHECK(error_of("host = 'a'\n[article]\ntitle = {select = 'h1', tkae = ''}\n") ==
        "s.toml:3:9: article.title: unknown key \"tkae\"; known are select and take");
  CHECK(error_of("host = 'a'\n[article]\ntitle = {take = '{}'}\n") ==
        "s.toml:3:9: article.title: select is missing");
  CHECK(error_of("host = 'a'\n[article]\nbody = ''\n") == "s.toml:3:8: article.body: may not be empty");
  CHECK(error_of("host = 'a'\nzone = '8'\n") ==
        "s.toml:2:8: zone: \"8\" is not a time zone; write \"+08:00\", \"-03:30\" or \"Z\"");
  CHECK(error_of("host = 'a'\narticle = 'h1'\n") ==
        "s.toml:2:1: article is a section; write [article] and its keys below");
  CHECK(error_of("host = 'a'\n[article\n").rfind("s.toml:2:", 0) == 0);
}

TEST_CASE("a mistake inside a text is placed in the file, or in the value when escapes hide its column") {
  const auto file =
      parse_site_file("host = 'a'\n[article]\ntitle = '.标题 x'\nbody = \"\\u002ea\"\n", "s.toml");
  REQUIRE(file);
  const Placed& plain = file->article.title.select;
  CHECK(error_at(*file, plain, plain.text.find('x'), "no").message == "s.toml:3:14: article.title: no");
  CHECK(error_at(*file, file->article.body.select, 1, "no").message ==
        "s.toml:4:8: article.body: no (character 2 of the value)");
}

TEST_CASE("site files come one by one or as a directory of them, in the order of their names") {
  const TemporaryDirectory directory;
  std::ofstream(directory / "b.toml") << "host = 'b'\n";
  std::ofstream(directory / "a.toml") << "host = 'a'\n";
  std::ofstream(directory / "notes.txt") << "no site file\n";
  const auto files = load_site_files({directory / "b.toml", directory.path().string()});
  REQUIRE(files);
  REQUIRE(files->size() == 3);
  CHECK((*files)[0].hosts.front() == "b");
  CHECK((*files)[1].hosts.front() == "a");
  CHECK((*files)[2].name == directory / "b.toml");
  const auto missing = load_site_files({directory / "none.toml"});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::kNotFound);
  CHECK(missing.error().message ==
        "cannot read site file " + (directory / "none.toml") + ": No such file or directory");
}

TEST_CASE("every shipped site file checks") {
  const auto files = load_site_files({tests::source_dir() + "/config/sites"});
  REQUIRE(files);
  CHECK(files->size() == 3);
}

TEST_CASE("a site file's host is written as records write sites, in any case") {
  const auto file = parse_site_file("host = ['Blog.Example', '*.Blog.example:8080']\n", "s.toml");
  REQUIRE(file);
  CHECK(file->hosts == std::vector<std::string>{"blog.example", "*.blog.example:8080"});
  CHECK(parse_site_file("host = 'Blog.example:80'\n", "s.toml")->hosts ==
        std::vector<std::string>{"blog.example:80", "blog.example"});
  CHECK(error_of("host = '博客.example'\n") ==
        "s.toml:1:8: host: \"博客.example\" is no host's name in ASCII; write it as boardwalk status does, "
        "\"xn--…\"");
}
