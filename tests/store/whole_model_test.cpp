// The archive against a model that is simple enough to be seen to be right: what was observed, in the order
// of time, gives every post its versions, its sights, its end and its original. Random days of a made-up
// forum are fetched into two archives, which are reopened, killed, copied, compacted, derived anew and merged
// on the way.

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "fetched_site.hpp"
#include "parsers/fold.hpp"
#include "store/care/merge_archives.hpp"
#include "store/care/reparse.hpp"
#include "store/json_codec.hpp"
#include "store/query.hpp"
#include "store/sketch.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
namespace fs = std::filesystem;

namespace {

constexpr int kThreads = 4;
// Under sanitizers the same with fewer steps.
#if defined(__SANITIZE_ADDRESS__)
constexpr int kSteps = 10;
#else
constexpr int kSteps = 40;
#endif

// What one fetch showed of one thread.
struct Observation {
  std::int64_t at;
  int tid;
  std::vector<Said> posts;
};
using Log = std::vector<Observation>;

struct Expected {
  std::vector<std::string> versions;  // texts
  std::int64_t first_seen = 0, last_seen = 0;
  std::int64_t gone_at = 0;  // 0: it is there
  [[nodiscard]] const std::string& text() const { return versions.back(); }
};
using Model = std::map<int, Expected>;  // by pid

Model model_of(Log log) {
  std::sort(log.begin(), log.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  Model model;
  std::map<int, std::set<int>> held;  // pids by tid
  for (const auto& seen : log) {
    std::set<int> missing = held[seen.tid];
    for (const auto& said : seen.posts) {
      missing.erase(said.pid);
      held[seen.tid].insert(said.pid);
      Expected& post = model[said.pid];
      if (post.versions.empty()) post.first_seen = seen.at;
      if (post.versions.empty() || post.text() != said.text) post.versions.push_back(said.text);
      post.last_seen = seen.at;
      post.gone_at = 0;
    }
    for (const int pid : missing)
      if (model[pid].gone_at == 0) model[pid].gone_at = seen.at;
  }
  return model;
}

bool counts(const std::string& text) { return parsers::length(parsers::fold(text)) >= kMinChars; }

// The post that says the same and was published first: pids are minutes and seconds here.
std::optional<int> original_of(const Model& model, int pid) {
  const std::string& text = model.at(pid).text();
  if (!counts(text)) return std::nullopt;
  const auto first =
      std::find_if(model.begin(), model.end(), [&](const auto& post) { return post.second.text() == text; });
  return first->first == pid ? std::nullopt : std::optional(first->first);
}

Likeness likeness_of(const std::string& a, const std::string& b) {
  return likeness(shingles_of(parsers::fold(a)), shingles_of(parsers::fold(b)));
}

void check_near(const Model& model, const parsers::Post& post, int pid) {
  if (post.near_duplicate_of) {
    const int other = std::stoi(post.near_duplicate_of->substr(post.near_duplicate_of->rfind('/') + 1));
    REQUIRE(model.contains(other));
    const Likeness both = likeness_of(model.at(pid).text(), model.at(other).text());
    CHECK(both.is_near());
    CHECK(post.similarity == both.similarity());
    CHECK(other < pid);
    return;
  }
  // What is as like as this shares a band but once in ten million.
  for (const auto& [other, expected] : model)
    if (other < pid && counts(expected.text()) && counts(post.text) && expected.text() != post.text &&
        original_of(model, pid).value_or(pid) > other)
      CHECK(likeness_of(post.text, expected.text()).similarity() < 0.95);
}

void check(FetchedSite& site, const Log& log) {
  const Model model = model_of(log);
  std::size_t posts = 0;
  REQUIRE(for_each_record(site.database(), {RecordKind::kPost}, [&](const Row&) { return ++posts, true; }));
  CHECK(posts == model.size());
  for (const auto& [pid, expected] : model) {
    INFO("post " << pid);
    const std::string id = parsers::post_record_id("bbs.test", std::to_string(pid));
    const auto json = record_json(site.database(), id);
    REQUIRE(json);
    const auto post = post_from_json(*json);
    REQUIRE(post);
    CHECK(post->text == expected.text());
    CHECK(post->seen.version == static_cast<int>(expected.versions.size()));
    CHECK(post->seen.first_seen == expected.first_seen);
    CHECK(post->seen.last_seen == expected.last_seen);
    CHECK(post->seen.gone_at.value_or(0) == expected.gone_at);
    const auto original = original_of(model, pid);
    CHECK(post->duplicate_of ==
          (original ? std::optional(parsers::post_record_id("bbs.test", std::to_string(*original)))
                    : std::nullopt));
    check_near(model, *post, pid);
    const auto versions = versions_json(site.database(), id);
    REQUIRE(versions);
    REQUIRE(versions->size() + 1 == expected.versions.size());
    for (std::size_t i = 0; i < versions->size(); ++i)
      CHECK(post_from_json((*versions)[i])->text == expected.versions[i]);
  }
  for (const auto& finding : site.findings()) FAIL(finding.what);
}

// The forum as it stands, and its changes.
class Forum {
 public:
  explicit Forum(std::uint64_t seed) : random_(seed) {
    for (int tid = 1; tid <= kThreads; ++tid) add(tid);
  }

  std::size_t roll(std::size_t sides) { return random_() % sides; }

  void change() {
    const int tid = some_thread();
    auto& posts = threads_[tid];
    const std::size_t which = roll(posts.size());
    switch (roll(6)) {
      case 0:
        return add(tid);
      case 1:
        posts[which].text = text();
        return;
      case 2:  // the opening post stays: without it a page says nothing of the thread
        if (which > 0) taken_.emplace_back(tid, posts[which]), posts.erase(posts.begin() + which);
        return;
      case 3:
        return put_back();
      case 4:
        posts[which].text = some_text();
        return;
      default:
        posts[which].text = some_text() + "啊";
    }
  }

  int some_thread() { return 1 + static_cast<int>(roll(kThreads)); }
  [[nodiscard]] const std::vector<Said>& posts(int tid) const { return threads_.at(tid); }

 private:
  void add(int tid) { threads_[tid].push_back({next_++, "author", text()}); }

  void put_back() {
    if (taken_.empty()) return;
    auto& posts = threads_[taken_.back().first];
    posts.insert(std::find_if(posts.begin(), posts.end(),
                              [&](const Said& post) { return post.pid > taken_.back().second.pid; }),
                 taken_.back().second);
    taken_.pop_back();
  }

  std::string text() {
    return roll(4) == 0 ? fmt::format("短{}", roll(50))
                        : fmt::format("第{}回：{}年的雨下在第{}条街上，卖伞的人却早已经走了", roll(9),
                                      roll(90), roll(30));
  }

  std::string some_text() {
    const auto& posts = threads_[some_thread()];
    return posts[roll(posts.size())].text;
  }

  std::mt19937_64 random_;
  std::map<int, std::vector<Said>> threads_;
  std::vector<std::pair<int, Said>> taken_;
  int next_ = 1;
};

// As a crash would leave the files.
void check_copy(FetchedSite& site, const Log& log) {
  FetchedSite copy;
  copy.replace_by(site);
  check(copy, log);
}

}  // namespace

TEST_CASE("whatever happens to an archive, it holds what its pages said, in the order of time") {
  const auto seed = GENERATE(range(std::uint64_t{1}, std::uint64_t{4}));
  INFO("seed " << seed);
  Forum forum(seed);
  FetchedSite sites[2];
  Log logs[2];
  std::int64_t now = 100;
  for (int step = 0; step < kSteps; ++step) {
    INFO("step " << step);
    const std::size_t which = forum.roll(2);
    FetchedSite& site = sites[which];
    for (std::size_t changes = forum.roll(4); changes > 0; --changes) forum.change();
    const int tid = forum.some_thread();
    const auto fetch = [&] { site.fetch(tid, forum.posts(tid), now); };
    forum.roll(5) == 0 ? site.die_behind(fetch) : fetch();
    logs[which].push_back({now++, tid, forum.posts(tid)});
    switch (forum.roll(15)) {
      case 0:
        site.reopen();
        break;
      case 1:
        REQUIRE(site.database().compact());
        break;
      case 2:
        REQUIRE(
            reparse(site.database(), kReading, [](const RecordChange& change) { FAIL(change.record_id); }));
        break;
      case 3:
        check_copy(site, logs[which]);
        break;
      case 4:
        check(site, logs[which]);
        break;
      default:
        break;
    }
  }
  Log both = logs[0];
  both.insert(both.end(), logs[1].begin(), logs[1].end());
  FetchedSite merged;
  for (const std::size_t which : {0U, 1U, 0U}) {
    check(sites[which], logs[which]);
    REQUIRE(merge_pages(merged.database(), sites[which].database()));
  }
  REQUIRE(settle_merge(merged.database(), kReading));
  check(merged, both);
}
