#include "parsers/discuz/feed.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/discuz/links.hpp"
#include "parsers/discuz/request.hpp"
#include "parsers/discuz/rows.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::discuz {
namespace {

using dom::Node;

int number_in(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int month_of(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto* at = std::find(kMonths.begin(), kMonths.end(), name);
  return at == kMonths.end() ? 0 : static_cast<int>(at - kMonths.begin()) + 1;
}

std::optional<int> offset_of(std::string_view zone) {
  if (zone == "GMT" || zone == "UT" || zone == "Z") return 0;
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-') || !is_number(zone.substr(1)))
    return std::nullopt;
  const int minutes = 60 * number_in(zone.substr(1, 2)) + number_in(zone.substr(3, 2));
  return zone[0] == '-' ? -minutes : minutes;
}

void read_item(const Context& context, Node item, ParsedPage& page) {
  const Node mark = dom::find_tag(item, "link");
  const Node behind = mark.next_sibling();
  const std::string_view address = strip(behind.is_text() ? behind.value() : std::string_view());
  const auto target = target_of(context, address);
  if (address.empty() || !target || target->role != LinkRole::kThread || !target->thread_id) return;
  Thread thread;
  thread.url = context.absolute(address);
  thread.site = context.site;
  thread.software = context.software;
  thread.board.name = text_or_null(dom::text_of(dom::find_tag(item, "category")));
  thread.thread_id = *target->thread_id;
  thread.title = text_or_null(dom::text_of(dom::find_tag(item, "title")));
  std::string author = dom::text_of(dom::find_tag(item, "author"));
  if (!is_nobody(author)) thread.author = text_or_null(std::move(author));
  thread.created_at = read_feed_time(dom::text_of(dom::find_tag(item, "pubDate")));
  thread.page = context.page;
  thread.parser = discuz_parser_version();
  note_link(context, address, LinkRole::kThread, std::nullopt, page);
  page.threads.push_back(std::move(thread));
}

}  // namespace

std::optional<Moment> read_feed_time(std::string_view text) {
  const std::vector<std::string_view> words = split(strip(text), ' ');
  if (words.size() != 6 || words[4].size() != 8) return std::nullopt;
  const std::string_view clock = words[4];
  const auto offset = offset_of(words[5]);
  if (!offset) return std::nullopt;
  return make_moment(number_in(words[3]), month_of(words[2]), number_in(words[1]),
                     number_in(clock.substr(0, 2)), number_in(clock.substr(3, 2)),
                     number_in(clock.substr(6, 2)), Precision::kSecond, offset);
}

void read_feed(const Context& context, Node root, ParsedPage& page) {
  page.kind = PageKind::kFeed;
  for (Node item : dom::find_tags(root, "item")) read_item(context, item, page);
}

}  // namespace boardwalk::parsers::discuz
