#include "parsers/discuz/post_extras.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/discuz/people.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/discuz/times.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

// ` + 5 ` as `+5`; nullopt for words that are no amount.
OptionalString amount_of(std::string_view words) {
  std::string amount;
  for (const char c : words) {
    if (c == ' ') continue;
    if (!ascii::is_digit(c) && c != '+' && c != '-') return std::nullopt;
    amount += c;
  }
  return text_or_null(std::move(amount));
}

// `威望 + 1`: unit and amount.
void add_amount(std::string_view words, Rating rating, std::vector<Rating>& ratings) {
  const std::size_t sign = words.find_last_of("+-");
  if (sign == std::string_view::npos) return;
  rating.amount = amount_of(words.substr(sign));
  rating.unit = text_or_null(std::string(strip(words.substr(0, sign))));
  if (rating.amount) ratings.push_back(std::move(rating));
}

// Discuz! escapes a reason twice.
std::string unescape(std::string_view html) {
  constexpr std::pair<std::string_view, char> kEntities[] = {
      {"&lt;", '<'},   {"&gt;", '>'},   {"&quot;", '"'}, {"&#039;", '\''},
      {"&#39;", '\''}, {"&nbsp;", ' '}, {"&amp;", '&'}};
  std::string text;
  while (!html.empty()) {
    std::size_t taken = 1;
    char c = html.front();
    for (const auto& [entity, character] : kEntities)
      if (html.starts_with(entity)) {
        taken = entity.size();
        c = character;
        break;
      }
    text += c;
    html.remove_prefix(taken);
  }
  return std::string(strip(text));
}

// The units in the heads of a table, one per column of amounts.
std::vector<std::string> units_of(Node table) {
  std::vector<std::string> units;
  for (const Node head : dom::find_tags(table, "th"))
    if (dom::find_tag(head, "i") && !dom::find_tag(head, "a")) units.push_back(own_text(head));
  return units;
}

void read_rating_row(Node row, const std::vector<std::string>& units, Rating rating,
                     std::vector<Rating>& ratings) {
  const std::vector<Node> cells = dom::find_tags(row, "td");
  if (cells.size() < 3) return;
  rating.reason = text_or_null(unescape(dom::text_of(cells.back())));
  for (std::size_t i = 1; i + 1 < cells.size(); ++i) {
    rating.amount = amount_of(dom::text_of(cells[i]));
    rating.unit = i <= units.size() ? text_or_null(units[i - 1]) : std::nullopt;
    if (rating.amount) ratings.push_back(rating);
  }
}

// `<strong>reason</strong>&nbsp;<em class='xi1'>威望 + 1 </em><span>金钱 -1 </span>`.
void read_rating_tip(std::string_view tip, Rating rating, std::vector<Rating>& ratings) {
  bool in_reason = false;
  while (!tip.empty()) {
    const std::size_t open = std::min(tip.find('<'), tip.size());
    const std::string words = unescape(tip.substr(0, open));
    if (in_reason)
      rating.reason = text_or_null(words);
    else
      add_amount(words, rating, ratings);
    const std::size_t close = tip.find('>', open);
    in_reason = tip.substr(open).starts_with("<strong");
    tip.remove_prefix(close == std::string_view::npos ? tip.size() : close + 1);
  }
}

// 7.x: `div#rate_PID_UID_menu` holds the reason and `<em>威望 + 1</em>`; the avatar stands beside it.
void read_rating_box(Node box, Rating rating, std::vector<Rating>& ratings) {
  const Node text = dom::find_tag(box, "p") ? dom::find_tag(box, "p") : box;
  rating.reason = text_or_null(own_text(text));
  for (const Node em : dom::find_tags(box, "em")) add_amount(dom::text_of(em), rating, ratings);
}

// 6.x: `<li><cite>name</cite> 威望 <strong>+5</strong> <em title="reason">…</em> time</li>`.
void read_rating_list(Node list, std::vector<Rating>& ratings) {
  for (const Node item : dom::find_tags(list, "li")) {
    const Node rater = dom::find_tag(item, "cite");
    const Node amount = dom::find_tag(item, "strong");
    const Node reason = dom::find_tag(item, "em");
    Rating rating;
    rating.by = text_or_null(shown_text(rater));
    rating.by_id = uid_of(profile_link(rater).attr_or("href"));
    rating.amount = amount_of(dom::text_of(amount));
    rating.unit = text_or_null(std::string(strip(amount.previous_sibling().value())));
    const std::string_view whole = reason.attr_or("title");
    rating.reason = text_or_null(whole.empty() ? dom::text_of(reason) : std::string(strip(whole)));
    if (rating.by && rating.amount) ratings.push_back(std::move(rating));
  }
}

// The rater stands in the row, or with the avatar in a list item of few elements.
Rating rater_of(Node element) {
  constexpr int kReach = 40;
  Node scope = element;
  if (!element.is("tr"))
    if (const Node item = element.closest([](Node node) { return node.is("li"); })) scope = item;
  Rating rating;
  Node node = element;
  for (int steps = 0; node && steps < kReach; ++steps, node = node.next_in(scope)) {
    if (!node.is("a") || !is_profile(node.attr_or("href"))) continue;
    if (!rating.by_id) rating.by_id = uid_of(node.attr_or("href"));
    if (!rating.by) rating.by = text_or_null(dom::text_of(node));
  }
  return rating;
}

std::string comment_text(Node words) {
  TextLines lines;
  read_text(words, lines, [](Node element) {
    const bool aside = element.has_class("xg1") || element.has_class("xi2") || element.has_class("y");
    return aside ? Visit::kSkip : Visit::kDescend;
  });
  return lines.take();
}

}  // namespace

void read_ratings(const PostParts& parts, Post& post) {
  std::unordered_map<const void*, std::vector<std::string>> units;  // by their table's address
  for (const Node element : parts.ratings) {
    if (element.is("fieldset")) {
      read_rating_list(element, post.ratings);
      continue;
    }
    const Rating rater = rater_of(element);
    if (element.is("tr")) {
      const Node table = element.closest([](Node node) { return node.is("table"); });
      const auto [at, fresh] = units.try_emplace(table.address());
      if (fresh) at->second = units_of(table);
      read_rating_row(element, at->second, rater, post.ratings);
    } else if (const auto tip = element.attr("tip")) {
      read_rating_tip(*tip, rater, post.ratings);
    } else if (element.id().ends_with("_menu")) {
      read_rating_box(element, rater, post.ratings);
    }
  }
}

void read_comments(const Context& context, const PostParts& parts, Post& post) {
  for (const Node box : dom::find_classes(parts.comments, "", "pstl")) {
    const Node who = dom::find_class(box, "", "psta");
    const Node words = dom::find_class(box, "", "psti");
    if (!who || !words) continue;
    Comment comment;
    const bool pictured = dom::text_of(who).empty();  // X1.5 has the name before the words
    if (const Node link = profile_link(pictured ? words : who)) {
      comment.author = text_or_null(shown_text(link));
      comment.author_id = uid_of(link.attr_or("href"));
    } else if (std::string name = dom::text_of(who); !is_nobody(name)) {
      comment.author = text_or_null(std::move(name));
    }
    if (const Node when = dom::find_class(words, "", "xg1"))
      comment.posted_at = time_in(when, context.fetched_at, context.zone, context.date_order);
    comment.text = comment_text(words);
    post.comments.push_back(std::move(comment));
  }
  post.comments_paged = static_cast<bool>(dom::find_class(parts.comments, "", "pg"));
}

}  // namespace boardwalk::parsers::discuz
