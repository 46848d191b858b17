#include "crawler/grown_thread.hpp"

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "store/records.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;

namespace {

// A thread 7 of bbs.test of which pages were read whole.
class Archive {
 public:
  void read(int number, int of, bool newest_first = false) {
    parsers::ParsedPage page;
    page.kind = parsers::PageKind::kThread;
    page.page = {"http://bbs.test/thread-7-" + std::to_string(number) + "-1.html", 1000, ""};
    page.thread_page = parsers::ThreadPage{"7", number, of, {std::to_string(number)}, true, newest_first};
    parsers::Thread thread;
    thread.site = "bbs.test";
    thread.thread_id = "7";
    thread.page = page.page;
    page.threads.push_back(thread);
    parsers::Post post;
    post.site = "bbs.test";
    post.thread_id = "7";
    post.post_id = std::to_string(number);
    post.page = page.page;
    page.posts.push_back(post);
    store::Batch batch(*database_);
    REQUIRE(store::put_records(batch, page, 16));
    REQUIRE(database_->commit(batch));
  }

  int pages_before() { return *crawler::pages_before(*database_, "bbs.test", "7"); }

  std::vector<std::string> pages(bool fell = false) {
    Offer offer;
    offer.key = parsers::page_key(*parsers::parse_url("http://bbs.test/thread-7-1-1.html"));
    offer.site = "bbs.test";
    const auto pages = pages_to_read(*database_, offer, fell);
    REQUIRE(pages);
    return *pages;
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_ =
      *store::Database::open(directory_ / "archive", store::Database::Access::kWrite);
};

parsers::ThreadPage page_of(int number, int of, int posts, bool newest_first = false) {
  return {"7",  number,      of, std::vector<std::string>(static_cast<std::size_t>(posts), "1"),
          true, newest_first};
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a grown thread is read on from the last page that is known of it") {
  Archive archive;
  CHECK(archive.pages() == Keys{"bbs.test thread 7 1"});
  for (const int page : {1, 2, 3}) archive.read(page, 3);
  CHECK(archive.pages() == Keys{"bbs.test thread 7 3"});
}

TEST_CASE("a thread that shows its newest posts first is read on from its first page") {
  Archive archive;
  for (const int page : {1, 2}) archive.read(page, 2, true);
  CHECK(archive.pages() == Keys{"bbs.test thread 7 1"});
}

TEST_CASE("every page of a thread that lost replies is read again") {
  Archive archive;
  for (const int page : {1, 2}) archive.read(page, 2);
  CHECK(archive.pages(true) == Keys{"bbs.test thread 7 1", "bbs.test thread 7 2"});
}

TEST_CASE("behind what was the last page of a thread, pages that it lost are read when it has them again") {
  Archive archive;
  CHECK(archive.pages_before() == 0);
  for (const int page : {1, 2, 3}) archive.read(page, 3);
  CHECK(archive.pages_before() == 3);
  CHECK(pages_grown_back(page_of(1, 3, 10), 1) == std::vector<int>{2, 3});
  CHECK(pages_grown_back(page_of(2, 4, 10), 2) == std::vector<int>{3, 4});
  CHECK(pages_grown_back(page_of(1, 3, 10), 3).empty());
  CHECK(pages_grown_back(page_of(1, 3, 10), 0).empty());
  CHECK(pages_grown_back(page_of(1, 3, 10, true), 1).empty());
  CHECK(pages_grown_back(page_of(1, 1'000'000, 10), 1).size() == 1000);
}

TEST_CASE("where no post of a page was held before, the page with the older ones is read next") {
  CHECK(page_to_go_on_with(page_of(3, 3, 10), 10) == 2);
  CHECK(page_to_go_on_with(page_of(3, 3, 10), 9) == 0);
  CHECK(page_to_go_on_with(page_of(1, 3, 10), 10) == 0);
  CHECK(page_to_go_on_with(page_of(3, 3, 0), 0) == 0);
}

TEST_CASE("newest first, the older posts stand behind, and the opening post on page 1 tells nothing") {
  CHECK(page_to_go_on_with(page_of(1, 3, 10, true), 9) == 2);
  CHECK(page_to_go_on_with(page_of(1, 3, 10, true), 8) == 0);
  CHECK(page_to_go_on_with(page_of(3, 3, 10, true), 10) == 0);
}
