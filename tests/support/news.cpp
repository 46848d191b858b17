#include "tests/support/news.hpp"

#include <algorithm>
#include <string>

#include "tests/support/dice.hpp"
#include "tests/support/words.hpp"

namespace boardwalk::sample {
namespace {

constexpr int kFirstId = 1001;
constexpr std::size_t kCopyPlace = 1;
constexpr std::size_t kOriginalPlace = 2;
constexpr std::size_t kMirrorPlace = 3;
constexpr std::int64_t kSpacing = 2 * kSecondsADay / 3;

constexpr std::array<std::string_view, 4> kSources = {"槐江晚报", "江岸周刊", "茶馆通讯社", "白塔观察"};

Article written(const Model& model, int id, std::int64_t published_at) {
  Dice dice(model.options().seed, 7201, id);
  Article article;
  article.id = id;
  const Section& section = kSections[static_cast<std::size_t>(id) % kSections.size()];
  article.section = section.path;
  article.section_name = section.name;
  article.path = "/news/" + article.section + "/" + std::to_string(id) + ".html";
  article.title = headline(dice);
  article.source = dice.pick(kSources);
  article.author = byline(dice);
  article.editor = byline(dice);
  article.published_at = article.modified_at = published_at;
  const int paragraphs = dice.between(4, 7);
  for (int i = 0; i < paragraphs; ++i) article.paragraphs.push_back(news_paragraph(dice));
  return article;
}

// A plain opening post with enough words that nobody takes its copy for chance.
const Thread* copied_thread(const Model& model) {
  for (const Thread& thread : model.threads()) {
    const Board& board = *model.board(thread.fid);
    if (thread.theme == Theme::kPlain && !board.jammer) return &thread;
  }
  return nullptr;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

bool may_change(const std::vector<Article>& articles, const Article& article) {
  const bool mirrored = std::any_of(articles.begin(), articles.end(), [&article](const Article& other) {
    return other.mirror_of == article.id;
  });
  return article.copy_of_pid == 0 && article.mirror_of == 0 && !mirrored;
}

}  // namespace

std::int64_t copied_pid(const Model& model) {
  const Thread* thread = copied_thread(model);
  return thread == nullptr ? 0 : thread->heads.front().pid;
}

std::vector<Article> first_articles(const Model& model) {
  std::vector<Article> articles;
  const int count = std::max(0, model.options().articles);
  for (int i = 0; i < count; ++i) {
    articles.push_back(
        written(model, kFirstId + i, model.options().day_one_ends - 3600 - kSpacing * (count - 1 - i)));
  }
  const Thread* original = copied_thread(model);
  if (articles.size() > kCopyPlace && original != nullptr) {
    Article& copy = articles[kCopyPlace];
    const Post post = model.posts(*original).front();
    copy.copy_of_pid = post.pid;
    copy.title = original->subject;
    copy.paragraphs = lines_of(post.text);
  }
  if (articles.size() > kMirrorPlace) {
    const Article& first = articles[kOriginalPlace];
    Article& mirror = articles[kMirrorPlace];
    mirror.mirror_of = first.id;
    mirror.title = first.title;
    mirror.source = first.source;
    mirror.author = first.author;
    mirror.editor = first.editor;
    mirror.paragraphs = first.paragraphs;
  }
  return articles;
}

void play_news(const Model& model, std::vector<Article>& articles, int day, DayChanges& changes) {
  const DayPlan& plan = model.options().per_day;
  const std::int64_t starts = model.options().day_one_ends + (day - 2) * kSecondsADay;
  Dice dice(model.options().seed, 7202, day);
  std::vector<std::size_t> lots;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    if (may_change(articles, articles[i])) lots.push_back(i);
  }
  for (int i = 0; i < plan.articles_edited && !lots.empty(); ++i) {
    const std::size_t drawn = dice.below(lots.size());
    Article& article = articles[lots[drawn]];
    lots.erase(lots.begin() + static_cast<std::ptrdiff_t>(drawn));
    article.paragraphs.push_back("更正：" + news_paragraph(dice));
    article.modified_at = starts + 7200 + i * 60;
    changes.articles_edited.push_back(article.id);
  }
  for (int i = 0; i < plan.articles_added; ++i) {
    const int id = kFirstId + static_cast<int>(articles.size());
    articles.push_back(written(model, id, starts + 10800 + i * 600));
    changes.articles_added.push_back(id);
  }
}

}  // namespace boardwalk::sample
