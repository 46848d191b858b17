#include "parsers/site/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "config/ascii.hpp"
#include "parsers/charset_label.hpp"
#include "parsers/text.hpp"

namespace boardwalk::parsers::site {

std::vector<dom::Node> Field::nodes(dom::Node root) const {
  if (!given_) return {};
  return selector_ ? selector_->all(root) : std::vector{root};
}

std::string Field::text_of(dom::Node element) const {
  std::string words = attribute_.empty() ? dom::text_of(element) : std::string(element.attr_or(attribute_));
  std::string_view piece = words;
  if (!before_.empty()) {
    const std::size_t begin = piece.find(before_);
    if (begin == std::string_view::npos) return {};
    piece.remove_prefix(begin + before_.size());
  }
  if (!behind_.empty()) {
    const std::size_t end = piece.find(behind_);
    if (end == std::string_view::npos) return {};
    piece = piece.substr(0, end);
  }
  return std::string(strip(piece));
}

std::string Field::text_in(dom::Node root) const {
  for (const dom::Node node : nodes(root))
    if (std::string text = text_of(node); !text.empty()) return text;
  return {};
}

bool Rules::covers(const Url& url) const {
  const std::string site = url.site();
  const auto matches = [&](const UrlPattern& host) { return host.match(url.host) || host.match(site); };
  return std::any_of(hosts.begin(), hosts.end(), matches);
}

// The first thing wrong with the file is thrown as its Error to compile().
class Compiler {
 public:
  explicit Compiler(const config::SiteFile& file) : file_(file) {}

  Rules rules() const {
    Rules rules;
    rules.name = file_.name;
    for (const auto& host : file_.hosts) {
      auto pattern = UrlPattern::parse(host);
      if (!pattern) wrong(fmt::format("host: \"{}\": {}", host, pattern.error().what));
      rules.hosts.push_back(*std::move(pattern));
    }
    rules.software = file_.software;
    rules.zone = file_.zone_minutes;
    if (!file_.charset.empty() && (rules.charset = charset_of(file_.charset)).empty())
      wrong(fmt::format("charset: \"{}\" is no charset of web pages; write \"gb18030\", \"big5\", …",
                        file_.charset));
    for (const auto& text : file_.times) rules.times.push_back(checked(TimeFormat::parse(text.text), text));
    read_pages(rules);
    read_article(rules.article);
    read_thread(rules.thread);
    read_board(rules.board);
    demand(rules);
    return rules;
  }

 private:
  [[noreturn]] void wrong(const std::string& what) const {
    throw Error{ErrorKind::kUsage, fmt::format("{}:1:1: {}", file_.name, what)};
  }

  template <typename T>
  T checked(tl::expected<T, TextError> parsed, const config::Placed& text, std::size_t shift = 0) const {
    if (!parsed) throw config::error_at(file_, text, shift + parsed.error().offset, parsed.error().what);
    return *std::move(parsed);
  }

  std::vector<UrlPattern> patterns(const std::vector<config::Placed>& texts, bool need_id) const {
    std::vector<UrlPattern> list;
    for (const auto& text : texts) {
      list.push_back(checked(UrlPattern::parse(text.text), text));
      if (need_id && !list.back().has_id())
        throw config::error_at(file_, text, 0, "write {id} where the URL has the thread's or board's id");
    }
    return list;
  }

  std::vector<Selector> selectors(const std::vector<config::Placed>& texts) const {
    std::vector<Selector> list;
    for (const auto& text : texts) list.push_back(checked(Selector::parse(text.text), text));
    return list;
  }

  // `h1 a::attr(href)`: a selector, an attribute, or both.
  Field field(const config::SiteField& from) const {
    constexpr std::string_view kAttribute = "::attr(";
    Field field;
    const std::string_view text = from.select.text;
    if (text.empty()) return field;
    field.given_ = true;
    const std::size_t attribute = std::min(text.find(kAttribute), text.size());
    if (attribute < text.size()) {
      field.attribute_ = attribute_name(from.select, attribute + kAttribute.size());
    }
    if (const std::string_view selector = text.substr(0, attribute);
        !strip(selector).empty() || attribute == text.size())
      field.selector_ = checked(Selector::parse(selector), from.select);
    if (from.take) read_take(*from.take, field);
    return field;
  }

  std::string attribute_name(const config::Placed& text, std::size_t begin) const {
    std::string name(strip(std::string_view(text.text).substr(begin)));
    const bool closed = name.size() > 1 && name.find(')') == name.size() - 1;
    if (!closed) throw config::error_at(file_, text, begin, "expected NAME) at the end, as in ::attr(href)");
    name.pop_back();
    return ascii::lowered(name);
  }

  void read_take(const config::Placed& take, Field& field) const {
    const std::size_t piece = take.text.find("{}");
    if (piece == std::string::npos || take.text.find("{}", piece + 2) != std::string::npos)
      throw config::error_at(file_, take, 0, "take has one {} where the wanted piece stands");
    field.before_ = take.text.substr(0, piece);
    field.behind_ = take.text.substr(piece + 2);
  }

  void read_pages(Rules& rules) const {
    rules.article_urls = patterns(file_.pages.article_urls, false);
    rules.list_urls = patterns(file_.pages.list_urls, false);
    rules.thread_urls = patterns(file_.pages.thread_urls, true);
    rules.board_urls = patterns(file_.pages.board_urls, true);
    rules.next_page = field(file_.pages.next_page);
  }

  void read_article(Rules::Article& to) const {
    const auto& from = file_.article;
    to.title = field(from.title);
    to.subtitle = field(from.subtitle);
    to.author = field(from.author);
    to.source = field(from.source);
    to.editor = field(from.editor);
    to.published = field(from.published);
    to.modified = field(from.modified);
    to.section = field(from.section);
    to.body = field(from.body);
    to.remove = selectors(from.remove);
  }

  void read_thread(Rules::Thread& to) const {
    const auto& from = file_.thread;
    to.title = field(from.title);
    to.board = field(from.board);
    to.page = field(from.page);
    to.pages = field(from.pages);
    to.post = field(from.post);
    to.id = field(from.id);
    to.author = field(from.author);
    to.author_id = field(from.author_id);
    to.time = field(from.time);
    to.body = field(from.body);
    to.floor = field(from.floor);
    to.quote = field(from.quote);
    to.remove = selectors(from.remove);
  }

  void read_board(Rules::Board& to) const {
    const auto& from = file_.board;
    to.name = field(from.name);
    to.row = field(from.row);
    to.link = field(from.link);
    to.title = field(from.title);
    to.author = field(from.author);
    to.replies = field(from.replies);
    to.views = field(from.views);
    to.created = field(from.created);
    to.last_reply = field(from.last_reply);
    to.last_author = field(from.last_author);
  }

  void demand(const Rules& rules) const {
    const auto need = [this](bool wanted, bool there, std::string_view key, std::string_view why) {
      if (wanted && !there) wrong(fmt::format("{} is missing: {}", key, why));
    };
    const bool threads = !rules.thread_urls.empty() || rules.thread.post;
    need(threads, !rules.thread_urls.empty(), "pages.thread_urls", "it tells a thread's pages, and its id");
    need(threads, bool(rules.thread.post), "thread.post", "it finds the posts of a thread's page");
    need(threads, bool(rules.thread.id), "thread.id", "a post is known by its id");
    need(threads, bool(rules.thread.body), "thread.body", "it finds a post's words");
    const bool boards = !rules.board_urls.empty() || rules.board.row;
    need(boards, threads, "pages.thread_urls", "a board's page is a list of threads");
    need(boards, !rules.board_urls.empty(), "pages.board_urls", "it tells a board's pages, and its id");
    need(boards, bool(rules.board.row), "board.row", "it finds the threads of a board's page");
    need(boards, bool(rules.board.link), "board.link", "it finds the link of a row to its thread");
  }

  const config::SiteFile& file_;
};

Result<Rules> compile(const config::SiteFile& file) {
  try {
    return Compiler(file).rules();
  } catch (Error& error) {
    return tl::unexpected(std::move(error));
  }
}

Result<RuleSet> RuleSet::compile(const std::vector<config::SiteFile>& files) {
  RuleSet set;
  for (const auto& file : files) {
    auto rules = site::compile(file);
    if (!rules) return tl::unexpected(rules.error());
    set.rules_.push_back(*std::move(rules));
  }
  return set;
}

const Rules* RuleSet::find(const Url& url) const {
  for (const Rules& rules : rules_)
    if (rules.covers(url)) return &rules;
  return nullptr;
}

}  // namespace boardwalk::parsers::site
