#include "tests/support/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "config/ascii.hpp"
#include "tests/support/charset.hpp"

namespace boardwalk::sample {
namespace {

constexpr std::int64_t kZone = 8 * 3600;
constexpr int kPagerWidth = 10;
constexpr int kPagerOffset = 2;

struct Clock {
  int year, month, day, hour, minute, second;
};

Clock clock_of(std::int64_t at) {
  const std::chrono::sys_seconds local{std::chrono::seconds{at + kZone}};
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{days};
  const auto rest = static_cast<int>((local - days).count());
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          rest / 3600,
          rest / 60 % 60,
          rest % 60};
}

// Discuz! dgmdate('u'); empty when the time is printed in full.
std::string relative(std::int64_t at, std::int64_t now) {
  const std::int64_t today = (now + kZone) / kSecondsADay * kSecondsADay - kZone;
  if (at > now) return "";
  if (at >= today) {
    const std::int64_t ago = now - at;
    if (ago > 3600) return fmt::format("{}&nbsp;小时前", ago / 3600);
    if (ago > 1800) return "半小时前";
    if (ago > 60) return fmt::format("{}&nbsp;分钟前", ago / 60);
    return ago > 0 ? fmt::format("{}&nbsp;秒前", ago) : "刚刚";
  }
  const std::int64_t days = (today - at) / kSecondsADay;
  const Clock c = clock_of(at);
  if (days == 0) return fmt::format("昨天&nbsp;{:02}:{:02}", c.hour, c.minute);
  if (days == 1) return fmt::format("前天&nbsp;{:02}:{:02}", c.hour, c.minute);
  return days < 7 ? fmt::format("{}&nbsp;天前", days + 1) : "";
}

}  // namespace

bool is_robot(std::string_view user_agent) {
  const std::string lower = ascii::lowered(user_agent);
  constexpr std::array<std::string_view, 3> kWords = {"bot", "crawl", "spider"};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&lower](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string encoded(std::string_view text, Charset charset) {
  std::string out;
  for (const char c : in_charset(text, charset)) {
    const bool plain = ascii::is_alphanumeric(c) || c == '-' || c == '_';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string to_second(std::int64_t at) { return to_minute(at) + fmt::format(":{:02}", clock_of(at).second); }

std::string to_minute(std::int64_t at) {
  const Clock c = clock_of(at);
  return fmt::format("{}-{}-{} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
}

std::string to_day(std::int64_t at) {
  const Clock c = clock_of(at);
  return fmt::format("{}-{}-{}", c.year, c.month, c.day);
}

std::string post_time(const PageContext& page, std::int64_t at) {
  if (!page.model.options().relative_times) return to_minute(at);
  const std::string words = relative(at, page.now);
  return words.empty() ? to_second(at) : fmt::format(R"(<span title="{}">{}</span>)", to_second(at), words);
}

std::string list_time(const PageContext& page, std::int64_t at, bool days_only) {
  if (!page.model.options().relative_times) return to_minute(at);
  const std::string exact = days_only ? to_day(at) : to_minute(at);
  const std::string words = relative(at, page.now);
  return words.empty() ? exact : fmt::format(R"(<span title="{}">{}</span>)", exact, words);
}

std::string thread_href(const PageContext& page, int tid, int number, int list_page) {
  if (page.model.options().static_urls) return fmt::format("thread-{}-{}-{}.html", tid, number, list_page);
  std::string href = fmt::format("forum.php?mod=viewthread&amp;tid={}&amp;extra=page%3D{}", tid, list_page);
  if (number > 1) href += fmt::format("&amp;page={}", number);
  return href;
}

std::string board_href(const PageContext& page, int fid, int number) {
  if (page.model.options().static_urls) return fmt::format("forum-{}-{}.html", fid, number);
  std::string href = fmt::format("forum.php?mod=forumdisplay&amp;fid={}", fid);
  if (number > 1) href += fmt::format("&amp;page={}", number);
  return href;
}

std::string space_href(const PageContext& page, int uid) {
  return page.model.options().static_urls ? fmt::format("space-uid-{}.html", uid)
                                          : fmt::format("home.php?mod=space&amp;uid={}", uid);
}

std::string name_href(const PageContext& page, const std::string& name) {
  const std::string word = encoded(name, page.model.options().charset);
  return page.model.options().static_urls ? fmt::format("space-username-{}.html", word)
                                          : fmt::format("home.php?mod=space&amp;username={}", word);
}

// After Discuz! X3.4 helper_page::multi.
std::string pager(int pages, int current, const std::function<std::string(int)>& href) {
  if (pages < 2) return "";
  int from = 1;
  int to = pages;
  if (pages > kPagerWidth) {
    from = current - kPagerOffset;
    to = from + kPagerWidth - 1;
    if (from < 1) {
      from = 1;
      to = kPagerWidth;
    } else if (to > pages) {
      from = pages - kPagerWidth + 1;
      to = pages;
    }
  }
  std::string out = R"(<div class="pg">)";
  if (from > 1) out += fmt::format(R"(<a href="{}" class="first">1 ...</a>)", href(1));
  if (current > 1) out += fmt::format(R"(<a href="{}" class="prev">&nbsp;&nbsp;</a>)", href(current - 1));
  for (int i = from; i <= to; ++i) {
    out += i == current ? fmt::format("<strong>{}</strong>", i)
                        : fmt::format(R"(<a href="{}">{}</a>)", href(i), i);
  }
  if (to < pages) out += fmt::format(R"(<a href="{}" class="last">... {}</a>)", href(pages), pages);
  out += fmt::format(
      R"(<label><input type="text" name="custompage" class="px" size="2" title="输入页码，按回车快速跳转" value="{0}" />)"
      R"(<span title="共 {1} 页"> / {1} 页</span></label>)",
      current, pages);
  if (current < pages) out += fmt::format(R"(<a href="{}" class="nxt">下一页</a>)", href(current + 1));
  return out + "</div>";
}

std::string form_hash(const PageContext& page) {
  Dice dice(page.nonce, 1);
  return fmt::format("{:08x}", dice.next() & 0xffffffffU);
}

std::string breadcrumb(const PageContext& page, const Board* board, std::string_view tail) {
  std::string out = fmt::format(
      R"(<div id="pt" class="bm cl">
<div class="z">
<a href="./" class="nvhm" title="首页">{}</a><em>&raquo;</em><a href="forum.php">论坛</a>)",
      escaped(page.model.options().site_name));
  if (board != nullptr) {
    const Board& category = *page.model.board(board->category);
    out += fmt::format(R"( <em>&rsaquo;</em> <a href="forum.php?gid={}">{}</a>)", category.fid,
                       escaped(category.name));
    if (board->kind == BoardKind::kSub) {
      const Board& above = *page.model.board(board->parent);
      out += fmt::format(R"( <em>&rsaquo;</em> <a href="{}">{}</a>)", board_href(page, above.fid, 1),
                         escaped(above.name));
    }
    out += fmt::format(R"( <em>&rsaquo;</em> <a href="{}">{}</a>)", board_href(page, board->fid, 1),
                       escaped(board->name));
  }
  out += tail;
  return out + "\n</div>\n</div>\n";
}

}  // namespace boardwalk::sample
