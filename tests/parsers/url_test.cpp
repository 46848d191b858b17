#include "parsers/url.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace boardwalk::parsers {
namespace {

std::string parsed(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->str() : "(none)";
}

std::string resolved(std::string_view base, std::string_view reference, std::string_view charset = "utf-8") {
  const auto page = parse_url(base);
  REQUIRE(page);
  const auto url = resolve_url(*page, reference, charset);
  return url ? url->str() : "(none)";
}

bool is_text_of(const std::optional<UrlText>& text, const std::optional<Url>& url) {
  if (!text || !url) return !text && !url;
  const std::string& in = text->text;
  return in == url->str() && text->site(in) == url->site() && text->path(in) == url->path &&
         text->query(in) == url->query;
}

TEST_CASE("an absolute URL is written in one way") {
  CHECK(parsed("HTTP://BBS.Example.CN") == "http://bbs.example.cn/");
  CHECK(parsed("http://bbs.example.cn:80/a#top") == "http://bbs.example.cn/a");
  CHECK(parsed("https://bbs.example.cn:443/") == "https://bbs.example.cn/");
  CHECK(parsed("http://bbs.example.cn:8080/x?a=1&b=2") == "http://bbs.example.cn:8080/x?a=1&b=2");
  CHECK(parsed("http://a.cn/x/../y/./z") == "http://a.cn/y/z");
  CHECK(parsed(" \t http://a.cn/b c\n ") == "http://a.cn/b%20c");
  CHECK(parsed("http://a.cn\\b\\c?d\\e") == "http://a.cn/b/c?d\\e");
  CHECK(parsed("http:///a.cn/b") == "http://a.cn/b");
  CHECK(parsed("http://[2001:DB8::1]:8080/") == "http://[2001:db8::1]:8080/");
}

TEST_CASE("a host outside ASCII has its registered form") {
  CHECK(parsed("http://例子.测试/") == "http://xn--fsqu00a.xn--0zwm56d/");
  CHECK(parsed("http://例子。测试:8080/路") == "http://xn--fsqu00a.xn--0zwm56d:8080/%E8%B7%AF");
}

TEST_CASE("what is no absolute http URL does not parse") {
  for (const char* text : {"", "/a", "a.cn", "ftp://a.cn/", "javascript:void(0)", "mailto:x@a.cn",
                           "http:", "http://", "http://user@a.cn/", "http://user:pw@a.cn/",
                           "http://a.cn:99999/", "http://a.cn:0/", "http://a b.cn/", "data:text/html,x"}) {
    INFO(text);
    CHECK_FALSE(parse_url(text));
  }
  CHECK_FALSE(parse_url("http://a.cn/" + std::string(9000, 'x')));
}

TEST_CASE("the longest URL's text parses again, whatever it was spelled without") {
  for (std::size_t length = 8170; length < 8200; ++length) {
    for (const std::string front : {"http://a.cn/", "http://a.cn?", "http://1?"}) {
      const auto url = parse_url(front + std::string(length - front.size(), 'x'));
      if (url) CHECK(parse_url(url->str()));
      CHECK((url.has_value() || length > 8180));
    }
  }
}

TEST_CASE("a site is its host, with a port that is not the scheme's own") {
  CHECK(parse_url("https://bbs.example.cn/x")->site() == "bbs.example.cn");
  CHECK(parse_url("http://bbs.example.cn:18080/x")->site() == "bbs.example.cn:18080");
  CHECK(parse_url("http://bbs.example.cn:443/x")->site() == "bbs.example.cn:443");
}

TEST_CASE("a request names a URL's path and query") {
  CHECK(parse_url("http://bbs.example.cn:8080")->target() == "/");
  CHECK(parse_url("http://bbs.example.cn/a/b?")->target() == "/a/b");
  CHECK(parse_url("http://bbs.example.cn/a/b?c=1&d#e")->target() == "/a/b?c=1&d");
}

TEST_CASE("references resolve as RFC 3986 section 5.4 says") {
  const std::string base = "http://a/b/c/d?q";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"g", "http://a/b/c/g"},      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},    {"/g", "http://a/g"},
      {"//g", "http://g/"},         {"?y", "http://a/b/c/d?y"},
      {"g?y", "http://a/b/c/g?y"},  {"#s", "http://a/b/c/d?q"},
      {"g#s", "http://a/b/c/g"},    {"g?y#s", "http://a/b/c/g?y"},
      {"", "http://a/b/c/d?q"},     {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},      {"..", "http://a/b/"},
      {"../", "http://a/b/"},       {"../g", "http://a/b/g"},
      {"../..", "http://a/"},       {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"}, {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},  {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"}, {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"}, {"g?y/../x", "http://a/b/c/g?y/../x"}};
  for (const auto& [reference, expected] : cases) {
    INFO(reference);
    CHECK(resolved(base, reference) == expected);
  }
}

TEST_CASE("an href is read with a browser's tolerance") {
  const std::string base = "https://a.cn/dir/page.html?x=1";
  CHECK(resolved(base, "  thread-1-1-1.html \n") == "https://a.cn/dir/thread-1-1-1.html");
  CHECK(resolved(base, "long\n\tname.html") == "https://a.cn/dir/longname.html");
  CHECK(resolved(base, "..\\up\\x.html") == "https://a.cn/up/x.html");
  CHECK(resolved(base, "\\\\b.cn\\x") == "https://b.cn/x");
  CHECK(resolved(base, "a b.html?q=c d") == "https://a.cn/dir/a%20b.html?q=c%20d");
  CHECK(resolved(base, "http://b.cn?x") == "http://b.cn/?x");
  CHECK(resolved(base, "100%.html") == "https://a.cn/dir/100%.html");
  CHECK(resolved(base, "%E6%9D%BF.html") == "https://a.cn/dir/%E6%9D%BF.html");
  CHECK(resolved(base, "12:30.html") == "https://a.cn/dir/12:30.html");
}

// White space in front takes the long way through the URL parser; it means nothing.
TEST_CASE("a reference that needs no cleaning means what the URL parser says") {
  const std::vector<std::string> pieces{"/",     ".",       "..",        "//",      "?",
                                        "&",     "=",       "#",         ":",       "a",
                                        "B-_~",  "7",       "%41",       "%2F",     "!$()",
                                        "*+,",   ";@",      "forum",     ".php",    "thread-1-2-1.html",
                                        "mod=x", "http://", "https://",  "HTTP://", "bbs.example.cn",
                                        ":8080", ":80",     "localhost", "[::1]",   "|^"};
  const std::vector<std::string> hosts{
      "bbs.example.cn", "163.com",  "127.0.0.1",      "1.2.3.4.5", "010.0.0.1",     "0x7f.1",
      "1.256.3.4",      "7",        "a..cn",          "a.cn.",     ".cn",           "-a.cn",
      "a_b.cn",         "1.2.3.4.", "BBS.example.cn", "1.2.3.x4",  "xn--fsqu00a.cn"};
  std::mt19937 random(7);
  std::string differs;
  for (const char* page : {"http://bbs.example.cn/", "http://bbs.example.cn:8080/bbs/forum.php?mod=x",
                           "https://bbs.example.cn/a/b/c?d", "http://[::1]:8080/x/y"}) {
    const auto base = parse_url(page);
    REQUIRE(base);
    for (int i = 0; i < 20'000; ++i) {
      std::string reference = i % 3 == 0 ? base->scheme + "://" + base->site() : std::string();
      if (i % 3 == 1) reference = (i % 2 == 0 ? "http://" : "https://") + hosts[random() % hosts.size()];
      for (auto left = random() % 6; left > 0; --left) reference += pieces[random() % pieces.size()];
      const auto plain = resolve_url(*base, reference);
      const auto cleaned = resolve_url(*base, " " + reference);
      const bool equal = plain && cleaned
                             ? plain->str() == cleaned->str() && plain->query == cleaned->query &&
                                   plain->host == cleaned->host && plain->port == cleaned->port
                             : !plain && !cleaned;
      if (!equal || !is_text_of(resolve_text(*base, reference), plain))
        differs += reference + " on " + page + "\n";
    }
  }
  INFO(differs);
  CHECK(differs.empty());
}

TEST_CASE("a link that cannot be fetched resolves to nothing") {
  for (const char* reference : {"javascript:;", "JavaScript:void(0)", "mailto:a@b.cn", "tel:123", "data:,x",
                                "ftp://a.cn/", "thunder://abc", "http://", "//", "http://u:p@b.cn/"}) {
    INFO(reference);
    CHECK(resolved("http://a.cn/", reference) == "(none)");
  }
}

TEST_CASE("a host that has no registered form is none: what follows it does not take its place") {
  CHECK(parse_url("http://pie\xDB.cn/x.example/") == std::nullopt);
  CHECK(parse_url("http://a%2Fb.cn/") == std::nullopt);
  CHECK(parse_url("http://h%AD.cn/") == std::nullopt);
}

TEST_CASE("words of a query are encoded in the page's charset, those of a path in UTF-8") {
  CHECK(resolved("http://a.cn/", "板/s?w=板", "gbk") == "http://a.cn/%E6%9D%BF/s?w=%B0%E5");
  CHECK(resolved("http://a.cn/", "s?w=板", "big5") == "http://a.cn/s?w=%AAO");
  CHECK(resolved("http://a.cn/", "s?w=板") == "http://a.cn/s?w=%E6%9D%BF");
}

TEST_CASE("a query value is the first of its name, decoded") {
  CHECK(query_value("mod=viewthread&tid=12&tid=13", "tid") == "12");
  CHECK(query_value("w=%E6%9D%BF+x&flag", "w") == "板 x");
  CHECK(query_value("w=1&flag", "flag") == "");
  CHECK(query_value("", "tid") == std::nullopt);
  CHECK(query_value("xtid=1", "tid") == std::nullopt);
}

TEST_CASE("malformed escapes stay as they are") {
  CHECK(percent_decode("%41%4a%zz%4") == "AJ%zz%4");
  CHECK(percent_decode("%") == "%");
}

}  // namespace
}  // namespace boardwalk::parsers
