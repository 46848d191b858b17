#include "store/page_redaction.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

#include "config/ascii.hpp"
#include "parsers/charset.hpp"
#include "parsers/contains.hpp"
#include "parsers/records.hpp"
#include "parsers/site/rules.hpp"
#include "parsers/sniff.hpp"
#include "parsers/url.hpp"
#include "parsers/utf8.hpp"
#include "store/addresses.hpp"
#include "store/line_search.hpp"
#include "store/printed_names.hpp"
#include "store/record_words.hpp"
#include "store/text_nodes.hpp"

namespace boardwalk::store {
namespace {

using parsers::OptionalString;

constexpr std::string_view kUtf8 = "text/html; charset=utf-8";
constexpr std::size_t kShortestNode = 4;   // characters that make a node of its own worth a black
constexpr std::size_t kShortestAscii = 8;  // characters of plain ASCII that are no name of markup

OptionalString plain(OptionalString name) {
  if (name) (void)take_marks(*name);
  return name;
}

// The same record or quote as it would be without marks, as far as it decides whether it is taken down.
template <typename Record>
Record without_marks(Record record) {
  if constexpr (requires { record.text; }) (void)take_marks(record.text);
  if constexpr (requires { record.authors; })
    for (auto& author : record.authors) (void)take_marks(author);
  else
    record.author = plain(std::move(record.author));
  return record;
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) (void)parsers::next_code_point(text, at);
  return count;
}

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    if (c == '&')
      html += "&amp;";
    else if (c == '<')
      html += "&lt;";
    else if (c == '>')
      html += "&gt;";
    else if (c == '"')
      html += "&quot;";
    else
      html += c;
  }
  return html;
}

// One page on its way to being blacked out.
class Blacking {
 public:
  // `authors`: the names of those who are taken down on the page's site.
  Blacking(const Forgotten& forgotten, std::string_view text, const std::vector<std::string>& authors)
      : forgotten_(forgotten),
        text_(text),
        nodes_(text_nodes(text)),
        addresses_(addresses(text, nodes_)),
        black_(text.size()) {
    for (const auto& author : authors)
      for (const auto& name : {author, escaped(author)})
        if (text.find(name) != std::string_view::npos) authors_.insert(name);
  }

  [[nodiscard]] std::string marked_body() const {
    return std::string(parsers::kByteOrderMark) + marked(text_, nodes_);
  }

  // What the marked page says.
  void read(parsers::ParsedPage page) {
    sort(page.threads);
    sort(page.posts);
    sort(page.articles);
  }

  // Whether the page repeats anything that was taken down, whoever says it.
  [[nodiscard]] bool repeats_any() const {
    std::vector<bool> black(text_.size());
    return forgotten_.redaction().find(text_, black);
  }

  // The page's bytes, if anything is black.
  std::optional<std::string> finish() {
    for (const std::size_t node : taken_)
      if (!kept_.contains(node) && !is_black(nodes_[node])) blacken(nodes_[node].begin, nodes_[node].end);
    Redaction repeated;
    for (const auto& words : words_) repeated.add(words);
    const std::vector<bool> own = own_words(repeated);
    const bool stay = taken_.empty() && quoted_.empty() && !has_copy_;
    any_ |= repeated.find(text_, black_, own, stay);
    any_ |= forgotten_.redaction().find(text_, black_, own, stay);
    blacken_repeated();
    blacken_editors();
    blacken_printed_names();
    if (!any_) return std::nullopt;
    blacken_links();
    return std::string(parsers::kByteOrderMark) + blacked_out(text_, black_);
  }

 private:
  // What somebody who is not taken down says, and the nodes that it was read from.
  struct Said {
    std::string words;
    std::vector<std::size_t> nodes;
  };

  template <typename Record>
  void sort(std::vector<Record>& records) {
    for (auto& record : records) {
      const bool out = forgotten_.has(without_marks(record));
      const std::string site = record.site;
      if (out) add_names(record);
      if constexpr (requires { record.editor; })
        if (const auto editor = plain(record.editor)) {
          auto names = editors_in(*editor);
          names.push_back(*editor);
          for (const auto& name : names)
            if (!is_blacked_out(name) && forgotten_.has_author(site, name)) editors_.insert(escaped(name));
        }
      each_words(record,
                 [&](std::string& words, const OptionalString* by, const parsers::Quote* quote = nullptr) {
                   const bool taken = out || (by != nullptr && forgotten_.has_author(site, plain(*by))) ||
                                      (quote != nullptr && forgotten_.has(site, without_marks(*quote)));
                   std::vector<std::size_t> nodes = take_marks(words);
                   std::erase_if(nodes, [this](std::size_t node) { return node >= nodes_.size(); });
                   if constexpr (requires { record.editor; })
                     if (by == &record.editor) editor_nodes_.insert(nodes.begin(), nodes.end());
                   (taken ? taken_ : kept_).insert(nodes.begin(), nodes.end());
                   if (taken && by == nullptr && !is_blacked_out(words)) words_.insert(words);
                   if (quote != nullptr)
                     quoted_.insert(nodes.begin(), nodes.end());
                   else if (!taken)
                     said_.push_back({words, std::move(nodes)});
                 });
    }
  }

  template <typename Record>
  void add_names(const Record& record) {
    if constexpr (requires { record.authors; }) {
      for (const auto& author : record.authors) names_.insert(plain(author).value_or(""));
    } else if (record.author) {
      names_.insert(plain(record.author).value_or(""));
    }
  }

  // The bytes that others say in their own words, not those of a copy. A feed says what others say.
  [[nodiscard]] std::vector<bool> own_words(const Redaction& repeated) {
    if (is_feed()) return std::vector<bool>(text_.size());
    std::set<std::size_t> nodes = kept_;
    const auto leave_out = [&nodes](const auto& some) {
      for (const std::size_t node : some) nodes.erase(node);
    };
    leave_out(taken_);
    leave_out(quoted_);
    for (const Said& said : said_)
      if (repeated.is_repeated_in(said.words) || forgotten_.redaction().is_repeated_in(said.words)) {
        leave_out(said.nodes);
        has_copy_ = true;
      }
    std::vector<bool> own(text_.size());
    for (const std::size_t node : nodes)
      for (std::size_t at = nodes_[node].begin; at < nodes_[node].end; ++at) own[at] = true;
    return own;
  }

  [[nodiscard]] bool is_feed() const {
    constexpr std::size_t kHead = 512;
    const std::string_view head = text_.substr(0, kHead);
    return parsers::contains_any(head, {"<rss", "<feed", "<rdf:RDF"});
  }

  // Since an earlier time.
  [[nodiscard]] bool is_black(const TextNode& node) const {
    std::string visible{text_.substr(node.begin, node.end - node.begin)};
    std::erase_if(visible, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    return is_blacked_out(visible);
  }

  void blacken(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at)
      if (static_cast<unsigned char>(text_[at]) > ' ') black_[at] = any_ = true;
  }

  // Nodes that say one of the lines and nothing else, and lines in markup, scripts and the title; in addresses
  // names alone.
  void blacken_repeated() {
    std::set<std::string> of_nodes, of_markup, names;
    for (const std::string_view line : lines_taken_down()) {
      const std::size_t length = characters(line);
      const std::string html = escaped(line);
      if (length >= kShortestNode) of_nodes.insert(html);
      const bool ascii = length == line.size();
      if (length < 2 || (ascii && length < kShortestAscii)) continue;
      for (const auto& words : {std::string(line), html}) {
        of_markup.insert(words);
        if (names_.contains(words)) names.insert(words);
      }
    }
    blacken_nodes(of_nodes);
    blacken_markup(LineSearch(of_markup), LineSearch(names));
  }

  [[nodiscard]] std::set<std::string_view> lines_taken_down() const {
    std::set<std::string_view> lines;
    for (const auto& words : words_)
      for (std::size_t at = 0; at < words.size();) {
        const std::size_t end = std::min(words.find('\n', at), words.size());
        lines.insert(std::string_view(words).substr(at, end - at));
        at = end + 1;
      }
    return lines;
  }

  void blacken_nodes(const std::set<std::string>& lines) {
    for (std::size_t i = 0; i < nodes_.size(); ++i)
      if (!kept_.contains(i) &&
          lines.contains(std::string(text_.substr(nodes_[i].begin, nodes_[i].end - nodes_[i].begin))))
        blacken(nodes_[i].begin, nodes_[i].end);
  }

  // In the nodes that name them alone, and in those that call them so: there a node's mark stands before the
  // label, so that the name has none.
  void blacken_editors() {
    for (std::size_t i = 0; i < nodes_.size() && !editors_.empty(); ++i) {
      const std::string_view words = text_.substr(nodes_[i].begin, nodes_[i].end - nodes_[i].begin);
      const bool is_name = editor_nodes_.contains(i);  // and the label stands before it
      const std::size_t label = is_name ? 0 : std::min(words.find("编"), words.find("編"));
      if ((kept_.contains(i) && !is_name) || label == std::string_view::npos) continue;
      for (const auto& name : editors_)
        for (std::size_t at = words.find(name, label); at != std::string_view::npos;
             at = words.find(name, at + name.size()))
          blacken(nodes_[i].begin + at, nodes_[i].begin + at + name.size());
    }
  }

  // Of authors, where the page has nobody's words: behind a label, also in markup, as the words or the title of a
  // link to a person.
  void blacken_printed_names() {
    for (std::size_t i = 0, behind = 0; i <= nodes_.size() && !authors_.empty(); ++i) {
      const bool is_last = i == nodes_.size();
      const std::size_t begin = is_last ? text_.size() : nodes_[i].begin;
      blacken_names(behind, begin, printed_title);
      if (is_last) break;
      behind = nodes_[i].end;
      if (kept_.contains(i)) continue;
      blacken_names(begin, behind, printed_name);
      const std::string_view words = text_.substr(begin, behind - begin);
      if (authors_.contains(std::string(words)) && leads_to_person(i)) blacken(begin, behind);
    }
  }

  using Places = std::vector<std::size_t> (*)(std::string_view line, std::string_view name);

  void blacken_names(std::size_t begin, std::size_t end, Places places) {
    const std::string_view words = text_.substr(begin, end - begin);
    for (const auto& author : authors_)
      for (const std::size_t at : places(words, author))
        if (address_at(addresses_, begin + at) == nullptr || words.substr(0, at).ends_with("username="))
          blacken(begin + at, begin + at + author.size());
  }

  [[nodiscard]] bool leads_to_person(std::size_t number) const {
    const std::size_t begin = link_before(number);
    return names_person(text_.substr(begin, nodes_[number].begin - begin));
  }

  // Between the nodes.
  void blacken_markup(const LineSearch& lines, const LineSearch& names) {
    std::size_t done = 0;
    for (std::size_t i = 0, at = 0; i <= nodes_.size() && !lines.empty(); ++i) {
      const std::size_t end = i < nodes_.size() ? nodes_[i].begin : text_.size();
      for (; at < end; ++at) {
        const std::string_view rest = text_.substr(at, end - at);
        std::size_t size = lines.longest_at_start_of(rest);
        if (size == 0) continue;
        const Address* const address = address_at(addresses_, at);
        if (address != nullptr && at + size <= address->end) size = names.longest_at_start_of(rest);
        blacken(std::max(at, done), at + size);
        done = std::max(done, at + size);
      }
      if (i < nodes_.size()) at = nodes_[i].end;
    }
  }

  // The addresses of a link whose words are black, where these print an address or stand in it.
  void blacken_links() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const TextNode& node = nodes_[i];
      if (!is_to_go(node)) continue;
      const std::string_view words = text_.substr(node.begin, node.end - node.begin);
      auto address = std::lower_bound(addresses_.begin(), addresses_.end(), link_before(i),
                                      [](const Address& one, std::size_t at) { return one.begin < at; });
      for (; address != addresses_.end() && address->end <= node.begin; ++address) {
        const std::string_view written = text_.substr(address->begin, address->end - address->begin);
        if (is_address(words, false) ||
            (words.size() >= kShortestNode && written.find(words) != std::string_view::npos))
          blacken(address->begin, address->end);
      }
    }
  }

  [[nodiscard]] bool is_to_go(const TextNode& node) const {
    for (std::size_t at = node.begin; at < node.end; ++at)
      if (static_cast<unsigned char>(text_[at]) > ' ' && !black_[at]) return false;
    return true;
  }

  // Where the tag `<a …>` begins that the node stands in; the node itself when it stands in none.
  [[nodiscard]] std::size_t link_before(std::size_t number) const {
    const std::size_t begin = nodes_[number].begin;
    const std::size_t behind = number == 0 ? 0 : nodes_[number - 1].end;
    for (std::size_t at = begin; at-- > behind;) {
      if (text_[at] != '<') continue;
      const std::string_view tag = text_.substr(at, begin - at);
      if (ascii::starts_same(tag, "<a") && tag.size() > 2 && ascii::is_space(tag[2])) return at;
      if (ascii::starts_same(tag, "</a>")) break;
    }
    return begin;
  }

  const Forgotten& forgotten_;
  std::string_view text_;
  std::vector<TextNode> nodes_;
  std::vector<Address> addresses_;
  std::vector<bool> black_;
  bool any_ = false;
  std::set<std::size_t> taken_, kept_, quoted_;  // nodes
  bool has_copy_ = false;                        // of what is taken down, under another name
  std::set<std::string> words_, names_;          // of what is taken down, and of its authors
  std::set<std::string> authors_;       // all of whose records are, wherever; as they are and as HTML
  std::set<std::size_t> editor_nodes_;  // that name editors, taken down or not
  std::set<std::string> editors_;       // that are taken down, of articles that stay too; as HTML
  std::vector<Said> said_;
};

bool is_media(std::string_view content_type) {
  constexpr std::array<std::string_view, 4> kKinds{"image/", "audio/", "video/", "font/"};
  const std::string type = parsers::media_type(content_type);
  return std::any_of(kKinds.begin(), kKinds.end(), [&type](auto kind) { return type.starts_with(kind); });
}

}  // namespace

std::optional<RedactedPage> redacted_page(const Forgotten& forgotten, const parsers::PageInput& input,
                                          const std::string& sha256, parsers::Workspace& workspace) {
  if (is_media(input.content_type)) return std::nullopt;
  const parsers::Decoded decoded =
      parsers::decode_as(input.body, input.content_type, input.rules ? input.rules->charset : std::string());
  const std::string_view text = decoded.text;
  const auto url = parsers::parse_url(input.url);
  Blacking blacking(forgotten, text, url ? forgotten.authors_of(url->site()) : std::vector<std::string>{});
  parsers::PageInput changed = input;
  changed.content_type = kUtf8;
  changed.sha256 = sha256;
  const bool may_say = url && forgotten.may_be_in(url->site(), text);
  if (!may_say && !blacking.repeats_any()) return std::nullopt;
  if (url) {
    const std::string body = blacking.marked_body();
    changed.body = body;
    blacking.read(parsers::parse_page(changed, workspace));
  }
  auto body = blacking.finish();
  if (!body) return std::nullopt;
  RedactedPage redacted{std::move(*body), {}};
  changed.body = redacted.body;
  redacted.page = parsers::parse_page(changed, workspace);
  forgotten.take_out(redacted.page);
  return redacted;
}

}  // namespace boardwalk::store
