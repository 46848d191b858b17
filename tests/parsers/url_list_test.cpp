#include "parsers/url_list.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "parsers/moment.hpp"

using namespace boardwalk::parsers;

namespace {

UrlList parse(const std::string& text) {
  return read_url_list(*parse_url("http://news.example/sitemap.xml"), text);
}

std::string entry(const std::string& time) {
  const auto list =
      parse("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/a.html</loc><lastmod>" +
            time + "</lastmod></url></urlset>");
  REQUIRE(list.urls.size() == 1);
  return list.urls[0].modified ? utc_rfc3339(*list.urls[0].modified) : "none";
}

}  // namespace

TEST_CASE("a sitemap gives its URLs as articles, once each, whatever space stands around them") {
  const auto list = parse(
      "<?xml version='1.0' encoding='UTF-8'?>\n<!-- made > by hand -->\n"
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'>"
      "<url><loc>\n http://news.example/2026/a.html?x=1&amp;y=2 </loc><priority>1</priority>"
      "<n:news><n:publication_date>2026-01-05</n:publication_date></n:news></url>"
      "<url><loc>http://news.example/2026/a.html?x=1&amp;y=2</loc></url>"
      "<url><loc>http://news.example/thread-7-1-1.html</loc></url>"
      "<url><loc>mailto:x@news.example</loc></url><url/></urlset>");
  CHECK(list.fault.empty());
  REQUIRE(list.urls.size() == 2);
  CHECK(list.urls[0].url == "http://news.example/2026/a.html?x=1&y=2");
  CHECK(list.urls[0].role == LinkRole::kArticle);
  CHECK_FALSE(list.urls[0].modified);
  CHECK(list.urls[1].role == LinkRole::kThread);
}

TEST_CASE("an index gives its sitemaps as listings") {
  const auto list = parse(
      "<sitemapindex><sitemap><loc>http://news.example/1.xml.gz</loc><lastmod>2026-01-05T10:00:00+08:00</"
      "lastmod>"
      "</sitemap></sitemapindex>");
  REQUIRE(list.urls.size() == 1);
  CHECK(list.urls[0].role == LinkRole::kListing);
  CHECK(utc_rfc3339(*list.urls[0].modified) == "2026-01-05T02:00:00Z");
}

TEST_CASE("RSS and Atom give their items' links and times") {
  const auto rss = parse(
      "<rss version='2.0'><channel><link>http://news.example/</link><item><title>a</title>"
      "<link>http://news.example/a.html</link><pubDate>Mon, 05 Jan 2026 10:00:00 "
      "+0800</pubDate></item></channel></rss>");
  REQUIRE(rss.urls.size() == 1);
  CHECK(rss.urls[0].url == "http://news.example/a.html");
  CHECK(utc_rfc3339(*rss.urls[0].modified) == "2026-01-05T02:00:00Z");
  const auto atom = parse(
      "<feed xmlns='http://www.w3.org/2005/Atom'><link href='http://news.example/'/><entry>"
      "<link rel='enclosure' href='/a.mp3'/><link href='/a.html'/><published>2026-01-04T00:00:00Z</published>"
      "<updated>2026-01-05T02:00:00Z</updated></entry></feed>");
  REQUIRE(atom.urls.size() == 1);
  CHECK(atom.urls[0].url == "http://news.example/a.html");
  CHECK(utc_rfc3339(*atom.urls[0].modified) == "2026-01-05T02:00:00Z");
}

TEST_CASE("the last change is the latest moment that the words may mean") {
  CHECK(entry("2026-01-05") == "2026-01-06T00:00:00Z");
  CHECK(entry("2026-01-05T10:00+08:00") == "2026-01-05T02:00:59Z");
  CHECK(entry("2026-01-05T10:00:30.123+08:00") == "2026-01-05T02:00:30Z");
  CHECK(entry(" 2026-01-05T10:00:30Z ") == "2026-01-05T10:00:30Z");
  CHECK(entry("yesterday") == "none");
  CHECK(entry("") == "none");
}

TEST_CASE("a time of any length is none, and ends no run") {
  for (const std::string fraction : {".", "1", ".1"}) {
    std::string time = "2026-01-05T10:00:30";
    for (int i = 0; i < 200'000; ++i) time += fraction;
    CHECK(entry(time) == "none");
  }
  CHECK(entry(std::string(100, ' ') + "2026-01-05T10:00:30.123456789Z") == "2026-01-05T10:00:30Z");
}

TEST_CASE("what stands before a fault in the XML counts, and the fault is told") {
  const auto list = parse("<urlset>\n<url><loc>http://news.example/a.html</loc></url>\n<url><loc>x</url>");
  CHECK(list.urls.size() == 1);
  CHECK(list.fault == "XML line 3: mismatched tag");
  CHECK_FALSE(parse("<urlset><url").fault.empty());
}

TEST_CASE("white space and a BOM before the XML are no fault, and lines are counted from the text's first") {
  const std::string xml =
      "<?xml version='1.0' encoding='UTF-8'?><urlset><url><loc>/a.html</loc></url></urlset>";
  for (const std::string before : {"\n", "\r\n \t", "\xEF\xBB\xBF", "\xEF\xBB\xBF\n\n", "\n\xEF\xBB\xBF",
                                   "\xEF\xBB\xBF\n\xEF\xBB\xBF "}) {
    CHECK(is_url_list(before + xml));
    const auto list = parse(before + xml);
    CHECK(list.fault.empty());
    CHECK(list.urls.size() == 1);
  }
  CHECK(parse("\n\n<?xml version='1.0'\n?>\n<urlset></url>").fault == "XML line 5: mismatched tag");
  CHECK(parse("<?xml version='1.0'").fault == "XML line 1: unclosed token");
  CHECK(parse(" \n ").fault == "XML line 2: no element found");
  CHECK(parse("").fault == "XML line 1: no element found");
}

TEST_CASE("an ampersand that nobody escaped stands for itself") {
  const auto list = parse(
      "<urlset><url><loc>http://news.example/a?x=1&y=2&amp;z=3&#38;w=4</loc></url>"
      "<url><loc><![CDATA[http://news.example/b?x=1&y=2]]></loc></url><url><loc>/c?q=&</loc></url></urlset>");
  CHECK(list.fault.empty());
  REQUIRE(list.urls.size() == 3);
  CHECK(list.urls[0].url == "http://news.example/a?x=1&y=2&z=3&w=4");
  CHECK(list.urls[1].url == "http://news.example/b?x=1&y=2");
  CHECK(list.urls[2].url == "http://news.example/c?q=&");
}

TEST_CASE("entities that nothing declares are passed over, and a real fault behind them is told") {
  const auto items = [](const std::string& title, const std::string& link) {
    return "<rss><channel><item><title>" + title + "</title><link>" + link +
           "</link></item><item><link>/b.html</link></item></channel></rss>";
  };
  for (const std::string before :
       {"", "<?xml version='1.0' standalone='yes'?>", "<!DOCTYPE rss>", "<!DOCTYPE rss [<!ENTITY x 'y'>]>",
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://127.0.0.1:9/rss.dtd'>",
        "<!DOCTYPE rss [<!ENTITY % h SYSTEM 'http://127.0.0.1:9/h.ent'> %h;]>"}) {
    INFO(before);
    const auto list = parse(before + items("a&nbsp;b &copy; <b c='&eacute;'/>", "/a.html"));
    CHECK(list.fault.empty());
    REQUIRE(list.urls.size() == 2);
    CHECK(list.urls[0].url == "http://news.example/a.html");
    CHECK(list.urls[1].url == "http://news.example/b.html");
  }
  const auto address = parse(items("a", "/a?x=1&copy;=2"));
  REQUIRE(address.urls.size() == 2);
  CHECK(address.urls[0].url == "http://news.example/a?x=1&copy;=2");
  const auto broken = parse(items("a&nbsp;b", "/a.html") + "<");
  CHECK(broken.urls.size() == 2);
  CHECK_FALSE(broken.fault.empty());
  CHECK(parse(items("a < b", "/a.html")).fault == "XML line 1: not well-formed (invalid token)");
}

TEST_CASE("what stands inside an entry's image or source is not the entry's") {
  for (const std::string item :
       {"<item><link>/a.html</link><image><url>/logo.png</url></image></item>",
        "<item><image><url>/logo.png</url><link>/home</link></image><link>/a.html</link></item>",
        "<item><item><link>/c.html</link></item><link>/a.html</link></item>",
        "<entry><source><link href='/'/><updated>2030-01-05</updated></source><link href='/a.html'/></entry>",
        "<url><i:image><i:loc>/logo.png</i:loc></i:image><loc>/a.html</loc></url>"}) {
    INFO(item);
    const auto list =
        parse("<rss xmlns:i='i'><channel><image><url>/logo.png</url><link>/home</link></image>" + item +
              "<item><link>/b.html</link></item></channel></rss>");
    CHECK(list.fault.empty());
    REQUIRE(list.urls.size() == 2);
    CHECK(list.urls[0].url == "http://news.example/a.html");
    CHECK_FALSE(list.urls[0].modified);
    CHECK(list.urls[1].url == "http://news.example/b.html");
  }
}

TEST_CASE(
    "an entry's address is its own, not that of a copy in another language or form, wherever that stands") {
  for (const std::string item :
       {"<url><x:link rel='alternate' hreflang='en' href='/en.html'/><loc>/a.html</loc></url>",
        "<url><loc>/a.html</loc><x:link rel='alternate' hreflang='en' href='/en.html'/></url>",
        "<item><x:link rel='alternate' href='/'/><link>/a.html</link></item>",
        "<item><x:link href='/a.html'/><link/></item>",
        "<entry><link href='/a.html'>words</link><link href='/en.html' hreflang='en'/></entry>"}) {
    INFO(item);
    const auto list = parse("<urlset xmlns:x='x'>" + item + "</urlset>");
    CHECK(list.fault.empty());
    REQUIRE(list.urls.size() == 1);
    CHECK(list.urls[0].url == "http://news.example/a.html");
  }
}

TEST_CASE("entities without end and lists without end harm nothing") {
  std::string bomb = "<!DOCTYPE urlset [<!ENTITY a 'aaaaaaaaaa'>";
  for (char c = 'b'; c <= 'm'; ++c) {
    const std::string inner = "&" + std::string(1, static_cast<char>(c - 1)) + ";";
    bomb += "<!ENTITY " + std::string(1, c) + " '";
    for (int i = 0; i < 10; ++i) bomb += inner;
    bomb += "'>";
  }
  CHECK(parse(bomb + "]><urlset><url><loc>http://news.example/&m;</loc></url></urlset>").urls.empty());
  std::string many = "<urlset>";
  for (int i = 0; i < 50'010; ++i) many += "<url><loc>/" + std::to_string(i) + "</loc></url>";
  CHECK(parse(many + "</urlset>").urls.size() == 50'000);
}

TEST_CASE("a page of HTML is no list of URLs, a list in another charset is one") {
  CHECK_FALSE(is_url_list("<!DOCTYPE html><html><body><urlset>"));
  CHECK_FALSE(is_url_list(""));
  CHECK_FALSE(is_url_list("<!-- no end"));
  CHECK_FALSE(
      is_url_list("<rss><channel><generator>Discuz! Board by Comsenz Inc.</generator></channel></rss>"));
  CHECK(is_url_list("<sm:urlset>"));
  CHECK(is_url_list("\xEF\xBB\xBF<?xml version='1.0' encoding='gbk'?><rss><channel><title>\xBA\xD3</title>"));
}
