// Whenever PlainBuilder makes a tree, it is gumbo's, node by node: so whatever is read from it is equal too,
// records and links alike.
#include "parsers/markup/plain_builder.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "parsers/charset.hpp"
#include "tests/contents.hpp"
#include "tests/same_tree.hpp"
#include "tests/shared_corpus.hpp"
#include "tests/support/model.hpp"
#include "tests/support/pages.hpp"

namespace boardwalk::parsers::markup {
namespace {

using tests::contents;

class BothWays {
 public:
  // True when the page was built without gumbo. REQUIRES that the trees are equal then.
  bool build(const std::string& source) {
    const auto reference = parse_by_gumbo(source, gumbo_arena_);
    if (!reference) return false;
    arena_.reset();
    const auto plain = PlainBuilder(source, 10'000'000, arena_).build();
    CHECK(tests::keeps_its_books(*reference));
    if (!plain) return false;
    CHECK(tests::keeps_its_books(*plain));
    const std::string difference = tests::first_difference(reference->root(), plain->root());
    if (difference.empty()) return true;
    INFO(source.substr(0, 2000));
    FAIL(difference);
    return false;
  }

 private:
  Arena gumbo_arena_;
  Arena arena_;
};

bool is_plain(const std::string& source) { return BothWays().build(source); }

TEST_CASE("a byte that is no part of a page's text is seen wherever it stands") {
  for (std::size_t at = 0; at < 100; ++at) {
    const std::string front(at, 'x');
    const std::string rest(99 - at, 'y');
    for (const char* text : {"", "\t", "\n", "\f", "\r", "~", " ", "雨", "é", "😀", "\xEF\xBF\xBD"}) {
      INFO(at << " " << text);
      CHECK(is_clean_utf8(front + text + rest));
    }
    for (const char* fault :
         {"\x01", "\x0B", "\x1F", "\x7F", "\x80", "\xE9\x9B", "\xFF", "\xC2\x85", "\xED\xA0\x80"}) {
      INFO(at);
      CHECK_FALSE(is_clean_utf8(front + fault + rest));
    }
    CHECK_FALSE(is_clean_utf8(front + std::string(1, '\0') + rest));
  }
}

std::string chinese(std::size_t characters) {
  std::string text;
  for (std::size_t i = 0; i < characters; ++i) text += i % 3 == 2 ? "，" : "雨";
  return text;
}

TEST_CASE("a byte that is no part of a page's text is seen among Chinese as well") {
  constexpr std::size_t kCharacters = 24;
  for (std::size_t at = 0; at < 3 * kCharacters; ++at) {
    const std::string front = std::string(at % 3, 'x') + chinese(at / 3);
    const std::string rest = chinese(kCharacters - at / 3) + std::string(40, 'y');
    for (const char* text : {"", "\n", "~", "é", "😀", "\xE0\xA4\x85", "\xED\x9F\xBF", "\xEE\x80\x80",
                             "\xEF\xBF\xBD", "\xE4\xBF\xBE", "\xEF\xB7\x8F"}) {
      INFO(at << " " << text);
      CHECK(is_clean_utf8(front + text + rest));
    }
    for (const char* fault :
         {"\x01", "\x7F", "\x80", "\xE9", "\xE9\x9B", "\xEF", "\xFF", "\xC2\x85", "\xE0\x9F\xBF",
          "\xED\xA0\x80", "\xEF\xB7\x90", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xF0\x9F\xBF\xBE"}) {
      INFO(at);
      CHECK_FALSE(is_clean_utf8(front + fault + rest));
    }
  }
}

TEST_CASE("a page that needs no repair is built without gumbo") {
  for (const char* source :
       {"",
        "words",
        "<!DOCTYPE html><html><head><title>a &amp; b</title></head><body><p>x</p></body></html>\n",
        "<p>one<p>two<ul><li>a<li>b</ul>",
        "<dl><dt>a<dd>b</dl>",
        "<h1>a<h2>b</h2>",
        "<table><tr><td>1<td>2<tr><th>3</table>",
        "<table><caption>c</caption><col><tbody></tbody></table>",
        "<table><tr><a name=new></a><td>1</td></tr></table>",
        "<div><b>a <i>b</i></b></div></div></span>",
        "<a href='?a=1&b=2&amp;c'>x</a>",
        "<select><optgroup><option>a<option selected>b</select>",
        "<form><input type=hidden><button>go</button></form>after",
        "<pre>\r\n\r\nx</pre><textarea>\n&lt;</textarea>",
        "<script>if (a < b && '</div>') <!-- x --></script><style>p > a {}</style>",
        "<br/><img src=a/><hr>",
        "<p a=1 A=2>x",
        "<img id='a' src=b ID=\"a\" alt=c id=d>",
        "<ignore_js_op><x-Part A=1 b>t</x-Part></ignore_js_op>",
        "a < b & c &copy; &#20013; &#x4e2d;",
        "<body><p>a</body></html><!-- c --> \n",
        "<!-- a -- b --><p>x<!---->",
        "<svg width=1 viewBox='0 0 1 1'><path d='M0'/><g></g></svg>",
        "<p>a<noscript><p>x</noscript>",
        "<p>a</div>b</span>c",
        "<div></p>"}) {
    INFO(source);
    CHECK(is_plain(source));
  }
}

TEST_CASE("what has to be repaired, and what is seldom, is gumbo's") {
  for (const char* source : {"<b><p>x</b>y</p>",
                             "<p><b>x</p>y",
                             "<table>words</table>",
                             "<table><div>x</div></table>",
                             "<a>x<a>y</a>",
                             "<math><mi>x</mi></math>",
                             "<svg><title>x</title></svg>",
                             "<svg>x</svg >y",
                             "<svg><g></g\r></svg>",
                             "<template>x</template>",
                             "<frameset><frame></frameset>",
                             "<p>a</br>b",
                             "<html a=1><html b=2>",
                             "<body a=1><body b=2>",
                             "<form><div></form></div>",
                             "<nobr>x",
                             "<ruby>x<rt>y</ruby>",
                             "&unknown;",
                             "a &copy b",
                             "&#150;",
                             "<script><!-- <script></script> --></script>",
                             "<textarea>",
                             "<!x>",
                             "</ x>",
                             "<p",
                             "<p a='",
                             "<head></head><title>late</title>",
                             "<p a A b=1>x",
                             "<p a=1 a='' b=1>x",
                             "<font><font><font><font>x</font></font></font></font>",
                             "\x01",
                             "\xC2\x85",
                             "\xFF"}) {
    INFO(source);
    CHECK_FALSE(is_plain(source));
  }
}

TEST_CASE("a paragraph ends at a table but for old document types, which are gumbo's") {
  CHECK(is_plain("<!DOCTYPE html><p>x<table></table>"));
  CHECK_FALSE(is_plain("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 3.2//EN\"><p>x<table></table>"));
}

TEST_CASE("a page that costs too much is given up at once") {
  std::string deep;
  for (int i = 0; i < 600; ++i) deep += "<span>";
  CHECK_FALSE(is_plain(deep));
  std::string joined;
  for (int i = 0; i < 600; ++i) joined += "x</i>";
  CHECK_FALSE(is_plain(joined));
  std::string attributes = "<p";
  for (int i = 0; i < 60; ++i) attributes += " a" + std::to_string(i);
  CHECK_FALSE(is_plain(attributes + ">"));
  Arena arena;
  CHECK_FALSE(PlainBuilder("<p><i>x</i></p>", 10, arena).build());
}

// --- Made up

const std::vector<std::string> kNames{
    "html",     "head",     "body",    "title",    "meta",   "style",   "script",   "iframe",
    "link",     "base",     "DIV",     "Table",    "x-meta", "sectioN", "fieldset", "blockquote",
    "div",      "ul",       "ol",      "li",       "dl",     "dd",      "dt",       "p",
    "h1",       "h3",       "pre",     "hr",       "a",      "b",       "i",        "font",
    "span",     "label",    "x-y",     "foo",      "br",     "img",     "input",    "param",
    "object",   "form",     "button",  "textarea", "select", "option",  "optgroup", "table",
    "colgroup", "col",      "caption", "tbody",    "thead",  "tr",      "td",       "th",
    "center",   "noscript", "main",    "svg",      "path",   "marquee", "video",    "address"};
const std::vector<std::string> kAttributes{"",
                                           " a=1",
                                           " class='x y'",
                                           " A=B",
                                           " a=1 a=2 c=3",
                                           " a a b=2",
                                           " href='?a=1&b=2&amp;c'",
                                           "/",
                                           " checked",
                                           " x = y",
                                           " a=\"b\"c=d",
                                           " a=b/",
                                           " =x",
                                           " type=hidden",
                                           " a='\r\n'",
                                           " width=3",
                                           " a=&copy",
                                           " id=x class='y'",
                                           " onClick='a&amp;b'",
                                           " data-id=\"3\"",
                                           " a_b='c' tabindex=\"1\"",
                                           " a<b=c",
                                           " abcdefg='1' abcdefgh=2 abcdefghi",
                                           "\r\nhref='?one=1&amp;two=2&nbsp;\r\n&amp;three=3&four=4'"};
const std::vector<std::string> kTexts{
    "x",      " ",     "\n",         "\r\n",     "&amp;",
    "&nbsp;", "&#65;", "&copy",      "&foo;",    "<",
    "< ",     "&",     "<!-- c -->", "<!---->",  "<!DOCTYPE html>",
    "\r",     "</",    "<?x?>",      "<!x>",     "a&b=c",
    "&#;",    "&#39 ", "中",         "\r\n\r\n", "\r\nlong words &amp;\r\nmore\r\n"};

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t sides) { return random_() % sides; }
  const std::string& one_of(const std::vector<std::string>& list) { return list[below(list.size())]; }

 private:
  std::mt19937 random_;
};

// Tags and texts at random, most end tags where they belong.
std::string soup(Dice& dice) {
  std::string source = dice.below(4) != 0 ? "<!DOCTYPE html>" : "";
  std::vector<std::string> open;
  for (std::size_t left = 1 + dice.below(14); left > 0; --left) {
    const std::size_t what = dice.below(10);
    if (what < 4) {
      open.push_back(dice.one_of(kNames));
      source += "<" + open.back() + (dice.below(3) == 0 ? dice.one_of(kAttributes) : "") + ">";
    } else if (what < 7 && !open.empty()) {
      source += "</" + (dice.below(5) != 0 ? open.back() : dice.one_of(open)) + ">";
      open.pop_back();
    } else if (what == 7) {
      source += "</" + dice.one_of(kNames) + ">";
    } else {
      source += dice.one_of(kTexts);
    }
  }
  return source;
}

TEST_CASE("any soup of tags that is built without gumbo gives gumbo's tree") {
  Dice dice(1);
  BothWays both;
  int plain = 0;
  for (int i = 0; i < 20'000; ++i) plain += both.build(soup(dice)) ? 1 : 0;
  CHECK(plain > 5'000);
}

// Somewhere a tag is lost, doubled or renamed, a piece of text put in, or the page ends.
void damage(Dice& dice, std::string& source) {
  const std::size_t tag = source.find('<', dice.below(source.size()));
  const std::size_t end = tag == std::string::npos ? tag : source.find('>', tag);
  if (end == std::string::npos) return;
  switch (dice.below(6)) {
    case 0:
      source.erase(tag, end + 1 - tag);
      break;
    case 1:
      source.insert(tag, source.substr(tag, end + 1 - tag));
      break;
    case 2:
      source.insert(tag, "</" + dice.one_of(kNames) + ">");
      break;
    case 3:
      source.insert(tag, "<" + dice.one_of(kNames) + dice.one_of(kAttributes) + ">");
      break;
    case 4:
      source.insert(tag, dice.one_of(kTexts));
      break;
    default:
      if (dice.below(8) == 0) source.resize(tag + dice.below(end - tag));
  }
}

std::vector<std::string> sample_pages() {
  const sample::Model model({.seed = 7, .threads = 30, .posts = 12, .articles = 0});
  const sample::PageContext context{model, "http://pier.example/", model.ends_at()};
  std::vector<std::string> pages{sample::index_page(context, 0)};
  for (const sample::Board& board : model.boards())
    if (board.kind != sample::BoardKind::kCategory) pages.push_back(sample::board_page(context, board, 1, 0));
  for (const sample::Thread& thread : model.threads())
    pages.push_back(sample::thread_page(context, thread, {}));
  return pages;
}

TEST_CASE("the sample forum's pages are built without gumbo, and equal when damaged") {
  Dice dice(2);
  BothWays both;
  int plain = 0;
  for (const std::string& page : sample_pages()) {
    CHECK(both.build(page));
    for (int i = 0; i < 25; ++i) {
      std::string damaged = page;
      for (std::size_t times = 1 + dice.below(3); times > 0; --times) damage(dice, damaged);
      plain += both.build(damaged) ? 1 : 0;
    }
  }
  CHECK(plain > 100);
}

// --- Captured

TEST_CASE("captured pages are equal both ways, and most forum pages need no gumbo") {
  const auto corpus = tests::shared_corpus("corpus");
  if (!corpus) return;
  BothWays both;
  int forum = 0;
  int forum_plain = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*corpus)) {
    const bool page = entry.is_regular_file() && entry.path().parent_path().filename() == "pages";
    if (!page) continue;
    const bool plain = both.build(std::string(decode(contents(entry.path()), "text/html").text));
    if (entry.path().string().find("discuz") == std::string::npos) continue;
    ++forum;
    forum_plain += plain ? 1 : 0;
  }
  CHECK(10 * forum_plain > 9 * forum);
}

}  // namespace
}  // namespace boardwalk::parsers::markup
