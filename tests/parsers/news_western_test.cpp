#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/parsers/news_page.hpp"

namespace boardwalk::parsers {
namespace {

using Names = std::vector<std::string>;

const std::string kOne =
    "The keeper, who is seventy-two, climbed the stairs alone, lamp in hand, as the crowd below fell silent.";
const std::string kTwo =
    "Nobody had expected the old glass to hold, but it did, and the beam reached the far side of the bay.";
const std::string kThree =
    "The bell, cast in the same yard as the ships, will ring in fog, and the villages will hear it again.";
const std::string kText = kOne + "\n" + kTwo + "\n" + kThree;

std::string sentences() { return "<p>" + kOne + "</p><p>" + kTwo + "</p><p>" + kThree + "</p>"; }

// Headline, what stands between it and the text, the text's block, what stands behind that.
std::string page_of(const std::string& above, const std::string& inside, const std::string& behind = "") {
  return "<html lang=en><title>The lamp is lit | Bay Post</title><nav><a href=/>Home</a></nav>"
         "<h1>The lamp is lit</h1>" +
         above + "<div class=x1>" + inside + "</div>" + behind;
}

std::string text_of_article(const std::string& inside, const std::string& above = "") {
  return article_of(page_of(above, inside)).text;
}

Names authors_of(const std::string& above, const std::string& behind = "") {
  return article_of(page_of(above, sentences(), behind)).authors;
}

std::string day_of(const std::string& above, const std::string& head = "") {
  const Article article = article_of(head + page_of(above, sentences()));
  return article.published_at ? article.published_at->rfc3339().substr(0, 10) : "(none)";
}

TEST_CASE("layout classes of frameworks and page builders say nothing of what a block is") {
  for (const char* names : {"hidden-xs", "position-relative", "elementor-widget-container", "hidden-print"}) {
    INFO(names);
    std::string inside;
    for (const auto& line : {kOne, kTwo, kThree})
      inside += "<div class='" + std::string(names) + "'><p>" + line + "</p></div>";
    CHECK(text_of_article(inside) == kText);
  }
}

TEST_CASE("navigation stays noise where it is longer than the article") {
  std::string about;
  for (int i = 0; i < 4; ++i) about += "<p>" + kTwo + " Every dossier has its own page, its own notes.</p>";
  const std::string page = page_of("", sentences()) + "<div id=navigation>" + about + "</div>";
  CHECK(article_of(page).text == kText);
}

TEST_CASE("an article inside the one <aside> that holds the page's words is read") {
  const std::string page =
      "<html lang=en><title>The lamp is lit</title><aside class=col><section><h1>The lamp "
      "is lit</h1><div>" +
      sentences() + "</div></section></aside>";
  CHECK(article_of(page).text == kText);
}

TEST_CASE("a standfirst named teaser, or set as a second heading, belongs to the text") {
  const std::string lead = "Forty years after it went out, the lamp at the point shines again for the boats.";
  CHECK(text_of_article(sentences(), "<div class=teaser-text><p>" + lead + "</p></div>") ==
        lead + "\n" + kText);
  const std::string second = "Forty years after it went out the lamp at the point shines again";
  CHECK(text_of_article(sentences(), "<h2>" + second + "</h2>") == second + "\n" + kText);
}

TEST_CASE("a block named as the text's place is taken whole when a part of it scores best") {
  const std::string inside =
      "<div class=entry-content><p>Wardens: Ann Gull</p><ol><li>Lighting the lamp</li>"
      "<li><ol><li>" +
      kOne + "</li><li>" + kTwo + "</li></ol></li></ol></div>";
  const std::string text = article_of(page_of("", inside)).text;
  CHECK(text == "Wardens: Ann Gull\nLighting the lamp\n" + kOne + "\n" + kTwo);
}

TEST_CASE("a block that holds the page's one first heading is no noise for its names") {
  const std::string lead = "Forty years after it went out the lamp at the point shines again";
  const std::string page =
      "<html lang=en><title>The lamp is lit | Bay Post</title><section class=o-share>"
      "<h1>The lamp is lit</h1><h2>" +
      lead + "</h2></section><div>" + sentences() + "</div>";
  CHECK(article_of(page).text == lead + "\n" + kText);
}

TEST_CASE("a heading that nothing follows is left out") {
  CHECK(text_of_article(sentences() + "<h2>The map to keep:</h2><iframe src=/map></iframe>") == kText);
}

TEST_CASE("soft hyphens are not letters") {
  CHECK(text_of_article("<p>The light\xC2\xADhouse, it is said, was never dark be\xC2\xAD"
                        "fore, not for one night.</p>" +
                        sentences()) ==
        "The lighthouse, it is said, was never dark before, not for one night.\n" + kText);
}

TEST_CASE("what follows the heading of other articles or of contacts goes, in any case of letters") {
  for (const char* heading :
       {"<h3>ÜBER DEN AUTOR</h3>", "<h3>Weitere aktuelle Themen</h3>", "<h3>Verwandte Beiträge</h3>",
        "<p>Kontakt:</p>", "<h4>Weitere Informationen</h4>"}) {
    INFO(heading);
    CHECK(text_of_article(sentences() + heading + "<p>Ann Gull, Bay Street, writes of the sea.</p>") ==
          kText);
  }
}

TEST_CASE("a paragraph whose first word begins or is a label's stays") {
  for (const std::string line :
       {"Endangered right whales were seen off the point in spring.", "Ending the practice took years.",
        "The end of commercial hunting brought them back.", "The end of the long night",
        "Copyright law keeps the old charts from being printed.",
        "Advertisement revenue fell at the Bay Post."}) {
    INFO(line);
    CHECK(text_of_article("<p>" + kOne + "</p><p>" + line + "</p><p>" + kTwo + "</p><p>" + kThree + "</p>") ==
          kOne + "\n" + line + "\n" + kTwo + "\n" + kThree);
  }
}

TEST_CASE("a heading that only begins like that of comments or other articles ends nothing") {
  for (const std::string heading :
       {"Comments from fishermen", "Top stories of the harbour", "Commentinel bay", "Most readers agree",
        "Thoughts on the lamp", "Ver más allá del faro"}) {
    INFO(heading);
    CHECK(text_of_article("<p>" + kOne + "</p><h2>" + heading + "</h2><p>" + kTwo + "</p><p>" + kThree +
                          "</p>") == kOne + "\n" + heading + "\n" + kTwo + "\n" + kThree);
  }
  for (const char* heading : {"Comments", "Comments:", "COMMENTS (3)", "[Comments]", "3 comments",
                              "Kommentare (2)", "Comments are closed.", "2 thoughts on “The lamp”",
                              "Most read in Bay", "You may also like...", "Top stories"}) {
    INFO(heading);
    CHECK(text_of_article(sentences() + "<h3>" + heading + "</h3><p>Ann Gull, Bay Street, likes it.</p>") ==
          kText);
  }
}

TEST_CASE("a pointer to another article amid the text does not end it") {
  CHECK(text_of_article("<p>" + kOne + "</p><p>LIRE AUSSI</p><p><a href=/b>The bell is back</a></p><p>" +
                        kTwo + "</p><p>" + kThree + "</p>") == kText);
}

TEST_CASE("linked items of a list go even where they end as sentences") {
  CHECK(text_of_article(sentences() + "<ul><li><a href=/b>Why did the bell fall silent?</a></li>"
                                      "<li><a href=/c>The glass held!</a></li></ul>") == kText);
}

TEST_CASE("an invitation to follow or subscribe at the end is left out, with its link") {
  for (const char* line : {"<p>Follow us on <a href=/t>Twitter</a>, Facebook and elsewhere.</p>",
                           "<p>Like it? <a href=/n>Sign up</a> and read us every week.</p>"}) {
    INFO(line);
    CHECK(text_of_article(sentences() + line) == kText);
  }
  const std::string quoted = "The newsletter of the harbour, printed since 1951, had the news first.";
  CHECK(text_of_article("<p>" + quoted + "</p>" + sentences()) == quoted + "\n" + kText);
}

TEST_CASE("the words of an embedded post stay, its signature goes") {
  const std::string post =
      "<blockquote class=twitter-tweet><p>It shines, and I can see my boat from here.</p>"
      "— Ann Gull (@anngull) March 4, 2023</blockquote>";
  CHECK(text_of_article(sentences() + post) == kText + "\nIt shines, and I can see my boat from here.");
}

TEST_CASE("a logo that leads home is no headline, a kicker inside the heading is no part of it") {
  const std::string body = "<div>" + sentences() + "</div>";
  CHECK(article_of("<html lang=en><title>Bay Post » Archive » The lamp is lit</title>"
                   "<h1><a href=/>Bay Post</a></h1><h2>The lamp is lit</h2>" +
                   body)
            .title == "The lamp is lit");
  CHECK(article_of(
            "<html lang=en><title>The lamp is lit | Bay Post</title><meta property=og:title content='The "
            "lamp is lit'><h1><span>Harbour</span> The lamp is lit</h1>" +
            body)
            .title == "The lamp is lit");
}

TEST_CASE("writers are named behind prepositions, without what stands around their names") {
  CHECK(authors_of("<div class=meta>Posted on March 4, 2023 by Ann Gull</div>") == Names{"Ann Gull"});
  CHECK(authors_of("<div>Erstellt von Ann Gull am Dienstag 6. Mai 2014</div>") == Names{"Ann Gull"});
  CHECK(authors_of("<div>04.03.2023 - Redaktion: Ann Gull (Harbour Office)</div>") == Names{"Ann Gull"});
  CHECK(authors_of("<div class=byline>© Ann Gull, PhD</div>") == Names{"Ann Gull"});
  CHECK(authors_of("<div class=author>Von Ann Gull Fr, 4. März 2023</div>") == Names{"Ann Gull"});
  CHECK(authors_of("", "<p>Posted by Ann Gull at 18:52</p>") == Names{"Ann Gull"});
  CHECK(authors_of("<p>by <span class=author>Ann Gull</span> and <span class=author>Lee Tern</span></p>") ==
        Names{"Ann Gull", "Lee Tern"});
  CHECK(authors_of("<p>Read by many, loved by few.</p>").empty());
}

TEST_CASE("a line of nothing but bars and commas is passed over, however long it is") {
  std::string bars;
  for (int i = 0; i < 300'000; ++i) bars += ", ";
  CHECK(authors_of("<p>" + bars + "</p><p>By Ann Gull</p>") == Names{"Ann Gull"});
}

TEST_CASE("a list of writers is read once, however long it is") {
  std::string commas;
  for (int i = 0; i < 300'000; ++i) commas += ", ";
  const std::string head = "<meta name=author content='Ann Gull" + commas + "Lee Tern and Ann Gull'>";
  CHECK(article_of(head + page_of("", sentences())).authors == Names{"Ann Gull", "Lee Tern"});
}

TEST_CASE("categories, decks and kickers name no writer") {
  CHECK(authors_of("<div><a class=category-tutorials href=/t>Tutorials</a></div><div>Posted by "
                   "<a rel=author href=/ann>Ann Gull</a></div>") == Names{"Ann Gull"});
  CHECK(authors_of("<div><a class=storyline-link href=/t>Harbour Towers</a></div><div>By Ann Gull</div>") ==
        Names{"Ann Gull"});
  CHECK(authors_of("<div><a class=port-authority href=/t>Port Authority</a></div><div>By Ann Gull</div>") ==
        Names{"Ann Gull"});
  CHECK(authors_of("<h2>Town Hit by Second Storm</h2>").empty());
  CHECK(authors_of("<div>Gazzetta di Parma</div>").empty());
  CHECK(authors_of("<p>Ein Gastbeitrag von Ann Gull</p>") == Names{"Ann Gull"});
  for (const std::string name :
       {"post-author", "authorName", "c-byline__name", "autorenzeile", "CONTRIBUTOR", "authoritem"}) {
    INFO(name);
    CHECK(authors_of("<div class=" + name + ">Ann Gull</div>") == Names{"Ann Gull"});
  }
}

TEST_CASE("whatever was done stands before the preposition of a by-line") {
  for (const std::string words :
       {"Exclusive by",       "EXCLUSIVE By",    "Special report by", "Editorial by",  "Guest essay by",
        "Filed by",           "Last updated by", "12 May by",         "Saturday by",   "Foghorn special by",
        "Ein Essay von",      "Aus Hamburg von", "Leitartikel von",   "Chronique par", "Texte par",
        "Opinión por",        "Reportaje por",   "Intervista di",     "Commento di",   "Geplaatst door",
        "Opublikowano przez", "Publicerad av"}) {
    INFO(words);
    CHECK(authors_of("<p>" + words + " Ann Gull</p>") == Names{"Ann Gull"});
  }
  CHECK(authors_of("<h3>Special report by Ann Gull</h3>") == Names{"Ann Gull"});
  CHECK(authors_of("<h3>Harbour hit by Second Storm</h3>").empty());
}

TEST_CASE("what follows a name behind a comma is no second writer") {
  for (const std::string suffix : {"Jr.", "Sr.", "III", "Ph.D.", "Esq."}) {
    INFO(suffix);
    CHECK(article_of("<meta name=author content='Lee Tern, " + suffix + "'>" + page_of("", sentences()))
              .authors == Names{"Lee Tern"});
  }
}

TEST_CASE("authors of comments and fields of forms are not the article's") {
  CHECK(authors_of("", "<div id=comments><p><span class=comment-author>Lee Tern</span> writes</p></div>")
            .empty());
  CHECK(authors_of("", "<form><p class=form-author><label>Name *</label></p></form>").empty());
  CHECK(authors_of("", "<aside><p class=author>Lee Tern</p></aside>").empty());
}

TEST_CASE("the date beside the headline comes before those of other articles and of changes") {
  CHECK(day_of("<p>von Ann Gull · 22. Oktober 2019</p>") == "2019-10-22");
  CHECK(day_of("<p>Harbour // 02.11.2021</p>") == "2021-11-02");
  CHECK(day_of("<h2>Forty years after it went out the lamp at the point shines again</h2><p>22. Oktober "
               "2019</p>") == "2019-10-22");
  CHECK(day_of("<p>22. Oktober 2019</p><p>Aktualisiert am 19.02.2020</p>") == "2019-10-22");
  CHECK(day_of("<p>22 October 2019</p>", "<time datetime='2009-04-11'>long ago</time>") == "2019-10-22");
  CHECK(day_of("<p>PUBLISHED: November 8, 2023 | UPDATED: November 9, 2023</p>") == "2023-11-08");
  CHECK(day_of("",
               "<script type='application/ld+json'>{\"@type\":\"WebPage\",\"datePublished\":\"2014-03-17\"}"
               "</script>") == "2014-03-17");
}

TEST_CASE("a word that only begins like a month's is none, and a headline's day is asked last") {
  CHECK(day_of("<p>Top 10 Novels 2019 · December 20, 2019</p>") == "2019-12-20");
  CHECK(day_of("<p>12 Maret 2023</p>") == "2023-03-12");
  CHECK(day_of("<p>3 septembrie 2021</p>") == "2021-09-03");
  const Article article = article_of(
      "<html lang=en><title>Bay 10 October 2020 Update breaks lamps | Bay Post</title>"
      "<h1>Bay 10 October 2020 Update breaks lamps</h1><p>By Ann Gull | 3 November 2020</p><div>" +
      sentences() + "</div>");
  REQUIRE(article.published_at);
  CHECK(article.published_at->rfc3339() == "2020-11-03");
}

TEST_CASE("the lines of a timeline are text") {
  const std::string one = "2019-07-02 13:42 UTC: Keeper lights the lamp";
  const std::string two = "2019-07-02 14:02 UTC: The glass cracks";
  CHECK(text_of_article(sentences() + "<p>" + one + "</p><p>" + two + "</p>") ==
        kText + "\n" + one + "\n" + two);
}

TEST_CASE("sentences that begin as invitations do stay amid a text") {
  for (const std::string line : {"Subscribe to two boats and you pay twice, the harbour master found.",
                                 "Sign up for the ferry pass by Friday to keep the old price."}) {
    INFO(line);
    CHECK(text_of_article(sentences() + "<p>" + line + "</p>" + sentences()) ==
          kText + "\n" + line + "\n" + kText);
  }
}

TEST_CASE("metadata in UTC takes the zone in which the page prints the same instant") {
  const auto time_of = [](const std::string& printed, const std::string& told) {
    const Article article = article_of("<meta property=article:published_time content='" + told + "'>" +
                                       page_of("<p>" + printed + "</p>", sentences()));
    return article.published_at ? article.published_at->rfc3339() : "(none)";
  };
  CHECK(time_of("November 8, 2023 at 11:30 p.m.", "2023-11-09T05:30:59Z") == "2023-11-08T23:30:59-06:00");
  CHECK(time_of("November 8, 2023 at 11:41 p.m.", "2023-11-09T05:30:59Z") == "2023-11-09T05:30:59+00:00");
  CHECK(time_of("29.04.2020, 12:01 Uhr", "2020-04-30") == "2020-04-29");
  CHECK(time_of("12.03.2020", "2020-04-30") == "2020-04-30");
}

TEST_CASE("a front page that is one text is an article, one that says it is a site is not") {
  const std::string page = page_of("", sentences() + sentences());
  CHECK(parse_news(page, "http://lamp.example/").kind == PageKind::kArticle);
  CHECK(
      parse_news("<meta property=og:type content=website>" + page, "http://lamp.example/").articles.empty());
}

}  // namespace
}  // namespace boardwalk::parsers
