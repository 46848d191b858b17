// The small site of an export: what leads where, and that archived text stays text.

#include "store/export/site.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "export_fixture.hpp"
#include "store/export/output_directory.hpp"
#include "store/json_codec.hpp"

using namespace boardwalk;
using namespace boardwalk::store;

namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The site of `archive` in a folder of its own.
class Exported {
 public:
  explicit Exported(Archive& archive, const Selection& selection = {}, const std::string& suffix = ".html") {
    auto folder = OutputDirectory::open(path());
    REQUIRE(folder);
    const auto readings = Readings::choose(archive.read(), selection, nullptr);
    REQUIRE(readings);
    SiteLinks links(archive.read(), *readings, suffix);
    REQUIRE(readings->for_each_article([&](const ArticleReading& reading) {
      links.add_article(record_id(reading.article));
      return true;
    }));
    const auto pages = suffix == ".html" ? html_pages(links) : markdown_pages(links);
    Site site(archive.read(), links, *pages, *folder);
    ExportCounts counts;
    REQUIRE(export_readings(*readings, site, counts));
    REQUIRE(site.finish());
    REQUIRE(folder->publish("{\"made_by\": \"boardwalk test\"}"));
  }

  [[nodiscard]] fs::path path() const { return directory_.path() / "site"; }
  [[nodiscard]] std::string page(const std::string& name) const {
    REQUIRE(fs::exists(path() / name));
    return read_file(path() / name);
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
    CHECK(read_file(target).find("id=\"" + href.substr(hash + 1) + "\"") != std::string::npos);
}

int check_links(const fs::path& folder) {
  int inner = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    for (const auto& href : hrefs(read_file(entry.path()))) {
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
    const std::string html = read_file(entry.path());
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
  CHECK(hrefs(site.page("bbs.test/threads-2.html")).size() == 1 + 5 + 1);
  CHECK(site.page("index.html").find(">205</span>") != std::string::npos);
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
  CHECK(read_file(name + "/a/b.html") == "two");
  CHECK(read_file(name + "/SHA256SUMS") ==
        "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3  a/b.html\n");
  CHECK(std::distance(fs::directory_iterator(directory.path()), {}) == 1);
  fs::remove(name + "/manifest.json");
  CHECK(make("three") ==
        "-o " + name + ": that is there already and no earlier export; name a new directory");
  CHECK(read_file(name + "/a/b.html") == "two");
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
