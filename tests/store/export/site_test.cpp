// The small site of an export: what leads where, and that archived text stays text.

#include "store/export/site.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "export_fixture.hpp"
#include "store/export/markdown.hpp"
#include "store/export/output_directory.hpp"
#include "store/json_codec.hpp"
#include "tests/contents.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using boardwalk::tests::contents;

namespace {

namespace fs = std::filesystem;

// The site of `archive` in a folder of its own.
class Exported {
 public:
  explicit Exported(Archive& archive, const Selection& selection = {}, const std::string& suffix = ".html") {
    auto folder = OutputDirectory::open(path());
    REQUIRE(folder);
    const auto readings = Readings::choose(archive.read(), selection, nullptr);
    REQUIRE(readings);
    SiteLinks links(archive.read(), *readings, suffix);
    ExportCounts counts;
    REQUIRE(readings->for_each_article(counts, [&](const ArticleReading& reading) {
      links.add_article(record_id(reading.article));
      return true;
    }));
    const auto pages = suffix == ".html" ? html_pages(links) : markdown_pages(links);
    Site site(archive.read(), links, *pages, *folder);
    counts = {};
    REQUIRE(export_readings(*readings, site, counts));
    REQUIRE(site.finish());
    REQUIRE(folder->publish("{\"made_by\": \"boardwalk test\"}"));
  }

  [[nodiscard]] fs::path path() const { return directory_.path() / "site"; }
  [[nodiscard]] std::string page(const std::string& name) const {
    REQUIRE(fs::exists(path() / name));
    return contents(path() / name);
  }

 private:
  TemporaryDirectory directory_;
};

std::vector<std::string> hrefs(const std::string& html) {
  static const std::regex href("href=\"([^\"]*)\"");
  std::vector<std::string> found;
  for (auto it = std::sregex_iterator(html.begin(), html.end(), href); it != std::sregex_iterator(); ++it)
    found.push_back((*it)[1].str());
  return found;
}

// The file and the place in it are there.
void check_resolves(const fs::path& from, const std::string& href) {
  INFO(from << " → " << href);
  const std::size_t hash = href.find('#');
  const std::string file = href.substr(0, hash);
  const fs::path target = file.empty() ? from : (from.parent_path() / file).lexically_normal();
  REQUIRE(fs::is_regular_file(target));
  if (hash != std::string::npos)
    CHECK(contents(target).find("id=\"" + href.substr(hash + 1) + "\"") != std::string::npos);
}

int check_links(const fs::path& folder) {
  int inner = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    for (const auto& href : hrefs(contents(entry.path()))) {
      if (href.starts_with("http://") || href.starts_with("https://")) continue;
      check_resolves(entry.path(), href);
      ++inner;
    }
  }
  return inner;
}

}  // namespace

TEST_CASE("every link of the site leads to a page of it or to the web, from the index to each thread") {
  Archive archive;
  fill_for_export(archive);
  archive.put(board_page("1", {}, 50));
  const Exported site(archive);
  CHECK(check_links(site.path()) > 20);
  CHECK(site.page("index.html").find("href=\"bbs.test/board-1.html\"") != std::string::npos);
  CHECK(site.page("bbs.test/board-1.html").find("href=\"../bbs.test/thread-9.html\"") != std::string::npos);
  CHECK(site.page("bbs.test/threads.html").find("href=\"../bbs.test/thread-10.html\"") != std::string::npos);
  CHECK(site.page("index.html").find("href=\"news.test/articles.html\"") != std::string::npos);
}

TEST_CASE("a link to a page that the site holds leads there, others to the web, scripts nowhere") {
  Archive archive;
  fill_for_export(archive);
  const Exported site(archive);
  const std::string page = site.page("bbs.test/thread-9.html");
  CHECK(page.find("href=\"../bbs.test/thread-10.html\"") != std::string::npos);
  CHECK(page.find("href=\"http://elsewhere.test/?a=1&amp;b=2\"") != std::string::npos);
  CHECK(page.find("href=\"javascript:") == std::string::npos);
}

TEST_CASE("copies and originals lead to one another") {
  Archive archive;
  fill_for_export(archive);
  const Exported site(archive);
  CHECK(site.page("bbs.test/thread-10.html")
            .find("The same text as <a href=\"../bbs.test/thread-9.html#post-91\"") != std::string::npos);
  CHECK(site.page("bbs.test/thread-9.html").find("Also as <a href=\"../bbs.test/thread-10.html#post-101\"") !=
        std::string::npos);
}

TEST_CASE("a copy whose original is not in the selection names it without a link") {
  Archive archive;
  fill_for_export(archive);
  Selection selection;
  selection.filter.thread = "10";
  const Exported site(archive, selection);
  CHECK(check_links(site.path()) > 3);
  CHECK(site.page("bbs.test/thread-10.html").find("The same text as <code>bbs.test/post/91</code>") !=
        std::string::npos);
}

TEST_CASE("a thread reads with floors, quotes, comments, ratings, edit marks and files") {
  Archive archive;
  fill_for_export(archive);
  const Exported site(archive);
  const std::string page = site.page("bbs.test/thread-9.html");
  for (const char* part : {"<h1 dir=\"auto\">題目, &quot;一&quot; &lt;u&gt;</h1>",
                           ">#2</a> <b class=\"author\"><bdi>阿明 &lt;b&gt;</bdi></b>",
                           "<blockquote dir=\"auto\"><cite><bdi>author of 91</bdi> · <time "
                           "datetime=\"2024-05-01T08:00:00+08:00\">",
                           "雨後的\n碼頭", "edited 2024-05-02 08:00 by admin", "version 2", "點評 &lt;i&gt;",
                           "威望 +5 by 老葛: 好文", "attachment <a class=\"out\"", "(1 KB), members only"}) {
    INFO(part);
    CHECK(page.find(part) != std::string::npos);
  }
}

TEST_CASE("nothing of the archived text is an element, an attribute or a script of a page") {
  Archive archive;
  fill_for_export(archive);
  const Exported site(archive);
  for (const auto& entry : fs::recursive_directory_iterator(site.path())) {
    if (entry.path().extension() != ".html") continue;
    const std::string html = contents(entry.path());
    INFO(entry.path());
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("<u>") == std::string::npos);
    CHECK(html.find("<i>") == std::string::npos);
    CHECK_FALSE(std::regex_search(html, std::regex("<[^>]* on[a-z]+=")));
    CHECK(html.find("Content-Security-Policy\" content=\"default-src 'none'") != std::string::npos);
  }
  CHECK(site.page("bbs.test/thread-9.html").find("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;") !=
        std::string::npos);
}

TEST_CASE("a name that turns the direction of reading turns nothing but itself") {
  Archive archive;
  auto page = thread_page("9", 1, 1, {make_post("91", "words", 1)}, 100);
  const std::string name = "\u202Egro.live";
  for (auto& post : page.posts) post.author = name;
  for (auto& thread : page.threads) thread.author = name;
  archive.put(page);
  const Exported site(archive);
  for (const char* const file : {"bbs.test/thread-9.html", "bbs.test/threads.html"}) {
    const std::string html = site.page(file);
    std::size_t found = 0;
    for (std::size_t at = html.find(name); at != std::string::npos; at = html.find(name, at + 1), ++found) {
      const std::size_t begin = html.rfind("<bdi", at), end = html.find("</bdi>", at);
      REQUIRE(begin != std::string::npos);
      CHECK(html.find("</bdi>", begin) == end);
      CHECK(html.find('\n', at) > end);
    }
    CHECK(found > 0);
  }
}

TEST_CASE("names of files hold nothing that a file system or a browser takes for something else") {
  Archive archive;
  auto page = thread_page("9", 1, 1, {make_post("91", "words", 1)}, 100);
  for (auto& post : page.posts)
    post.site = "127.0.0.1:8080", post.thread_id = "../x y", post.post_id = "a\"<b";
  for (auto& thread : page.threads) thread.site = "127.0.0.1:8080", thread.thread_id = "../x y";
  page.thread_page.reset();
  archive.put(page);
  const Exported site(archive);
  CHECK(check_links(site.path()) >= 3);
  CHECK(site.page("127.0.0.1=3A8080/thread-=2E.=2Fx=20y.html").find("id=\"post-a=22=3Cb\"") !=
        std::string::npos);
}

TEST_CASE("with its history a post's older versions stand below it, newest first") {
  Archive archive;
  fill_for_export(archive);
  Selection selection;
  selection.history = true;
  const Exported site(archive, selection);
  const std::string page = site.page("bbs.test/thread-9.html");
  CHECK(page.find("second words") < page.find("<details><summary>version 1"));
  CHECK(page.find("<details><summary>version 1") < page.find("first words"));
}

TEST_CASE("a long list has pages, and each leads to the others") {
  Archive archive;
  for (int tid = 1; tid <= static_cast<int>(Site::kEntriesOfPage) + 5; ++tid)
    archive.put(thread_page(std::to_string(tid), 1, 1, {make_post(std::to_string(tid), "words", 1)}, 100));
  const Exported site(archive);
  CHECK(check_links(site.path()) > 400);
  CHECK(hrefs(site.page("bbs.test/threads~2.html")).size() == 1 + 5 + 1);
  CHECK(site.page("index.html").find(">205</span>") != std::string::npos);
}

TEST_CASE("a board whose id ends in a number takes no page of another board's list") {
  Archive archive;
  const int threads = static_cast<int>(Site::kEntriesOfPage) + 2;
  for (int tid = 1; tid <= threads; ++tid) {
    auto page = thread_page(std::to_string(tid), 1, 1, {make_post(std::to_string(tid), "words", 1)}, 100);
    page.threads[0].board = {tid < threads ? "news" : "news-2", std::nullopt};
    archive.put(page);
  }
  const Exported site(archive);
  CHECK(check_links(site.path()) > 400);
  CHECK(hrefs(site.page("bbs.test/board-news~2.html")).size() == 1 + 1 + 1);
  CHECK(site.page("bbs.test/board-news-2.html").find(fmt::format("thread-{}.html", threads)) !=
        std::string::npos);
}

TEST_CASE("Markdown has an article's older versions and its links, too") {
  Archive archive;
  for (int version = 1; version <= 2; ++version) {
    auto article = make_article("http://news.test/1.html", "text of version " + std::to_string(version));
    article.links = {{"http://elsewhere.test/", "elsewhere"}};
    archive.put(article_page(article, 400 + version));
  }
  Selection selection;
  selection.history = true;
  const auto readings = Readings::choose(archive.read(), selection, nullptr);
  REQUIRE(readings);
  std::string text;
  MarkdownDocument document([&](std::string_view bytes) {
    text += bytes;
    return true;
  });
  ExportCounts counts;
  REQUIRE(export_readings(*readings, document, counts));
  CHECK(text.find("\n\ntext of version 2\n\n- link [elsewhere](<http://elsewhere.test/>)\n\n"
                  "*version 1, seen until 1970-01-01:*\n\ntext of version 1\n\n") != std::string::npos);
}

TEST_CASE("Markdown keeps the # at the end of a heading, and leaves others legible") {
  CHECK(markdown_escaped("C #") == "C \\#");
  CHECK(markdown_escaped("C ## ") == "C \\#\\# ");
  CHECK(markdown_escaped("# C #\nC #") == "\\# C \\#  \nC \\#");
  CHECK(markdown_escaped("the #1 of #names# here") == "the #1 of #names# here");
}

TEST_CASE("articles that are copies are left out of what is read, and counted") {
  Archive archive;
  archive.put(article_page(make_article("http://news.test/1.html", long_text(1)), 100));
  archive.put(article_page(make_article("http://news.test/2.html", long_text(1)), 200));
  for (const bool wanted : {true, false}) {
    Selection selection;
    selection.filter.duplicates = wanted;
    const auto readings = Readings::choose(archive.read(), selection, nullptr);
    REQUIRE(readings);
    MarkdownDocument document([](std::string_view) { return true; });
    ExportCounts counts;
    REQUIRE(export_readings(*readings, document, counts));
    CHECK(counts.of(RecordKind::kArticle) == (wanted ? 2 : 1));
    CHECK(counts.duplicates == (wanted ? 0 : 1));
  }
}

TEST_CASE("Markdown pages keep lines as lines and take no text for markup") {
  Archive archive;
  fill_for_export(archive);
  const Exported site(archive, {}, ".md");
  const std::string page = site.page("bbs.test/thread-9.md");
  CHECK(page.starts_with("---\nid: \"bbs.test/thread/9\"\ntitle: \"題目, \\\"一\\\" <u>\"\n"));
  CHECK(page.find("## \\#2 阿明 \\<b\\> · 2024-05-01 08:05\n\n> author of 91:\n>\n> 雨後的  \n> 碼頭\n") !=
        std::string::npos);
  CHECK(
      page.find(
          "\\<script\\>alert('1')\\</script\\> \\& \"two\", three;  \nFrom here on  \n\\>From there  \n"
          "\\# no heading  \n1\\. no list  \n\\*no\\* \\_stress\\_ \\[no\\](http://link.test/) \\`code\\`") !=
      std::string::npos);
  CHECK(page.find("[the other thread](<../bbs.test/thread-10.md>)") != std::string::npos);
  CHECK(site.page("index.md").find("](<bbs.test/board-1.md>) (1)") != std::string::npos);
}

TEST_CASE("an export takes the place of an earlier one and of nothing else") {
  const TemporaryDirectory directory;
  const std::string name = directory.path() / "site";
  const auto make = [&](const std::string& text) {
    auto folder = OutputDirectory::open(name);
    if (!folder) return folder.error().message;
    CHECK(folder->write("a/b.html", text));
    CHECK(folder->publish("{\"made_by\": \"boardwalk 0\"}"));
    return std::string{};
  };
  CHECK(make("one").empty());
  CHECK(make("two").empty());
  CHECK(contents(name + "/a/b.html") == "two");
  CHECK(contents(name + "/SHA256SUMS") ==
        "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  a/b.html\n");
  CHECK(std::distance(fs::directory_iterator(directory.path()), {}) == 1);
  fs::remove(name + "/manifest.json");
  CHECK(make("three") ==
        "-o " + name + ": that is there already and no earlier export; name a new directory");
  CHECK(contents(name + "/a/b.html") == "two");
}

TEST_CASE("an export of many files that does not come to its end leaves nothing behind") {
  const TemporaryDirectory directory;
  const std::string name = directory.path() / "site";
  {
    auto folder = OutputDirectory::open(name);
    REQUIRE(folder);
    CHECK(folder->write("a.html", "text"));
  }
  CHECK(fs::is_empty(directory.path()));
}

TEST_CASE("a file is written once: a second one of that name ends the export") {
  const TemporaryDirectory directory;
  auto folder = OutputDirectory::open(directory.path() / "site");
  REQUIRE(folder);
  CHECK(folder->write("a/b.html", "one"));
  CHECK_FALSE(folder->write("a/b.html", "two"));
  const auto published = folder->publish("{}");
  REQUIRE_FALSE(published);
  CHECK(published.error().kind == ErrorKind::kIo);
  CHECK(published.error().message.ends_with(
      "/site/a/b.html: File exists; name a place that can be written with -o"));
}

TEST_CASE("what a killed export of many files left goes with the next one to that name") {
  const TemporaryDirectory directory;
  const std::string name = directory.path() / "site";
  for (const char* const ending :
       {".4194305.tmp", ".1.tmp"}) {  // above the largest process id; one that lives
    fs::create_directory(name + ending);
    std::ofstream(name + ending + "/a.html") << "words";
  }
  REQUIRE(OutputDirectory::open(name));
  CHECK_FALSE(fs::exists(name + ".4194305.tmp"));
  CHECK(fs::exists(name + ".1.tmp/a.html"));
}
