#include "crawler/verify_frontier.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "crawler/rows.hpp"
#include "tests/temporary_directory.hpp"

using namespace boardwalk;
using namespace boardwalk::crawler;
using store::Family;

namespace {

// Two pages of a host: one to be fetched at once, one later.
class Rows {
 public:
  Rows() : database_(*store::Database::open(directory_ / "a", store::Database::Access::kWrite)) {
    change([](store::Batch& batch) {
      put_page(batch, "a.example thread 1 1", ready_key("a.example", 2, 7));
      put_page(batch, "a.example thread 2 1", waiting_key("a.example", 1000, 8));
      put_host(batch, 1, 1);
    });
  }

  static void put_page(store::Batch& batch, const std::string& key, const std::string& queued_as) {
    UrlRow row;
    row.url = "http://a.example/";
    row.queued_as = queued_as;
    batch.put(Family::kUrls, key, store::pack(row));
    batch.put(Family::kQueue, queued_as, key);
  }
  static void put_host(store::Batch& batch, std::int64_t ready, std::int64_t waiting) {
    HostRow row;
    row.ready = ready;
    row.waiting = waiting;
    batch.put(Family::kHosts, "a.example", store::pack(row));
  }

  void change(const std::function<void(store::Batch&)>& fill) {
    store::Batch batch(*database_);
    fill(batch);
    REQUIRE(database_->commit(batch));
  }

  std::vector<std::string> findings() {
    std::vector<std::string> all;
    REQUIRE(
        verify_frontier(*database_, [&all](const store::Finding& finding) { all.push_back(finding.what); }));
    return all;
  }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<store::Database> database_;
};

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a frontier whose pages, queue and hosts agree is whole") { CHECK(Rows().findings().empty()); }

TEST_CASE("a page that waits and is not in the queue is found, and the host's count with it") {
  Rows rows;
  rows.change([](store::Batch& batch) { batch.erase(Family::kQueue, ready_key("a.example", 2, 7)); });
  CHECK(rows.findings() ==
        Words{"a.example counts 1 pages to be fetched and 1 that wait, where 0 and 1 are queued",
              "the page a.example thread 1 1 waits to be fetched, and the queue does not know of it"});
}

TEST_CASE("an entry of the queue whose page does not wait is found") {
  Rows rows;
  rows.change([](store::Batch& batch) { batch.erase(Family::kUrls, "a.example thread 2 1"); });
  CHECK(rows.findings() == Words{"the queue holds a.example thread 2 1, which does not wait"});
}

TEST_CASE("a host without a row, and rows that do not fit their layout, are found") {
  Rows rows;
  rows.change([](store::Batch& batch) { batch.erase(Family::kHosts, "a.example"); });
  CHECK(rows.findings() == Words{"pages are queued for a.example, which has no row"});
  rows.change([](store::Batch& batch) {
    Rows::put_host(batch, 1, 1);
    batch.put(Family::kUrls, "a.example thread 3 1", "x");
  });
  CHECK(rows.findings() == Words{"the row of the page a.example thread 3 1 does not fit its layout"});
  rows.change([](store::Batch& batch) {
    batch.erase(Family::kUrls, "a.example thread 3 1");
    batch.put(Family::kHosts, "a.example", "x");
  });
  CHECK(rows.findings().size() == 1);
}
