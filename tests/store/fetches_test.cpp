#include "store/care/fetches.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "archive_fixture.hpp"
#include "store/schema.hpp"
#include "store/visits.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using parsers::Outcome;

namespace {

Visit visit_at(const std::string& page, std::int64_t at, Outcome outcome = Outcome::kOk) {
  Visit visit;
  visit.key = "bbs.test " + page;
  visit.url = "http://bbs.test/" + page;
  visit.fetched_at = at;
  visit.run = 7;
  visit.outcome = outcome;
  visit.status = outcome == Outcome::kNotFound ? 404 : 200;
  visit.sha256 = std::string(64, 'a');
  visit.headers = {{"Server", "nginx"}, {"Content-Type", "text/html"}};
  return visit;
}

void put(Archive& archive, const std::vector<Visit>& visits) {
  archive.commit([&](Batch& batch) {
    for (const auto& visit : visits) put_visit(batch, visit);
  });
}

// What `most` at a time gives, and how many each time.
std::vector<std::string> in_order(const Database& database, std::size_t most,
                                  std::vector<std::size_t>& sizes) {
  std::vector<std::string> order;
  Fetches fetches(database, most);
  for (int round = 0; round < 100; ++round) {
    const auto next = fetches.next();
    REQUIRE(next);
    if (next->empty()) return order;
    sizes.push_back(next->size());
    for (const auto& fetch : *next) order.push_back(fetch.url + " " + std::to_string(fetch.at));
  }
  FAIL("it has no end");
  return order;
}

}  // namespace

TEST_CASE("fetches come in the order of time, however many at once") {
  Archive archive;
  std::vector<Visit> visits;
  for (int page = 0; page < 6; ++page)
    for (int time = 0; time < 4; ++time)
      visits.push_back(visit_at(std::to_string(page), (page * 5 + time * 7) % 8));
  visits.push_back(visit_at("index", 3));
  put(archive, visits);
  const std::size_t count = visits.size();
  std::vector<std::size_t> sizes;
  const auto whole = in_order(archive.read(), 1000, sizes);
  CHECK(sizes == std::vector{count});
  CHECK(whole.size() == count);
  CHECK(std::is_sorted(whole.begin(), whole.end(), [](const std::string& a, const std::string& b) {
    const auto time = [](const std::string& line) { return line.substr(line.rfind(' ')); };
    return std::pair(time(a), a) < std::pair(time(b), b);
  }));
  for (const std::size_t most :
       {std::size_t{1}, std::size_t{2}, std::size_t{7}, count - 1, count, count + 1}) {
    CAPTURE(most);
    sizes.clear();
    CHECK(in_order(archive.read(), most, sizes) == whole);
    CHECK(sizes.size() == (count + most - 1) / most);
  }
}

TEST_CASE("the same address and bytes of two pages in one millisecond are two fetches") {
  Archive archive;
  Visit one = visit_at("a", 5), other = visit_at("b", 5);
  one.url = other.url = "http://bbs.test/";
  put(archive, {one, other});
  std::vector<std::size_t> sizes;
  CHECK(in_order(archive.read(), 1, sizes).size() == 2);
  CHECK(sizes == std::vector<std::size_t>{1, 1});
}

TEST_CASE("a fetch says whether the page is gone and whether it was read before") {
  Archive archive;
  Visit cut = visit_at("a", 2, Outcome::kTruncated), asked_out = visit_at("a", 4), denied = visit_at("a", 5);
  asked_out.detail = kNoIndex;
  denied.outcome = Outcome::kDenied;
  put(archive, {visit_at("a", 1), cut, visit_at("a", 3), asked_out, denied,
                visit_at("a", 6, Outcome::kNotFound), visit_at("b", 7)});
  const auto fetches = Fetches(archive.read(), 100).next();
  REQUIRE(fetches);
  REQUIRE(fetches->size() == 5);
  const Fetch& first = fetches->front();
  CHECK(first.at == 1);
  CHECK(first.content_type == "text/html");
  CHECK(first.sha256 == std::string(64, 'a'));
  CHECK(first.run == 7);
  CHECK_FALSE(first.gone);
  CHECK_FALSE(first.was_read);
  CHECK((*fetches)[1].at == 3);
  CHECK((*fetches)[1].was_read);  // though the one before was cut off
  CHECK((*fetches)[2].at == 5);   // a page that says no is read as well
  CHECK((*fetches)[2].was_read);
  const Fetch& gone = (*fetches)[3];
  CHECK(gone.at == 6);
  CHECK(gone.gone);
  CHECK(gone.sha256.empty());
  CHECK(gone.was_read);
  CHECK_FALSE((*fetches)[4].was_read);  // another page
}

TEST_CASE("a page that was gone and has not changed since it was read says what it said then") {
  Archive archive;
  Visit same = visit_at("a", 3, Outcome::kUnchanged);
  same.status = 304;
  same.sha256.clear();
  Visit again = same;
  again.fetched_at = 4;
  put(archive, {visit_at("a", 1), visit_at("a", 2, Outcome::kNotFound), same, again});
  const auto fetches = Fetches(archive.read(), 100).next();
  REQUIRE(fetches);
  REQUIRE(fetches->size() == 3);
  CHECK((*fetches)[1].gone);
  CHECK((*fetches)[2].at == 3);
  CHECK((*fetches)[2].sha256 == std::string(64, 'a'));
  CHECK_FALSE((*fetches)[2].gone);
}

TEST_CASE("a damaged visit ends the walk with an error") {
  Archive archive;
  put(archive, {visit_at("a", 1), visit_at("b", 2)});
  archive.commit([](Batch& batch) { batch.put(Family::kVisits, visit_key("bbs.test b", 2), "x"); });
  const auto next = Fetches(archive.read(), 100).next();
  REQUIRE_FALSE(next);
  CHECK(next.error().kind == ErrorKind::kDamaged);
}

TEST_CASE("a page is gone that was read once and is found by no spelling of its URL") {
  Visit other = visit_at("a", 3);
  other.url += "?twin";
  Visit missing_twin = visit_at("a", 5, Outcome::kNotFound);
  missing_twin.url = other.url;
  Archive archive;
  put(archive,
      {visit_at("a", 1), visit_at("a", 2, Outcome::kNotFound), other, visit_at("a", 4, Outcome::kNotFound),
       missing_twin, visit_at("b", 6, Outcome::kNotFound), visit_at("b", 7, Outcome::kNotFound)});
  const auto fetches = Fetches(archive.read(), 100).next();
  REQUIRE(fetches);
  std::vector<std::pair<std::int64_t, bool>> told;
  for (const auto& fetch : *fetches) told.emplace_back(fetch.at, fetch.gone);
  CHECK(told == std::vector<std::pair<std::int64_t, bool>>{{1, false}, {3, false}, {5, true}});
}
