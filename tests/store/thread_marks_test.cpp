// What pages print of a thread only where it is so: closed, digest, a permission to read, a price.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "archive_fixture.hpp"
#include "store/json_codec.hpp"
#include "store/schema.hpp"
#include "store/thread_layer.hpp"
#include "store/thread_rows.hpp"
#include "store/threads.hpp"

using namespace boardwalk;
using namespace boardwalk::store;
using parsers::ParsedPage;
using parsers::Thread;

namespace {

using Mark = std::function<void(Thread&)>;

void everything(Thread& thread) {
  thread.closed = true;
  thread.digest = 2;
  thread.read_permission = 20;
  thread.price = 5;
}

void nothing(Thread& /*thread*/) {}

// A page of thread 5, which has two.
ParsedPage own(int number, const Mark& mark, std::int64_t at, bool whole = true) {
  auto page = thread_page("5", number, 2, {make_post(std::to_string(number), "text", number)}, at, whole);
  mark(page.threads.front());
  return page;
}

ParsedPage without_account(ParsedPage page, parsers::PageKind kind) {
  page.kind = kind;
  page.thread_page.reset();
  return page;
}

// A board whose rows tell how far each thread is a digest.
ParsedPage rows(const Mark& mark, std::int64_t at) {
  Thread row = make_thread("5");
  row.digest = 0;
  mark(row);
  return board_page("2", {row}, at);
}

// One that prints no marks, as mobile boards.
ParsedPage bare_rows(std::int64_t at) { return board_page("2", {make_thread("5")}, at); }

bool has_all(const Thread& thread) {
  return thread.closed == true && thread.digest == 2 && thread.read_permission == 20 && thread.price == 5;
}

bool has_none(const Thread& thread) {
  return !thread.closed && thread.digest.value_or(0) == 0 && !thread.read_permission && !thread.price;
}

void in_any_order(std::vector<ParsedPage> pages, const std::function<bool(const Thread&)>& holds) {
  std::vector<std::size_t> order(pages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  do {
    Archive archive;
    for (const auto i : order) archive.put(pages[i]);
    CHECK(holds(archive.thread("5")));
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace

TEST_CASE("marks that a newer first page of the thread does not show are gone, whichever came last") {
  in_any_order({own(1, everything, 10), own(1, nothing, 20)}, has_none);
  in_any_order({own(1, nothing, 10), own(1, everything, 20)}, has_all);
  in_any_order({own(1, everything, 10), own(2, nothing, 15), own(1, nothing, 20)}, has_none);
  in_any_order({own(1, everything, 10), own(1, nothing, 12), own(2, nothing, 15)}, has_none);
  in_any_order({own(1, everything, 10), own(1, nothing, 12),
                without_account(own(1, nothing, 15), parsers::PageKind::kThreadFiltered)},
               has_none);
}

TEST_CASE("a first page takes marks away beside another page of the same second") {
  in_any_order({own(1, everything, 10), own(2, nothing, 20), own(1, nothing, 20)}, has_none);
}

TEST_CASE("each mark has the age of the page that showed it") {
  const auto closed = [](Thread& thread) { thread.closed = true; };
  const auto digest = [](Thread& thread) { thread.digest = 2; };
  in_any_order({own(1, nothing, 20), own(2, closed, 10), own(2, digest, 30), own(2, nothing, 40)},
               [](const Thread& thread) { return !thread.closed && thread.digest == 2; });
  in_any_order(
      {rows(nothing, 20), rows(everything, 10),
       board_page("3", {[] {
                    Thread row = make_thread("5");
                    row.closed = true;
                    return row;
                  }()},
                  30)},
      [](const Thread& thread) { return thread.closed == true && thread.digest == 0 && !thread.price; });
}

TEST_CASE("pages of a thread that have no place for marks take none away") {
  const auto kind = GENERATE(parsers::PageKind::kThreadFiltered, parsers::PageKind::kThread,
                             parsers::PageKind::kArchiver, parsers::PageKind::kFeed);
  in_any_order({own(1, everything, 10), without_account(own(1, nothing, 20), kind)}, has_all);
}

TEST_CASE("further pages of a thread, and cut ones, take no marks away: what they show counts") {
  in_any_order({own(1, everything, 10), own(2, nothing, 20)}, has_all);
  in_any_order({own(1, everything, 10), own(1, nothing, 20, false)}, has_all);
  in_any_order({own(1, nothing, 10), own(2, everything, 20)}, has_all);
}

TEST_CASE("an older view does not bring back what a newer first page no longer shows") {
  in_any_order(
      {own(1, nothing, 20), without_account(own(1, everything, 10), parsers::PageKind::kThreadFiltered),
       own(1, everything, 5)},
      has_none);
}

TEST_CASE("marks that a newer row does not show are gone, but not for a row that has no place for them") {
  in_any_order({rows(everything, 10), rows(nothing, 20)}, has_none);
  in_any_order({rows(nothing, 10), rows(everything, 20)}, has_all);
  in_any_order({rows(everything, 10), bare_rows(20)}, has_all);
  in_any_order({rows(everything, 10), rows(nothing, 15), bare_rows(20)}, has_none);
  in_any_order({rows(nothing, 10), rows(everything, 15), bare_rows(20)}, has_all);
  in_any_order({rows(everything, 10), without_account(own(1, nothing, 20), parsers::PageKind::kArchiver)},
               has_all);
  Archive archive(any_life());
  for (const auto& page : {rows(everything, 10), bare_rows(20), rows(nothing, 30), bare_rows(40)})
    archive.put(page);
  CHECK(has_none(archive.thread("5")));
}

TEST_CASE(
    "of a permission to read and a price the newer counts, whether a row or the thread itself shows it") {
  const auto asks = [](int permission) {
    return [permission](Thread& thread) {
      thread.read_permission = permission;
      thread.price = permission + 1;
    };
  };
  const auto has_90 = [](const Thread& thread) { return thread.read_permission == 90 && thread.price == 91; };
  in_any_order({own(1, asks(20), 10), rows(asks(90), 20)}, has_90);
  in_any_order({rows(asks(20), 10), own(1, asks(90), 20)}, has_90);
}

TEST_CASE("marks of a layer written before their pages were kept count as shown on its page") {
  Archive archive;
  Thread held = own(1, everything, 15).threads.front();
  archive.commit(
      [&held](Batch& batch) { batch.put(Family::kThreads, thread_own_key("bbs.test", "5"), to_json(held)); });
  archive.put(own(2, nothing, 20));
  CHECK(has_all(archive.thread("5")));
  archive.put(own(1, nothing, 10));
  CHECK(has_all(archive.thread("5")));
  archive.put(own(1, nothing, 30));
  CHECK(has_none(archive.thread("5")));
}

TEST_CASE("a row of marks that was damaged is told as such") {
  ThreadLayer layer(own(1, everything, 10).threads.front());
  layer.add(own(2, nothing, 20).threads.front());
  const std::string json = to_json(layer);
  const auto read = layer_from_json(json);
  REQUIRE(read);
  CHECK(to_json(*read) == json);
  const std::string name = R"("marks_from":["digest")";
  auto other = json;
  REQUIRE(other.find(name) != std::string::npos);
  other.replace(other.find(name), name.size(), R"("marks_from":["colour")");
  CHECK(layer_from_json(other).error().kind == ErrorKind::kDamaged);
  CHECK_FALSE(fits_thread_row("o", other));
  CHECK(fits_thread_row("o", json));
}

TEST_CASE("counters of a layer know their page, those written before count as printed on the layer's page") {
  ThreadLayer layer(own(
                        1, [](Thread& thread) { thread.replies = 7; }, 10)
                        .threads.front());
  layer.add(own(2, nothing, 20).threads.front());
  const std::string json = to_json(layer);
  const auto read = layer_from_json(json);
  REQUIRE(read);
  CHECK(to_json(*read) == json);
  const auto counts_after = [](ThreadLayer held, std::int64_t at) {
    held.add(own(
                 1, [](Thread& thread) { thread.replies = 8; }, at)
                 .threads.front());
    return held.thread.replies;
  };
  CHECK(counts_after(*read, 15) == 8);
  const auto before = layer_from_json(to_json(layer.thread));
  REQUIRE(before);
  CHECK(counts_after(*before, 15) == 7);
  CHECK(counts_after(*before, 25) == 8);
  auto other = json;
  const std::string name = R"("counters_from":["replies")";
  REQUIRE(other.find(name) != std::string::npos);
  other.replace(other.find(name), name.size(), R"("counters_from":["answers")");
  CHECK(layer_from_json(other).error().kind == ErrorKind::kDamaged);
}

TEST_CASE("marks that rows alone show stay beside pages of the thread, which may be of a template without") {
  in_any_order({rows(everything, 10), own(1, nothing, 20)}, has_all);
}
