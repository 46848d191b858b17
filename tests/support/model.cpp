#include "tests/support/model.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>

#include "tests/support/day_replay.hpp"
#include "tests/support/news.hpp"
#include "tests/support/words.hpp"

namespace boardwalk::sample {
namespace {

constexpr int kThemes = static_cast<int>(Theme::kPlain);
constexpr int kFirstCategory = 1;
constexpr int kSecondCategory = 2;
constexpr int kFirstBoard = 11;
constexpr int kMembers = 44;
constexpr int kBannedUid = 13;
constexpr std::int64_t kHistory = 400 * kSecondsADay;  // how far back the oldest thread lies
constexpr std::int64_t kQuietEnd = 900;                // nothing is posted in a day's last quarter of an hour

bool is_sticky(Theme theme) { return theme <= Theme::kBoardSticky; }

Theme theme_of(int index, int threads) {
  if (threads <= kThemes) return static_cast<Theme>(index);
  for (int k = 0; k < kThemes; ++k) {
    if (k * threads / kThemes == index) return static_cast<Theme>(k);
  }
  const auto again = static_cast<Theme>(index / 41 % kThemes);
  return index % 41 == 0 && !is_sticky(again) ? again : Theme::kPlain;
}

int replies_for(Theme theme, const Options& options, Dice& dice) {
  switch (theme) {
    case Theme::kLong:
      return 4 * options.page_size + 4;
    case Theme::kQuotes:
      return 7;
    case Theme::kBlocked:
    case Theme::kOddAuthors:
    case Theme::kComments:
      return 5;
    case Theme::kAttachments:
    case Theme::kOpenAttachments:
      return 3;
    default:
      break;
  }
  const double u = dice.unit();  // mean of 3u² is 1
  return static_cast<int>(3.0 * u * u * std::max(0, options.posts - 1) + 0.5);
}

AuthorKind author_kind(Theme theme, int position) {
  if (theme != Theme::kOddAuthors) return AuthorKind::kMember;
  switch (position) {
    case 1:
      return AuthorKind::kAnonymous;
    case 2:
      return AuthorKind::kGuest;
    case 3:
      return AuthorKind::kDeleted;
    default:
      return AuthorKind::kMember;
  }
}

const char* special_of(Theme theme) {
  switch (theme) {
    case Theme::kPoll:
    case Theme::kEndedPoll:
      return "poll";
    case Theme::kReward:
    case Theme::kSolvedReward:
      return "reward";
    case Theme::kTrade:
      return "trade";
    case Theme::kDebate:
      return "debate";
    case Theme::kActivity:
      return "activity";
    default:
      return "";
  }
}

}  // namespace

Model::Model(const Options& options) : options_(options), changes_(2) {
  for (int uid = 1; uid <= kMembers; ++uid) {
    Dice dice(options_.seed, 7001, uid);
    Member member{uid, member_name(static_cast<std::size_t>(uid - 1)), uid == kBannedUid, ""};
    if (uid % 3 == 0) member.signature = "签名：" + sentence(dice);
    members_.push_back(std::move(member));
  }
  make_boards();
  make_threads();
  articles_ = first_articles(*this);
  DayReplay replay(*this);
  for (int day = 2; day <= options_.day; ++day) changes_.push_back(replay.play(day));
  index_rows();
}

std::int64_t Model::ends_at() const { return options_.day_one_ends + (options_.day - 1) * kSecondsADay; }

void Model::make_boards() {
  const auto group = [](int fid, const char* name) {
    return Board{.fid = fid, .kind = BoardKind::kCategory, .name = name};
  };
  boards_.push_back(group(kFirstCategory, "堂前"));
  boards_.push_back(group(kSecondCategory, "后院"));
  const int count = std::max(1, options_.boards);
  for (int i = 0; i < count; ++i) {
    const auto index = static_cast<std::size_t>(i);
    Board board{.fid = kFirstBoard + i, .name = board_name(index), .description = board_description(index)};
    board.category = i < (count + 1) / 2 ? kFirstCategory : kSecondCategory;
    board.parent = board.category;
    if (i == 1) board.types = {"出让", "求购", "交换"};
    board.open_attachments = i == 2;
    if (i >= 2 && i == count - 1) {
      board.kind = BoardKind::kSub;
      board.parent = board.fid - 1;
      board.jammer = true;
    }
    boards_.push_back(std::move(board));
  }
  boards_.push_back({.fid = kFirstBoard + count,
                     .kind = BoardKind::kLocked,
                     .parent = kSecondCategory,
                     .category = kSecondCategory,
                     .name = "账房",
                     .description = "凭暗号进门"});
  boards_.push_back({.fid = kFirstBoard + count + 1,
                     .kind = BoardKind::kLink,
                     .parent = kFirstCategory,
                     .category = kFirstCategory,
                     .name = "槐江新闻",
                     .description = "通往新闻站"});
}

int Model::board_for(Theme theme, Dice& dice) const {
  const int count = std::max(1, options_.boards);
  if (is_sticky(theme) || theme == Theme::kLong || theme == Theme::kAttachments) return kFirstBoard;
  if (theme == Theme::kLocked) return kFirstBoard + count;
  if (theme == Theme::kOpenAttachments) return kFirstBoard + (count > 2 ? 2 : 0);
  if (dice.chance(40)) return kFirstBoard;
  return kFirstBoard + static_cast<int>(dice.below(static_cast<std::size_t>(count)));
}

void Model::make_threads() {
  const int count = std::max(0, options_.threads);
  const std::int64_t end = options_.day_one_ends - kQuietEnd;
  for (int i = 0; i < count + 2; ++i) {
    const Theme theme = i < count ? theme_of(i, count) : Theme::kLocked;
    Dice dice(options_.seed, 7002, i);
    const double age = 1.0 - (i + dice.unit()) / (count + 2);  // squared: the nearer, the denser
    const std::int64_t created = end - static_cast<std::int64_t>(static_cast<double>(kHistory) * age * age);
    const std::int64_t talk = dice.between(3600, 40 * static_cast<int>(kSecondsADay));
    const int fid = board_for(theme, dice);
    threads_.push_back(
        new_thread(theme, fid, created, std::min(end, created + talk), replies_for(theme, options_, dice)));
  }
}

Thread Model::new_thread(Theme theme, int fid, std::int64_t created_at, std::int64_t replies_until,
                         int reply_count) {
  Thread thread;
  thread.tid = next_tid_++;
  thread.fid = fid;
  thread.theme = theme;
  thread.created_at = created_at;
  Dice dice(options_.seed, 7003, thread.tid);
  const std::int64_t slot = (replies_until - created_at) / (reply_count + 1);
  for (int position = 1; position <= reply_count + 1; ++position) {
    PostHead head{.pid = next_pid_++, .position = position, .kind = author_kind(theme, position)};
    do {
      head.member = dice.between(1, kMembers);
    } while (head.member == kBannedUid);
    if (theme == Theme::kBlocked && position == 3) head.member = kBannedUid;
    if (is_sticky(theme) && position == 1) head.member = 1;
    head.posted_at = position == 1 ? created_at
                                   : created_at + slot * (position - 1) +
                                         static_cast<std::int64_t>(dice.below(
                                             static_cast<std::size_t>(std::max<std::int64_t>(slot, 1))));
    tid_of_pid_[head.pid] = thread.tid;
    thread.heads.push_back(head);
  }
  dress(thread);
  recount(thread);
  thread.views = thread.replies * dice.between(6, 30) + dice.between(3, 400);
  place_of_tid_[thread.tid] = threads_.size();
  return thread;
}

void Model::dress(Thread& thread) {
  Dice dice(options_.seed, 7004, thread.tid);
  thread.subject = thread_title(dice);
  thread.special = special_of(thread.theme);
  const Board& home = *board(thread.fid);
  if (!home.types.empty()) {
    thread.type_id = dice.between(1, static_cast<int>(home.types.size()));
    thread.type = home.types[static_cast<std::size_t>(thread.type_id - 1)];
  }
  switch (thread.theme) {
    case Theme::kGlobalSticky:
      thread.sticky = "global", thread.closed = true, thread.highlighted = true;
      break;
    case Theme::kCategorySticky:
      thread.sticky = "category";
      break;
    case Theme::kBoardSticky:
      thread.sticky = "board", thread.digest = 2;
      break;
    case Theme::kQuotes:
      thread.digest = 1;
      break;
    case Theme::kClosed:
      thread.closed = true;
      break;
    case Theme::kHighlighted:
      thread.highlighted = true;
      break;
    case Theme::kRestricted:
      thread.read_permission = 60, thread.guest_visible = false;
      break;
    case Theme::kLocked:
      thread.guest_visible = false;
      break;
    case Theme::kMoved:
      thread.moved_row = next_tid_++;
      thread.moved_from =
          thread.fid == kFirstBoard ? kFirstBoard + std::max(1, options_.boards) - 1 : kFirstBoard;
      moved_[thread.moved_row] = thread.tid;
      break;
    case Theme::kTrade:
      for (int i = 0; i < 2; ++i) thread.goods.push_back({next_pid_++, thing(dice), dice.between(20, 900)});
      break;
    default:
      break;
  }
}

void Model::recount(Thread& thread) const {
  thread.replies = living(thread) - 1 + static_cast<int>(thread.goods.size());
  const PostHead* last = nullptr;
  for (const PostHead& head : thread.heads) {
    if (head.deleted) continue;
    thread.replies += comment_count(thread, head);
    last = &head;
  }
  assert(last != nullptr);
  thread.author = author_of(thread.heads.front());
  thread.last_by = author_of(*last);
  thread.last_at = last->posted_at;
}

Author Model::author_of(const PostHead& head) const {
  const Member& member = members_[static_cast<std::size_t>(head.member - 1)];
  switch (head.kind) {
    case AuthorKind::kAnonymous:
    case AuthorKind::kGuest:
      return {head.kind, 0, "", false};
    case AuthorKind::kDeleted:
      return {head.kind, 0, "已销号的茶客", false};
    case AuthorKind::kMember:
      break;
  }
  return {head.kind, member.uid, member.name, member.banned};
}

const Board* Model::board(int fid) const {
  const auto found =
      std::find_if(boards_.begin(), boards_.end(), [fid](const Board& b) { return b.fid == fid; });
  return found == boards_.end() ? nullptr : &*found;
}

const Thread* Model::thread(int tid) const {
  const auto found = place_of_tid_.find(tid);
  if (found == place_of_tid_.end() || threads_[found->second].removed) return nullptr;
  return &threads_[found->second];
}

const Thread* Model::moved(int dead_tid) const {
  const auto found = moved_.find(dead_tid);
  return found == moved_.end() ? nullptr : thread(found->second);
}

const Thread* Model::thread_of(std::int64_t pid) const {
  const auto found = tid_of_pid_.find(pid);
  return found == tid_of_pid_.end() ? nullptr : thread(found->second);
}

const Article* Model::article(const std::string& path) const {
  const auto found =
      std::find_if(articles_.begin(), articles_.end(), [&path](const Article& a) { return a.path == path; });
  return found == articles_.end() ? nullptr : &*found;
}

std::vector<Post> Model::posts(int tid) const {
  const Thread* found = thread(tid);
  return found == nullptr ? std::vector<Post>{} : posts(*found);
}

int Model::living(const Thread& thread) const {
  return static_cast<int>(std::count_if(thread.heads.begin(), thread.heads.end(),
                                        [](const PostHead& head) { return !head.deleted; }));
}

int Model::page_count(const Thread& thread) const {
  int last = living(thread);
  if (!options_.renumber_floors) {
    for (const PostHead& head : thread.heads) {
      if (!head.deleted) last = head.position;
    }
  }
  return std::max(1, (last + options_.page_size - 1) / options_.page_size);
}

int Model::page_of(const Thread& thread, std::int64_t pid) const {
  int nth = 0;
  for (const PostHead& head : thread.heads) {
    if (head.deleted) continue;
    ++nth;
    if (head.pid == pid)
      return ((options_.renumber_floors ? nth : head.position) - 1) / options_.page_size + 1;
  }
  return 0;
}

void Model::index_rows() {
  for (const Board& board : boards_) {
    if (board.kind == BoardKind::kCategory || board.kind == BoardKind::kLink) continue;
    const auto rank = [this, &board](const Thread& t) {  // 0: no row here
      if (t.removed) return 0;
      if (board.kind == BoardKind::kLocked) return t.fid == board.fid ? 1 : 0;
      if (t.sticky == "global") return 4;
      if (t.sticky == "category") return this->board(t.fid)->category == board.category ? 3 : 0;
      if (t.fid == board.fid) return t.sticky == "board" ? 2 : 1;
      return t.moved_from == board.fid ? 1 : 0;
    };
    std::vector<std::size_t>& rows = rows_[board.fid];
    for (std::size_t i = 0; i < threads_.size(); ++i) {
      if (rank(threads_[i]) > 0) rows.push_back(i);
    }
    std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      const Thread& x = threads_[a];
      const Thread& y = threads_[b];
      return std::tuple(rank(x), x.last_at, x.tid) > std::tuple(rank(y), y.last_at, y.tid);
    });
  }
}

std::vector<const Thread*> Model::rows(const Board& board) const {
  std::vector<const Thread*> out;
  const auto found = rows_.find(board.fid);
  if (found == rows_.end()) return out;
  for (const std::size_t place : found->second) out.push_back(&threads_[place]);
  return out;
}

int Model::visible_threads() const {
  return static_cast<int>(std::count_if(threads_.begin(), threads_.end(),
                                        [](const Thread& t) { return t.guest_visible && !t.removed; }));
}

int Model::visible_posts() const {
  int sum = 0;
  for (const Thread& thread : threads_) {
    if (thread.guest_visible && !thread.removed) sum += living(thread);
  }
  return sum;
}

}  // namespace boardwalk::sample
