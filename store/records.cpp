#include "store/records.hpp"

#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "parsers/digest.hpp"
#include "store/json_codec.hpp"
#include "store/merge.hpp"
#include "store/record_rows.hpp"
#include "store/schema.hpp"
#include "store/threads.hpp"
#include "store/versioned.hpp"

namespace boardwalk::store {
namespace {

using parsers::Board;
using parsers::PageKind;
using parsers::ParsedPage;

// One page's records on their way into the archive: posts first, since they change the accounts of their
// threads.
class Step {
 public:
  Step(Batch& batch, const ParsedPage& page, std::size_t min_chars, const PageContent& content)
      : batch_(batch), page_(page), min_chars_(min_chars), content_(content) {}

  Result<PutCounts> run() {
    for (const auto& board : page_.boards)
      if (auto put = put_board(board); !put) return tl::unexpected(put.error());
    gather_posts();
    for (const auto* post : posts_)
      if (auto put = add_post(*post); !put) return tl::unexpected(put.error());
    for (const auto& article : page_.articles)
      if (auto put = add_article(article); !put) return tl::unexpected(put.error());
    gather_threads();
    for (const auto& [id, change] : threads_) {
      const auto created = put_thread(batch_, id.first, id.second, change, page_.page);
      if (!created) return tl::unexpected(created.error());
      counts_.new_threads += *created ? 1 : 0;
    }
    return counts_;
  }

 private:
  Result<void> put_board(const Board& seen) {
    const std::string key = board_key(seen.site, seen.board_id);
    const auto row = read_record(batch_, key);
    if (!row) return tl::unexpected(row.error());
    Board board = seen;
    if (*row) {
      auto held = board_from_json((*row)->json);
      if (!held) return tl::unexpected(held.error());
      board = merged(*held, seen);
    } else {
      ++counts_.new_boards;
    }
    write_record(batch_, key, RecordRow{0, to_json(board)});
    return {};
  }

  // One of a number: where a page shows a post on top and in its place, the later one counts, unless it has no
  // words. One without a number is archived: which record it is, its desktop page tells.
  void gather_posts() {
    std::unordered_map<std::string_view, std::size_t> places;
    for (const auto& post : page_.posts) {
      if (post.post_id.empty()) continue;
      const auto [place, is_new] = places.try_emplace(post.post_id, posts_.size());
      if (is_new)
        posts_.push_back(&post);
      else if (post.text_sha256)
        posts_[place->second] = &post;
    }
  }

  Result<void> add_post(const parsers::Post& post) {
    const auto place = static_cast<std::size_t>(&post - page_.posts.data());
    std::string_view lasting;
    if (content_.posts.size() == page_.posts.size()) lasting = content_.posts[place];
    const auto put = put_post(batch_, post, min_chars_, lasting);
    if (!put) return tl::unexpected(put.error());
    counts_.new_posts += put->created ? 1 : 0;
    counts_.changed_posts += put->new_version ? 1 : 0;
    counts_.duplicates += put->duplicate ? 1 : 0;
    if (put->in_thread && post.thread_id) ++threads_[{post.site, *post.thread_id}].posts;
    if (!put->left_thread.empty()) --threads_[{post.site, put->left_thread}].posts;
    return {};
  }

  Result<void> add_article(const parsers::Article& article) {
    const auto put = put_article(batch_, article, min_chars_);
    if (!put) return tl::unexpected(put.error());
    counts_.new_articles += put->created ? 1 : 0;
    counts_.changed_articles += put->new_version ? 1 : 0;
    counts_.duplicates += put->duplicate ? 1 : 0;
    return {};
  }

  void gather_threads() {
    const bool own = page_.kind == PageKind::kThread || page_.kind == PageKind::kThreadFiltered;
    for (const auto& thread : page_.threads) {
      ThreadChange& change = threads_[{thread.site, thread.thread_id}];
      (own ? change.own : change.rows).push_back(&thread);
    }
    if (!page_.thread_page) return;
    std::string site;
    if (!page_.threads.empty()) site = page_.threads.front().site;
    if (!page_.posts.empty()) site = page_.posts.front().site;
    if (site.empty()) return;
    ThreadChange& change = threads_[{site, page_.thread_page->thread_id}];
    change.page = &*page_.thread_page;
    for (const auto* post : posts_)
      if (post->floor) change.floors.emplace(post->post_id, *post->floor);
  }

  Batch& batch_;
  const ParsedPage& page_;
  std::size_t min_chars_;
  const PageContent& content_;
  PutCounts counts_;
  std::vector<const parsers::Post*> posts_;
  std::map<std::pair<std::string, std::string>, ThreadChange> threads_;  // by site and id
};

}  // namespace

PageContent content_of(const ParsedPage& page) {
  PageContent content;
  parsers::Sha256 digest;
  bool has_records = false;
  const auto append = [&](const std::string& json) {
    digest.add(json);
    digest.add("\n");
    has_records = true;
  };
  for (const auto& board : page.boards) append(lasting_json(board));
  for (const auto& thread : page.threads) append(lasting_json(thread));
  for (const auto& post : page.posts) append(content.posts.emplace_back(lasting_json(post)));
  for (const auto& article : page.articles) append(lasting_json(article));
  if (has_records) content.sha256 = parsers::hex(digest.finish());
  return content;
}

Result<PutCounts> put_records(Batch& batch, const ParsedPage& page, std::size_t min_chars,
                              const PageContent& content) {
  return Step(batch, page, min_chars, content).run();
}

}  // namespace boardwalk::store
