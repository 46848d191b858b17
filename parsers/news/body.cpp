#include "parsers/news/body.hpp"

#include <algorithm>

#include "parsers/fold.hpp"
#include "parsers/news/body_line.hpp"
#include "parsers/news/key_text.hpp"
#include "parsers/news/noise.hpp"

namespace boardwalk::parsers::news {
namespace {

constexpr int kLongestHeadline = 80;  // weight
constexpr int kLeastParagraph = 10;   // weight of the shortest line that speaks for its place

bool is_linked(const Line& line) { return line.link_weight > 0 && 2 * line.link_weight >= line.weight; }

bool is_good(const PageText& page, const Line& line) {
  return line.weight >= kLeastParagraph && !page.noise(line) && line.heading == 0 && !is_linked(line) &&
         line.marks > 0 && !is_consent(line.text);
}

// The nearest block around a line that holds others too: paragraphs are often wrapped in blocks of their own.
int place_of(const PageText& page, const Line& line) {
  int index = line.block;
  while (page.block_at(index).parent >= 0 &&
         page.block_at(index).last_line - page.block_at(index).first_line <= 1)
    index = page.block_at(index).parent;
  return index;
}

// Sums over the lines before each, so that any block's share is a subtraction.
class Sums {
 public:
  explicit Sums(const PageText& page) {
    for (const Line& line : page.lines) {
      const bool noise = page.noise(line);
      good_.push_back(good_.back() + (is_good(page, line) ? line.weight : 0));
      all_.push_back(all_.back() + (noise ? 0 : line.weight));
      links_.push_back(links_.back() + (noise ? 0 : line.link_weight));
    }
  }
  [[nodiscard]] int good(const Block& block) const { return in(good_, block); }
  [[nodiscard]] int all(const Block& block) const { return in(all_, block); }
  [[nodiscard]] int links(const Block& block) const { return in(links_, block); }

 private:
  static int in(const std::vector<int>& sums, const Block& block) {
    return sums[static_cast<std::size_t>(block.last_line)] - sums[static_cast<std::size_t>(block.first_line)];
  }
  std::vector<int> good_{0};
  std::vector<int> all_{0};
  std::vector<int> links_{0};
};

std::vector<double> scores_of(const PageText& page) {
  std::vector<double> scores(page.blocks.size());
  for (const Line& line : page.lines) {
    if (line.weight < kLeastParagraph || page.noise(line) || is_linked(line) || is_consent(line.text))
      continue;
    double share = 1.0 + line.marks + std::min(line.weight / 40.0, 3.0);
    int index = place_of(page, line);
    for (int level = 0; level < 3 && index >= 0; ++level, index = page.block_at(index).parent) {
      scores[static_cast<std::size_t>(index)] += share;
      share /= 2;
    }
  }
  return scores;
}

double factor_of(const Block& block) {
  if (is_named_content(block.node)) return 1.5;
  if (block.node.is("article") || block.node.is("main")) return 1.2;
  return 1.0;
}

// Another block beside it of the very same class, that holds text too: the text stands in both.
bool has_twin(const PageText& page, const Sums& sums, int index) {
  const Block& block = page.block_at(index);
  const std::string_view names = block.node.classes();
  if (names.empty() || block.parent < 0) return false;
  for (std::size_t i = static_cast<std::size_t>(block.parent) + 1; i < page.blocks.size(); ++i) {
    const Block& other = page.blocks[i];
    if (other.first_line >= page.block_at(block.parent).last_line) return false;
    if (other.parent == block.parent && other.node != block.node && other.node.classes() == names &&
        sums.good(other) > 0)
      return true;
  }
  return false;
}

// Up from the best block as long as the block around it adds text, and hardly anything else. What is named as
// the place of the text needs much more of it around.
int widened(const PageText& page, const Sums& sums, int best) {
  constexpr int kMostlyText = 70;  // percent
  for (int up = page.block_at(best).parent; up > 0; up = page.block_at(up).parent) {
    const int more_good = sums.good(page.block_at(up)) - sums.good(page.block_at(best));
    const int more = sums.all(page.block_at(up)) - sums.all(page.block_at(best));
    const bool named = is_named_content(page.block_at(best).node);
    const bool twin = up == page.block_at(best).parent && named && has_twin(page, sums, best);
    const int share = named ? 1 : 8;
    if (twin ||
        (share * more_good >= sums.good(page.block_at(best)) && 100 * more_good >= kMostlyText * more))
      best = up;
  }
  return best;
}

// The nearest block around it that is named as the place of a text, unless that holds links above all.
int named_around(const PageText& page, const Sums& sums, int best) {
  for (int up = best; up > 0; up = page.block_at(up).parent) {
    const Block& block = page.block_at(up);
    if (is_named_content(block.node)) return 3 * sums.links(block) < sums.all(block) ? up : best;
  }
  return best;
}

// Down to an <article>, a <main> or a block named as the place of a text that holds nearly all of the text.
int narrowed(const PageText& page, const Sums& sums, int best) {
  constexpr int kNearlyAll = 92;  // percent
  const Block& whole = page.block_at(best);
  int narrow = best;
  for (std::size_t i = static_cast<std::size_t>(best) + 1; i < page.blocks.size(); ++i) {
    const Block& block = page.blocks[i];
    if (block.first_line >= whole.last_line) break;
    if (!block.noise && 100 * sums.good(block) >= kNearlyAll * sums.good(whole) &&
        (block.node.is("article") || block.node.is("main") || is_named_content(block.node)))
      narrow = static_cast<int>(i);
  }
  return narrow;
}

// Noise for nothing but being named a teaser.
bool is_teaser(const PageText& page, const Line& line) {
  Noise outermost = Noise::kNone;
  for (int i = line.block; i >= 0 && page.block_at(i).noise; i = page.block_at(i).parent)
    outermost = std::max(outermost, page.block_at(i).sign);
  return outermost == Noise::kTeaser;
}

// Outside Chinese pages, where it is a summary that the text repeats, the standfirst between headline and
// text belongs to the text: a sentence, or a second heading.
void add_lead(const PageText& page, int head, int first, Body& body) {
  constexpr int kLeastLead = 20;
  constexpr int kFarthest = 25;  // lines between headline and text
  if (head < 0 || head >= first || first - head > kFarthest) return;
  const std::string_view opening =
      first < static_cast<int>(page.lines.size()) ? page.line_at(first).text : std::string_view();
  for (int i = head + 1; i < first; ++i) {
    const Line& line = page.line_at(i);
    if (line.weight < kLeastLead || line.link_weight > 0 || has_han(line.text) || line.text == opening)
      continue;
    if (page.noise(line) && !is_teaser(page, line)) continue;
    const bool sentence = line.marks > 0 && ends_sentence(line.text);
    if ((!sentence && line.heading != 2) || !is_body_line(page, line)) continue;
    body.lines.push_back(i);
    body.weight += line.weight;
  }
}

// A sentence that is noise for nothing but being named a teaser.
bool is_standfirst(const PageText& page, const Line& line) {
  constexpr int kLeast = 20;
  return line.weight >= kLeast && line.link_weight == 0 && ends_sentence(line.text) && !has_han(line.text) &&
         is_teaser(page, line);
}

// The first line of the block that may be the text's: what little stands above its headline is a kicker.
int begin_of(const PageText& page, const Block& block, const Headline& headline) {
  if (headline.line <= block.first_line || headline.line >= block.last_line) return block.first_line;
  int above = 0;
  int all = 0;
  for (int i = block.first_line; i < block.last_line; ++i) {
    const Line& line = page.line_at(i);
    if (page.noise(line)) continue;
    all += line.weight;
    if (i < headline.line) above += line.weight;
  }
  constexpr int kLittle = 5;
  return kLittle * above < all ? headline.line : block.first_line;
}

// Words of buttons and counters behind the last sentence, headings of nothing; `（完）` and its like stay.
void drop_crumbs(const PageText& page, Body& body) {
  constexpr int kCrumb = 2;
  while (body.lines.size() > 1) {
    const Line& line = page.line_at(body.lines.back());
    const bool closing = line.text.starts_with("（") || line.text.starts_with("(");
    if (line.heading == 0 && (line.weight > kCrumb || line.marks > 0 || closing)) return;
    body.weight -= line.weight;
    body.lines.pop_back();
  }
}

// A small box in the text's place whose first line asks readers to subscribe or to get an application.
bool is_in_invitation(const PageText& page, const Line& line, int place) {
  constexpr int kMostLines = 5;
  constexpr int kMostWeight = 100;
  for (int i = line.block; i >= 0 && i != place; i = page.block_at(i).parent) {
    const Block& block = page.block_at(i);
    if (block.last_line - block.first_line > kMostLines) return false;
    if (block.last_line - block.first_line < 2 || block.node.is("ul") || block.node.is("ol")) continue;
    int weight = 0;
    for (int at = block.first_line; at < block.last_line; ++at) weight += page.line_at(at).weight;
    if (weight > kMostWeight) return false;
    if (opens_invitation(page.line_at(block.first_line).text)) return true;
  }
  return false;
}

// What follows line `at` is not the text: its heading says so, and little enough follows. A heading right
// above a link may also be one that points elsewhere amid the text.
bool ends_text(const PageText& page, int at, int before, int after) {
  const Line& line = page.line_at(at);
  if (is_related_heading(line.text)) {
    const bool last = at + 1 == static_cast<int>(page.lines.size());
    return last || !is_linked(page.line_at(at + 1)) ? after <= 2 * before : 3 * after <= before;
  }
  return is_closing_heading(line.text) && 3 * after <= before;
}

// The last line of [begin, end) that is a sentence of the text whatever stands around it; `begin` when none is.
int last_sentence(const PageText& page, int begin, int end) {
  constexpr int kLeast = 20;
  int i = end - 1;
  for (; i > begin; --i)
    if (const Line& line = page.line_at(i); line.weight >= kLeast && line.heading == 0 &&
                                            line.link_weight == 0 && ends_sentence(line.text) &&
                                            !page.noise(line) && is_body_line(page, line))
      break;
  return std::max(i, begin);
}

// `after`: the weight of the lines behind it that are not linked.
Where where_is(int line, int last_told, const Body& body, int after) {
  constexpr int kBegun = 40;
  if (body.weight < kBegun) return Where::kAnywhere;
  const bool near_end = line >= last_told || 4 * after < body.weight;
  return near_end ? Where::kBehindText : Where::kAmidText;
}

// A day that stands right behind no line of the text is not its signature's: it goes with a link, or with who
// edited the text.
bool is_day_of_other(const PageText& page, int index, const Body& body) {
  const Line& line = page.line_at(index);
  if (line.heading > 0 || !is_day_alone(line)) return false;
  return body.lines.empty() || body.lines.back() != index - 1 || page.line_at(index - 1).heading > 0;
}

}  // namespace

std::string Body::text(const PageText& page) const {
  std::string all;
  for (const int index : lines) {
    if (!all.empty()) all += '\n';
    all += page.line_at(index).text;
  }
  return all;
}

int find_body(const PageText& page) {
  const std::vector<double> scores = scores_of(page);
  const Sums sums(page);
  int best = -1;
  double best_score = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (scores[i] <= 0) continue;
    const Block& block = page.blocks[i];
    const double links = sums.all(block) > 0 ? static_cast<double>(sums.links(block)) / sums.all(block) : 0;
    const double score = scores[i] * (1 - links) * factor_of(block);
    if (score > best_score) {
      best_score = score;
      best = static_cast<int>(i);
    }
  }
  return best < 0 ? best : narrowed(page, sums, named_around(page, sums, widened(page, sums, best)));
}

int first_line(const PageText& page, int block) {
  if (block < 0) return static_cast<int>(page.lines.size());
  const int last = page.block_at(block).last_line;
  for (int i = page.block_at(block).first_line; i < last; ++i)
    if (const Line& line = page.line_at(i);
        !page.noise(line) && !is_related_heading(line.text) && is_body_line(page, line))
      return i;
  return static_cast<int>(page.lines.size());
}

void drop_line(const PageText& page, int line, Body& body) {
  const auto it = std::find(body.lines.begin(), body.lines.end(), line);
  if (it == body.lines.end()) return;
  body.weight -= page.line_at(line).weight;
  body.lines.erase(it);
  if (body.first == line) body.first = body.lines.empty() ? -1 : body.lines.front();
}

Body read_body(const PageText& page, int block, const Headline& headline) {
  Body body;
  body.block = block;
  if (block < 0) return body;
  const std::string title = fold(headline.text);
  const int last = page.block_at(block).last_line;
  const int first = begin_of(page, page.block_at(block), headline);
  add_lead(page, headline.line, first, body);
  constexpr int kLead = 20;
  bool begun = false;  // with more than headings and crumbs
  int after = 0;       // weight from here to the end that is not linked
  for (int i = first; i < last; ++i) after += page.line_at(i).weight - page.line_at(i).link_weight;
  const int last_told = last_sentence(page, first, last);
  for (int i = first; i < last; ++i) {
    const Line& line = page.line_at(i);
    after -= line.weight - line.link_weight;
    if (page.noise(line) && !(body.lines.empty() && i > headline.line && is_standfirst(page, line))) continue;
    if (ends_text(page, i, body.weight, after)) break;
    if (is_related_heading(line.text)) continue;
    if (!is_body_line(page, line, where_is(i, last_told, body, after))) continue;
    if ((body.lines.empty() || 4 * after < body.weight) && is_consent(line.text)) continue;
    if (line.link_weight > 0 && 4 * after < body.weight && is_invitation(line.text)) continue;
    if (headline.line >= 0 && i >= headline.line && i < headline.line + headline.lines) continue;
    if (!title.empty() && line.weight < kLongestHeadline && fold(line.text) == title) continue;
    if (!begun && is_above_text(line)) continue;
    if (is_in_invitation(page, line, block) || is_day_of_other(page, i, body)) continue;
    begun = begun || (line.heading == 0 && (line.marks > 0 || line.weight >= kLead || has_han(line.text)));
    if (body.first < 0) body.first = i;
    body.lines.push_back(i);
    body.weight += line.weight;
  }
  drop_crumbs(page, body);
  return body;
}

}  // namespace boardwalk::parsers::news
