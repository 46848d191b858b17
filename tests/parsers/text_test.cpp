#include "parsers/text.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/html.hpp"

using namespace boardwalk::parsers;

namespace {

// The lines of a body, with `/` for the line ends.
std::string lines_of(const std::string& body, const std::function<Visit(dom::Node)>& on_element) {
  Arena arena;
  const std::string source = "<!doctype html><body>" + body;
  TextLines lines;
  read_text(parse_html(source, arena)->root(), lines, on_element);
  std::string text = lines.take();
  for (char& c : text)
    if (c == '\n') c = '/';
  return text;
}

std::string lines_of(const std::string& body) {
  return lines_of(body, [](dom::Node) { return Visit::kDescend; });
}

bool hidden(const std::string& attribute) {
  Arena arena;
  const std::string source = "<p " + attribute + ">x";
  return is_hidden(dom::find_tag(parse_html(source, arena)->root(), "p"));
}

}  // namespace

TEST_CASE("breaks and the borders of block elements end a line") {
  CHECK(lines_of("<p>a</p>b<br>c") == "a/b/c");
  CHECK(lines_of("a<div>b</div>c<ul><li>d<li>e</ul>f") == "a/b/c/d/e/f");
  CHECK(lines_of("a<b>b</b><font>c</font>d") == "abcd");
  CHECK(lines_of("a<hr>b<blockquote>c</blockquote>d") == "a/b/c/d");
}

TEST_CASE("cells of a table row stand on one line with one space between") {
  CHECK(lines_of("<table><tr><td>a</td><td>b</td></tr><tr><th> c </th>\n<td></td><td>d</td></tr></table>") ==
        "a b/c d");
}

TEST_CASE("runs of white space are one space and a no-break space is white space") {
  CHECK(lines_of("a &nbsp;\t\r\n b") == "a b");
  CHECK(lines_of("a <b> b</b> &nbsp;<i> c</i>") == "a b c");
}

TEST_CASE("lines are stripped, also of ideographic spaces, which stay inside") {
  CHECK(lines_of("　　a　b　<br> 　 c 　 ") == "a　b/c");
  CHECK(lines_of("a\xE2\x80\x8B"
                 "b") ==
        "a\xE2\x80\x8B"
        "b");
}

// By the letter of the rules, for a text without line ends of its own.
std::string plain_line(std::string_view text) {
  std::string line;
  while (!text.empty()) {
    const bool no_break = text.starts_with("\u00A0");
    const bool blank = no_break || text.front() == ' ' || (text.front() >= '\t' && text.front() <= '\r');
    if (!blank) line += text.front();
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
    text.remove_prefix(no_break ? 2 : 1);
  }
  return std::string(strip(line));
}

TEST_CASE("any mixture of words and white space is one line by these rules") {
  const std::vector<std::string> pieces{" ",    "\t", "\r\n", "\v",         "\u00A0", "\u00A9",
                                        "\x1F", "a",  "港",   "七个字节多", "\x7F"};
  std::mt19937 random(9);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (auto left = random() % 20; left > 0; --left) text += pieces[random() % pieces.size()];
    TextLines lines;
    lines.append(text);
    INFO(text);
    REQUIRE(lines.take() == plain_line(text));
  }
}

TEST_CASE("empty lines are dropped") { CHECK(lines_of("<br>a<br><br><p>　</p><div></div>b<br>") == "a/b"); }

TEST_CASE("what no browser shows adds nothing, not even a line end") {
  CHECK(lines_of("a<div style=\"DISPLAY : none\">x</div>b<script>x</script>c<style>x</style>d") == "abcd");
  CHECK(lines_of("a<select><option>x</select><textarea>x</textarea><noscript>x</noscript>b") == "ab");
  CHECK(lines_of("a<!-- x -->b<span hidden>x</span>c") == "abc");
}

TEST_CASE("preformatted text keeps its line breaks, and only that text") {
  CHECK(lines_of("<pre>a\n  b\r\nc</pre>d\ne") == "a/b/c/d e");
  CHECK(lines_of("<pre>a\n<b>b\nc</b></pre>") == "a/b/c");
}

TEST_CASE("a skipped block still ends the line, a skipped inline element does not") {
  const auto skip = [](dom::Node node) { return node.has_class("no") ? Visit::kSkip : Visit::kDescend; };
  CHECK(lines_of("a<div class=no>x</div>b", skip) == "a/b");
  CHECK(lines_of("a<span class=no>x</span>b", skip) == "ab");
  CHECK(lines_of("a<pre class=no>x</pre>b\nc", skip) == "a/b c");
}

TEST_CASE("hidden elements are skipped without asking") {
  int asked = 0;
  CHECK(lines_of("<p hidden>x</p><p style='display:none'>x</p>", [&](dom::Node node) {
          asked += node.is("p") ? 1 : 0;
          return Visit::kDescend;
        }).empty());
  CHECK(asked == 0);
}

TEST_CASE("an element is hidden by its style or its attribute") {
  CHECK(hidden("style='display:none'"));
  CHECK(hidden("style='color:red; Display: None !important'"));
  CHECK(hidden("style='visibility: hidden;'"));
  CHECK(hidden("hidden"));
  CHECK_FALSE(hidden("style='display:none;display:block'"));
  CHECK_FALSE(hidden("style='display:block'"));
  CHECK_FALSE(hidden("style='x-display:none'"));
  CHECK_FALSE(hidden("style=''"));
}

TEST_CASE("lines collected by hand follow the same rules") {
  TextLines lines;
  lines.space();
  lines.append("  a ");
  lines.space();
  lines.append(" b");
  lines.end_line();
  lines.end_line();
  lines.append_preformatted("c\nd");
  CHECK(lines.take() == "a b\nc\nd");
  CHECK(lines.take().empty());
}

TEST_CASE("a stripped text has no white space of any width at its ends") {
  CHECK(strip(" \xEF\xBB\xBF　\xC2\xA0 a　b \xC2\xA0　\r\n") == "a　b");
  CHECK(strip("　 ").empty());
  CHECK(strip("").empty());
  CHECK(strip("é") == "é");
}

TEST_CASE("the first number is found with its separators and its unit") {
  CHECK(first_number("查看: 88213 | 回复: 5") == 88213);
  CHECK(first_number("1,234 views") == 1234);
  CHECK(first_number("1 234 567") == 1234567);
  CHECK(first_number("12, 345") == 12);
  CHECK(first_number("5 2015") == 5);
  CHECK(first_number("1234,567") == 1234);
  CHECK(first_number("1.2万") == 12000);
  CHECK(first_number("3 萬") == 30000);
  CHECK(first_number("1.25") == 1);
  CHECK(first_number("none") == std::nullopt);
  CHECK(first_number("") == std::nullopt);
  CHECK(first_number("99999999999999999999999") > 0);
}
