#include "parsers/requisites.hpp"

#include <catch2/catch.hpp>

#include "parsers/site/rules.hpp"

using namespace boardwalk::parsers;
using Urls = std::vector<std::string>;

namespace {

Urls of_page(const std::string& html, const std::string& url = "http://pond.example/forum/a.html") {
  Workspace workspace;
  PageInput input;
  input.url = url;
  input.body = html;
  input.content_type = "text/html; charset=utf-8";
  return requisites_of_page(input, workspace);
}

Urls of_css(const std::string& css) {
  return requisites_of_css(css, *parse_url("http://pond.example/css/a.css"));
}

}  // namespace

TEST_CASE("style sheets, scripts, icons and images are needed to show a page: links and frames are not") {
  CHECK(
      of_page(
          "<link rel='stylesheet' href='/a.css'><link rel='shortcut icon' href='/i.ico'>"
          "<link rel='alternate' href='/feed'><script src='a.js'></script>"
          "<body background='b.gif'><img src='c.png'><a href='d.html'>d</a><iframe src='e.html'></iframe>"
          "<input type='image' src='f.png'><input type='text' src='g.png'><video poster='h.jpg'></video>") ==
      Urls{"http://pond.example/a.css", "http://pond.example/i.ico", "http://pond.example/forum/a.js",
           "http://pond.example/forum/b.gif", "http://pond.example/forum/c.png",
           "http://pond.example/forum/f.png", "http://pond.example/forum/h.jpg"});
}

TEST_CASE("images that a page shows late, or in several sizes, are needed too: each URL counts once") {
  CHECK(of_page("<img src='none.gif' zoomfile='z.jpg' file='f.jpg'><img src='none.gif' data-src='d.jpg'>"
                "<img srcset='s1.jpg 1x, s2.jpg 2x'><img srcset='t1.jpg,  t2.jpg 300w'>") ==
        Urls{"http://pond.example/forum/none.gif", "http://pond.example/forum/z.jpg",
             "http://pond.example/forum/f.jpg", "http://pond.example/forum/d.jpg",
             "http://pond.example/forum/s1.jpg", "http://pond.example/forum/s2.jpg",
             "http://pond.example/forum/t1.jpg", "http://pond.example/forum/t2.jpg"});
}

TEST_CASE("a page's base, and styles within it, count") {
  CHECK(of_page("<base href='http://static.example/x/'><style>p { background: url(a.png) }</style>"
                "<p style=\"background-image: url('b.png')\">p</p>") ==
        Urls{"http://static.example/x/a.png", "http://static.example/x/b.png"});
}

TEST_CASE("addresses are read in the charset that a site file tells, whatever the page says itself") {
  Workspace workspace;
  site::Rules rules;
  rules.charset = "gb18030";
  const std::string body = "<meta charset=utf-8><img src='\xB8\xDB.png'>";
  const PageInput input{
      "http://pond.example/a.html", body, "text/html; charset=utf-8", 0, std::nullopt, &rules};
  CHECK(requisites_of_page(input, workspace) == Urls{"http://pond.example/%E6%B8%AF.png"});
}

TEST_CASE("data URLs and other schemes are nothing to fetch, nor is what is no HTML") {
  CHECK(of_page(
            "<img src='data:image/gif;base64,R0lGOD'><img src='blob:x'><script src='javascript:x'></script>")
            .empty());
  CHECK(of_page("\x89PNG\r\n\x1a\n not a page").empty());
}

TEST_CASE("a style sheet needs what its url() and @import name, comments aside") {
  CHECK(of_css("@import 'b.css'; @import url(\"c.css\") screen;\n/* url(no.png) */\n"
               "@font-face { src: url( f.woff2 ) format('woff2'), url('../f.ttf'); }\n"
               "p { background: URL-less; background: url(data:image/png;base64,AAAA); cursor: url(/x.cur), "
               "auto }") == Urls{"http://pond.example/css/b.css", "http://pond.example/css/c.css",
                                 "http://pond.example/css/f.woff2", "http://pond.example/f.ttf",
                                 "http://pond.example/x.cur"});
}

TEST_CASE("a comment ends where it is closed, whatever stands behind it") {
  CHECK(of_css("/*! reset */*,:after{background:url(a.png)}/*/ url(no.png) */p{background:url(b.png)}") ==
        Urls{"http://pond.example/css/a.png", "http://pond.example/css/b.png"});
}

// If the rare tokens were searched anew from each of the others, this one would take longer than a test may.
TEST_CASE("a style sheet takes time in proportion to its length") {
  std::string css;
  for (int i = 0; i < 2'000'000; ++i) css += "url()";
  CHECK(of_css(css + "@import 'last.css'") == Urls{"http://pond.example/css/last.css"});
}

TEST_CASE("a style sheet that stops in the middle of anything ends the search") {
  for (const char* css :
       {"p { background: url(", "@import", "@import '", "/* never closed url(x.png)", "url('a.png"})
    CHECK(of_css(css).size() <= 1);
}
