// CSS selectors: what each form picks, what does not parse, and that none can stall.

#include "parsers/selector.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "parsers/html.hpp"

using namespace boardwalk::parsers;

namespace {

const std::string kPage = R"(<body>
<div id="top" class="head  wide"><a href="/a.html" title="one two">1</a><!-- x --><a href="/b.pdf" lang="zh-CN">2</a></div>
<ul class="list"><li class="x">3</li>text<li>4</li><li class="x y">5</li><li><span><b>6</b></span></li></ul>
<h2>7</h2><p>8</p><p data-Kind="note">9</p><my-box:a id="1st">10</my-box:a><p id="中">11</p></body>)";

// The texts of what a selector picks, with spaces between.
std::string picked(const std::string& selector, const std::string& page = kPage) {
  static Arena arena;
  const auto document = parse_html(page, arena);
  REQUIRE(document);
  const auto compiled = Selector::parse(selector);
  if (!compiled) FAIL(selector << ": " << compiled.error().what);
  std::string texts;
  for (const dom::Node node : compiled->all(dom::find_tag(document->root(), "body")))
    texts += (texts.empty() ? "" : " ") + dom::text_of(node);
  return texts;
}

std::string error_of(const std::string& selector) {
  const auto compiled = Selector::parse(selector);
  return compiled ? "no error" : std::to_string(compiled.error().offset) + ": " + compiled.error().what;
}

}  // namespace

TEST_CASE("each simple selector picks what it says") {
  CHECK(picked("h2") == "7");
  CHECK(picked("H2") == "7");
  CHECK(picked("#top") == "12");
  CHECK(picked(".wide") == "12");
  CHECK(picked(".wid").empty());
  CHECK(picked("li.x.y") == "5");
  CHECK(picked("ul *") == "3 4 5 6 6 6");
  CHECK(picked("[data-kind]") == "9");
  CHECK(picked("[DATA-KIND=note]") == "9");
  CHECK(picked("[data-kind='no']").empty());
  CHECK(picked("[href^=\"/a\"]") == "1");
  CHECK(picked("[href$='.pdf']") == "2");
  CHECK(picked("a[href*=b]") == "2");
  CHECK(picked("[ title ~= two ]") == "1");
  CHECK(picked("[lang|=zh]") == "2");
  CHECK(picked("[title^='']").empty());
  CHECK(picked("#中") == "11");
  CHECK(picked(R"(#\31st)") == "10");
  CHECK(picked(R"(my-box\:a)") == "10");
}

TEST_CASE("combinators pick by what stands around an element") {
  CHECK(picked("ul b") == "6");
  CHECK(picked("ul > b").empty());
  CHECK(picked("ul>li>span>b") == "6");
  CHECK(picked("h2 + p") == "8");
  CHECK(picked("h2 ~ p") == "8 9 11");
  CHECK(picked("li + li") == "4 5 6");
  CHECK(picked("a + a") == "2");
  CHECK(picked("ul li > span b") == "6");
  CHECK(picked("div > a ~ a, h2") == "2 7");
  CHECK(picked("h2, p, h2") == "7 8 9 11");
}

TEST_CASE("an ancestor further up is found when the nearest one does not fit") {
  CHECK(picked("section.a > div p",
               "<body><section class=a><div><section><div><p>1</p></div></section></div></section>") == "1");
  CHECK(picked(".a .b .c",
               "<body><i class=b><i class=a><i class=a><i class=b><i class=c>1</i></i></i></i></i>") == "1");
}

TEST_CASE("places among siblings count elements alone") {
  CHECK(picked("li:first-child") == "3");
  CHECK(picked("li:last-child") == "6");
  CHECK(picked("a:nth-child(2)") == "2");
  CHECK(picked("li:nth-child(odd)") == "3 5");
  CHECK(picked("li:nth-child(even)") == "4 6");
  CHECK(picked("li:nth-child( -n + 2 )") == "3 4");
  CHECK(picked("li:nth-child(2n+3)") == "5");
  CHECK(picked("li:nth-child(n)") == "3 4 5 6");
  CHECK(picked("li:nth-child(0)").empty());
  CHECK(picked("b:only-child") == "6");
}

TEST_CASE(":not() leaves out what matches the whole of it") {
  CHECK(picked("li:not(.x)") == "4 6");
  CHECK(picked("li:not(.x.y)") == "3 4 6");
  CHECK(picked("li:not(.y):not(:last-child)") == "3 4");
  CHECK(picked("a:not([lang])") == "1");
  CHECK(picked("li:not(*)").empty());
}

TEST_CASE("only descendants of the root are seen, and first() stops at one") {
  Arena arena;
  const auto document = parse_html("<body><div><p><b>1</b></p></div>", arena);
  const dom::Node paragraph = dom::find_tag(document->root(), "p");
  CHECK(Selector::parse("div b")->all(paragraph).empty());
  CHECK(Selector::parse("p")->all(paragraph).empty());
  CHECK(dom::text_of(Selector::parse("b")->first(paragraph)) == "1");
  CHECK_FALSE(Selector::parse("i")->first(paragraph));
  CHECK(Selector::parse("b")->all(dom::Node{}).empty());
}

TEST_CASE("a selector that does not parse tells where and why") {
  CHECK(error_of("") == "0: expected an element, #id, .class, [attribute] or :pseudo-class before the end");
  CHECK(error_of("div >") ==
        "5: expected an element, #id, .class, [attribute] or :pseudo-class before the end");
  CHECK(error_of("div >> p") ==
        "5: expected an element, #id, .class, [attribute] or :pseudo-class, found \">\"");
  CHECK(error_of("a,,b") == "2: expected an element, #id, .class, [attribute] or :pseudo-class, found \",\"");
  CHECK(error_of("a[href") == "6: the [ is not closed");
  CHECK(error_of("a[href='x]") == "7: the quote is not closed");
  CHECK(error_of("a[href?='x']") == "6: expected =, ^=, $=, *=, ~=, |= or ']'");
  CHECK(error_of("div.") == "4: expected a name before the end");
  CHECK(
      error_of("p:hover") ==
      "2: unknown pseudo-class :hover; known are first-child, last-child, only-child, nth-child() and not()");
  CHECK(error_of("p::before") ==
        "2: pseudo-elements pick no element; ::attr(NAME) stands at a field's end alone");
  CHECK(error_of("li:nth-child(x)") == "13: expected a number, odd, even or an+b");
  CHECK(error_of("li:nth-child(9999999)") == "13: expected a number up to 1000000");
  CHECK(error_of("p:not(a b)") == "8: expected ')'");
  CHECK(error_of("p:not(:not(a))") == "11: :not() inside :not()");
  CHECK(error_of("p）") == "no error");  // a name may hold any character outside ASCII
  CHECK(error_of("p)") == "1: \")\" has no meaning here");
  std::string long_one = "a";
  for (int i = 0; i < 64; ++i) long_one += " a";
  CHECK(error_of(long_one) == "128: more than 64 parts in one selector");
}

TEST_CASE("deep trees and many combinators cost one walk") {
  std::string page = "<body>";
  for (int i = 0; i < 400; ++i) page += "<div><p></p>";
  const auto compiled = Selector::parse("div div div div div div div div div div div div div div div div i");
  Arena arena;
  const auto document = parse_html(page, arena);
  REQUIRE(document);
  REQUIRE(compiled);
  CHECK(compiled->all(document->root()).empty());
  CHECK(Selector::parse("div div div > div + p, p + div")->all(document->root()).size() == 399);
}
