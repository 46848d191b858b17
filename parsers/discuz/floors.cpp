#include "parsers/discuz/floors.hpp"

#include <algorithm>
#include <cstddef>

namespace boardwalk::parsers::discuz {
namespace {

using Posts = std::vector<ReadPost*>;

// Replies stuck to the top of a thread; more than that are no such thing.
constexpr std::size_t kMostStuck = 20;

bool earlier(const ReadPost* a, const ReadPost* b) {
  return a->post.posted_at && b->post.posted_at &&
         a->post.posted_at->local_seconds < b->post.posted_at->local_seconds;
}

// More neighbours fall than rise: by floor where both have one, else by time. The opening post stays first
// either way.
bool descends(const PagePlace& place, const Posts& posts) {
  int falls = 0;
  int rises = 0;
  for (std::size_t i = place.number == 1 ? 2 : 1; i < posts.size(); ++i) {
    const auto before = posts[i - 1]->post.floor;
    const auto after = posts[i]->post.floor;
    const bool printed = before && after;
    falls += printed ? *after < *before : earlier(posts[i], posts[i - 1]);
    rises += printed ? *after > *before : earlier(posts[i - 1], posts[i]);
  }
  return falls > rises;
}

bool has_smaller_pid(const ReadPost* a, const ReadPost* b) {
  const std::string& x = a->post.post_id;
  const std::string& y = b->post.post_id;
  return x.size() != y.size() ? x.size() < y.size() : x < y;
}

// Without marks: the posts behind the opening one that are later than the first of those in order, by number
// too (the time of a reward's best answer is rewritten), when all the rest stand in order of time.
std::size_t count_stuck_by_time(const Posts& posts) {
  std::size_t ordered = posts.size();
  while (ordered > 1 && (ordered == posts.size() || !earlier(posts[ordered], posts[ordered - 1]))) --ordered;
  const std::size_t stuck = ordered - 1;
  if (ordered < 1 || stuck == 0 || ordered >= posts.size() || stuck > 5 || posts.size() - ordered < 2)
    return 0;
  for (std::size_t i = 1; i < ordered; ++i)
    if (!earlier(posts[ordered], posts[i]) || !has_smaller_pid(posts[ordered], posts[i])) return 0;
  return stuck;
}

bool within(const ReadPost* stuck, const Posts& rest) {
  if (rest.empty()) return false;
  if (stuck->post.floor) {
    const auto floor = *stuck->post.floor;
    return std::any_of(rest.begin(), rest.end(),
                       [floor](const ReadPost* post) { return post->post.floor > floor; });
  }
  return earlier(stuck, rest.back());
}

// Numbered posts behind the opening one that break the order of those that follow.
void mark_stuck_by_floor(const PagePlace& place, Posts& posts) {
  if (place.number != 1 || posts.size() < 4) return;
  const bool falls = descends(place, posts);
  for (std::size_t i = 1; i + 1 < posts.size(); ++i) {
    const auto here = posts[i]->post.floor;
    const auto next = posts[i + 1]->post.floor;
    if (!here || !next || (falls ? *here > *next : *here < *next)) return;
    posts[i]->stuck = true;
  }
}

// Takes stuck posts out of their place at the top, and puts those that belong to this page where they belong.
void unstick(const PagePlace& place, Posts& posts) {
  Posts stuck;
  const bool numbered =
      std::any_of(posts.begin(), posts.end(), [](const ReadPost* post) { return post->numbered; });
  const std::size_t by_time = numbered || place.number != 1 ? 0 : count_stuck_by_time(posts);
  Posts rest;
  for (std::size_t i = 0; i < posts.size(); ++i)
    (posts[i]->stuck || (i >= 1 && i <= by_time) ? stuck : rest).push_back(posts[i]);
  if (stuck.size() > kMostStuck) return;
  const bool single = place.pages == 1;
  for (ReadPost* post : stuck) {
    if (!single && !within(post, rest)) continue;
    const auto behind = std::find_if(rest.begin(), rest.end(), [post](const ReadPost* other) {
      if (post->post.floor && other->post.floor) return *other->post.floor > *post->post.floor;
      return earlier(post, other);
    });
    rest.insert(behind, post);
  }
  posts = std::move(rest);
}

bool is_taken(const Posts& posts, int floor) {
  return std::any_of(posts.begin(), posts.end(),
                     [floor](const ReadPost* post) { return post->numbered && post->post.floor == floor; });
}

// This is page 1 for sure, and its first post has no number: a word of the forum's own, or nothing.
bool opens_with_word(const PagePlace& place, const Posts& posts) {
  return place.number == 1 && place.pages && !posts.front()->numbered && !posts.front()->stuck;
}

// Words of a forum's own for its first floors: the floor follows from a numbered one. The opening post's does
// not hang on it, as the replies behind it may have gaps or stand newest first; where the count back to it
// does not fit, nobody knows which of the worded floors are missing.
void settle_by_numbered(const PagePlace& place, Posts& posts, int step) {
  const auto known =
      std::find_if(posts.begin(), posts.end(), [](const ReadPost* post) { return post->numbered; });
  const auto is_extra = [](const ReadPost* post) { return post->stuck && !post->numbered; };
  const int opening = opens_with_word(place, posts) && !is_taken(posts, 1) ? 1 : 0;
  if (opening == 1) posts.front()->post.floor = 1;
  const auto first = posts.begin() + opening;
  int floor = *(*known)->post.floor - step * static_cast<int>(known - first);
  const bool apart = step > 0 && floor < 1 + opening;  // the forum does not count them
  if (apart) floor += static_cast<int>(std::count_if(first, known, is_extra));
  const bool gap = opening == 1 && step > 0 && floor != 2;
  for (auto each = first; each != posts.end(); ++each) {
    Post& post = (*each)->post;
    if (is_extra(*each) && (apart || is_taken(posts, floor))) continue;
    if (!post.floor && floor >= 1 && !(gap && each < known)) post.floor = floor;
    floor += step;
  }
}

// A word that stands where its usual floor is taken, as 地板 does behind 报纸: the forum means the next one.
void correct_words(const Posts& posts) {
  for (std::size_t i = 1; i < posts.size(); ++i) {
    const auto before = posts[i - 1]->post.floor;
    auto& floor = posts[i]->post.floor;
    if (posts[i]->worded && before && floor && *floor <= *before) floor = *before + 1;
  }
}

void settle_by_order(const PagePlace& place, Posts& posts) {
  const int count = static_cast<int>(posts.size());
  const bool last = place.pages == place.number;
  if (place.number > 1 && (last || !place.pages)) return;
  for (int i = 0; i < count; ++i)
    posts[static_cast<std::size_t>(i)]->post.floor = (place.number - 1) * count + i + 1;
}

void settle_backwards(const PagePlace& place, Posts& posts) {
  if (posts.empty()) return;
  if (place.pages == place.number)
    for (std::size_t i = 0; i < posts.size(); ++i)
      posts[i]->post.floor = static_cast<int>(posts.size() - i) + 1;
  if (place.number == 1) posts.front()->post.floor = 1;
}

}  // namespace

FloorOrder settle_floors(const PagePlace& place, std::vector<ReadPost>& posts) {
  Posts order;
  for (ReadPost& post : posts) order.push_back(&post);
  FloorOrder result;
  mark_stuck_by_floor(place, order);
  unstick(place, order);
  result.newest_first = descends(place, order);
  const bool numbered =
      std::any_of(order.begin(), order.end(), [](const ReadPost* post) { return post->numbered; });
  if (numbered) {
    settle_by_numbered(place, order, result.newest_first ? -1 : 1);
    if (!result.newest_first) correct_words(order);
  } else if (result.newest_first) {
    settle_backwards(place, order);
  } else {
    settle_by_order(place, order);
  }
  for (const ReadPost* post : order) result.post_ids.push_back(post->post.post_id);
  return result;
}

}  // namespace boardwalk::parsers::discuz
