#include "crawler/host_queue.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using crawler::HostQueue;

namespace {

const std::string kSite = "a.example";

// The queue of one host, in which pages of another job (`theirs…`) wait beside its own.
class Waiting {
 public:
  void add(std::int64_t due, const std::string& page) {
    store::Batch batch(*database_);
    const std::string key = crawler::waiting_key(kSite, due, ++sequence_);
    batch.put(store::Family::kQueue, key, page);
    REQUIRE(database_->commit(batch));
    ++row_.waiting;
    queue_.added_waiting(key);
  }

  std::optional<std::int64_t> due() {
    const auto admits = [this](const std::string&, const std::string& page) -> Result<bool> {
      ++asked;
      return !page.starts_with("theirs") || all_is_ours;
    };
    REQUIRE(queue_.look(*database_, kSite, row_, 8, admits));
    return queue_.due();
  }

  HostQueue& queue() { return queue_; }
  int asked = 0;
  bool all_is_ours = false;

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_ =
      std::move(*store::Database::open(directory_ / "archive", store::Database::Access::kWrite));
  crawler::HostRow row_;
  HostQueue queue_;
  std::uint64_t sequence_ = 0;
};

}  // namespace

TEST_CASE("what another job left waiting is read once, however many pages are added behind it") {
  Waiting waiting;
  for (int i = 0; i < 200; ++i) waiting.add(1000 + i, "theirs " + std::to_string(i));
  CHECK_FALSE(waiting.due());
  CHECK(waiting.asked == 200);
  for (int i = 0; i < 100; ++i) {
    waiting.add(5000 - i, "ours " + std::to_string(i));
    CHECK(waiting.due() == 5000 - i);
  }
  CHECK(waiting.asked == 300);
}

TEST_CASE("a page that is due before what another job left waiting comes first") {
  Waiting waiting;
  for (int i = 0; i < 3; ++i) waiting.add(1000 + i, "theirs " + std::to_string(i));
  waiting.add(2000, "ours late");
  CHECK(waiting.due() == 2000);
  waiting.add(500, "ours");
  CHECK(waiting.due() == 500);
  CHECK(waiting.queue().head(500) == "ours");
  waiting.queue().take(500);
  CHECK(waiting.due() == 2000);
}

TEST_CASE("what another job left waiting is looked at anew once it may be admitted") {
  Waiting waiting;
  waiting.add(1000, "theirs");
  CHECK_FALSE(waiting.due());
  waiting.all_is_ours = true;
  waiting.queue().look_anew();
  waiting.add(2000, "ours");
  CHECK(waiting.due() == 1000);
}
