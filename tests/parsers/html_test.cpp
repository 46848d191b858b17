#include "parsers/html.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace boardwalk::parsers {
namespace {

std::string repeat(int times, const std::function<std::string(int)>& piece) {
  std::string all;
  for (int i = 0; i < times; ++i) all += piece(i);
  return all;
}

std::string repeat(int times, const std::string& piece) {
  return repeat(times, [&](int) { return piece; });
}

bool parses(const std::string& source) {
  Arena arena;
  return parse_html(source, arena).has_value();
}

std::string words(const std::string& source) {
  Arena arena;
  const auto document = parse_html(source, arena);
  REQUIRE(document);
  return dom::text_of(document->root());
}

TEST_CASE("a page becomes a tree that can be walked and asked") {
  Arena arena;
  const std::string source =
      "<title>Harbour</title><div id=a class='x big y'><p>one &amp; <b>two</b><!-- c --><p "
      "title=T>three</div>tail";
  const auto document = parse_html(source, arena);
  REQUIRE(document);
  const dom::Node root = document->root();
  const dom::Node box = dom::find_id(root, "a");
  CHECK(box.is("div"));
  CHECK(box.has_class("big"));
  CHECK_FALSE(box.has_class("bi"));
  CHECK(dom::text_of(box) == "one & twothree");
  CHECK(dom::find_tags(box, "p").size() == 2);
  CHECK(dom::find_tag(box, "b").closest([](dom::Node n) { return n.is("div"); }) == box);
  CHECK(dom::find_tags(box, "p").back().attr_or("title") == "T");
  CHECK(dom::find_tag(box, "b").inside(box));
  CHECK_FALSE(box.inside(box));
  CHECK(source.substr(box.source_offset(), 4) == "<div");
}

TEST_CASE("the empty node answers every question") {
  const dom::Node none;
  CHECK_FALSE(none);
  CHECK(none.name().empty());
  CHECK(none.id().empty());
  CHECK_FALSE(none.parent());
  CHECK_FALSE(none.first_child().next_sibling().next_in(none));
  CHECK(dom::text_of(none).empty());
  CHECK_FALSE(dom::find_tag(none, "p"));
}

TEST_CASE("an element that HTML does not know keeps its name as written") {
  Arena arena;
  const std::string source = "<ignore_js_op><x-Part a=1>t</x-Part></ignore_js_op>";
  const auto document = parse_html(source, arena);
  CHECK(dom::find_tag(document->root(), "ignore_js_op"));
  CHECK(dom::text_of(dom::find_tag(document->root(), "ignore_js_op")) == "t");
}

TEST_CASE("text behind </html> belongs to the page") { CHECK(words("<p>a</p></html><p>b</p>") == "ab"); }

TEST_CASE("any bytes make a tree") {
  for (const char* source :
       {"", "<", "</", "<!", "<!--", "<a", "<a b", "<a b=", "<a b='", "&#", "&#xFFFFFFFF;", "</p>",
        "<![CDATA[", "<?", "<svg><![CDATA[", "<script>", "<textarea>", "<plaintext>", "</br>"}) {
    INFO(source);
    CHECK(parses(source));
  }
}

TEST_CASE("pages that would keep gumbo busy for minutes are too complex") {
  const auto number = [](int i) { return std::to_string(i); };
  const std::vector<std::pair<const char*, std::string>> bombs{
      {"nested div", repeat(100'000, "<div>")},
      {"font and p", repeat(20'000, [&](int i) { return "<font size=" + number(i) + "><p>"; })},
      {"nested tables", repeat(5'000, "<table><tr><td>")},
      {"attributes on one tag", "<p " + repeat(20'000, [&](int i) { return "a" + number(i) + "=1 "; }) + ">"},
      {"a with other elements", repeat(20'000, "<a href=x><span>")},
      {"b and div", repeat(20'000, [&](int i) { return "<b id=" + number(i) + "><div>"; })},
      {"nobr", repeat(20'000, [&](int i) { return "<nobr class=" + number(i) + "><p>"; })},
      {"mismatched end tags", repeat(8'000, "<i><b><u>") + repeat(20'000, "</i></b><p></u>")},
      {"svg in svg", repeat(40'000, "<svg><g>")},
      {"math with html", repeat(20'000, "<math><mi><span>")},
      {"svg desc and self-closing", "<svg><desc>" + repeat(60'000, "<x/>") + repeat(20'000, "<p>")},
      {"templates", repeat(20'000, "<template>")},
      {"buttons and p", repeat(30'000, "<p><button>")},
      {"select in table", repeat(20'000, "<table><select>")},
      {"body tags with attributes", repeat(20'000, [&](int i) { return "<body b" + number(i) + "=1>"; })},
      {"rulers of lists", repeat(20'000, "<ul><li>")},
      {"behind a short comment", "<!-->" + repeat(100'000, "<div>")},
      {"behind a bogus comment", "<!x <!-- >" + repeat(100'000, "<div>")},
      {"behind a quoted tag end", "<x a= '><!--'>" + repeat(100'000, "<div>")},
      {"behind an end tag with attributes", "</x a='><!--'>" + repeat(100'000, "<div>")},
      {"behind an unknown script", "<script\"x>" + repeat(100'000, "<div>")},
      {"behind an escaped script", "<script><!--<script></script><!--</script>" + repeat(100'000, "<div>")},
      {"behind raw text", "<xmp><!--</xmp>" + repeat(100'000, "<div>")},
      {"style in svg", "<svg><style>" + repeat(100'000, "<div>")},
      {"CDATA in svg", "<svg><![CDATA[<!--]]>" + repeat(100'000, "<div>")},
  };
  for (const auto& [name, source] : bombs) {
    INFO(name);
    CHECK_FALSE(parses(source));
    CHECK(estimate_work(source, 20'000'000) > 10'000'000 + 10 * source.size());
  }
}

TEST_CASE("large but ordinary pages are not too complex") {
  CHECK(parses(repeat(40'000, "<p>words <b>and</b> <a href=x>links</a></p>")));
  CHECK(parses(repeat(20'000, "<div><span>x</span></div>")));
  CHECK(parses("<table>" + repeat(20'000, "<tr><td>1<td>2") + "</table>"));
  CHECK(parses("<svg>" + repeat(20'000, "<path d='M0 0'/>") + "</svg>"));
  CHECK(parses("<select>" + repeat(20'000, "<option>x") + "</select>"));
  CHECK(parses("<ul>" + repeat(20'000, "<li>x") + "</ul>"));
  CHECK(parses(repeat(20'000, "x<br>")));
  CHECK(parses(repeat(200, "<div>") + "deep"));
  CHECK(parses("<!-- " + std::string(500'000, '-')));
  CHECK(parses(std::string(500'000, '<')));
  CHECK(parses("<script>" + std::string(500'000, '<')));
  CHECK(parses("<style>" + repeat(200'000, "</")));
  CHECK(parses(repeat(100'000, "&amp")));
}

TEST_CASE("trees are never deeper than a walk by recursion bears") {
  CHECK(parses(repeat(1'500, "<span>")));
  CHECK_FALSE(parses(repeat(kMaxDepth + 10, "<span>")));
}

TEST_CASE("much text in many elements, which readers would copy for each of them, is too complex") {
  const auto around = [](int depth, std::size_t bytes) {
    return repeat(depth, "<span>") + std::string(bytes, 'x') + repeat(depth, "</span>");
  };
  CHECK_FALSE(parses(repeat(1'500, "<label for=option_1>") + std::string(100'000, 'x')));
  CHECK_FALSE(parses(around(400, 200'000)));
  CHECK(parses(around(25, 4'000'000)));
  CHECK(parses(around(400, 2'000)));
  CHECK(parses(repeat(300, "<div align=\"left\">" + std::string(1'000, 'x'))));
  CHECK(parses(repeat(30, "<div>") + repeat(50'000, "A line of a long thread.<br>")));
  Arena arena;
  CHECK_FALSE(parse_by_gumbo(around(400, 200'000), arena));
  CHECK(parse_by_gumbo(around(25, 4'000'000), arena));
}

TEST_CASE("the outcome of a page does not depend on what the arena held before") {
  Arena arena;
  const std::string bomb = repeat(20'000, [](int i) { return "<font size=" + std::to_string(i) + "><p>"; });
  for (int round = 0; round < 3; ++round) {
    CHECK_FALSE(parse_html(bomb, arena));
    const auto document = parse_html("<p>calm</p>", arena);
    REQUIRE(document);
    CHECK(dom::text_of(document->root()) == "calm");
  }
}

TEST_CASE("an arena keeps to its budget of bytes, of allocations and of nested text") {
  Arena arena;
  arena.set_budget({1024, 10, 1e9, 100});
  CHECK_THROWS_AS(arena.allocate(2048), Arena::OverBudget);
  arena.reset();
  for (int i = 0; i < 10; ++i) CHECK(reinterpret_cast<std::uintptr_t>(arena.allocate(1)) % 16 == 0);
  CHECK_THROWS_AS(arena.allocate(1), Arena::OverBudget);
  CHECK_NOTHROW(arena.count_text(10, 10));
  CHECK_THROWS_AS(arena.count_text(1, 1), Arena::OverBudget);
}

}  // namespace
}  // namespace boardwalk::parsers
