// What is blacked out of pages, text by text.

#include "store/redaction.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "forgotten_words.hpp"
#include "store/page_redaction.hpp"
#include "store/text_nodes.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

// As hashes were kept before they told of greater parts.
std::vector<std::int64_t> of_before(std::vector<std::int64_t> hashes) {
  Redaction other;
  other.add("another text that has nothing in common with it");
  const auto others = other.hashes();
  std::erase_if(hashes, [&others](std::int64_t hash) {
    return std::binary_search(others.begin(), others.end(), hash);
  });
  return hashes;
}

std::string black(std::size_t characters) {
  std::string text;
  while (characters-- > 0) text += kBlack;
  return text;
}

std::string apply(const Redaction& redaction, std::string_view page) {
  std::vector<bool> black(page.size());
  return redaction.find(page, black) ? blacked_out(page, black) : "";
}

}  // namespace

TEST_CASE("redaction finds a text in pieces of sixteen characters, through markup, references and space") {
  Redaction redaction;
  redaction.add("abcdefghijklmnopqrstuvwxyz");
  CHECK(apply(redaction, "nothing of it is here, or anywhere else").empty());
  CHECK(apply(redaction, "<p>abcdefghijklmno</p>").empty());  // fifteen
  CHECK(apply(redaction, "<p>xabcdefghijklmnopx</p>") == "<p>x□□□□□□□□□□□□□□□□x</p>");
  CHECK(apply(redaction, "abcd<b>efgh</b> ijkl&nbsp;mn&#111;p!") == "□□□□<b>□□□□</b> □□□□&nbsp;□□□□□□□□□!");
  CHECK(apply(redaction, "<meta content=\"abcdefghijklmnop\">") == "<meta content=\"□□□□□□□□□□□□□□□□\">");
  Redaction shorter;
  shorter.add("顶");
  CHECK(shorter.empty());
}

TEST_CASE("redaction spares addresses, but for those that are repeated together with words beside them") {
  Redaction redaction;
  redaction.add("见 " + kPrinted + " 里说的");
  for (const std::string& page :
       {"<base href=\"http://bbs.test/\"><a href=\"" + kPrinted + "\">x</a>", "<p>" + kPrinted + "</p>",
        std::string("<img file=\"http://bbs.test/data/1.png\" alt=\"x\"/>"),
        "<script>open('" + kPrinted + "')</script>", std::string("<a href=\"./thread-100-1-1.html\">x</a>")})
    CHECK(::apply(redaction, page).empty());
  const auto described = [](const std::string& words) { return "<meta content=\"" + words + "\">"; };
  CHECK(::apply(redaction, described("见 " + kPrinted + " 里说的")) ==
        described("□ " + black(kPrinted.size()) + " □□□"));
  CHECK(::apply(redaction, described("见 " + kPrinted + "?page=2")) ==
        described("□ " + kPrinted + "?page=2"));
}

TEST_CASE("others hold a copy of a text when they say its greater part") {
  const auto holds = [](std::size_t characters, std::size_t of) {
    Redaction redaction;
    redaction.add(different(of));
    return redaction.is_repeated_in("他说：" + different(characters) + "，就这些");
  };
  CHECK(holds(16, 16));
  CHECK(holds(63, 63));
  CHECK_FALSE(holds(62, 63));
  CHECK(holds(64, 127));
  CHECK_FALSE(holds(63, 127));
  CHECK(holds(128, 200));
  CHECK_FALSE(holds(127, 200));
  CHECK_FALSE(holds(15, 15));
  Redaction address;
  address.add(kPrinted);
  CHECK_FALSE(address.is_repeated_in("也在 " + kPrinted + " 里"));
}

TEST_CASE("by hashes of before it is a copy when all that is said repeats them") {
  Redaction redaction, old;
  redaction.add(different(40));
  old.add(of_before(redaction.hashes()));
  CHECK(redaction.hashes().size() == 40 - 15 + 2);
  CHECK(old.hashes().size() == redaction.hashes().size() - 1);
  CHECK(old.is_repeated_in(different(20)));
  CHECK_FALSE(redaction.is_repeated_in(different(20)));
  CHECK_FALSE(old.is_repeated_in(different(20) + "，就这些"));
}

TEST_CASE("a short title is blacked out where a node says it and nothing else") {
  Redaction redaction;
  redaction.add_title("a &b; c");
  CHECK(apply(redaction, "<a> a &amp;b; c </a><p>a &amp;b; cd</p>") ==
        "<a> □ □□□□□□□ □ </a><p>a &amp;b; cd</p>");
  Redaction shorter;
  shorter.add_title("abc");
  CHECK(shorter.empty());
}

TEST_CASE("text nodes are what a reader may see, and marks tell which of them made a text") {
  const std::string page =
      "<html><title>t</title><style>p{}</style><!-- <p>no</p> --><p a=\"x>y\"> one <b>two</b>\n</p>"
      "<script>if (a<b) c</script>3 < 4</html>";
  const auto nodes = text_nodes(page);
  std::vector<std::string> texts;
  for (const auto& node : nodes) texts.push_back(page.substr(node.begin, node.end - node.begin));
  CHECK(texts == std::vector<std::string>{"one", "two", "3 < 4"});
  std::string copy = marked("own\U000F1234<p>one</p>", text_nodes("own\U000F1234<p>one</p>"));
  CHECK(take_marks(copy) == std::vector<std::size_t>{0, 1});
  CHECK(copy == "own<p>one</p>");
}
