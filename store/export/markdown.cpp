#include "store/export/markdown.hpp"

#include <fmt/format.h>

#include "store/export/html_text.hpp"
#include "store/export/page_words.hpp"
#include "store/export/site.hpp"
#include "store/json_codec.hpp"

namespace boardwalk::store {
namespace {

std::string e(std::string_view text) { return markdown_escaped(text); }

// Of what stands in one line: titles, names.
std::string one_line(std::string_view text) {
  std::string line = e(text);
  for (std::size_t at = line.find("  \n"); at != std::string::npos; at = line.find("  \n"))
    line.replace(at, 3, " ");
  return line;
}

// What opens a block when a line begins with it, or closes a heading when one ends with it.
bool bounds_block(std::string_view line, std::size_t at) {
  const char c = line[at];
  if (c == '#' && line.find_first_not_of("# \t", at) == std::string_view::npos) return true;
  if (c == '#' || c == '+' || c == '-' || c == '=') return at == 0;
  if (c != '.' && c != ')') return false;
  return at > 0 && at < 10 && line.substr(0, at).find_first_not_of("0123456789") == std::string_view::npos;
}

std::string block(std::string_view text, std::string_view mark) {
  std::string lines(mark);
  for (const char c : e(text)) {
    lines += c;
    if (c == '\n') lines += mark;
  }
  return lines + "\n\n";
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " · ") + one_line(word);
  return text;
}

// A JSON string is a YAML one.
std::string yaml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20)
      quoted += fmt::format("\\u{:04x}", static_cast<int>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

// The parts of a page or of a document; `links` may be nullptr: then nothing leads to other pages.
class Parts {
 public:
  Parts(const SiteLinks* links, std::string_view up) : links_(links), up_(up) {}

  [[nodiscard]] std::string link(const std::string& url, std::string_view text) const {
    const std::string words = one_line(text.empty() ? std::string_view(url) : text);
    const auto here = links_ != nullptr ? links_->to_url(url) : std::nullopt;
    if (here) return fmt::format("[{}](<{}{}>)", words, up_, *here);
    return away(url, words);
  }

  [[nodiscard]] std::string thread(const ThreadReading& reading) const {
    const parsers::Thread& thread = reading.thread;
    std::string text = fmt::format("# {}\n\n{}\n\n", one_line(title_of(thread)), joined(facts_of(thread)));
    text += source(thread.url.value_or(thread.page.url));
    if (thread.poll)
      for (const auto& option : thread.poll->options)
        text += fmt::format("- {}{}\n", one_line(option.text),
                            option.votes ? fmt::format(" ({})", *option.votes) : "");
    for (const auto& [label, value] : thread.special_fields)
      text += fmt::format("- {}: {}\n", one_line(label), one_line(value));
    for (const auto& post : reading.posts) {
      text += this->post(post);
      if (const auto versions = reading.versions.find(post.post_id); versions != reading.versions.end())
        text += superseded(versions->second);
    }
    return text;
  }

  [[nodiscard]] std::string article(const ArticleReading& reading) const {
    const parsers::Article& article = reading.article;
    std::string text = fmt::format("# {}\n\n{}\n\n", one_line(title_of(article)), joined(facts_of(article)));
    text += source(article.url);
    if (article.subtitle) text += fmt::format("*{}*\n\n", one_line(*article.subtitle));
    text += block(article.text, "");
    text += attached(article);
    return text + likeness(article.duplicate_of, article.near_duplicate_of) + superseded(reading.versions);
  }

 private:
  // To the site, whatever the export holds of it. `words` is one line.
  [[nodiscard]] static std::string away(const std::string& url, const std::string& words) {
    if (!is_web_address(url) || url.find_first_of("<>\n") != std::string::npos) return words;
    return fmt::format("[{}](<{}>)", words, url);
  }
  [[nodiscard]] static std::string source(const std::string& url) {
    return away(url, one_line(url)) + "\n\n";
  }

  // Newest first.
  template <typename Record>
  [[nodiscard]] static std::string superseded(const std::vector<Record>& versions) {
    std::string text;
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
      text += fmt::format("*version {}, seen until {}:*\n\n", version->seen.version,
                          parsers::utc_rfc3339(version->seen.last_seen).substr(0, 10)) +
              block(version->text, "");
    return text;
  }

  [[nodiscard]] std::string post(const parsers::Post& post) const {
    std::string head = post.floor ? fmt::format("#{} ", *post.floor) : "";
    head += one_line(author_of(post));
    if (post.posted_at) head += " · " + printed(*post.posted_at);
    for (const auto& mark : marks_of(post)) head += " · " + one_line(mark);
    std::string text = "\n";
    if (links_ != nullptr) text += fmt::format("<a id=\"{}\"></a>\n\n", SiteLinks::anchor(post.post_id));
    text += fmt::format("## {}\n\n", head[0] == '#' ? "\\" + head : head);
    for (const auto& quote : post.quotes) {
      if (quote.author) text += fmt::format("> {}:\n>\n", one_line(*quote.author));
      text += block(quote.text, "> ");
    }
    if (!post.text.empty()) text += block(post.text, "");
    return text + attached(post) + likeness(post.duplicate_of, post.near_duplicate_of);
  }

  [[nodiscard]] std::string attached(const parsers::Post& post) const {
    std::string text;
    for (const auto& image : post.images)
      text += "- image " + link(image.url, image.caption.value_or(image.alt.value_or(""))) + "\n";
    for (const auto& file : post.attachments) {
      const std::string name = file.name.value_or(file.url.value_or("without a name"));
      text += "- attachment " + (file.url ? link(*file.url, name) : one_line(name)) + "\n";
    }
    for (const auto& media : post.media) text += "- media " + link(media.url, media.text) + "\n";
    for (const auto& out : post.links) text += "- link " + link(out.url, out.text) + "\n";
    for (const auto& rating : post.ratings) text += "- rated " + one_line(words_of(rating)) + "\n";
    for (const auto& comment : post.comments)
      text += fmt::format("- **{}**: {}\n", one_line(comment.author.value_or("-")), one_line(comment.text));
    return text.empty() ? text : text + "\n";
  }

  [[nodiscard]] std::string attached(const parsers::Article& article) const {
    std::string text;
    for (const auto& image : article.images)
      text += "- image " + link(image.url, image.caption.value_or(image.alt.value_or(""))) + "\n";
    for (const auto& out : article.links) text += "- link " + link(out.url, out.text) + "\n";
    return text.empty() ? text : text + "\n";
  }

  [[nodiscard]] std::string likeness(const parsers::OptionalString& duplicate_of,
                                     const parsers::OptionalString& near_duplicate_of) const {
    std::string text;
    if (duplicate_of) text += "*The same text as " + record(*duplicate_of) + "*\n\n";
    if (near_duplicate_of) text += "*Nearly the same text as " + record(*near_duplicate_of) + "*\n\n";
    return text;
  }

  [[nodiscard]] std::string record(const std::string& id) const {
    const auto here = links_ != nullptr ? links_->to_record(id) : std::nullopt;
    return here ? fmt::format("[{}](<{}{}>)", one_line(id), up_, *here) : one_line(id);
  }

  const SiteLinks* links_;
  std::string up_;
};

class MarkdownPages : public PageWriter {
 public:
  explicit MarkdownPages(const SiteLinks& links) : parts_(&links, "../") {}

  [[nodiscard]] std::string thread(const ThreadReading& reading) const override {
    const parsers::Thread& thread = reading.thread;
    std::string head = front(record_id(thread), title_of(thread), thread.url.value_or(thread.page.url));
    if (thread.board.name) head += fmt::format("board: {}\n", yaml_text(*thread.board.name));
    if (thread.author) head += fmt::format("author: {}\n", yaml_text(*thread.author));
    if (thread.created_at) head += fmt::format("date: {}\n", yaml_text(thread.created_at->rfc3339()));
    return head + "---\n\n" + parts_.thread(reading);
  }

  [[nodiscard]] std::string article(const ArticleReading& reading) const override {
    const parsers::Article& article = reading.article;
    std::string head = front(record_id(article), title_of(article), article.url);
    if (article.source) head += fmt::format("source: {}\n", yaml_text(*article.source));
    if (article.published_at) head += fmt::format("date: {}\n", yaml_text(article.published_at->rfc3339()));
    return head + "---\n\n" + parts_.article(reading);
  }

  [[nodiscard]] std::string list(const ListPage& list) const override {
    std::string text = fmt::format("# {}\n\n", one_line(list.title));
    for (const auto& entry : list.entries)
      text += fmt::format("- [{}](<../{}>){}{}\n", one_line(entry.title), entry.href,
                          entry.by.empty() ? "" : " · " + one_line(entry.by),
                          entry.when.empty() ? "" : " · " + entry.when);
    for (std::size_t i = 1; i <= list.pages.size() && list.pages.size() > 1; ++i)
      text += (i == 1 ? "\n" : " ") + (i == list.page ? fmt::format("**{}**", i)
                                                      : fmt::format("[{}](<../{}>)", i, list.pages[i - 1]));
    return text + "\n";
  }

  [[nodiscard]] std::string index(const std::vector<IndexSite>& sites) const override {
    std::string text = "# Index\n";
    for (const auto& site : sites) {
      text += fmt::format("\n## {}\n\n", one_line(site.site));
      for (const auto& list : site.lists)
        text += fmt::format("- [{}](<{}>) ({})\n", one_line(list.title), list.href, list.count);
    }
    return text;
  }

 private:
  static std::string front(const std::string& id, const std::string& title, const std::string& url) {
    return fmt::format("---\nid: {}\ntitle: {}\nurl: {}\n", yaml_text(id), yaml_text(title), yaml_text(url));
  }

  Parts parts_;
};

}  // namespace

std::string markdown_escaped(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));  // an indented line is code
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (std::string_view("\\`*_[]<>&|~!$").find(line[i]) != std::string_view::npos || bounds_block(line, i))
        out += '\\';
      out += line[i];
    }
    if (end == std::string_view::npos) return out;
    out += "  \n";
    text.remove_prefix(end + 1);
  }
}

bool MarkdownDocument::add(const ThreadReading& reading) {
  return write_(Parts(nullptr, "").thread(reading) + "\n");
}

bool MarkdownDocument::add(const ArticleReading& reading) {
  return write_(Parts(nullptr, "").article(reading) + "\n");
}

std::unique_ptr<PageWriter> markdown_pages(const SiteLinks& links) {
  return std::make_unique<MarkdownPages>(links);
}

}  // namespace boardwalk::store
