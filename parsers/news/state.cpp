#include "parsers/news/state.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "parsers/contains.hpp"
#include "parsers/fold.hpp"
#include "parsers/news/page_text.hpp"
#include "parsers/news/script_values.hpp"
#include "parsers/news/told_text.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::news {
namespace {

// As normal_key writes them.
constexpr auto kBodyKeys = std::to_array<std::string_view>(
    {"articlebody", "articlecontent", "articletext", "body",        "bodyhtml",    "bodytext",
     "content",     "contenthtml",    "contents",    "contenttext", "data",        "detail",
     "fulltext",    "html",           "htmlbody",    "maincontent", "newscontent", "paragraph",
     "paragraphs",  "richtext",       "text",        "value"});
constexpr auto kTitleKeys = std::to_array<std::string_view>(
    {"articletitle", "contenttitle", "headline", "newstitle", "subject", "title"});
constexpr auto kAuthorKeys =
    std::to_array<std::string_view>({"author", "authorname", "authors", "byline", "writer"});
constexpr auto kSourceKeys =
    std::to_array<std::string_view>({"medianame", "publisher", "source", "sourcename"});
constexpr auto kTimeKeys = std::to_array<std::string_view>(
    {"publishedat", "datepublished", "publishtime", "publishdate", "publisheddate", "publishedtime",
     "firstpublished", "pubdate", "pubtime", "releasedate", "posttime", "newstime", "published", "createtime",
     "createdat", "ctime", "time", "date"});

// Words, not an address, an id or a name of a type.
bool is_words(std::string_view text) {
  const bool spaced = text.find(' ') != std::string_view::npos;
  const bool foreign =
      std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return (spaced || foreign) && !text.starts_with("http") && !text.starts_with('/') && weigh(text).weight > 1;
}

// Some are kept as HTML that scripts take the quotation marks off.
std::string_view unquoted(std::string_view title) {
  title = strip(title);
  constexpr std::string_view kQuote = "&quot;";
  const bool quoted =
      title.size() > 2 * kQuote.size() && title.starts_with(kQuote) && title.ends_with(kQuote);
  return quoted ? title.substr(kQuote.size(), title.size() - 2 * kQuote.size()) : title;
}

struct Piece {
  int object;  // that holds it
  std::string_view text;
};

struct Found {
  int weight = 0;
  std::vector<Piece> pieces;
};

class State {
 public:
  explicit State(const ScriptValues& values) : values_(values), titles_(values.objects.size()) {
    for (const ScriptValue& value : values.values)
      if (value.object >= 0 && is_one_of(value.key, kTitleKeys) && titles_[index(value.object)].empty())
        titles_[index(value.object)] = unquoted(value.text);
    for (const ScriptValue& value : values.values)
      if (is_one_of(value.key, kBodyKeys) && is_words(value.text)) add(value);
  }

  // The object that holds the article; -1 when none does.
  [[nodiscard]] int article(std::string_view claims) const {
    constexpr int kLeastWords = 80;
    const std::string claim = fold(claims.substr(0, 1000));
    int best = -1;
    int second = 0;
    bool fits_best = false;
    for (const auto& [object, found] : found_) {
      if (found.weight < kLeastWords) continue;
      const std::string title = fold(titles_[index(object)]);
      const bool fits = !title.empty() && claim.find(title) != std::string::npos;
      const bool better = best < 0 || (fits != fits_best ? fits : found.weight > found_.at(best).weight);
      if (better && best >= 0) second = std::max(second, found_.at(best).weight);
      if (!better) second = std::max(second, found.weight);
      if (better) {
        best = object;
        fits_best = fits;
      }
    }
    const bool alone = best >= 0 && found_.at(best).weight > 2 * second;
    return fits_best || alone ? best : -1;
  }

  [[nodiscard]] LinkedData read(int object) const {
    LinkedData data;
    data.headline = titles_[index(object)];
    for (const Piece& piece : found_.at(object).pieces) data.body.append(as_markup(piece.text)).append("\n");
    for (const ScriptValue& value : values_.values)
      if (value.object == object || (value.object >= 0 && parent(value.object) == object))
        take(value, key_of(value, object), data);
    return data;
  }

 private:
  static std::size_t index(int object) { return static_cast<std::size_t>(object); }
  [[nodiscard]] int parent(int object) const { return values_.objects[index(object)].parent; }

  // `author: {name: …}` is an author.
  [[nodiscard]] std::string_view key_of(const ScriptValue& value, int object) const {
    if (value.object == object) return value.key;
    return value.key == "name" ? std::string_view(values_.objects[index(value.object)].key)
                               : std::string_view(value.key);
  }

  void add(const ScriptValue& value) {
    int object = value.object;
    constexpr int kFarthest = 12;
    for (int level = 0; object >= 0 && titles_[index(object)].empty(); object = parent(object))
      if (++level == kFarthest) return;
    if (object < 0) return;
    Found& found = found_[object];
    // One object tells one text, be it in several forms: the longest.
    if (!found.pieces.empty() && found.pieces.back().object == value.object &&
        found.pieces.back().text != value.text && value.object == object) {
      if (found.pieces.back().text.size() >= value.text.size()) return;
      found.weight -= weigh(found.pieces.back().text).weight;
      found.pieces.pop_back();
    }
    found.weight += weigh(value.text).weight;
    found.pieces.push_back({value.object, value.text});
  }

  static void take(const ScriptValue& value, std::string_view key, LinkedData& data) {
    const std::string_view text = strip(value.text);
    constexpr std::size_t kLongest = 200;  // bytes
    if (text.empty() || text.size() > kLongest) return;
    if (is_one_of(key, kAuthorKeys) && is_name(text)) {
      if (std::find(data.authors.begin(), data.authors.end(), text) == data.authors.end())
        data.authors.emplace_back(text);
    } else if (is_one_of(key, kSourceKeys) && data.source.empty() && is_name(text)) {
      data.source = text;
    } else if (is_one_of(key, kTimeKeys) && data.published.empty()) {
      data.published = text;
    }
  }

  static bool is_name(std::string_view text) {
    return text.find_first_of("0123456789/<>{}") == std::string_view::npos;
  }

  const ScriptValues& values_;
  std::vector<std::string_view> titles_;  // of each object; empty where it has none
  std::map<int, Found> found_;            // by the object that has the title
};

bool may_hold_state(dom::Node script) {
  constexpr std::size_t kLeast = 200;  // bytes
  const std::string_view code = script.first_child().value();
  if (code.size() < kLeast || script.attr_or("type") == "application/ld+json") return false;
  for (const std::string_view key : {"itle", "eadline", "ubject"})
    if (code.find(key) != std::string_view::npos) return true;
  return false;
}

}  // namespace

LinkedData read_state(dom::Node root, std::string_view claims) {
  ScriptValues values;
  for (dom::Node node = root.first_child(); node; node = node.next_in(root))
    if (node.is("script") && may_hold_state(node)) read_script(node.first_child().value(), values);
  const State state(values);
  const int object = state.article(claims);
  return object < 0 ? LinkedData() : state.read(object);
}

}  // namespace boardwalk::parsers::news
