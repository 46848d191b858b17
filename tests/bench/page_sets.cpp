#include "tests/bench/page_sets.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "tests/contents.hpp"
#include "tests/support/charset.hpp"
#include "tests/support/markup.hpp"
#include "tests/support/news_page.hpp"
#include "tests/support/pages.hpp"

namespace boardwalk::bench {
namespace {

using tests::contents;

constexpr std::size_t kPagesOfASet = 40;

// --- Generated

class Forum {
 public:
  explicit Forum(sample::Charset charset)
      : charset_(charset),
        model_({.seed = 7, .threads = 200, .posts = 20, .articles = 40, .charset = charset}) {}

  [[nodiscard]] std::vector<PageSet> sets() const {
    std::vector<PageSet> sets = {set("index"), set("board"), set("thread")};
    add(sets[0], "forum.php", sample::index_page(context_, 0));
    for (const sample::Board& board : model_.boards())
      if (board.kind != sample::BoardKind::kCategory)
        add(sets[1], "forum-" + std::to_string(board.fid) + "-1.html",
            sample::board_page(context_, board, 1, 0));
    for (const sample::Thread& thread : model_.threads())
      add(sets[2], "thread-" + std::to_string(thread.tid) + "-1-1.html",
          sample::thread_page(context_, thread, {}));
    return sets;
  }

  [[nodiscard]] std::vector<PageSet> news() const {
    std::vector<PageSet> sets = {{"article", true, {}}, {"news list", true, {}}};
    for (const sample::Article& article : model_.articles()) add_news(sets[0], article.path);
    for (const char* path : {"/news/", "/news/town/", "/news/life/"}) add_news(sets[1], path);
    return sets;
  }

 private:
  [[nodiscard]] PageSet set(const std::string& name) const {
    return {charset_ == sample::Charset::kGbk ? name + " (gbk)" : name, false, {}};
  }

  void add(PageSet& to, const std::string& path, const std::string& html) const {
    if (to.pages.size() >= kPagesOfASet) return;
    const std::string charset = charset_ == sample::Charset::kGbk ? "gbk" : "utf-8";
    to.pages.push_back({context_.base + path, "text/html; charset=" + charset,
                        sample::in_charset(html, charset_), model_.ends_at()});
  }

  void add_news(PageSet& to, const std::string& path) const {
    if (const auto page = sample::news_page(model_, path)) add(to, path.substr(1), page->html);
  }

  sample::Charset charset_;
  sample::Model model_;
  sample::PageContext context_{model_, "http://pier.example/", model_.ends_at()};
};

// --- Captured

std::string text_of(const rapidjson::Value& object, const char* name) {
  const auto member = object.FindMember(name);
  return member != object.MemberEnd() && member->value.IsString() ? member->value.GetString() : std::string();
}

// The captured pages of one forum, the most that a set may hold spread over all of them.
std::vector<PageSet> captured_forum(const std::filesystem::path& folder) {
  std::map<std::string, std::vector<Page>> by_kind;
  std::ifstream index(folder / "index.jsonl");
  for (std::string line; std::getline(index, line);) {
    rapidjson::Document entry;
    entry.Parse(line.data(), line.size());
    if (!entry.IsObject() || text_of(entry, "ua") != "desktop") continue;
    const std::string kind = text_of(entry, "kind");
    if (kind != "index" && kind != "board" && kind != "thread") continue;
    const auto headers = entry.FindMember("headers");
    const bool known = headers != entry.MemberEnd() && headers->value.IsObject();
    by_kind[kind].push_back({text_of(entry, "url"), known ? text_of(headers->value, "Content-Type") : "",
                             text_of(entry, "file"), 1716206400});
  }
  std::vector<PageSet> sets;
  for (auto& [kind, all] : by_kind) {
    PageSet set{folder.filename().string() + " " + kind, false, {}};
    // Until it is read, a page's body is its file's name.
    const std::size_t step = std::max<std::size_t>(1, all.size() / kPagesOfASet);
    for (std::size_t i = 0; i < all.size() && set.pages.size() < kPagesOfASet; i += step) {
      all[i].body = contents(folder / all[i].body);
      if (!all[i].body.empty()) set.pages.push_back(std::move(all[i]));
    }
    if (!set.pages.empty()) sets.push_back(std::move(set));
  }
  return sets;
}

PageSet captured_news(const std::filesystem::path& folder) {
  PageSet set{folder.filename().string(), true, {}};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "pages"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (std::size_t i = 0; i < files.size() && set.pages.size() < kPagesOfASet; ++i)
    set.pages.push_back({"https://news.pier.example/2024/05/" + std::to_string(i) + ".html", "text/html",
                         contents(files[i]), 1716206400});
  return set;
}

}  // namespace

std::vector<PageSet> generated_sets() {
  std::vector<PageSet> sets;
  for (const sample::Charset charset : {sample::Charset::kUtf8, sample::Charset::kGbk})
    for (PageSet& set : Forum(charset).sets()) sets.push_back(std::move(set));
  for (PageSet& set : Forum(sample::Charset::kUtf8).news()) sets.push_back(std::move(set));
  return sets;
}

std::vector<PageSet> captured_sets(const std::string& folder) {
  std::vector<PageSet> sets;
  const std::filesystem::path corpus = std::filesystem::path(folder) / "corpus";
  std::error_code missing;
  for (const auto& entry : std::filesystem::directory_iterator(corpus / "discuz", missing))
    if (std::filesystem::exists(entry.path() / "index.jsonl"))
      for (PageSet& set : captured_forum(entry.path())) sets.push_back(std::move(set));
  for (const auto& entry : std::filesystem::directory_iterator(corpus, missing))
    if (std::filesystem::is_directory(entry.path() / "pages")) {
      PageSet set = captured_news(entry.path());
      if (!set.pages.empty()) sets.push_back(std::move(set));
    }
  std::sort(sets.begin(), sets.end(), [](const PageSet& a, const PageSet& b) { return a.name < b.name; });
  return sets;
}

}  // namespace boardwalk::bench
