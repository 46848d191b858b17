#include "crawler/robots.hpp"

#include <rapidjson/document.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "tests/shared_corpus.hpp"

using boardwalk::crawler::product_token;
using boardwalk::crawler::Robots;

namespace {

bool allowed(const std::string& text, const std::string& target, const std::string& agent = "heron") {
  return Robots::parse(text, agent).check(target).allowed;
}

// One rule for everyone: does it match the target? Asked both ways, as an allow and as a disallow.
struct Match {
  std::string pattern;
  std::string target;
  bool expected;
};

void check_matches(const std::vector<Match>& table) {
  for (const auto& [pattern, target, expected] : table) {
    CAPTURE(pattern, target);
    CHECK(allowed("User-agent: *\nDisallow: " + pattern, target) == !expected);
    CHECK(allowed("User-agent: *\nAllow: " + pattern + "\nDisallow: /", target) == expected);
  }
}

std::string rule_for(const std::string& text, const std::string& target) {
  return Robots::parse(text, "heron").check(target).rule;
}

}  // namespace

// RFC 9309 §2.2.1: the User-Agent line

TEST_CASE("2.2.1 a group is found by its product token, whatever its case") {
  const std::string text = "User-Agent: HERON\nDisallow: /nest/\n\nUser-agent: *\nDisallow: /\n";
  CHECK_FALSE(allowed(text, "/nest/1"));
  CHECK(allowed(text, "/pond/1"));
  CHECK(allowed(text, "/pond/1", "Heron"));
  CHECK_FALSE(allowed(text, "/pond/1", "stork"));
}

TEST_CASE("2.2.1 what stands behind the product token of a user-agent line is not compared") {
  CHECK_FALSE(allowed("User-agent: heron/2.1\nDisallow: /", "/a"));
  CHECK_FALSE(allowed("User-agent: Heron (wading bird)\nDisallow: /", "/a"));
}

TEST_CASE("2.2.1 a token that only begins like the agent's, or the other way round, is another crawler's") {
  CHECK(allowed("User-agent: her\nDisallow: /", "/a"));
  CHECK(allowed("User-agent: heron-images\nDisallow: /", "/a"));
  CHECK(allowed("User-agent: heron_2\nDisallow: /", "/a"));
}

TEST_CASE("2.2.1 a name with digits or dots, which the standard does not know, is meant whole") {
  const std::string text = "User-agent: *\nDisallow: /\nUser-agent: MJ12heron\nDisallow: /nest\n";
  CHECK(allowed(text, "/pond", "mj12heron"));
  CHECK_FALSE(allowed(text, "/nest", "mj12heron"));
  CHECK_FALSE(allowed(text, "/pond", "mj13heron"));
  CHECK(allowed("User-agent: *\nDisallow: /\nUser-agent: pond.example/2\n", "/a", "pond.example"));
  CHECK(product_token("MJ12heron/v1.4 (http://pond.example/)") == "MJ12heron");
  CHECK(product_token("Mozilla/5.0 (compatible; 360Heron/1.0; +https://pond.example/)") == "360Heron");
}

TEST_CASE("2.2.1 groups that name the same agent are combined, wherever they stand") {
  const std::string text =
      "User-agent: heron\nDisallow: /nest/\n"
      "User-agent: stork\nDisallow: /\n"
      "User-agent: heron\nDisallow: /reed/\nAllow: /nest/open/\n";
  CHECK_FALSE(allowed(text, "/nest/1"));
  CHECK_FALSE(allowed(text, "/reed/1"));
  CHECK(allowed(text, "/nest/open/1"));
  CHECK(allowed(text, "/pond"));
}

TEST_CASE("2.2.1 the star's groups are combined too and count only for agents that no line names") {
  const std::string text =
      "User-agent: *\nDisallow: /a\nUser-agent: stork\nDisallow: /b\nUser-agent: *\nDisallow: /c\n";
  CHECK_FALSE(allowed(text, "/a"));
  CHECK_FALSE(allowed(text, "/c"));
  CHECK(allowed(text, "/b"));
  CHECK(allowed(text, "/a", "stork"));
  CHECK_FALSE(allowed(text, "/b", "stork"));
}

TEST_CASE("2.2.1 an agent named by a group without rules may fetch all, whatever the star says") {
  CHECK(allowed("User-agent: *\nDisallow: /\n\nUser-agent: heron\n", "/a"));
  CHECK(allowed("User-agent: *\nDisallow: /\n\nUser-agent: heron\nDisallow:\n", "/a"));
}

TEST_CASE("2.2.1 several user-agent lines in a row share the rules behind them") {
  const std::string text = "User-agent: stork\nUser-agent: heron\nDisallow: /nest/\n";
  CHECK_FALSE(allowed(text, "/nest/", "stork"));
  CHECK_FALSE(allowed(text, "/nest/", "heron"));
  CHECK(allowed(text, "/nest/", "egret"));
}

TEST_CASE("2.2.1 with no group for the agent and none for the star, all is allowed") {
  CHECK(allowed("User-agent: stork\nDisallow: /\n", "/a"));
  CHECK(allowed("", "/a"));
}

TEST_CASE("an empty agent is named by no line, and the star's group is its own") {
  CHECK(allowed("User-agent: heron\nDisallow: /\n", "/a", ""));
  CHECK_FALSE(allowed("User-agent:\nDisallow: /x\nUser-agent: *\nDisallow: /\n", "/a", ""));
}

// RFC 9309 §2.2.2: the Allow and Disallow lines

TEST_CASE("2.2.2 the match with the most octets decides, not the first") {
  const std::string text =
      "User-agent: *\nDisallow: /forum\nAllow: /forum/open\nDisallow: /forum/open/secret\n";
  CHECK_FALSE(allowed(text, "/forum/1"));
  CHECK(allowed(text, "/forum/open/1"));
  CHECK_FALSE(allowed(text, "/forum/open/secret/1"));
}

TEST_CASE("2.2.2 of an allow and a disallow of equal length the allow wins, in either order") {
  CHECK(allowed("User-agent: *\nDisallow: /a\nAllow: /a\n", "/a"));
  CHECK(allowed("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a"));
  CHECK(allowed("User-agent: *\nDisallow: /*b\nAllow: /ab\n", "/ab"));
}

TEST_CASE("2.2.2 paths are compared from their first octet, with regard to case") {
  check_matches({{"/nest", "/nest", true},
                 {"/nest", "/nests/1?x=2", true},
                 {"/nest", "/Nest", false},
                 {"/nest", "/old/nest", false},
                 {"/nest/", "/nest", false},
                 {"nest", "/nest", false},
                 {"/", "", true},
                 {"/?mod=", "?mod=x", true}});
}

TEST_CASE("2.2.2 the query belongs to what is compared") {
  check_matches({{"/forum.php?mod=post", "/forum.php?mod=post&fid=2", true},
                 {"/forum.php?mod=post", "/forum.php?mod=viewthread", false},
                 {"/*?sid=", "/thread-1-1-1.html?sid=ab", true}});
}

TEST_CASE("2.2.2 escaped and plain spellings of unreserved marks are equal") {
  check_matches({{"/~heron/", "/%7Eheron/", true},
                 {"/%7eheron/", "/~heron/", true},
                 {"/a%2Db%5Fc%2ehtml", "/a-b_c.html", true},
                 {"/a-b_c.html", "/a%2db%5fc%2Ehtml", true}});
}

TEST_CASE("2.2.2 hexadecimal digits of escapes have no case") {
  check_matches({{"/a%3cd", "/a%3Cd", true}, {"/a%3Cd", "/a%3cd", true}, {"/%e9%b7%ba", "/%E9%B7%BA", true}});
}

TEST_CASE("2.2.2 an escaped reserved octet is not the plain one") {
  check_matches({{"/a%2Fb", "/a/b", false},
                 {"/a/b", "/a%2Fb", false},
                 {"/a%2fb", "/a%2Fb", true},
                 {"/a%3Fb", "/a?b", false},
                 {"/a%20b", "/a+b", false}});
}

TEST_CASE("2.2.2 in a query, colons, slashes and at signs are the same escaped and plain") {
  check_matches({{"/go?to=https://pond.example/", "/go?to=https%3A%2F%2Fpond.example%2Fa", true},
                 {"/go?to=https%3a%2f%2Fpond.example", "/go?to=https://pond.example/a", true},
                 {"/go?to=https%3A%2F%2Fpond", "/go?to=https%3A%2F%2Fpond", true},
                 {"/go?by=heron@pond", "/go?by=heron%40pond", true},
                 {"/go?a%26b", "/go?a&b", false},
                 {"/*/nest", "/go?to=/nest", true},
                 {"/*to=%2Fnest", "/go?to=%2Fnest", true},
                 {"/go%3Fto=/nest", "/go?to=/nest", false}});
}

TEST_CASE("2.2.2 octets outside ASCII in a rule stand for their escapes") {
  check_matches({{"/\xE9\xB7\xBA/", "/%E9%B7%BA/1", true},
                 {"/%E9%B7%BA/", "/%e9%b7%ba/1", true},
                 {"/\xC1\xFA/", "/%C1%FA/", true},
                 {"/\xE9\xB7\xBA/", "/%E9%B7%BB/", false}});
}

TEST_CASE("a blank in a rule is the escape that URLs have in its place") {
  check_matches({{"/reed bed", "/reed%20bed/1", true}, {"/reed%20bed", "/reed%20bed", true}});
}

TEST_CASE("2.2.2 a URL with escaped letters is the one with plain letters") {
  check_matches({{"/nest", "/%6Eest", true}, {"/page2", "/page%32", true}});
}

TEST_CASE("ours: where escapes of letters are in doubt, the answer that fetches less wins") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /%6Eest", "/nest"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /\nAllow: /%6Eest", "/nest"));
  CHECK(allowed("User-agent: *\nDisallow: /\nAllow: /%6Eest", "/%6eest"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /\xE9\xB7\xBA", "/\xE9\xB7\xBA"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /\nAllow: /\xE9\xB7\xBA", "/\xE9\xB7\xBA"));
}

TEST_CASE("a broken escape is text like any other") {
  check_matches(
      {{"/50%", "/50%", true}, {"/%zz", "/%zz", true}, {"/%4", "/%4", true}, {"/%zz", "/%ZZ", false}});
}

TEST_CASE("2.2.2 an empty rule matches nothing") {
  CHECK(allowed("User-agent: *\nDisallow:\n", "/a"));
  CHECK_FALSE(allowed("User-agent: *\nAllow:\nDisallow: /\n", "/a"));
}

TEST_CASE("2.2.2 /robots.txt itself is always allowed") {
  CHECK(allowed("User-agent: *\nDisallow: /\n", "/robots.txt"));
  CHECK(Robots::disallow_all("503").check("/robots.txt").allowed);
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /\n", "/robots.txt.html"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /\n", "/old/robots.txt"));
}

// RFC 9309 §2.2.3: special characters

TEST_CASE("2.2.3 a star stands for any run of octets, also none") {
  check_matches({{"/nest/*/egg", "/nest/a/egg", true},
                 {"/nest/*/egg", "/nest/a/b/egg/2", true},
                 {"/nest/*/egg", "/nest/egg", false},
                 {"/nest*egg", "/nestegg", true},
                 {"*.php", "/forum.php?x", true},
                 {"/a*b*c", "/a1c2b3c", true},
                 {"/a*b*c", "/a1c2b", false},
                 {"/a***b", "/ab", true},
                 {"/nest*", "/nest", true}});
}

TEST_CASE("2.2.3 a final dollar is the end of the URL, any other one is itself") {
  check_matches({{"/nest$", "/nest", true},
                 {"/nest$", "/nest/", false},
                 {"/*.html$", "/a.html.html", true},
                 {"/*.html$", "/a.html?x=1", false},
                 {"/*ab$", "/abab", true},
                 {"/a*a$", "/a", false},
                 {"/*$", "/anything", true},
                 {"/a$b", "/a$b", true},
                 {"/a$b", "/a", false},
                 {"/$", "/", true},
                 {"/$", "/a", false}});
}

TEST_CASE("2.2.3 escaped, a star and a dollar are themselves") {
  check_matches({{"/a-%2A.html", "/a-*.html", true},
                 {"/a-%2a.html", "/a-%2A.html", true},
                 {"/a-%2A.html", "/a-b.html", false},
                 {"/cost-%24", "/cost-$", true},
                 {"/cost-%24", "/cost-", false},
                 {"/cost-%24", "/cost-$5", true}});
}

TEST_CASE("2.2.3 a hash begins a comment, at a line's start and in it") {
  const std::string text =
      "# heron: keep out\nUser-agent: heron # that is you\nDisallow: /nest#eggs\n#Disallow: /\n";
  CHECK_FALSE(allowed(text, "/nest/1"));
  CHECK(allowed(text, "/pond"));
}

TEST_CASE("a pattern of a thousand stars is matched without backtracking") {
  std::string pattern = "/";
  for (int i = 0; i < 4000; ++i) pattern += "*a";
  const std::string target = "/" + std::string(8000, 'a');
  CHECK_FALSE(allowed("User-agent: *\nDisallow: " + pattern + "\n", target));
  CHECK(allowed("User-agent: *\nDisallow: " + pattern + "b\n", target));
  CHECK(allowed("User-agent: *\nDisallow: " + pattern + "b$\n", target));
}

// RFC 9309 §2.2.4 and the tolerance that §2.2 leaves to the crawler

TEST_CASE("2.2.4 other records, known or not, do not end a run of user-agent lines") {
  for (const std::string other : {"Sitemap: https://pond.example/map.xml", "Crawl-delay: 5",
                                  "Clean-param: sid", "Host: pond.example", "words without meaning", ""}) {
    CAPTURE(other);
    const std::string text = "User-agent: heron\n" + other + "\nUser-agent: stork\nDisallow: /\n";
    CHECK_FALSE(allowed(text, "/a", "heron"));
    CHECK_FALSE(allowed(text, "/a", "stork"));
  }
}

TEST_CASE("2.2 a rule before any user-agent line belongs to nobody") {
  CHECK(allowed("Disallow: /\nUser-agent: *\nDisallow: /nest\n", "/pond"));
}

TEST_CASE("2.2 lines end with LF, CR or CRLF, the last one with none") {
  for (const std::string end : {"\n", "\r", "\r\n", "\n\r", "\r\r\n"}) {
    CAPTURE(end);
    const std::string text = "User-agent: *" + end + end + "Disallow: /nest" + end + "Allow: /nest/open";
    CHECK_FALSE(allowed(text, "/nest/1"));
    CHECK(allowed(text, "/nest/open"));
    CHECK(allowed(text, "/pond"));
  }
}

TEST_CASE("2.2 space around keys, colons and values does not count") {
  CHECK_FALSE(allowed("  \tUser-agent \t:  heron \t\n\t Disallow\t:\t/nest  \n", "/nest"));
}

TEST_CASE("2.3 a byte order mark before the first line is skipped, even part of one") {
  for (const std::string mark : {"\xEF\xBB\xBF", "\xEF\xBB", "\xEF"}) {
    CHECK_FALSE(allowed(mark + "User-agent: *\nDisallow: /\n", "/a"));
  }
  CHECK(allowed("\xEF\x11\xBFUser-agent: *\nDisallow: /\n", "/a"));
}

TEST_CASE("2.2 keys have no case, and the usual misspellings are understood") {
  for (const std::string key :
       {"DISALLOW:", "disAllow:", "dissallow:", "dissalow:", "disalow:", "diasllow:", "disallaw:"}) {
    CAPTURE(key);
    CHECK_FALSE(allowed("user-agent: *\n" + key + " /nest\n", "/nest"));
  }
  for (const std::string key : {"USER-AGENT:", "useragent:", "User Agent:"}) {
    CAPTURE(key);
    CHECK_FALSE(allowed(key + " heron\nDisallow: /nest\n", "/nest"));
  }
}

TEST_CASE("2.2 white space stands in for a forgotten colon, if only two words are left") {
  CHECK_FALSE(allowed("User-agent heron\nDisallow /nest\n", "/nest"));
  CHECK(allowed("User-agent: *\nDisallow /nest and /pond\n", "/nest"));
}

TEST_CASE("a rule for a folder's index.html allows the folder itself, as google/robotstxt has it") {
  const std::string text = "User-agent: *\nAllow: /pond/index.html\nDisallow: /\n";
  CHECK(allowed(text, "/pond/"));
  CHECK(allowed(text, "/pond/index.html"));
  CHECK_FALSE(allowed(text, "/pond/2"));
}

TEST_CASE("2.2 a NUL, random bytes and lines without end harm nothing") {
  std::string noise("\0\xFF\xFE:::\n%\n:\n\n#", 14);
  noise += std::string(100'000, ':') + "\nUser-agent: *\nDisallow: /nest\n" + std::string(3, '\0');
  CHECK_FALSE(allowed(noise, "/nest"));
  CHECK(allowed(noise, "/pond"));
}

// RFC 9309 §2.3 and §2.5

TEST_CASE("2.3.1.3 an unavailable robots.txt allows all, 2.3.1.4 an unreachable one nothing: both say why") {
  const auto open = Robots::allow_all("robots.txt answered 404").check("/a");
  CHECK(open.allowed);
  CHECK(open.rule == "robots.txt answered 404");
  const auto shut = Robots::disallow_all("robots.txt answered 503").check("/a");
  CHECK_FALSE(shut.allowed);
  CHECK(shut.rule == "robots.txt answered 503");
}

TEST_CASE("2.5 rules within the first 500 KiB count, those behind do not") {
  const std::string head = "User-agent: *\n";
  const std::string rule = "Disallow: /nest\n";
  const std::size_t limit = 500 * 1024;
  const std::string filler(limit - head.size() - rule.size() - 1, '#');
  CHECK_FALSE(allowed(head + filler + "\n" + rule + "Disallow: /pond\n", "/nest"));
  CHECK(allowed(head + filler + "\n" + rule + "Disallow: /pond\n", "/pond"));
}

TEST_CASE("2.5 the line that the cap cuts is dropped, as its rest might have narrowed it") {
  const std::string head = "User-agent: *\n";
  const std::string filler(500 * 1024 - head.size() - 12, '#');
  const std::string text = head + filler + "\nDisallow: /nest/eggs/\n";
  REQUIRE(text.substr(0, 500 * 1024).ends_with("Disallow: /"));
  CHECK(allowed(text, "/pond"));
}

// What the verdict tells

TEST_CASE("the verdict quotes the rule that decided, its value as it stands in the file") {
  const std::string text =
      "User-agent: *\n  DISALLOW:/nest/*  # eggs\nAllow: /nest/open$\nAllow: /pond/index.html\nDisallow: "
      "/pond\n";
  CHECK(rule_for(text, "/nest/1") == "disallow: /nest/*");
  CHECK(rule_for(text, "/nest/open") == "allow: /nest/open$");
  CHECK(rule_for(text, "/pond/") == "allow: /pond/index.html");
  CHECK(rule_for(text, "/reed") == "no rule");
}

// Not in the RFC

TEST_CASE("a crawl delay is that of the agent's own group, the longest of several") {
  const std::string text =
      "User-agent: *\nCrawl-delay: 10\nDisallow: /x\n\n"
      "User-agent: heron\nCrawl-delay: 2.5\nDisallow: /y\nCrawl-delay: 1\n";
  CHECK(Robots::parse(text, "heron").crawl_delay() == 2.5);
  CHECK(Robots::parse(text, "stork").crawl_delay() == 10.0);
}

TEST_CASE("a crawl delay that is no number is none") {
  for (const std::string value : {"", "-1", "soon", "inf", "nan", "1e999"}) {
    CAPTURE(value);
    CHECK_FALSE(Robots::parse("User-agent: *\nCrawl-delay: " + value + "\n", "heron").crawl_delay());
  }
  CHECK(Robots::parse("User-agent: *\nCrawl-delay: 0\n", "heron").crawl_delay() == 0.0);
  CHECK_FALSE(Robots::parse("User-agent: stork\nCrawl-delay: 5\n", "heron").crawl_delay());
}

TEST_CASE("sitemaps belong to the whole file, whichever group they stand in") {
  const std::string text =
      "Sitemap: https://pond.example/one.xml\nUser-agent: stork\nDisallow: /\n"
      "SITEMAP: https://pond.example/two.xml?a=b:c\nSitemap:\n";
  CHECK(Robots::parse(text, "heron").sitemaps() ==
        std::vector<std::string>{"https://pond.example/one.xml", "https://pond.example/two.xml?a=b:c"});
}

TEST_CASE("the product token of a User-Agent is its leading name, or the one behind compatible") {
  CHECK(product_token("Boardwalk/0.1 (+https://boardwalk.example/)") == "Boardwalk");
  CHECK(product_token("Mozilla/5.0 (compatible; Boardwalk/0.1; +https://boardwalk.example/)") == "Boardwalk");
  CHECK(product_token("Mozilla/5.0 (X11; Linux x86_64)") == "Mozilla");
  CHECK(product_token("pond-watch_er 2") == "pond-watch_er");
  CHECK(product_token("") == "");
}

TEST_CASE("every case of google/robotstxt's own tests is decided as there") {
  const auto file = boardwalk::tests::shared_corpus("corpus/robots/google_cases.jsonl");
  if (!file) return;
  std::ifstream in(*file);
  int cases = 0;
  for (std::string line; std::getline(in, line); ++cases) {
    rapidjson::Document json;
    json.Parse(line.data(), line.size());
    REQUIRE_FALSE(json.HasParseError());
    const std::string url = json["url"].GetString();
    const std::size_t scheme = url.find("://");
    const std::size_t path = scheme == std::string::npos ? std::string::npos : url.find('/', scheme + 3);
    const std::string text(json["robots"].GetString(), json["robots"].GetStringLength());
    CAPTURE(json["test"].GetString(), json["agent"].GetString(), url);
    CHECK(allowed(text, path == std::string::npos ? "" : url.substr(path), json["agent"].GetString()) ==
          json["allowed"].GetBool());
  }
  CHECK(cases == 145);
}
